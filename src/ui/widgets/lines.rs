//! Lines of a list: a pictogram or a number, and words.

use super::icon::{self, Icon};
use super::words;
use crate::ui::theme::{self, Type};
use egui::accesskit::Role;
use egui::{Align, Layout, Rect, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

/// A pictogram and words.
pub fn line(ui: &mut Ui, mark: Icon, label: &str) {
    line_in(ui, mark, label, Type::Body, theme::ACCENT);
}

/// A pictogram and words, in a size and with a colour for the pictogram.
pub fn line_in(ui: &mut Ui, mark: Icon, label: &str, size: Type, colour: egui::Color32) {
    let room = ui.available_width() - theme::ICON - theme::GAP_M;
    let galley = words::fitted(ui, label, false, size, room, 3);
    let height = galley.size().y.max(theme::ICON) + theme::GAP_S;
    let (row, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    // the pictogram stands beside the first line
    let first = row.center().y - galley.size().y / 2.0 + size.line() / 2.0;
    let place = Rect::from_center_size(
        pos2(row.left() + theme::ICON / 2.0, first),
        Vec2::splat(theme::ICON),
    );
    icon::paint(ui.painter(), place, mark, colour);
    let at = pos2(
        place.right() + theme::GAP_M,
        row.center().y - galley.size().y / 2.0,
    );
    ui.painter()
        .galley_with_override_text_color(at, galley, theme::INK);
}

/// Steps, counted from one.
pub fn numbered(ui: &mut Ui, rows: &[String]) {
    for (i, row) in rows.iter().enumerate() {
        let room = ui.available_width() - 56.0 - theme::GAP_M;
        let galley = words::fitted(ui, row, false, Type::Body, room, 3);
        let height = galley.size().y.max(56.0) + theme::GAP_S;
        let (place, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, row));
        let centre = pos2(place.left() + 28.0, place.center().y);
        let painter = ui.painter();
        painter.circle_filled(centre, 26.0, theme::ACCENT_TINT);
        painter.text(
            centre,
            egui::Align2::CENTER_CENTER,
            (i + 1).to_string(),
            Type::Small.bold(),
            theme::ACCENT,
        );
        let at = pos2(
            centre.x + 28.0 + theme::GAP_M,
            place.center().y - galley.size().y / 2.0,
        );
        painter.galley_with_override_text_color(at, galley, theme::INK);
    }
}

/// A pictogram, a title and a detail below it.
pub fn titled(ui: &mut Ui, mark: Icon, title: &str, detail: &str) {
    titled_in(ui, mark, title, detail, Type::Small);
}

/// [`titled`], with the size of the detail.
pub fn titled_in(ui: &mut Ui, mark: Icon, title: &str, detail: &str, size: Type) {
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 0.0),
        Layout::left_to_right(Align::Min),
        |ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP_M;
            let (place, _) =
                ui.allocate_exact_size(vec2(theme::ICON, Type::Body.line()), Sense::hover());
            icon::paint(ui.painter(), place, mark, theme::ACCENT);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                words::say(ui, title, Type::Body.bold(), Type::Body.line(), theme::INK);
                words::say(ui, detail, size.regular(), size.line(), theme::INK_SOFT);
            });
        },
    );
}
