//! What is known: a name and a value a line, between hairlines.

use super::{card, words};
use crate::ui::theme::{self, Type};
use egui::{Align, Layout, Ui, vec2};

/// Rows of name and value. Long values wrap under the name's right.
pub fn facts(ui: &mut Ui, rows: &[(String, String)]) {
    facts_spaced(ui, rows, theme::GAP_S);
}

/// Rows with `air` above and below each.
pub fn facts_spaced(ui: &mut Ui, rows: &[(String, String)], air: f32) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let names = rows.iter().map(|(name, _)| width_of(ui, name));
    let names = names.fold(0.0, f32::max) + theme::GAP_M;
    let most = MOST_FOR_NAMES * ui.available_width();
    for (i, (name, value)) in rows.iter().enumerate() {
        if i > 0 {
            card::divider(ui, air);
        }
        fact(ui, name, value, names.min(most));
    }
}

/// Share of the width that names get at most.
const MOST_FOR_NAMES: f32 = 0.34;

fn width_of(ui: &Ui, name: &str) -> f32 {
    let wide = ui.available_width();
    words::fitted(ui, name, false, Type::Body, wide, 1).size().x
}

fn fact(ui: &mut Ui, name: &str, value: &str, label: f32) {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::left_to_right(Align::Min), |ui| {
        ui.allocate_ui_with_layout(vec2(label, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(label);
            words::say(
                ui,
                name,
                Type::Body.regular(),
                Type::Body.line(),
                theme::INK_SOFT,
            );
        });
        ui.allocate_ui_with_layout(
            vec2(width - label - theme::GAP_S, 0.0),
            Layout::top_down(Align::Min),
            |ui| {
                ui.set_width(width - label - theme::GAP_S);
                words::say(ui, value, Type::Body.bold(), Type::Body.line(), theme::INK);
            },
        );
    });
}
