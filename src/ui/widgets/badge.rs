//! How something stands: an icon and words on a tinted ground. Colour only helps.

use super::icon::{self, Icon};
use super::touch;
use super::words;
use crate::ui::layout;
use crate::ui::theme::{self, Mood, Type};
use egui::{Align, Frame, Layout, Margin, Rect, Response, Sense, Ui, Vec2, pos2, vec2};

/// A small pill.
pub fn badge(ui: &mut Ui, mood: Mood, icon: Icon, label: &str) -> Response {
    let size = badge_size(ui, label, ui.available_width());
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    badge_at(ui, rect, mood, icon, label)
}

/// The size of a pill for `label` in at most `width`.
pub fn badge_size(ui: &Ui, label: &str, width: f32) -> Vec2 {
    let extra = theme::ICON_S + theme::GAP_XS + 2.0 * theme::GAP_S + 1.0;
    let galley = words::fitted(ui, label, true, Type::Small, width - extra, 1);
    vec2(galley.size().x + extra, 56.0)
}

/// A pill exactly there.
pub fn badge_at(ui: &mut Ui, rect: Rect, mood: Mood, icon: Icon, label: &str) -> Response {
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, label));
    let painter = ui.painter();
    painter.rect_filled(rect, rect.height() / 2.0, mood.ground());
    let place = Rect::from_center_size(
        pos2(
            rect.left() + theme::GAP_S + theme::ICON_S / 2.0,
            rect.center().y,
        ),
        Vec2::splat(theme::ICON_S - 4.0),
    );
    icon::paint(painter, place, icon, mood.ink());
    let galley = words::fitted(
        ui,
        label,
        true,
        Type::Small,
        rect.right() - place.right() - theme::GAP_S,
        1,
    );
    let at = pos2(
        place.right() + theme::GAP_XS,
        rect.center().y - galley.size().y / 2.0,
    );
    painter.galley_with_override_text_color(at, galley, mood.ink());
    response
}

/// A box that says something: what, and what to do.
pub fn notice(ui: &mut Ui, mood: Mood, icon: Icon, what: &str, detail: &str) {
    Frame::new()
        .fill(mood.ground())
        .corner_radius(theme::corner())
        .inner_margin(Margin::symmetric(
            theme::GAP_M as i8 + 4,
            theme::GAP_M as i8,
        ))
        .show(ui, |ui| {
            ui.take_available_width();
            ui.allocate_ui_with_layout(
                vec2(ui.available_width(), 0.0),
                Layout::left_to_right(Align::Min),
                |ui| {
                    ui.spacing_mut().item_spacing.x = theme::GAP_M;
                    let (place, _) = ui
                        .allocate_exact_size(vec2(theme::ICON, Type::Body.line()), Sense::hover());
                    icon::paint(ui.painter(), place, icon, mood.ink());
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 4.0;
                        words::say(ui, what, Type::Body.bold(), Type::Body.line(), mood.ink());
                        if !detail.is_empty() {
                            words::say(
                                ui,
                                detail,
                                Type::Body.regular(),
                                Type::Body.line(),
                                theme::INK,
                            );
                        }
                    });
                },
            );
        });
}

/// Room for a notice of at most so many lines, taken whether there is one or not: what stands below it must not move
/// under a finger. On a wide screen nothing stands below it.
pub fn slot(ui: &mut Ui, lines: u8, add: impl FnOnce(&mut Ui)) {
    let taken = f32::from(lines) * Type::Body.line() + 2.0 * theme::GAP_M + theme::GAP_S;
    ui.scope(|ui| {
        if layout::areas(ui).portrait {
            ui.set_min_height(taken);
        }
        add(ui);
    });
}

/// The icon that is the whole message, on a round ground.
pub fn emblem(ui: &mut Ui, mood: Mood, icon: Icon) {
    let side = theme::ICON_XL;
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    emblem_at(ui, rect, mood, icon);
}

/// The icon that is the whole message, exactly there.
pub fn emblem_at(ui: &Ui, rect: Rect, mood: Mood, icon: Icon) {
    let painter = ui.painter();
    painter.circle_filled(rect.center(), rect.width() / 2.0, mood.ground());
    icon::paint(
        painter,
        Rect::from_center_size(rect.center(), Vec2::splat(rect.width() * 0.5)),
        icon,
        mood.ink(),
    );
}
