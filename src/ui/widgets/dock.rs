//! The dock at the bottom: going back, language, help, settings, leaving. The same on every screen.

use super::icon::{self, Icon};
use super::touch;
use super::words;
use crate::ui::theme::{self, Type};
use egui::accesskit::Role;
use egui::{Color32, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2};

/// One place in the dock.
#[derive(Debug)]
pub struct Item<'a> {
    /// The pictogram.
    pub icon: Icon,
    /// The word below it.
    pub words: &'a str,
}

/// Draws the items from `rect`'s left, each as wide as all; which was touched.
pub fn dock(ui: &mut Ui, rect: Rect, items: &[Item<'_>]) -> Option<usize> {
    let width = rect.width() / items.len().max(1) as f32;
    let mut touched = None;
    for (i, item) in items.iter().enumerate() {
        let place = Rect::from_min_size(
            pos2(rect.left() + width * i as f32, rect.top()),
            egui::vec2(width, rect.height()),
        );
        if draw(ui, place.shrink2(egui::vec2(4.0, 0.0)), item) {
            touched = Some(i);
        }
    }
    touched
}

/// The width that `count` items take in `rect`.
pub fn width_of(rect: Rect, count: usize, all: usize) -> f32 {
    (rect.width() / all.max(1) as f32).min(theme::TOUCH * 1.9) * count as f32
}

fn draw(ui: &mut Ui, rect: Rect, item: &Item<'_>) -> bool {
    let response = touch::at(ui, rect, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, item.words));
    let down = response.is_pointer_button_down_on();
    let painter = ui.painter();
    let fill = if down {
        theme::SUNKEN_PRESSED
    } else {
        Color32::TRANSPARENT
    };
    let stroke = if response.has_focus() {
        Stroke::new(theme::LINE_CHOSEN, theme::ACCENT)
    } else {
        Stroke::NONE
    };
    painter.rect(rect, theme::corner(), fill, stroke, StrokeKind::Inside);
    let galley = words::fitted(
        ui,
        item.words,
        false,
        Type::Small,
        rect.width() - theme::GAP_XS,
        1,
    );
    let high = theme::ICON + theme::GAP_XS + galley.size().y;
    let top = rect.center().y - high / 2.0;
    let place = Rect::from_center_size(
        pos2(rect.center().x, top + theme::ICON / 2.0),
        Vec2::splat(theme::ICON),
    );
    icon::paint(painter, place, item.icon, theme::INK);
    let at = pos2(
        rect.center().x - galley.size().x / 2.0,
        place.bottom() + theme::GAP_XS,
    );
    painter.galley_with_override_text_color(at, galley, theme::INK);
    response.clicked()
}
