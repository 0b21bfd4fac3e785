//! Photos on the screen: a print with a white border, an example of right or wrong, a drawing of a photo.

use super::icon::{self, Icon};
use super::touch;
use super::words;
use crate::ui::gallery::{self, Shown};
use crate::ui::theme::{self, Mood, Type};
use egui::accesskit::Role;
use egui::{
    Color32, CornerRadius, Painter, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

/// Width to height of the standard photo.
pub const PHOTO_SIZE: Vec2 = vec2(480.0, 640.0);

/// A printed photo that fills `rect`, never mirrored, named `label`.
pub fn print(ui: &mut Ui, rect: Rect, shown: Shown, label: &str) {
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label));
    let painter = ui.painter();
    painter.add(theme::print_shade().as_shape(rect, CornerRadius::same(theme::RADIUS_S)));
    painter.rect_filled(rect, theme::RADIUS_S, theme::CARD);
    let inner = rect.shrink((rect.width() * 0.03).max(6.0));
    painter.image(
        shown.id,
        inner,
        gallery::covering(shown.size, inner.size(), false),
        Color32::WHITE,
    );
}

/// A picture that can be chosen.
pub fn selectable(ui: &mut Ui, rect: Rect, shown: Shown, chosen: bool, label: &str) -> bool {
    let response = touch::at(ui, rect, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, label));
    let painter = ui.painter();
    let stroke = if chosen || response.has_focus() {
        Stroke::new(theme::LINE_CHOSEN + 1.0, theme::ACCENT)
    } else {
        Stroke::new(theme::LINE, theme::OUTLINE)
    };
    let inner = rect.shrink(6.0);
    rounded(painter, inner, shown, theme::RADIUS_S + 2);
    painter.rect_stroke(rect, theme::RADIUS - 4, stroke, StrokeKind::Inside);
    if chosen {
        let mark =
            Rect::from_center_size(rect.right_bottom() - vec2(34.0, 34.0), Vec2::splat(48.0));
        painter.circle_filled(mark.center(), 24.0, theme::ACCENT);
        icon::paint(painter, mark.shrink(11.0), Icon::Check, theme::ON_ACCENT);
    }
    response.clicked()
}

/// A picture with round corners.
pub fn rounded(painter: &Painter, rect: Rect, shown: Shown, corner: u8) {
    let uv = gallery::covering(shown.size, rect.size(), false);
    let shape = egui::epaint::RectShape::filled(rect, CornerRadius::same(corner), Color32::WHITE);
    painter.add(shape.with_texture(shown.id, uv));
}

/// An example: the picture, a mark whether it is right, and words below.
pub fn example(ui: &mut Ui, rect: Rect, shown: Shown, right: bool, label: &str) {
    let caption = 52.0;
    let picture = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - caption));
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label));
    let (mood, mark) = if right {
        (Mood::Good, Icon::Check)
    } else {
        (Mood::Trouble, Icon::Cross)
    };
    let painter = ui.painter();
    rounded(painter, picture, shown, theme::RADIUS - 4);
    if right {
        painter.rect_stroke(
            picture,
            theme::RADIUS - 4,
            Stroke::new(theme::LINE_CHOSEN, theme::ACCENT),
            StrokeKind::Outside,
        );
    }
    let place =
        Rect::from_center_size(picture.right_bottom() - vec2(32.0, 32.0), Vec2::splat(48.0));
    painter.circle(
        place.center(),
        24.0,
        mood.ink(),
        Stroke::new(3.0, theme::CARD),
    );
    icon::paint(painter, place.shrink(12.0), mark, theme::ON_ACCENT);
    let galley = words::fitted(ui, label, right, Type::Small, rect.width(), 1);
    let at = pos2(
        rect.center().x - galley.size().x / 2.0,
        picture.bottom() + theme::GAP_XS,
    );
    let ink = if right { theme::ACCENT } else { theme::INK };
    ui.painter()
        .galley_with_override_text_color(at, galley, ink);
}

/// A drawing of a standard photo with its measures: for the start screen and empty places.
pub fn drawn_photo(painter: &Painter, rect: Rect, measures: bool) {
    painter.add(theme::print_shade().as_shape(rect, CornerRadius::same(theme::RADIUS_S)));
    painter.rect_filled(rect, theme::RADIUS_S, theme::CARD);
    let inner = rect.shrink(rect.width() * 0.045);
    painter.rect_filled(inner, 4.0, theme::PHOTO_BLUE);
    let painter = painter.with_clip_rect(inner.intersect(painter.clip_rect()));
    let scale = inner.width() / PHOTO_SIZE.x;
    let at = |x: f32, y: f32| inner.min + vec2(x, y) * scale;
    // shoulders and jacket, collar, neck, head, hair: ink and paper, nobody's face
    painter.add(egui::Shape::ellipse_filled(
        at(240.0, 705.0),
        vec2(262.0, 200.0) * scale,
        theme::INK,
    ));
    let collar = vec![
        at(176.0, 520.0),
        at(240.0, 640.0),
        at(304.0, 520.0),
        at(240.0, 486.0),
    ];
    painter.add(egui::Shape::convex_polygon(
        collar,
        theme::CARD,
        Stroke::NONE,
    ));
    painter.rect_filled(
        Rect::from_min_max(at(196.0, 400.0), at(284.0, 540.0)),
        40.0 * scale,
        theme::SUNKEN_PRESSED,
    );
    painter.add(egui::Shape::ellipse_filled(
        at(240.0, 268.0),
        vec2(140.0, 178.0) * scale,
        theme::INK,
    ));
    painter.add(egui::Shape::ellipse_filled(
        at(240.0, 296.0),
        vec2(120.0, 150.0) * scale,
        theme::PAPER,
    ));
    if measures {
        let stroke = Stroke::new(2.5, theme::INK);
        for y in [90.0, 250.0, 446.0] {
            painter.extend(egui::Shape::dashed_line(
                &[at(24.0, y), at(456.0, y)],
                stroke,
                14.0,
                10.0,
            ));
        }
        painter.extend(egui::Shape::dashed_line(
            &[at(240.0, 24.0), at(240.0, 616.0)],
            stroke,
            14.0,
            10.0,
        ));
    }
}
