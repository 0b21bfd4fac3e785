//! Pictograms, drawn with a pen on a grid of 24 x 24, so that they are sharp at every size and in every colour.
//!
//! An icon never stands alone for a meaning: words are always beside it.

use super::drawings::{self, Stroke};
use egui::epaint::PathStroke;
use egui::{Color32, Painter, Pos2, Rect, Vec2, pos2};
use std::f32::consts::{FRAC_PI_2, PI, TAU};

/// Every pictogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the name is the drawing")]
pub enum Icon {
    Check,
    Cross,
    Back,
    Forward,
    Up,
    Down,
    Left,
    Right,
    Clock,
    Camera,
    Wallet,
    Phone,
    Headset,
    Gear,
    Globe,
    Person,
    People,
    Warning,
    Info,
    School,
    Code,
    Picture,
    Retake,
    Send,
    Lock,
    Shield,
    Exit,
    Offline,
    Calendar,
    Card,
    Erase,
    Sun,
    Wall,
    Glasses,
    Shirt,
    Hair,
    Face,
    Brush,
    Ornament,
    Search,
    Usb,
    List,
    Hat,
    Ruler,
    Eye,
    Hold,
    Spark,
    Document,
    Delete,
    Accessible,
}

const GRID: f32 = 24.0;
const STROKE: f32 = 1.9;

/// Draws `icon` in the largest square of `rect`.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, colour: Color32) {
    let side = rect.width().min(rect.height());
    let origin = rect.center() - Vec2::splat(side / 2.0);
    let pen = Pen {
        painter,
        origin,
        scale: side / GRID,
        colour,
    };
    for stroke in drawings::of(icon) {
        draw(&pen, *stroke);
    }
}

/// A round-ended pen on the grid.
struct Pen<'a> {
    painter: &'a Painter,
    origin: Pos2,
    scale: f32,
    colour: Color32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> Pos2 {
        self.origin + Vec2::new(x, y) * self.scale
    }

    fn width(&self) -> f32 {
        STROKE * self.scale
    }

    fn line(&self, points: &[(f32, f32)]) {
        let points: Vec<Pos2> = points.iter().map(|(x, y)| self.at(*x, *y)).collect();
        for end in [points.first(), points.last()].into_iter().flatten() {
            self.painter
                .circle_filled(*end, self.width() * 0.46, self.colour);
        }
        self.painter
            .line(points, PathStroke::new(self.width(), self.colour));
    }

    fn closed(&self, points: &[(f32, f32)]) {
        let points: Vec<Pos2> = points.iter().map(|(x, y)| self.at(*x, *y)).collect();
        self.painter.add(egui::Shape::closed_line(
            points,
            PathStroke::new(self.width(), self.colour),
        ));
    }

    fn circle(&self, x: f32, y: f32, radius: f32) {
        self.painter
            .circle_stroke(self.at(x, y), radius * self.scale, self.stroke());
    }

    fn dot(&self, x: f32, y: f32, radius: f32) {
        self.painter
            .circle_filled(self.at(x, y), radius * self.scale, self.colour);
    }

    /// Part of an ellipse, angles clockwise from the right, in turns of the full circle.
    fn arc(&self, (x, y): (f32, f32), (rx, ry): (f32, f32), from: f32, to: f32) {
        let steps = 28;
        let points: Vec<(f32, f32)> = (0..=steps)
            .map(|step| {
                let angle = TAU * (from + (to - from) * step as f32 / steps as f32);
                (x + rx * angle.cos(), y + ry * angle.sin())
            })
            .collect();
        self.line(&points);
    }

    fn rect(&self, (left, top): (f32, f32), (right, bottom): (f32, f32), radius: f32) {
        let rect = Rect::from_min_max(self.at(left, top), self.at(right, bottom));
        self.painter.rect_stroke(
            rect,
            radius * self.scale,
            self.stroke(),
            egui::StrokeKind::Middle,
        );
    }

    fn block(&self, (left, top): (f32, f32), (right, bottom): (f32, f32)) {
        let rect = Rect::from_min_max(self.at(left, top), self.at(right, bottom));
        self.painter
            .rect_filled(rect, 0.2 * self.scale, self.colour);
    }

    fn rays(&self, inner: f32, outer: f32) {
        for ray in 0..8_u8 {
            let (sin, cos) = (f32::from(ray) * TAU / 8.0).sin_cos();
            let middle = GRID / 2.0;
            self.line(&[
                (middle + inner * cos, middle + inner * sin),
                (middle + outer * cos, middle + outer * sin),
            ]);
        }
    }

    fn stroke(&self) -> egui::Stroke {
        egui::Stroke::new(self.width(), self.colour)
    }
}

fn draw(pen: &Pen<'_>, stroke: Stroke) {
    match stroke {
        Stroke::Line(points) => pen.line(points),
        Stroke::Closed(points) => pen.closed(points),
        Stroke::Circle(x, y, radius) => pen.circle(x, y, radius),
        Stroke::Dot(x, y, radius) => pen.dot(x, y, radius),
        Stroke::Arc(centre, radii, from, to) => pen.arc(centre, radii, from, to),
        Stroke::Rect(left, top, right, bottom, radius) => {
            pen.rect((left, top), (right, bottom), radius);
        }
        Stroke::Block(left, top, right, bottom) => pen.block((left, top), (right, bottom)),
        Stroke::Rays(inner, outer) => pen.rays(inner, outer),
    }
}

/// A ring that fills clockwise from the top, `share` from 0 to 1: waiting, with how far.
pub fn ring(
    painter: &Painter,
    centre: Pos2,
    radius: f32,
    width: f32,
    share: f32,
    (track, colour): (Color32, Color32),
) {
    painter.circle_stroke(centre, radius, egui::Stroke::new(width, track));
    let share = share.clamp(0.0, 1.0);
    if share <= 0.0 {
        return;
    }
    let steps = ((share * 96.0).ceil() as usize).max(2);
    let point = |step: usize| {
        let (sin, cos) = (-FRAC_PI_2 + TAU * share * step as f32 / steps as f32).sin_cos();
        centre + Vec2::new(cos, sin) * radius
    };
    let points: Vec<Pos2> = (0..=steps).map(point).collect();
    for end in [points.first(), points.last()].into_iter().flatten() {
        painter.circle_filled(*end, width / 2.0, colour);
    }
    painter.line(points, PathStroke::new(width, colour));
}

/// A short arc that travels round: working, nobody knows how long. `turn` is in turns.
pub fn spinner(
    painter: &Painter,
    centre: Pos2,
    radius: f32,
    width: f32,
    turn: f32,
    (track, colour): (Color32, Color32),
) {
    painter.circle_stroke(centre, radius, egui::Stroke::new(width, track));
    let start = turn * TAU;
    let points: Vec<Pos2> = (0..=24_u8)
        .map(|step| {
            let (sin, cos) = (start + PI * 0.6 * f32::from(step) / 24.0).sin_cos();
            centre + Vec2::new(cos, sin) * radius
        })
        .collect();
    for end in [points.first(), points.last()].into_iter().flatten() {
        painter.circle_filled(*end, width / 2.0, colour);
    }
    painter.line(points, PathStroke::new(width, colour));
}

/// A dashed rounded outline: the place where something goes.
pub fn dashed_frame(painter: &Painter, rect: Rect, colour: Color32, width: f32) {
    let corners = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
        rect.left_top(),
    ];
    painter.extend(egui::Shape::dashed_line(
        &corners,
        egui::Stroke::new(width, colour),
        22.0,
        14.0,
    ));
}

/// The four corners of a viewfinder.
pub fn corners(painter: &Painter, rect: Rect, length: f32, stroke: egui::Stroke) {
    let marks = [
        (rect.left_top(), Vec2::new(1.0, 1.0)),
        (rect.right_top(), Vec2::new(-1.0, 1.0)),
        (rect.right_bottom(), Vec2::new(-1.0, -1.0)),
        (rect.left_bottom(), Vec2::new(1.0, -1.0)),
    ];
    for (corner, inward) in marks {
        let points = vec![
            pos2(corner.x, corner.y + inward.y * length),
            corner,
            pos2(corner.x + inward.x * length, corner.y),
        ];
        painter.line(points, PathStroke::new(stroke.width, stroke.color));
    }
}
