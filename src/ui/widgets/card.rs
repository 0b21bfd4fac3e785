//! A sheet that lies on the paper.

use crate::ui::theme;
use egui::{Frame, InnerResponse, Margin, Ui};

/// A card as wide as what is left, with air inside.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    card_with(ui, theme::GAP_L, add)
}

/// A card with `padding` inside.
pub fn card_with<R>(ui: &mut Ui, padding: f32, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Frame::new()
        .fill(theme::CARD)
        .stroke(theme::hairline())
        .corner_radius(theme::card_corner())
        .shadow(theme::card_shade())
        .inner_margin(Margin::same(padding as i8))
        .show(ui, |ui| {
            ui.take_available_width();
            add(ui)
        })
}

/// A hairline across, with air above and below.
pub fn divider(ui: &mut Ui, air: f32) {
    ui.add_space(air);
    let (rect, _) = ui.allocate_exact_size(
        egui::vec2(ui.available_width(), theme::LINE),
        egui::Sense::hover(),
    );
    ui.painter()
        .hline(rect.x_range(), rect.center().y, theme::hairline());
    ui.add_space(air);
}
