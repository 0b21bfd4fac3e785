//! One file a step. A screen takes its own step, imports no sibling, holds no number and no word, and returns
//! what the person wants.

pub mod admin;
mod chrome;
mod scene;
mod states;

mod capturing;
mod checking_status;
mod choosing;
mod choosing_category;
mod choosing_school;
mod choosing_service;
mod collections;
mod confirming;
mod consent;
mod details;
mod entering_last_four;
mod farewell;
mod not_eligible;
mod overlays;
mod paused;
mod paying;
mod paying_digits;
mod preparing;
mod reading_code;
mod refused;
mod resuming;
mod signing_in;
mod standardizing;
mod standing;
mod welcome;

use crate::session::{AnywhereIntent, Clock, Intent, Overlay, Session, Step};
use crate::ui::{Gallery, LiveView, Text};
use egui::Ui;

pub use capturing::capturing_ui;
pub use checking_status::checking_status_ui;
pub use choosing::choosing_ui;
pub use choosing_category::choosing_category_ui;
pub use choosing_school::choosing_school_ui;
pub use choosing_service::choosing_service_ui;
pub use chrome::{attendant_corner, paper};
pub use collections::collections_ui;
pub use confirming::confirming_ui;
pub use consent::consent_ui;
pub use details::details_ui;
pub use entering_last_four::entering_last_four_ui;
pub use farewell::farewell_ui;
pub use not_eligible::not_eligible_ui;
pub use overlays::overlay_ui;
pub use paused::paused_ui;
pub use paying::paying_ui;
pub use preparing::preparing_ui;
pub use reading_code::reading_code_ui;
pub use refused::refused_ui;
pub use resuming::resuming_ui;
pub use scene::Scene;
pub use signing_in::signing_in_ui;
pub use standardizing::standardizing_ui;
pub use standing::standing_ui;
pub use welcome::welcome_ui;

/// Draws a step and what lies above it; what the person wants.
pub fn draw(ui: &mut Ui, step: &Step, overlay: &Overlay, scene: &mut Scene<'_>) -> Option<Intent> {
    paper(ui);
    let covered = *overlay != Overlay::None;
    let below = {
        let mut child = ui.new_child(
            egui::UiBuilder::new()
                .id_salt(step.name())
                .max_rect(ui.max_rect()),
        );
        if covered {
            child.disable();
        }
        let around = chrome::chrome_ui(&mut child, step, scene);
        let wanted = step_ui(&mut child, step, scene);
        wanted.or(around)
    };
    let above = overlay_ui(ui, overlay, scene);
    let wanted = if covered { above } else { below };
    wanted.or_else(|| touched(ui).then_some(Intent::Anywhere(AnywhereIntent::Touch)))
}

/// Somebody is there, although nothing was chosen.
fn touched(ui: &Ui) -> bool {
    ui.input(|input| {
        input.pointer.any_pressed()
            || input
                .events
                .iter()
                .any(|event| matches!(event, egui::Event::Text(_)))
    })
}

/// [`draw`] for a whole session.
pub fn draw_session(
    ui: &mut Ui,
    session: &Session,
    live: &LiveView,
    gallery: &mut Gallery,
    clock: Clock,
) -> Option<Intent> {
    let schools = |code| session.institutions().by_code(code).cloned();
    let mut scene = Scene {
        text: Text::of(session.language()),
        settings: session.settings(),
        service: *session.service(),
        attendant: session.attendant_view(),
        schools: &schools,
        live,
        gallery,
        now: clock.now,
        today: clock.today,
    };
    draw(ui, session.step(), session.overlay(), &mut scene)
}

fn step_ui(ui: &mut Ui, step: &Step, scene: &mut Scene<'_>) -> Option<Intent> {
    match step {
        Step::Welcome(_) => welcome_ui(ui, scene).map(Intent::Welcome),
        Step::Consent(_) => consent_ui(ui, scene).map(Intent::Consent),
        Step::SigningIn(step) => signing_in_ui(ui, step, scene).map(Intent::SigningIn),
        Step::Resuming(step) => resuming_ui(ui, step, scene).map(Intent::Resuming),
        Step::ChoosingSchool(step) => {
            choosing_school_ui(ui, step, scene).map(Intent::ChoosingSchool)
        }
        Step::ChoosingCategory(step) => {
            choosing_category_ui(ui, step, scene).map(Intent::ChoosingCategory)
        }
        Step::ReadingCode(step) => reading_code_ui(ui, step, scene).map(Intent::ReadingCode),
        Step::EnteringLastFour(step) => {
            entering_last_four_ui(ui, step, scene).map(Intent::EnteringLastFour)
        }
        Step::CheckingStatus(step) => {
            checking_status_ui(ui, step, scene).map(Intent::CheckingStatus)
        }
        Step::Collections(step) => collections_ui(ui, step, scene).map(Intent::Collections),
        Step::Details(step) => details_ui(ui, step, scene).map(Intent::Details),
        Step::NotEligible(step) => not_eligible_ui(ui, step, scene).map(Intent::NotEligible),
        Step::ChoosingService(step) => {
            choosing_service_ui(ui, step, scene).map(Intent::ChoosingService)
        }
        Step::Paying(step) => paying_ui(ui, step, scene).map(Intent::Paying),
        Step::Preparing(step) => preparing_ui(ui, step, scene).map(Intent::Preparing),
        Step::Capturing(step) => capturing_ui(ui, step, scene).map(Intent::Capturing),
        Step::Choosing(step) => choosing_ui(ui, step, scene).map(Intent::Choosing),
        Step::Standardizing(step) => {
            standardizing_ui(ui, step, scene);
            None
        }
        Step::Refused(step) => refused_ui(ui, step, scene).map(Intent::Refused),
        Step::Confirming(step) => confirming_ui(ui, step, scene).map(Intent::Confirming),
        Step::Farewell(step) => farewell_ui(ui, step, scene).map(Intent::Farewell),
        Step::Standing(step) => standing_ui(ui, step, scene).map(Intent::Standing),
        Step::Paused(step) => {
            paused_ui(ui, step, scene);
            None
        }
    }
}
