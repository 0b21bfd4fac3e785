//! The school's list does not have this student: verify again, or ask the school.

use super::Scene;
use crate::session::{NotEligible, NotEligibleIntent, RequestOutcome};
use crate::ui::layout::{self, Second};
use crate::ui::text::{about, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, facts};
use egui::Ui;

/// What is missing, and two ways on.
pub fn not_eligible_ui(
    ui: &mut Ui,
    step: &NotEligible,
    scene: &mut Scene<'_>,
) -> Option<NotEligibleIntent> {
    let text = scene.text;
    let status = &step.chosen.identity.status;
    let rows = vec![
        (t!(text, "status-name"), status.masked_name.clone()),
        (t!(text, "eligible-number"), status.student_number.clone()),
        (t!(text, "status-school"), scene.school(status.institution)),
        (
            t!(text, "status-category"),
            about::category(text, status.category),
        ),
    ];
    layout::panes(
        ui,
        "not-eligible",
        Second::Floats,
        |ui| {
            badge::emblem(ui, Mood::Care, Icon::Document);
            ui.add_space(theme::GAP_M);
            widgets::title(ui, t!(text, "eligible-title"), t!(text, "eligible-lead"));
        },
        |ui| {
            card::card(ui, |ui| facts::facts_spaced(ui, &rows, theme::GAP_M));
            ui.add_space(theme::GAP_M);
            news(ui, step, scene);
        },
    );
    let (checking, asking) = (step.checking.is_some(), step.asking.is_some());
    let verify = if checking {
        t!(text, "eligible-verifying")
    } else {
        t!(text, "eligible-verify")
    };
    let ask = if asking {
        t!(text, "eligible-asking")
    } else {
        t!(text, "eligible-ask")
    };
    let asked = step.asked == Some(RequestOutcome::Filed);
    let primary = Button::primary(&verify).enabled(!checking);
    let secondary = (!asked).then(|| Button::secondary(&ask).enabled(!asking));
    let pressed = button::actions(ui, Some(primary), secondary)?;
    Some(match pressed {
        button::Pressed::Primary => NotEligibleIntent::VerifyAgain,
        button::Pressed::Secondary => NotEligibleIntent::AskSchool,
    })
}

fn news(ui: &mut Ui, step: &NotEligible, scene: &Scene<'_>) {
    let text = scene.text;
    match step.asked {
        Some(RequestOutcome::Filed) => {
            badge::notice(
                ui,
                Mood::Good,
                Icon::Send,
                &t!(text, "eligible-asked"),
                &t!(text, "eligible-asked-text"),
            );
        }
        Some(RequestOutcome::Failed) => {
            badge::notice(
                ui,
                Mood::Trouble,
                Icon::Warning,
                &t!(text, "eligible-failed"),
                &t!(text, "eligible-failed-text"),
            );
        }
        Some(RequestOutcome::Sending) | None if step.tries > 0 => {
            badge::notice(
                ui,
                Mood::Care,
                Icon::Info,
                &t!(text, "eligible-tries", count = step.tries),
                "",
            );
        }
        Some(RequestOutcome::Sending) | None => {}
    }
}
