//! Handed in: what happens next, by when, and how to see it.

use super::Scene;
use crate::session::{Farewell, FarewellIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, words};
use egui::Ui;

/// Under review, and three things to know.
pub fn farewell_ui(ui: &mut Ui, step: &Farewell, scene: &mut Scene<'_>) -> Option<FarewellIntent> {
    let text = scene.text;
    let lead = t!(
        text,
        "farewell-lead",
        days = scene.settings.review_days,
        date = text.day(step.due)
    );
    layout::panes(
        ui,
        "farewell",
        Second::Floats,
        |ui| {
            badge::emblem(ui, Mood::Good, Icon::Check);
            ui.add_space(theme::GAP_M);
            widgets::title(ui, t!(text, "farewell-title"), lead);
        },
        |ui| {
            card::card(ui, |ui| {
                widgets::heading(ui, t!(text, "farewell-next"));
                ui.add_space(theme::GAP_XS);
                widgets::line(ui, Icon::Code, &t!(text, "farewell-next-see"));
                widgets::line(ui, Icon::Retake, &t!(text, "farewell-next-retake"));
                widgets::line(ui, Icon::Check, &t!(text, "farewell-next-check"));
                card::divider(ui, theme::GAP_S);
                let number = step.submission.short().to_uppercase();
                words::note(ui, t!(text, "farewell-number"));
                words::say(ui, number, Type::Lead.bold(), Type::Lead.line(), theme::INK);
            });
            // as it is now: a network that has just gone is noticed while this is read
            if !scene.service.online {
                ui.add_space(theme::GAP_M);
                badge::notice(
                    ui,
                    Mood::Good,
                    Icon::Lock,
                    &t!(text, "farewell-offline"),
                    "",
                );
            }
        },
    );
    let done = t!(text, "farewell-done");
    button::actions(ui, Some(Button::primary(&done)), None).map(|_| FarewellIntent::Done)
}
