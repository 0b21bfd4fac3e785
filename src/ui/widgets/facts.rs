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
    for (i, (name, value)) in rows.iter().enumerate() {
        if i > 0 {
            card::divider(ui, air);
        }
        fact(ui, name, value);
    }
}

fn fact(ui: &mut Ui, name: &str, value: &str) {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::left_to_right(Align::Min), |ui| {
        let label = width * 0.34;
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
