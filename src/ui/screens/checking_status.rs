//! The enrolment, masked: is this you?

use super::Scene;
use crate::session::{CheckingStatus, CheckingStatusIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme;
use crate::ui::widgets::{self, Button, button, card, facts};
use egui::Ui;

/// The data of the code, and two answers.
pub fn checking_status_ui(
    ui: &mut Ui,
    step: &CheckingStatus,
    scene: &mut Scene<'_>,
) -> Option<CheckingStatusIntent> {
    let text = scene.text;
    let waiting = step.question.is_some();
    let rows = scene.enrolment(&step.identity.status, step.identity.last_four.masked());
    layout::panes(
        ui,
        "status",
        Second::Floats,
        |ui| {
            widgets::title(ui, t!(text, "status-title"), t!(text, "status-lead"));
            ui.add_space(theme::GAP_S);
            widgets::note(ui, t!(text, "status-wrong"));
        },
        |ui| card::card(ui, |ui| facts::facts_spaced(ui, &rows, theme::GAP_S + 4.0)),
    );
    let (me, not_me) = (t!(text, "status-me"), t!(text, "status-not-me"));
    let wait = t!(text, "wait");
    let primary = Button::primary(if waiting { &wait } else { &me }).enabled(!waiting);
    let pressed = button::actions(
        ui,
        Some(primary),
        Some(Button::secondary(&not_me).enabled(!waiting)),
    )?;
    Some(match pressed {
        button::Pressed::Primary => CheckingStatusIntent::ItIsMe,
        button::Pressed::Secondary => CheckingStatusIntent::NotMe,
    })
}
