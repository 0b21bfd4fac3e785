//! The studio is at work. Nothing is to be pressed.

use super::Scene;
use crate::photo::Stage;
use crate::session::Standardizing;
use crate::ui::layout::{self, Second};
use crate::ui::text::{studio, t};
use crate::ui::theme;
use crate::ui::widgets::progress::{self, Stage as Row};
use crate::ui::widgets::{self, card, picture};
use egui::{Rect, Sense, Ui, vec2};

/// The capture, and how far it is.
pub fn standardizing_ui(ui: &mut Ui, step: &Standardizing, scene: &mut Scene<'_>) {
    let text = scene.text;
    let turn = Scene::turn(ui);
    let rows: Vec<(String, Row)> = Stage::ALL
        .into_iter()
        .map(|stage| (studio::stage(text, stage), row(stage, step.stage)))
        .collect();
    let done = rows.iter().filter(|(_, row)| *row == Row::Done).count();
    let share = (done as f32 + 0.5) / rows.len() as f32;
    let percent = (share * 100.0).round() as u32;
    let wide = !layout::areas(ui).portrait;
    layout::panes(
        ui,
        "standardizing",
        Second::Floats,
        |ui| {
            widgets::title(
                ui,
                t!(text, "standardize-title"),
                t!(text, "standardize-lead"),
            );
            ui.add_space(theme::GAP_M);
            let height = if wide { 400.0 } else { 480.0 };
            let (place, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
            if let Some(capture) = step.shots.get(step.chosen) {
                let shown = scene.gallery.capture(ui.ctx(), capture);
                let print = layout::fitted(place, picture::PHOTO_SIZE);
                let print = if wide {
                    print.translate(vec2(place.left() - print.left(), 0.0))
                } else {
                    print
                };
                picture::print(ui, print, shown, &t!(text, "standardize-photo"));
                scan(ui, print, turn);
            }
        },
        |ui| {
            card::card(ui, |ui| {
                progress::stages(ui, &rows, turn);
                ui.add_space(theme::GAP_S);
                progress::bar(
                    ui,
                    share,
                    theme::ACCENT,
                    &t!(text, "standardize-progress", percent = percent),
                );
            });
        },
    );
}

/// A light that wanders over the print: something is being done to it.
fn scan(ui: &Ui, print: Rect, turn: f32) {
    let inner = print.shrink(print.width() * 0.03);
    let share = 0.5 - 0.5 * (turn * std::f32::consts::TAU).cos();
    let y = inner.top() + inner.height() * share;
    let stroke = egui::Stroke::new(theme::LINE_CHOSEN, theme::GUIDE_RIGHT);
    ui.painter().hline(inner.x_range(), y, stroke);
}

fn row(stage: Stage, now: Option<Stage>) -> Row {
    match now {
        Some(now) if stage < now => Row::Done,
        Some(now) if stage == now => Row::Now,
        None if stage == Stage::Face => Row::Now,
        Some(_) | None => Row::Later,
    }
}
