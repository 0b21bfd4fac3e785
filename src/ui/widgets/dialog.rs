//! A question laid over the screen. What is below cannot be touched while it is there.

use super::words;
use crate::ui::layout;
use crate::ui::theme::{self, Type};
use egui::accesskit::Role;
use egui::{Area, Frame, Id, Margin, Order, Sense, Ui, WidgetInfo, vec2};

/// Draws a dialog named `name` in the middle of the screen; a touch beside it gives `outside = true`.
pub fn dialog<R>(ui: &mut Ui, salt: &str, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let areas = layout::areas(ui);
    let ctx = ui.ctx().clone();
    let width = if areas.portrait {
        areas.content.width()
    } else {
        1040.0_f32.min(areas.content.width())
    };
    Area::new(Id::unique(("veil", salt)))
        .order(Order::Middle)
        .fixed_pos(areas.screen.min)
        .show(&ctx, |ui| {
            let veil = ui.allocate_rect(areas.screen, Sense::click());
            ui.painter().rect_filled(veil.rect, 0.0, theme::VEIL);
        });
    let shown = Area::new(Id::unique(("dialog", salt)))
        .order(Order::Foreground)
        .anchor(egui::Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .constrain(true)
        .show(&ctx, |ui| {
            ui.set_width(width);
            let inner = Frame::new()
                .fill(theme::PAPER)
                .corner_radius(theme::card_corner())
                .shadow(theme::print_shade())
                .inner_margin(Margin::same(theme::GAP_XL as i8 - 8))
                .show(ui, |ui| {
                    ui.take_available_width();
                    add(ui)
                });
            inner
                .response
                .widget_info(|| WidgetInfo::labeled(Role::Dialog, true, name));
            inner.inner
        });
    shown.inner
}

/// Title and words of a dialog.
pub fn says(ui: &mut Ui, title: &str, body: &str) {
    words::say(
        ui,
        title,
        Type::Title.bold(),
        Type::Title.line(),
        theme::INK,
    );
    ui.add_space(theme::GAP_XS);
    if !body.is_empty() {
        words::lead(ui, body);
    }
    ui.add_space(theme::GAP_L);
}
