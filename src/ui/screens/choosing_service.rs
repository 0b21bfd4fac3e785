//! What is to be had and what it costs.

use super::Scene;
use crate::domain::collection::FeePart;
use crate::session::{ChoosingService, ChoosingServiceIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{self, Button, Icon, button, card, facts, lines, words};
use egui::{Align, Layout, Ui, vec2};

/// Everything that the one fee holds, and the fee.
pub fn choosing_service_ui(
    ui: &mut Ui,
    step: &ChoosingService,
    scene: &mut Scene<'_>,
) -> Option<ChoosingServiceIntent> {
    let text = scene.text;
    layout::panes(
        ui,
        "service",
        Second::Floats,
        |ui| widgets::title(ui, t!(text, "service-title"), t!(text, "service-lead")),
        |ui| {
            card::card(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                words::say(
                    ui,
                    scene.title(&step.chosen.standing.collection),
                    Type::Lead.bold(),
                    Type::Lead.line(),
                    theme::INK,
                );
                card::divider(ui, theme::GAP_M);
                let days = scene.settings.review_days;
                let rows = [
                    (
                        Icon::Picture,
                        t!(text, "service-photo"),
                        t!(text, "service-photo-text"),
                    ),
                    (
                        Icon::Retake,
                        t!(text, "service-retakes"),
                        t!(text, "service-retakes-text"),
                    ),
                    (
                        Icon::Person,
                        t!(text, "service-review"),
                        t!(text, "service-review-text", days = days),
                    ),
                ];
                for (mark, title, detail) in rows {
                    lines::titled(ui, mark, &title, &detail);
                    ui.add_space(theme::GAP_M);
                }
                parts(ui, step, scene);
                card::divider(ui, theme::GAP_XS);
                total(ui, &t!(text, "service-total"), &step.fee().to_string());
            });
            ui.add_space(theme::GAP_M);
            widgets::note(ui, t!(text, "service-note"));
        },
    );
    let (pay, later) = (t!(text, "service-pay"), t!(text, "service-later"));
    let enabled = step.question.is_none();
    let secondary = step
        .may_pay_later()
        .then(|| Button::secondary(&later).enabled(enabled));
    let primary = Button::primary(&pay).icon(Icon::Wallet).enabled(enabled);
    button::actions(ui, Some(primary), secondary).map(|pressed| match pressed {
        button::Pressed::Primary => ChoosingServiceIntent::PayNow,
        button::Pressed::Secondary => ChoosingServiceIntent::PayLater,
    })
}

/// What the one fee is made of, where the school says.
fn parts(ui: &mut Ui, step: &ChoosingService, scene: &Scene<'_>) {
    let parts = &step.chosen.standing.collection.terms.parts;
    let row = |part: &FeePart| {
        let name = scene.text.either(&part.name_zh, &part.name_en);
        (name.to_owned(), part.fee.to_string())
    };
    let rows: Vec<_> = parts.iter().map(row).collect();
    if !rows.is_empty() {
        card::divider(ui, theme::GAP_XS);
        facts::facts(ui, &rows);
    }
}

fn total(ui: &mut Ui, label: &str, amount: &str) {
    let height = Type::Title.line() + theme::GAP_S;
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), height),
        Layout::left_to_right(Align::Center),
        |ui| {
            words::say(
                ui,
                label,
                Type::Lead.regular(),
                Type::Lead.line(),
                theme::INK,
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                words::say(
                    ui,
                    amount,
                    Type::Title.bold(),
                    Type::Title.line(),
                    theme::INK,
                );
            });
        },
    );
}
