//! A printed code, held up in front of the recorded wall by an unsteady hand.
//!
//! Pixels only: the page is drawn in perspective into a picture of the wall, so that reading a code in a
//! demonstration goes through frames as it does with a webcam. Nothing here knows what the code says.

use crate::vision::{Picture, PictureError};

/// Paper left around the printed code, as a share of its longer side: more than the quiet zone of a QR code.
const MARGIN_SHARE: f32 = 0.15;
/// Height of the sheet as a share of the picture's height: a page held half a metre from the lens.
const HEIGHT_SHARE: f32 = 0.62;
/// Paper under indoor light is not pure white.
const PAPER_SHADE: f32 = 0.93;

/// Corners in pixels: top left, top right, bottom right, bottom left.
type Quad = [[f32; 2]; 4];

/// A sheet of paper with a code on it.
pub(super) struct HeldPage {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

impl HeldPage {
    /// A sheet with `code` printed in its middle. A picture far larger than the wall's picture is reduced
    /// here once, so that its modules are averaged and not skipped.
    pub fn new(code: &Picture, wall: &Picture) -> Self {
        let step = (code.height()).div_ceil(wall.height()).max(1);
        let (inner_w, inner_h) = ((code.width() / step).max(1), (code.height() / step).max(1));
        let margin = (inner_w.max(inner_h) as f32 * MARGIN_SHARE).ceil() as usize;
        let (width, height) = (inner_w + 2 * margin, inner_h + 2 * margin);
        let mut grey = vec![255; width * height];
        for (y, row) in grey
            .chunks_exact_mut(width)
            .skip(margin)
            .take(inner_h)
            .enumerate()
        {
            for (x, dot) in row.iter_mut().skip(margin).take(inner_w).enumerate() {
                *dot = mean(code, x * step, y * step, step);
            }
        }
        Self {
            width,
            height,
            grey,
        }
    }

    /// The wall with the sheet before it, `seconds` after it was raised.
    pub fn before(&self, wall: &Picture, seconds: f32) -> Result<Picture, PictureError> {
        let quad = self.held(wall, seconds);
        let mut rgb = wall.rgb().to_vec();
        let Some(to_sheet) = Projection::onto_square(&quad) else {
            return Picture::from_rgb(wall.width(), wall.height(), rgb);
        };
        let (left, right) = span(quad.map(|corner| corner[0]), wall.width());
        let (top, bottom) = span(quad.map(|corner| corner[1]), wall.height());
        for (y, row) in rgb
            .chunks_exact_mut(wall.width() * 3)
            .enumerate()
            .take(bottom)
            .skip(top)
        {
            for (x, pixel) in row.chunks_exact_mut(3).enumerate().take(right).skip(left) {
                if let Some(shade) = self.at(to_sheet.map(x as f32 + 0.5, y as f32 + 0.5)) {
                    pixel.fill((shade * PAPER_SHADE) as u8);
                }
            }
        }
        Picture::from_rgb(wall.width(), wall.height(), rgb)
    }

    /// Where the corners are: near the middle, a little turned and tilted, drifting slowly.
    fn held(&self, wall: &Picture, seconds: f32) -> Quad {
        let (wall_w, wall_h) = (wall.width() as f32, wall.height() as f32);
        let half_h = wall_h * HEIGHT_SHARE / 2.0;
        let half_w = half_h * self.width as f32 / self.height as f32;
        let centre = [
            wall_w * (0.5 + 0.02 * (seconds * 0.9).sin()),
            wall_h * (0.5 + 0.02 * (seconds * 1.3).cos()),
        ];
        let (sin, cos) = (0.06 + 0.03 * (seconds * 0.7).sin()).sin_cos();
        let tilt = 0.05 + 0.02 * (seconds * 0.5).cos();
        [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|[side, rise]: [f32; 2]| {
            // the right side is nearer to the lens than the left
            let near = 1.0 + tilt * side;
            let (x, y) = (half_w * side * near, half_h * rise * near);
            [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos]
        })
    }

    /// The sheet at a place between 0 and 1, interpolated; `None` beside it.
    fn at(&self, [across, down]: [f32; 2]) -> Option<f32> {
        if !(0.0..1.0).contains(&across) || !(0.0..1.0).contains(&down) {
            return None;
        }
        let x = (across * self.width as f32 - 0.5).max(0.0);
        let y = (down * self.height as f32 - 0.5).max(0.0);
        let (column, row) = (x as usize, y as usize);
        let dot = |column: usize, row: usize| {
            let place = row.min(self.height - 1) * self.width + column.min(self.width - 1);
            self.grey.get(place).copied().map_or(255.0, f32::from)
        };
        let (fx, fy) = (x.fract(), y.fract());
        let upper = dot(column, row) * (1.0 - fx) + dot(column + 1, row) * fx;
        let lower = dot(column, row + 1) * (1.0 - fx) + dot(column + 1, row + 1) * fx;
        Some(upper * (1.0 - fy) + lower * fy)
    }
}

/// The mean of a block of the printed code.
fn mean(code: &Picture, left: usize, top: usize, step: usize) -> u8 {
    let rows = code
        .rgb()
        .chunks_exact(code.width() * 3)
        .skip(top)
        .take(step);
    let block = rows
        .filter_map(|row| row.get(left * 3..(left + step) * 3))
        .flatten();
    let (sum, count) = block.fold((0, 0), |(sum, count), &channel| {
        (sum + usize::from(channel), count + 1)
    });
    (sum / count.max(1)) as u8
}

/// First and last-but-one place of an extent, inside the picture.
fn span(places: [f32; 4], limit: usize) -> (usize, usize) {
    let low = places
        .iter()
        .copied()
        .fold(f32::INFINITY, f32::min)
        .max(0.0);
    let high = places.iter().copied().fold(0.0, f32::max) + 1.0;
    (low as usize, (high as usize).min(limit))
}

/// A projective map of the plane, row by row.
struct Projection([[f32; 3]; 3]);

impl Projection {
    /// The map that takes the corners of `quad` to those of the unit square; none for a quad without area.
    fn onto_square(quad: &Quad) -> Option<Self> {
        let [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = *quad;
        // the map from the square to the quad, in closed form
        let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let area = dx1 * dy2 - dx2 * dy1;
        if area.abs() < 1.0 {
            return None;
        }
        let (g, h) = ((sx * dy2 - dx2 * sy) / area, (dx1 * sy - sx * dy1) / area);
        let [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0];
        let [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0];
        // and back: the adjugate is the inverse up to a factor, which a projective map ignores
        Some(Self([
            [e - f * h, c * h - b, b * f - c * e],
            [f * g - d, a - c * g, c * d - a * f],
            [d * h - e * g, b * g - a * h, a * e - b * d],
        ]))
    }

    fn map(&self, x: f32, y: f32) -> [f32; 2] {
        let [across, down, depth] = self.0.map(|[fx, fy, one]| fx * x + fy * y + one);
        [across / depth, down / depth]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_takes_corner_to_corner() {
        let quad = [[100.0, 80.0], [420.0, 60.0], [440.0, 390.0], [90.0, 350.0]];
        let map = Projection::onto_square(&quad).unwrap();
        for (corner, wanted) in quad
            .iter()
            .zip([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
        {
            let got = map.map(corner[0], corner[1]);
            assert!(
                (got[0] - wanted[0]).abs() < 1e-3 && (got[1] - wanted[1]).abs() < 1e-3,
                "{corner:?} -> {got:?}"
            );
        }
    }

    #[test]
    fn the_page_stays_inside_the_picture_and_moves() {
        let wall = Picture::from_rgb(320, 180, vec![90; 320 * 180 * 3]).unwrap();
        let code = Picture::from_rgb(50, 50, vec![0; 50 * 50 * 3]).unwrap();
        let page = HeldPage::new(&code, &wall);
        let first = page.before(&wall, 0.0).unwrap();
        let later = page.before(&wall, 1.0).unwrap();
        assert!(first != later);
        let middle = (90 * 320 + 160) * 3;
        assert_eq!(
            &first.rgb()[middle..middle + 3],
            [0, 0, 0],
            "the code is in the middle"
        );
        for edge in [0, 319 * 3, 179 * 320 * 3] {
            assert_eq!(first.rgb()[edge], 90, "the wall shows at the corners");
        }
    }
}
