//! Paying: the code, how long it is good for, and what the provider says.

use super::Scene;
use crate::session::{PayState, Paying, PayingIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, icon, qr, words};
use egui::{Rect, Sense, Ui, Vec2};
use std::time::Duration;

/// The code and its state; giving up waits for the provider's word.
pub fn paying_ui(ui: &mut Ui, step: &Paying, scene: &mut Scene<'_>) -> Option<PayingIntent> {
    let text = scene.text;
    layout::panes(
        ui,
        "paying",
        Second::Floats,
        |ui| {
            widgets::title(ui, t!(text, "pay-title"), t!(text, "pay-lead"));
            ui.add_space(theme::GAP_S);
            words::say(
                ui,
                step.order.fee.to_string(),
                Type::Display.bold(),
                Type::Display.line(),
                theme::ACCENT,
            );
            widgets::note(ui, scene.title(&step.chosen.standing.collection));
            ui.add_space(theme::GAP_M);
            widgets::line(ui, Icon::Retake, &t!(text, "pay-once"));
            widgets::line(ui, Icon::Lock, &t!(text, "pay-kept"));
        },
        |ui| code(ui, step, scene),
    );
    let give_up = t!(text, "pay-give-up");
    let enabled = matches!(step.state, PayState::Waiting | PayState::Checking);
    let pressed = button::actions(ui, None, Some(Button::secondary(&give_up).enabled(enabled)));
    pressed.map(|_| PayingIntent::GiveUp)
}

fn code(ui: &mut Ui, step: &Paying, scene: &Scene<'_>) {
    let text = scene.text;
    let areas = layout::areas(ui);
    let room = if areas.portrait {
        ui.available_size()
    } else {
        areas.panes(0.0).1.size()
    };
    let side = (room.y - 310.0).min(room.x - 160.0).clamp(260.0, 560.0);
    card::card(ui, |ui| {
        ui.vertical_centered(|ui| {
            match (&step.shown, step.state) {
                (Some(code), PayState::Waiting | PayState::Checking) => {
                    qr::qr(ui, &code.url, side, &t!(text, "pay-code"));
                }
                (
                    _,
                    PayState::Waiting | PayState::Checking | PayState::Asking | PayState::Closing,
                ) => working(ui, side),
            }
            ui.add_space(theme::GAP_S);
            said(ui, step, scene);
        });
    });
}

fn working(ui: &mut Ui, side: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    let turn = Scene::turn(ui);
    icon::spinner(
        ui.painter(),
        rect.center(),
        theme::ICON_L,
        9.0,
        turn,
        (theme::HAIRLINE, theme::ACCENT),
    );
    let place = Rect::from_center_size(rect.center(), Vec2::splat(theme::ICON_L * 0.8));
    icon::paint(ui.painter(), place, Icon::Wallet, theme::INK_SOFT);
}

fn said(ui: &mut Ui, step: &Paying, scene: &Scene<'_>) {
    let text = scene.text;
    let bold = |ui: &mut Ui, words_of: String| {
        words::centred(
            ui,
            words_of,
            Type::Lead.bold(),
            Type::Lead.line(),
            theme::INK,
        );
    };
    match step.state {
        PayState::Asking => bold(ui, t!(text, "pay-asking")),
        PayState::Waiting => {
            bold(ui, t!(text, "pay-waiting"));
            if let Some(code) = &step.shown {
                ui.ctx().request_repaint_after(Duration::from_secs(1));
                let left = t!(
                    text,
                    "pay-left",
                    time = text.minutes(scene.left(code.expires))
                );
                words::centred(
                    ui,
                    left,
                    Type::Body.regular(),
                    Type::Body.line(),
                    theme::INK_SOFT,
                );
            }
        }
        PayState::Checking => {
            badge::notice(
                ui,
                Mood::Care,
                Icon::Clock,
                &t!(text, "pay-checking"),
                &t!(text, "pay-checking-text"),
            );
        }
        PayState::Closing => {
            badge::notice(
                ui,
                Mood::Care,
                Icon::Clock,
                &t!(text, "pay-closing"),
                &t!(text, "pay-closing-text"),
            );
        }
    }
}
