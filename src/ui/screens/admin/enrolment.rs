//! Enrolling this booth: the invitation before the camera, the four words, the name.

use super::super::Scene;
use crate::admin::{EnrolFault, EnrolIntent, EnrolStage, EnrolTrouble, EnrolWord, Enrolment};
use crate::session::CameraView;
use crate::ui::layout::{self, Second};
use crate::ui::text::{Text, t};
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::dock::{self, Item};
use crate::ui::widgets::live::{self, Guides};
use crate::ui::widgets::{self, Icon, badge, card, lines, words};
use egui::{Rect, Ui, vec2};

/// The live picture is as high as this share of its width, where there is room.
const VIEW_SHAPE: f32 = 0.75;
const MOST_VIEW_HEIGHT: f32 = 760.0;

/// Draws the screen of a booth that is being enrolled; what is wanted.
pub fn enrolment_ui(
    ui: &mut Ui,
    enrolment: &Enrolment,
    scene: &mut Scene<'_>,
) -> Option<EnrolIntent> {
    super::super::paper(ui);
    super::super::chrome::bare_brand(ui, scene.text);
    match &enrolment.stage {
        EnrolStage::Looking(fault) => looking(ui, fault.as_ref(), enrolment.camera, scene),
        EnrolStage::Waiting { words, trouble } => waiting(ui, words.as_ref(), *trouble, scene.text),
        EnrolStage::Done(name) => done(ui, name, scene.text),
    }
    dock_ui(ui, enrolment, scene.text)
}

fn dock_ui(ui: &mut Ui, enrolment: &Enrolment, text: Text) -> Option<EnrolIntent> {
    let back = (Icon::Back, t!(text, "back"), EnrolIntent::Back);
    let language = (
        Icon::Globe,
        t!(text, "dock-language"),
        EnrolIntent::OtherLanguage,
    );
    let places: Vec<_> = enrolment
        .goes_back()
        .then_some(back)
        .into_iter()
        .chain([language])
        .collect();
    let items: Vec<_> = places
        .iter()
        .map(|(icon, words, _)| Item { icon: *icon, words })
        .collect();
    let whole = layout::areas(ui).dock;
    let width = dock::width_of(whole, items.len(), 5);
    let touched = dock::dock(ui, whole.with_max_x(whole.left() + width), &items)?;
    places.get(touched).map(|(_, _, intent)| *intent)
}

fn looking(ui: &mut Ui, fault: Option<&EnrolFault>, camera: CameraView, scene: &mut Scene<'_>) {
    let text = scene.text;
    layout::panes(
        ui,
        "enrol",
        Second::Fills,
        |ui| {
            widgets::title(ui, t!(text, "enrol-title"), t!(text, "enrol-lead"));
            ui.add_space(theme::GAP_M);
            let Some(fault) = fault else {
                return lines::numbered(ui, &steps(text));
            };
            let (what, way_on) = fault_words(text, fault);
            badge::notice(ui, Mood::Care, Icon::Warning, &what, &way_on);
        },
        |ui| {
            let room = ui.available_rect_before_wrap();
            let height = (room.width() * VIEW_SHAPE)
                .min(MOST_VIEW_HEIGHT)
                .min(room.height());
            view(
                ui,
                Rect::from_min_size(room.min, vec2(room.width(), height)),
                camera,
                scene,
            );
        },
    );
}

fn steps(text: Text) -> [String; 3] {
    [
        t!(text, "enrol-step-console"),
        t!(text, "enrol-step-hold"),
        t!(text, "enrol-step-compare"),
    ]
}

fn view(ui: &mut Ui, rect: Rect, camera: CameraView, scene: &mut Scene<'_>) {
    let text = scene.text;
    let shown = scene.gallery.live(ui.ctx(), scene.live);
    let guides = if shown.is_some() {
        Guides::Code
    } else {
        Guides::Off
    };
    live::live(ui, rect, shown, guides, &t!(text, "enrol-view"));
    let (mark, label) = match camera {
        CameraView::Opening => (Icon::Camera, t!(text, "code-camera-opening")),
        CameraView::Lost => (Icon::Warning, t!(text, "enrol-camera-lost")),
        CameraView::Live => (Icon::Code, t!(text, "enrol-looking")),
    };
    let bar = rect
        .with_min_y(rect.bottom() - theme::TOUCH - theme::GAP_S)
        .shrink(theme::GAP_S);
    live::caption(ui, bar, mark, &label);
}

fn waiting(ui: &mut Ui, four: Option<&[EnrolWord; 4]>, trouble: Option<EnrolTrouble>, text: Text) {
    layout::panes(
        ui,
        "enrol-waiting",
        Second::Floats,
        |ui| {
            let (title, lead) = match four {
                Some(_) => (t!(text, "enrol-compare"), t!(text, "enrol-compare-lead")),
                None => (t!(text, "enrol-asking"), t!(text, "enrol-asking-lead")),
            };
            widgets::title(ui, title, lead);
            ui.add_space(theme::GAP_M);
            if let Some(trouble) = trouble {
                let (what, way_on) = trouble_words(text, trouble);
                badge::notice(ui, Mood::Care, Icon::Offline, &what, &way_on);
            } else if four.is_some() {
                widgets::line(ui, Icon::Clock, &t!(text, "enrol-waiting"));
            }
        },
        |ui| {
            if let Some(four) = four {
                card::card(ui, |ui| {
                    for word in four {
                        word_ui(ui, word);
                    }
                });
            }
        },
    );
}

fn word_ui(ui: &mut Ui, word: &EnrolWord) {
    let chinese = word.chinese.to_string();
    words::centred(
        ui,
        chinese,
        Type::Display.bold(),
        Type::Display.line(),
        theme::INK,
    );
    words::centred(
        ui,
        word.latin.clone(),
        Type::Lead.regular(),
        Type::Lead.line(),
        theme::INK_SOFT,
    );
}

fn done(ui: &mut Ui, name: &str, text: Text) {
    layout::panes(
        ui,
        "enrol-done",
        Second::Floats,
        |ui| {
            badge::emblem(ui, Mood::Good, Icon::Check);
            ui.add_space(theme::GAP_M);
            widgets::title(
                ui,
                t!(text, "enrol-done", name = name),
                t!(text, "enrol-done-lead"),
            );
        },
        |_| (),
    );
}

/// What was wrong, and the way on.
fn fault_words(text: Text, fault: &EnrolFault) -> (String, String) {
    match fault {
        EnrolFault::NotAnInvitation => (
            t!(text, "enrol-not-invitation"),
            t!(text, "enrol-not-invitation-text"),
        ),
        EnrolFault::OtherService {
            invited,
            configured,
        } => (
            t!(text, "enrol-other-service"),
            t!(
                text,
                "enrol-other-service-text",
                invited = invited.as_str(),
                configured = configured.as_str()
            ),
        ),
        EnrolFault::Gone => (t!(text, "enrol-gone"), t!(text, "enrol-gone-text")),
        EnrolFault::Taken => (t!(text, "enrol-taken"), t!(text, "enrol-taken-text")),
        EnrolFault::Certificate => (
            t!(text, "enrol-certificate"),
            t!(text, "enrol-certificate-text"),
        ),
        EnrolFault::Impostor => (t!(text, "enrol-impostor"), t!(text, "enrol-impostor-text")),
        EnrolFault::Refused => (t!(text, "enrol-refused"), t!(text, "enrol-refused-text")),
        EnrolFault::NotWritten(file) => (
            t!(text, "enrol-not-written"),
            t!(text, "enrol-not-written-text", file = file.as_str()),
        ),
    }
}

fn trouble_words(text: Text, trouble: EnrolTrouble) -> (String, String) {
    match trouble {
        EnrolTrouble::Unreachable => (
            t!(text, "enrol-unreachable"),
            t!(text, "enrol-unreachable-text"),
        ),
        EnrolTrouble::NotTheService => (t!(text, "enrol-portal"), t!(text, "enrol-portal-text")),
        EnrolTrouble::Busy => (t!(text, "enrol-busy"), t!(text, "enrol-busy-text")),
    }
}
