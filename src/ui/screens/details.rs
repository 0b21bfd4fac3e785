//! One collection: what it is, when, what it costs, and whether this student may take part.

use super::{Scene, states};
use crate::domain::collection::ClearGlasses;
use crate::domain::standing::{Eligibility, Standing};
use crate::session::{Details, DetailsIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::{about, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, facts};
use egui::Ui;

/// The details, and the way on.
pub fn details_ui(ui: &mut Ui, step: &Details, scene: &mut Scene<'_>) -> Option<DetailsIntent> {
    let text = scene.text;
    let standing = &step.chosen.standing;
    let waiting = step.question.is_some();
    let rows = rows(standing, scene);
    let portrait = layout::areas(ui).portrait;
    layout::panes(
        ui,
        "details",
        Second::Floats,
        |ui| {
            widgets::title(
                ui,
                t!(text, "details-title"),
                scene.title(&standing.collection),
            );
            ui.add_space(theme::GAP_S);
            let (mood, icon, label) = states::standing(scene, standing);
            badge::badge(ui, mood, icon, &label);
            if !portrait {
                ui.add_space(theme::GAP_S);
                eligibility(ui, standing, scene);
            }
        },
        |ui| {
            card::card(ui, |ui| {
                facts::facts_spaced(
                    ui,
                    &rows,
                    if portrait { theme::GAP_M } else { theme::GAP_S },
                );
            });
            if portrait {
                ui.add_space(theme::GAP_M);
                eligibility(ui, standing, scene);
            }
        },
    );
    let (next, wait) = (t!(text, "next"), t!(text, "wait"));
    let (verify, verifying) = (t!(text, "details-verify"), t!(text, "details-verifying"));
    let provisional = standing.eligibility != Eligibility::Eligible;
    let again = Button::secondary(if waiting { &verifying } else { &verify }).enabled(!waiting);
    let on = Button::primary(if waiting { &wait } else { &next }).enabled(!waiting);
    let pressed = button::actions(ui, Some(on), provisional.then_some(again))?;
    Some(match pressed {
        button::Pressed::Primary => DetailsIntent::Next,
        button::Pressed::Secondary => DetailsIntent::VerifyAgain,
    })
}

fn rows(standing: &Standing, scene: &Scene<'_>) -> Vec<(String, String)> {
    let text = scene.text;
    let collection = &standing.collection;
    let fee = if collection.fee.is_nothing() {
        t!(text, "details-fee-none")
    } else if standing.entitlement.is_some() {
        t!(text, "details-fee-paid", fee = collection.fee.to_string())
    } else {
        collection.fee.to_string()
    };
    let glasses = match collection.glasses {
        ClearGlasses::Allowed => t!(text, "details-glasses-allowed"),
        ClearGlasses::Asked => t!(text, "details-glasses-asked"),
        ClearGlasses::Refused => t!(text, "details-glasses-no"),
    };
    vec![
        (
            t!(text, "status-school"),
            scene.school(collection.institution),
        ),
        (
            t!(text, "status-category"),
            about::category(text, collection.category),
        ),
        (t!(text, "details-window"), scene.window(collection)),
        (t!(text, "details-fee"), fee),
        (
            t!(text, "details-background"),
            about::background(text, collection.background),
        ),
        (t!(text, "details-glasses"), glasses),
    ]
}

fn eligibility(ui: &mut Ui, standing: &Standing, scene: &Scene<'_>) {
    let text = scene.text;
    match standing.eligibility {
        Eligibility::Eligible => badge::notice(
            ui,
            Mood::Good,
            Icon::Check,
            &t!(text, "details-eligible"),
            "",
        ),
        Eligibility::Provisional => {
            let (what, detail) = (
                t!(text, "details-provisional"),
                t!(text, "details-provisional-text"),
            );
            badge::notice(ui, Mood::Care, Icon::Info, &what, &detail);
        }
        Eligibility::NotOnRoster => {
            badge::notice(
                ui,
                Mood::Care,
                Icon::Warning,
                &t!(text, "eligible-title"),
                &t!(text, "eligible-lead"),
            );
        }
    }
}
