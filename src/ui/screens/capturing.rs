//! In front of the camera: one sentence at a time, the live picture with its guides, the countdown.

use super::Scene;
use crate::session::{CameraView, CapturePhase, Capturing, CapturingIntent};
use crate::ui::layout;
use crate::ui::text::{rules, t};
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::live::{self, Guides};
use crate::ui::widgets::touch;
use crate::ui::widgets::{Button, Icon, button, icon, words};
use crate::vision::rules::{Rule, Verdict};
use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use std::time::Duration;

const SENTENCE_HEIGHT: f32 = 168.0;

/// Sentence, picture, and after a while a shutter for the hand.
pub fn capturing_ui(
    ui: &mut Ui,
    step: &Capturing,
    scene: &mut Scene<'_>,
) -> Option<CapturingIntent> {
    let text = scene.text;
    let areas = layout::areas(ui);
    let (sentence, view) = if areas.portrait {
        let top = areas
            .content
            .with_max_y(areas.content.top() + SENTENCE_HEIGHT);
        let rest = areas.content.with_min_y(top.bottom() + theme::GAP_M);
        (top, layout::fitted(rest, vec2(3.0, 4.0)))
    } else {
        let view = layout::fitted(areas.content, vec2(1.0, 1.0));
        let view = view.translate(vec2(areas.content.right() - view.right(), 0.0));
        (areas.content.with_max_x(view.left() - theme::GAP_XL), view)
    };
    say(ui, sentence, step, scene);
    picture(ui, view, step, scene);
    let now = t!(text, "capture-now");
    let framing = step.phase == CapturePhase::Framing && step.camera == CameraView::Live;
    if step.manual_allowed {
        let shutter = Button::secondary(&now).icon(Icon::Camera).enabled(framing);
        return button::actions(ui, None, Some(shutter)).map(|_| CapturingIntent::TakeNow);
    }
    let below = areas
        .actions
        .with_min_x(areas.actions.left().max(view.left()));
    let (mark, label) = if step.camera == CameraView::Lost {
        (Icon::Info, t!(text, "capture-lost-text"))
    } else {
        (Icon::Camera, t!(text, "capture-automatic"))
    };
    in_place_of_a_button(ui, below, mark, &label);
    None
}

/// In the place of the button: that nothing has to be pressed, or what to do while there is no picture.
fn in_place_of_a_button(ui: &mut Ui, rect: Rect, mark: Icon, label: &str) {
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    let galley = words::fitted(
        ui,
        label,
        false,
        Type::Body,
        rect.width() - theme::ICON - theme::GAP_M,
        2,
    );
    let left = rect.center().x - (galley.size().x + theme::ICON + theme::GAP_S) / 2.0;
    let place = Rect::from_center_size(
        pos2(left + theme::ICON / 2.0, rect.center().y),
        Vec2::splat(theme::ICON),
    );
    icon::paint(ui.painter(), place, mark, theme::INK_SOFT);
    let at = pos2(
        place.right() + theme::GAP_S,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter()
        .galley_with_override_text_color(at, galley, theme::INK_SOFT);
}

/// The one sentence: what to do now.
fn say(ui: &mut Ui, rect: Rect, step: &Capturing, scene: &Scene<'_>) {
    let (mood, mark, label) = sentence(step, scene);
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &label));
    let painter = ui.painter();
    if layout::areas(ui).portrait {
        painter.rect_filled(rect, theme::card_corner(), mood.ground());
        let place = Rect::from_center_size(
            pos2(rect.left() + theme::GAP_L + 36.0, rect.center().y),
            Vec2::splat(theme::ICON_L),
        );
        icon::paint(painter, place, mark, mood.ink());
        let left = place.right() + theme::GAP_L;
        large(
            ui,
            &label,
            Rect::from_min_max(
                pos2(left, rect.top()),
                pos2(rect.right() - theme::GAP_M, rect.bottom()),
            ),
            mood,
            2,
        );
        return;
    }
    let place = Rect::from_min_size(
        pos2(rect.left(), rect.center().y - 210.0),
        Vec2::splat(theme::ICON_XL),
    );
    painter.circle_filled(place.center(), theme::ICON_XL / 2.0, mood.ground());
    icon::paint(painter, place.shrink(36.0), mark, mood.ink());
    let below = Rect::from_min_max(
        pos2(rect.left(), place.bottom() + theme::GAP_M),
        pos2(rect.right(), place.bottom() + 330.0),
    );
    large(ui, &label, below, Mood::Calm, 4);
}

fn large(ui: &Ui, label: &str, rect: Rect, mood: Mood, rows: usize) {
    let galley = words::fitted(ui, label, true, Type::Title, rect.width(), rows);
    let top = if layout::areas(ui).portrait {
        rect.center().y - galley.size().y / 2.0
    } else {
        rect.top()
    };
    let ink = if mood == Mood::Calm {
        theme::INK
    } else {
        mood.ink()
    };
    ui.painter()
        .galley_with_override_text_color(pos2(rect.left(), top), galley, ink);
}

fn sentence(step: &Capturing, scene: &Scene<'_>) -> (Mood, Icon, String) {
    let text = scene.text;
    match (step.camera, step.phase) {
        (CameraView::Opening, _) => return (Mood::Calm, Icon::Camera, t!(text, "capture-opening")),
        (CameraView::Lost, _) => return (Mood::Trouble, Icon::Warning, t!(text, "capture-lost")),
        (CameraView::Live, CapturePhase::Taking { .. }) => {
            return (Mood::Good, Icon::Camera, t!(text, "capture-taking"));
        }
        (CameraView::Live, CapturePhase::Countdown { .. }) => {
            return (Mood::Good, Icon::Eye, t!(text, "capture-title"));
        }
        (CameraView::Live, CapturePhase::Framing) => {}
    }
    let Some(guidance) = &step.guidance else {
        return (Mood::Calm, Icon::Person, t!(text, "capture-look"));
    };
    match guidance.first {
        // an empty booth is not told to be one person
        Some(Rule::OneFace) | None if nobody(step) => {
            (Mood::Calm, Icon::Person, t!(text, "capture-look"))
        }
        Some(rule) => {
            let measured = guidance
                .hints
                .iter()
                .find(|finding| finding.rule == rule && finding.verdict != Verdict::Pass);
            let label = measured.map_or_else(
                || rules::guidance(text, rule),
                |finding| rules::what_to_do(text, finding, scene.settings.face_share()),
            );
            (Mood::Care, rules::icon(rule), label)
        }
        None => (Mood::Good, Icon::Check, t!(text, "capture-ready")),
    }
}

fn nobody(step: &Capturing) -> bool {
    let of_faces = |guidance: &crate::session::GuidanceView| {
        guidance
            .hints
            .iter()
            .find(|finding| finding.rule == Rule::OneFace)
            .and_then(|finding| finding.value)
    };
    step.guidance
        .as_ref()
        .and_then(of_faces)
        .is_none_or(|value| value < 0.01)
}

fn picture(ui: &mut Ui, rect: Rect, step: &Capturing, scene: &mut Scene<'_>) {
    let text = scene.text;
    let shown = scene
        .gallery
        .live(ui.ctx(), scene.live)
        .filter(|_| step.camera == CameraView::Live);
    // nothing is wrong with an empty booth either
    let guidance = step.guidance.as_ref().filter(|_| !nobody(step));
    let fine = guidance.is_some_and(|guidance| guidance.first.is_none());
    let face = scene.settings.face_share();
    let guides = match (shown.is_some(), fine) {
        (false, _) => Guides::Off,
        (true, true) => Guides::Right(face),
        (true, false) => Guides::Waiting(face),
    };
    live::live(ui, rect, shown, guides, &t!(text, "capture-view"));
    if shown.is_none() {
        Scene::waits(ui, rect.center(), (theme::INK_SOFT, theme::GUIDE));
    }
    match step.phase {
        CapturePhase::Framing => {}
        CapturePhase::Countdown { left, ends, .. } => {
            ui.ctx().request_repaint_after(Duration::from_millis(33));
            let share = scene.left(ends).as_secs_f32().fract();
            let label = t!(text, "capture-counting", left = left);
            live::countdown(ui, rect, left, share, &label);
        }
        CapturePhase::Taking { .. } => {
            ui.painter().rect_filled(
                rect,
                theme::card_corner(),
                theme::GUIDE.gamma_multiply(0.75),
            );
        }
    }
    if let Some(label) = distance(step, scene) {
        let place = Rect::from_min_size(
            pos2(rect.left() + theme::GAP_S, rect.top() + theme::GAP_S),
            vec2(600.0, 68.0),
        );
        live::caption(ui, place, Icon::Ruler, &label);
    }
    if !step.shots.is_empty() {
        let label = t!(text, "capture-shots", count = step.shots.len());
        let width = 320.0;
        let place = Rect::from_min_size(
            pos2(rect.left() + theme::GAP_S, rect.bottom() - 84.0),
            vec2(width, 68.0),
        );
        live::caption(ui, place, Icon::Picture, &label);
    }
}

/// How far away the student stands, while that is what is wrong and the booth was measured in. In tenths of a metre: a
/// face's width tells no more.
fn distance(step: &Capturing, scene: &Scene<'_>) -> Option<String> {
    let guidance = step.guidance.as_ref()?;
    let share = guidance
        .hints
        .iter()
        .find(|finding| finding.rule == Rule::Distance)?
        .value?;
    let here_cm = scene.settings.distance_cm(share)?;
    let mark_cm = f32::from(scene.settings.mark_cm?);
    let metres = |cm: f32| format!("{:.1}", cm / 100.0);
    let wrong = guidance.first == Some(Rule::Distance) && step.phase == CapturePhase::Framing;
    wrong.then(|| {
        t!(
            scene.text,
            "capture-distance",
            here = metres(here_cm),
            mark = metres(mark_cm)
        )
    })
}
