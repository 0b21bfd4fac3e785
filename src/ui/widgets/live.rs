//! The live picture, mirrored for the student, with the guides of the one-metre bust.
//!
//! The guides are drawn from the preset's numbers: what fits them becomes a photo that meets the standard.
//! Only the screen is mirrored; no file ever is.

use super::icon::{self, Icon};
use super::touch;
use super::words;
use crate::standard::{GRADUATION, Preset};
use crate::ui::gallery::{self, Shown};
use crate::ui::theme::{self, Type};
use egui::accesskit::Role;
use egui::epaint::PathStroke;
use egui::{
    Color32, CornerRadius, Painter, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};
use std::f32::consts::TAU;

/// Faces that the guides can be drawn for, as shares of the height of the frame: with a larger one the photo's chest
/// would lie below the frame, a smaller one leaves too few pixels.
const FACES: std::ops::RangeInclusive<f32> = 0.24..=0.335;
/// Of the room that the photo leaves in the frame's height so much is above it: hair needs more than the chest.
const ROOM_ABOVE: f32 = 0.71;

/// Where the standard photo of a student at the mark lies: top and height as shares of the height of the frame, for a
/// face that is so wide there.
fn photo_in_frame(face_share: f32, preset: &Preset) -> (f32, f32) {
    let face = face_share.clamp(*FACES.start(), *FACES.end());
    let height = face * preset.height_px as f32 / preset.aim.face_width_px;
    ((1.0 - height) * ROOM_ABOVE, height)
}

/// Crown to chin, in widths of the face, as measured on the recorded student; nobody else was measured.
const HEAD_HEIGHT: f32 = 1.44;
/// The eyes lie this far down from the crown, as a share of the head's height.
const EYES_BELOW_CROWN: f32 = 0.476;

/// How the guides look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Guides {
    /// Not drawn.
    Off,
    /// Get into them: a face at the mark is so wide, of the height of the frame.
    Waiting(f32),
    /// Everything is right.
    Right(f32),
    /// A frame to hold a code into.
    Code,
}

/// Draws the live picture (or a dark room) into `rect`.
pub fn live(ui: &mut Ui, rect: Rect, shown: Option<Shown>, guides: Guides, label: &str) {
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label));
    let painter = ui.painter();
    let corner = CornerRadius::same(theme::RADIUS_CARD);
    match shown {
        Some(shown) => {
            let shape = egui::epaint::RectShape::filled(rect, corner, Color32::WHITE);
            painter.add(
                shape.with_texture(shown.id, gallery::covering(shown.size, rect.size(), true)),
            );
        }
        None => {
            painter.rect_filled(rect, corner, theme::DARKROOM);
        }
    }
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    match guides {
        Guides::Off => {}
        Guides::Waiting(face) => bust(&painter, rect, &GRADUATION, face, theme::GUIDE),
        Guides::Right(face) => {
            bust(&painter, rect, &GRADUATION, face, theme::GUIDE_RIGHT);
            let stroke = Stroke::new(theme::LINE_CHOSEN * 2.0, theme::GUIDE_RIGHT);
            ui.painter()
                .rect_stroke(rect, corner, stroke, StrokeKind::Inside);
        }
        Guides::Code => code_frame(&painter, rect),
    }
}

/// Head oval, eye band, shoulders, chest, centre.
fn bust(painter: &Painter, rect: Rect, preset: &Preset, face_share: f32, colour: Color32) {
    let (above, height) = photo_in_frame(face_share, preset);
    let scale = rect.height() * height / preset.height_px as f32;
    let top = rect.top() + rect.height() * above;
    let centre = rect.center().x;
    let at = |x: f32, y: f32| {
        pos2(
            centre + (x - preset.width_px as f32 / 2.0) * scale,
            top + y * scale,
        )
    };
    let eyes = preset.aim.eye_line_px;
    let half_face = preset.aim.face_width_px / 2.0;
    let head = preset.aim.face_width_px * HEAD_HEIGHT;
    let crown = eyes - head * EYES_BELOW_CROWN;
    let middle = preset.width_px as f32 / 2.0;
    let oval: Vec<Pos2> = (0..=72_u8)
        .map(|step| {
            let (sin, cos) = (TAU * f32::from(step) / 72.0).sin_cos();
            at(
                middle + (half_face + 10.0) * cos,
                crown + head / 2.0 + head / 2.0 * sin,
            )
        })
        .collect();
    stroked(painter, &oval, colour, 5.0, true);
    let chin = crown + head;
    for side in [-1.0, 1.0] {
        let x = |d: f32| middle + side * d;
        // the band in which the eyes may lie, beside the oval
        let inner = half_face + 26.0;
        for y in [preset.eye_line_px.least, preset.eye_line_px.most] {
            stroked(
                painter,
                &[at(x(inner), y), at(x(inner + 34.0), y)],
                colour,
                4.0,
                false,
            );
        }
        stroked(
            painter,
            &[
                at(x(inner + 34.0), preset.eye_line_px.least),
                at(x(inner + 34.0), preset.eye_line_px.most),
            ],
            colour,
            4.0,
            false,
        );
        stroked(
            painter,
            &shoulder(&at, middle, side, chin),
            colour,
            5.0,
            false,
        );
    }
    for (from, to) in [(8.0, 34.0), (606.0, 632.0)] {
        stroked(
            painter,
            &[at(middle, from), at(middle, to)],
            colour,
            4.0,
            false,
        );
    }
}

/// From the neck over the shoulder down to the chest: a smooth line through these points.
fn shoulder(at: &impl Fn(f32, f32) -> Pos2, middle: f32, side: f32, chin: f32) -> Vec<Pos2> {
    let path = [
        (62.0, chin - 2.0),
        (66.0, chin + 34.0),
        (112.0, chin + 60.0),
        (182.0, chin + 86.0),
        (228.0, chin + 136.0),
        (240.0, chin + 214.0),
    ];
    let mut line = Vec::new();
    for i in 0..path.len() - 1 {
        let before = path[i.saturating_sub(1)];
        let after = path[(i + 2).min(path.len() - 1)];
        for step in 0..=10_u8 {
            let (x, y) = through(before, path[i], path[i + 1], after, f32::from(step) / 10.0);
            line.push(at(middle + side * x, y));
        }
    }
    line
}

/// A point on the Catmull-Rom curve from `b` to `c`.
fn through(a: (f32, f32), b: (f32, f32), c: (f32, f32), d: (f32, f32), t: f32) -> (f32, f32) {
    let one = |a: f32, b: f32, c: f32, d: f32| {
        let (t2, t3) = (t * t, t * t * t);
        0.5 * (2.0 * b
            + (c - a) * t
            + (2.0 * a - 5.0 * b + 4.0 * c - d) * t2
            + (3.0 * b - a - 3.0 * c + d) * t3)
    };
    (one(a.0, b.0, c.0, d.0), one(a.1, b.1, c.1, d.1))
}

/// A light line with a dark edge: seen on every picture.
fn stroked(painter: &Painter, points: &[Pos2], colour: Color32, width: f32, dashed: bool) {
    let shade = theme::GUIDE_VEIL;
    if dashed {
        for (w, c) in [(width + 4.0, shade), (width, colour)] {
            painter.extend(egui::Shape::dashed_line(
                points,
                Stroke::new(w, c),
                26.0,
                14.0,
            ));
        }
        return;
    }
    painter.line(points.to_vec(), PathStroke::new(width + 4.0, shade));
    painter.line(points.to_vec(), PathStroke::new(width, colour));
}

/// Where to hold the code.
fn code_frame(painter: &Painter, rect: Rect) {
    let side = rect.width().min(rect.height()) * 0.62;
    let place = Rect::from_center_size(rect.center(), Vec2::splat(side));
    icon::corners(
        painter,
        place,
        side * 0.2,
        Stroke::new(14.0, theme::GUIDE_VEIL),
    );
    icon::corners(painter, place, side * 0.2, Stroke::new(8.0, theme::GUIDE));
}

/// One sentence on the picture, with its icon.
pub fn caption(ui: &mut Ui, rect: Rect, icon: Icon, label: &str) {
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    let painter = ui.painter();
    painter.rect_filled(rect, theme::corner(), theme::PICTURE_CAPTION);
    let galley = words::fitted(
        ui,
        label,
        true,
        Type::Lead,
        rect.width() - theme::ICON - 4.0 * theme::GAP_M,
        2,
    );
    let width = theme::ICON + theme::GAP_M + galley.size().x;
    let left = rect.center().x - width / 2.0;
    let place = Rect::from_center_size(
        pos2(left + theme::ICON / 2.0, rect.center().y),
        Vec2::splat(theme::ICON),
    );
    icon::paint(painter, place, icon, theme::ON_ACCENT);
    let at = pos2(
        place.right() + theme::GAP_M,
        rect.center().y - galley.size().y / 2.0,
    );
    painter.galley_with_override_text_color(at, galley, theme::ON_ACCENT);
}

/// The number that is counted down, at the top of the picture in `room`: eyes stay near the camera. `share` is
/// what is left of its second.
pub fn countdown(ui: &mut Ui, room: Rect, number: u8, share: f32, label: &str) {
    let radius = (room.height() * 0.075).min(78.0);
    let centre = pos2(room.center().x, room.top() + radius + theme::GAP_S);
    let rect = Rect::from_center_size(centre, vec2(radius * 2.0, radius * 2.0));
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Timer, true, label));
    let painter = ui.painter();
    painter.circle_filled(centre, radius, theme::PICTURE_CAPTION);
    icon::ring(
        painter,
        centre,
        radius - 9.0,
        7.0,
        share,
        (theme::INK_SOFT, theme::GUIDE_RIGHT),
    );
    painter.text(
        centre,
        egui::Align2::CENTER_CENTER,
        number.to_string(),
        Type::Title.bold(),
        theme::ON_ACCENT,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_photo_of_whoever_fits_the_guides_lies_in_the_frame() {
        for share in [0.1, 0.26, 0.315, 0.4] {
            let (above, height) = photo_in_frame(share, &GRADUATION);
            assert!(above > 0.0 && above + height < 1.0, "{share}");
        }
    }
}
