//! Reading the acquisition code: the live picture with a frame to hold it into.

use super::Scene;
use crate::domain::acquisition_code::Seen;
use crate::session::{CameraView, CodeProblem, CodeState, ReadingCode, ReadingCodeIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::{about, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::live::{self, Guides};
use crate::ui::widgets::{self, Button, Icon, badge, button};
use egui::{Rect, Ui, pos2, vec2};

/// On a tall screen hints have to fit below the picture.
const MOST_VIEW_HEIGHT: f32 = 620.0;

/// Live picture, hints or what went wrong, and other ways.
pub fn reading_code_ui(
    ui: &mut Ui,
    step: &ReadingCode,
    scene: &mut Scene<'_>,
) -> Option<ReadingCodeIntent> {
    let text = scene.text;
    let areas = layout::areas(ui);
    let portrait = areas.portrait;
    let (asked, ()) = layout::panes(
        ui,
        "code",
        Second::Fills,
        |ui| {
            widgets::title(ui, t!(text, "code-title"), t!(text, "code-lead"));
            if portrait {
                None
            } else {
                beside(ui, step, scene)
            }
        },
        |_| (),
    );
    let view = view_rect(ui);
    picture(ui, view, step, scene);
    let below = if portrait {
        let rest = areas.content.with_min_y(view.bottom() + theme::GAP_M);
        layout::place(ui, rest, |ui| beside(ui, step, scene))
    } else {
        None
    };
    asked.or(below).or_else(|| actions(ui, step, scene))
}

/// Where the live picture is: as wide as can be on a tall screen, the right pane on a wide one.
fn view_rect(ui: &Ui) -> Rect {
    let areas = layout::areas(ui);
    if areas.portrait {
        let top = areas.content.top() + 3.4 * theme::TOUCH - 36.0;
        let width = areas.content.width();
        let size = vec2(width, (width * 0.64).min(MOST_VIEW_HEIGHT));
        Rect::from_min_size(pos2(areas.content.left(), top), size)
    } else {
        areas.panes(0.0).1
    }
}

fn picture(ui: &mut Ui, rect: Rect, step: &ReadingCode, scene: &mut Scene<'_>) {
    let text = scene.text;
    let shown = scene.gallery.live(ui.ctx(), scene.live);
    let guides = if shown.is_some() {
        Guides::Code
    } else {
        Guides::Off
    };
    live::live(ui, rect, shown, guides, &t!(text, "code-view"));
    let (mark, label) = match (step.camera, step.state) {
        (CameraView::Opening, _) => (Icon::Camera, t!(text, "code-camera-opening")),
        (CameraView::Lost, _) => (Icon::Warning, t!(text, "code-camera-lost")),
        (CameraView::Live, CodeState::Deciding) => (Icon::Clock, t!(text, "code-deciding")),
        (CameraView::Live, CodeState::Looking | CodeState::Problem(_)) => {
            (Icon::Code, t!(text, "code-looking"))
        }
    };
    let bar = rect
        .with_min_y(rect.bottom() - theme::TOUCH - theme::GAP_S)
        .shrink(theme::GAP_S);
    live::caption(ui, bar, mark, &label);
}

/// Hints, or what went wrong.
fn beside(ui: &mut Ui, step: &ReadingCode, scene: &Scene<'_>) -> Option<ReadingCodeIntent> {
    let text = scene.text;
    ui.add_space(theme::GAP_S);
    if let CodeState::Problem(problem) = step.state {
        let (what, detail) = said(problem, scene);
        badge::notice(ui, Mood::Care, Icon::Warning, &what, &detail);
    } else {
        let hints = [
            (Icon::Sun, t!(text, "code-tip-bright")),
            (Icon::Picture, t!(text, "code-tip-original")),
            (Icon::Phone, t!(text, "code-tip-flat")),
        ];
        for (mark, label) in hints {
            widgets::line(ui, mark, &label);
        }
    }
    let tutorial = t!(text, "code-tutorial");
    Button::quiet(&tutorial)
        .icon(Icon::Info)
        .show(ui)
        .then_some(ReadingCodeIntent::Tutorial)
}

fn actions(ui: &mut Ui, step: &ReadingCode, scene: &Scene<'_>) -> Option<ReadingCodeIntent> {
    let text = scene.text;
    let (from_picture, again, its_school) = (
        t!(text, "code-from-picture"),
        t!(text, "try-again"),
        t!(text, "code-use-its-school"),
    );
    let idle = step.state != CodeState::Deciding;
    let secondary = Button::secondary(&from_picture)
        .icon(Icon::Usb)
        .enabled(idle);
    let (primary, wanted) = match step.state {
        CodeState::Problem(CodeProblem::OtherSchool { .. }) => (
            Some(Button::primary(&its_school)),
            ReadingCodeIntent::UseItsSchool,
        ),
        CodeState::Problem(_) => (Some(Button::primary(&again)), ReadingCodeIntent::TryAgain),
        CodeState::Looking | CodeState::Deciding => (None, ReadingCodeIntent::TryAgain),
    };
    let pressed = button::actions(ui, primary, Some(secondary))?;
    Some(match pressed {
        button::Pressed::Primary => wanted,
        button::Pressed::Secondary => ReadingCodeIntent::FromPicture,
    })
}

/// What went wrong, and what to do.
fn said(problem: CodeProblem, scene: &Scene<'_>) -> (String, String) {
    let text = scene.text;
    match problem {
        CodeProblem::NotACode(seen) => (
            seen_words(seen, scene),
            t!(text, "code-problem-not-code-text"),
        ),
        CodeProblem::OtherCampus => (
            t!(text, "code-problem-campus"),
            t!(text, "code-problem-campus-text"),
        ),
        CodeProblem::NotGenuine => (
            t!(text, "code-problem-not-genuine"),
            t!(text, "code-problem-not-genuine-text"),
        ),
        CodeProblem::Newer => (
            t!(text, "code-problem-newer"),
            t!(text, "code-problem-newer-text"),
        ),
        CodeProblem::Unreachable => (
            t!(text, "code-problem-unreachable"),
            t!(text, "code-problem-unreachable-text"),
        ),
        CodeProblem::OtherSchool {
            institution,
            category,
        } => {
            let (school, category) = (scene.school(institution), about::category(text, category));
            let detail = t!(
                text,
                "code-problem-other-school-text",
                school = school,
                category = category
            );
            (t!(text, "code-problem-other-school"), detail)
        }
        CodeProblem::PictureWithoutCode => (
            t!(text, "code-problem-picture-empty"),
            t!(text, "code-problem-picture-empty-text"),
        ),
        CodeProblem::PictureUnreadable => (
            t!(text, "code-problem-picture-unreadable"),
            t!(text, "code-problem-picture-unreadable-text"),
        ),
        CodeProblem::PictureNotFound => (
            t!(text, "code-problem-picture-missing"),
            t!(text, "code-problem-picture-missing-text"),
        ),
    }
}

pub(super) fn seen_words(seen: Seen, scene: &Scene<'_>) -> String {
    let text = scene.text;
    match seen {
        Seen::AcquisitionCode => t!(text, "code-problem-acquisition"),
        Seen::Payment => t!(text, "code-problem-receipt"),
        Seen::Certificate => t!(text, "code-problem-certificate"),
        Seen::TooLong => t!(text, "code-problem-too-long"),
        Seen::WebLink => t!(text, "code-problem-link"),
        Seen::PaymentCode => t!(text, "code-problem-payment"),
        Seen::Number => t!(text, "code-problem-number"),
        Seen::Other => t!(text, "code-problem-other"),
    }
}
