//! What is not delivered yet, each with what holds it up. Shows a number, a time, a state; no name, no photo.

use super::super::{Scene, states};
use crate::admin::{AdminIntent, Export, Queue, QueueRow};
use crate::ui::layout;
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::{self, Button, Choice, Icon, badge, button, card, words};
use egui::{ScrollArea, Ui, vec2};

pub(super) fn queue_ui(ui: &mut Ui, queue: &Queue, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let rows = queue.rows.as_deref();
    let areas = layout::areas(ui).off_the_way();
    let content = areas.content;
    let wanted = layout::place(ui, content, |ui| {
        widgets::title(ui, t!(text, "admin-queue"), "");
        ui.add_space(theme::GAP_S);
        let Some(rows) = rows else {
            words::body(ui, t!(text, "wait"));
            return None;
        };
        if rows.is_empty() {
            badge::notice(
                ui,
                Mood::Good,
                Icon::Check,
                &t!(text, "admin-queue-empty"),
                "",
            );
            return None;
        }
        let mut wanted = export_ui(ui, queue.export, scene);
        ui.add_space(theme::GAP_S);
        ScrollArea::vertical()
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = theme::GAP_S;
                for (i, row) in rows.iter().enumerate() {
                    if queue_row(ui, row, scene) {
                        wanted = Some(AdminIntent::Retry(i));
                    }
                }
            });
        wanted
    });
    let (back, retry) = (t!(text, "back"), t!(text, "admin-retry"));
    let primary = Button::primary(&retry)
        .icon(Icon::Retake)
        .enabled(rows.is_some_and(|rows| !rows.is_empty()));
    let pressed = button::actions_in(
        ui,
        &areas,
        Some(primary),
        Some(Button::secondary(&back).icon(Icon::Back)),
    );
    wanted.or(pressed.map(|pressed| match pressed {
        button::Pressed::Primary => AdminIntent::RetryAll,
        button::Pressed::Secondary => AdminIntent::Home,
    }))
}

/// For the booth that never gets a network: what lies here, sealed, on a stick.
fn export_ui(ui: &mut Ui, export: Export, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let (label, detail) = (t!(text, "admin-export"), t!(text, "admin-export-text"));
    let told = match export {
        Export::None => None,
        Export::Running => Some((Mood::Calm, Icon::Clock, t!(text, "wait"))),
        Export::NoStick => Some((Mood::Care, Icon::Warning, t!(text, "admin-export-no-stick"))),
        Export::Done { saved, left: 0 } => Some((
            Mood::Good,
            Icon::Check,
            t!(text, "admin-export-done", count = saved),
        )),
        Export::Done { saved, left } => {
            let done = t!(text, "admin-export-done", count = saved);
            let left = t!(text, "admin-export-left", count = left);
            Some((Mood::Care, Icon::Warning, format!("{done}\n{left}")))
        }
    };
    if let Some((mood, icon, words)) = told {
        badge::notice(ui, mood, icon, &words, "");
    }
    let pressed = Choice::new(&label)
        .detail(&detail)
        .icon(Icon::List)
        .show(ui);
    pressed.then_some(AdminIntent::Export)
}

fn queue_row(ui: &mut Ui, row: &QueueRow, scene: &Scene<'_>) -> bool {
    let text = scene.text;
    let (mood, icon, label) = states::submission(text, row.state);
    card::card_with(ui, theme::GAP_M, |ui| {
        let width = ui.available_width();
        let button_width = 220.0;
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(width - button_width - theme::GAP_M);
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.horizontal(|ui| {
                    ui.spacing_mut().interact_size.y = 0.0;
                    words::say(
                        ui,
                        row.id.short().to_uppercase(),
                        Type::Lead.bold(),
                        Type::Lead.line(),
                        theme::INK,
                    );
                    badge::badge(ui, mood, icon, &label);
                });
                words::note(
                    ui,
                    format!(
                        "{} · {}",
                        text.moment(row.submitted_at),
                        t!(text, "admin-tries", count = row.tries)
                    ),
                );
                if !row.why.is_empty() {
                    words::body(ui, states::why(text, &row.why));
                }
            });
            let retry = t!(text, "admin-retry-one");
            let (rect, _) =
                ui.allocate_exact_size(vec2(button_width, theme::TOUCH), egui::Sense::hover());
            Button::secondary(&retry).icon(Icon::Retake).at(ui, rect)
        })
        .inner
    })
    .inner
}
