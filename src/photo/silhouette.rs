//! Where the head ends: the coarse mask on a square that is normalized to the face, and the crown found in it.
//!
//! The small net is at its best when the face always has the same size; the crown comes from the wall behind it,
//! because the mask's own outline is only good to a few pixels.

use super::grid::Covered;
use super::matte::quadric::Quadric;
use super::matte::wall::sure_wall;
use super::upright::Upright;
use crate::vision::raster::{
    Affine, Colours, Mask, Plane, dilated, median, shrunk, stretched, warp_picture, warp_plane,
};
use crate::vision::{Nets, Picture, VisionError};

/// Side of the square, hardly more than the net looks at.
const SIDE_PX: usize = 320;
/// Width of the face in it.
const FACE_PX: f64 = 107.5;
/// Row of the eyes in it.
const EYE_LINE_PX: f64 = 131.0;
/// Middle of the square, where the face's middle stands.
const MIDDLE_PX: f64 = 160.0;
/// Columns in which the crown is looked for.
const CROWN_COLUMNS: std::ops::Range<usize> = 85..235;
/// What differs from the wall belongs to the head this near to the mask.
const NEAR_MASK_PX: f32 = 8.0;
/// A row belongs to the head from this share of the face's width.
const CROWN_SHARE: f64 = 0.12;
/// The rim of the hair, blurred by the reduction, begins this many rows above the head.
const RIM_ROWS: f64 = 0.75;
/// A colour this far from the wall is not wall.
const NOT_WALL: f32 = 0.05;
/// The same where a clean plate is the wall, before its own structure is added.
const NOT_PLATE: f32 = 0.08;

/// The coarse mask and the crown.
pub struct Silhouette {
    /// Person, 0..1, 256 pixels square.
    pub mask: Plane,
    /// From the capture to the square.
    pub to_square: Affine,
    /// Row of the crown in upright capture pixels; `None` when no row of the square holds a head.
    pub crown_y: Option<f64>,
}

impl Silhouette {
    /// Measures the head that stands `upright`.
    pub fn measure(
        capture: &Picture,
        plate: Option<&Picture>,
        nets: &Nets,
        upright: &Upright,
    ) -> Result<Self, VisionError> {
        let scale = FACE_PX / upright.face_width;
        let shift = [
            MIDDLE_PX - scale * upright.centre_x,
            EYE_LINE_PX - scale * upright.eye_y,
        ];
        let to_square = upright
            .turn
            .then(&Affine::turn_scale_shift(0.0, scale, shift));
        let square = warp_picture(capture, &to_square, SIDE_PX, SIDE_PX);
        let mask = nets.coarse_mask_of(&square)?;
        let person = on_square(&mask);
        let covered = Covered::by(capture, &to_square, (SIDE_PX, SIDE_PX), 0.0);
        let seen = Mask::from_fn(SIDE_PX, SIDE_PX, |x, y| covered.row(y).contains(&x));
        let plate = plate.map(|plate| warp_picture(plate, &to_square, SIDE_PX, SIDE_PX));
        let head = head_pixels(&square, &person, &seen, plate);
        let crown_y = first_row_of_head(&head).map(|row| (row - shift[1]) / scale);
        Ok(Self {
            mask,
            to_square,
            crown_y,
        })
    }

    /// From the mask's own pixels to the square's.
    pub fn mask_to_square(&self) -> Affine {
        let scale = SIDE_PX as f64 / self.mask.width() as f64;
        let half = (scale - 1.0) / 2.0;
        Affine::turn_scale_shift(0.0, scale, [half, half])
    }
}

fn on_square(mask: &Plane) -> Plane {
    let scale = SIDE_PX as f64 / mask.width() as f64;
    let map = Affine::turn_scale_shift(0.0, scale, [(scale - 1.0) / 2.0; 2]);
    warp_plane(mask, &map, SIDE_PX, SIDE_PX)
}

/// What differs from the wall near the mask, and what the mask is sure of.
fn head_pixels(square: &Colours, person: &Plane, seen: &Mask, plate: Option<Colours>) -> Mask {
    let near = dilated(&person.map(|p| p > 0.3), NEAR_MASK_PX);
    let (wall, limit) = match plate {
        Some(plate) => matched_plate(square, person, seen, plate),
        None => (
            fitted_wall(square, person, seen),
            Plane::filled(SIDE_PX, SIDE_PX, NOT_WALL),
        ),
    };
    let differs = square.zip(&wall, |a, b| {
        let [r, g, b] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
        (r * r + g * g + b * b).sqrt()
    });
    let differs = differs.zip(&limit, |d, limit| d > limit);
    let mut head = differs.zip(&near, |d, near| d && near);
    head.add(&person.map(|p| p > 0.8));
    head.zip(seen, |head, seen| head && seen)
}

fn fitted_wall(square: &Colours, person: &Plane, seen: &Mask) -> Colours {
    let n = SIDE_PX / 2;
    let (small, person) = (shrunk(square, n, n), shrunk(person, n, n));
    let seen = shrunk(&seen.to_plane(), n, n).map(|s| s > 0.99);
    let sure = sure_wall(&person, &seen);
    let quadric = Quadric::fit_twice(&small, &person, &seen, &sure);
    stretched(&quadric.surface, SIDE_PX, SIDE_PX)
}

/// The plate knows the wall better: brought to the capture's exposure by one gain a channel; its own edges raise
/// the limit, because it never fits to the pixel.
fn matched_plate(
    square: &Colours,
    person: &Plane,
    seen: &Mask,
    mut plate: Colours,
) -> (Colours, Plane) {
    let wall: Vec<usize> = (0..person.values().len())
        .filter(|i| person.values()[*i] < 0.1 && seen.values()[*i])
        .collect();
    for channel in 0..3 {
        let ratio = |i: &usize| {
            (square.values()[*i][channel] + 0.02) / (plate.values()[*i][channel] + 0.02)
        };
        let gain = median(&mut wall.iter().map(ratio).collect::<Vec<_>>()).unwrap_or(1.0);
        for pixel in plate.values_mut() {
            pixel[channel] *= gain;
        }
    }
    let structure = super::matte::plate::structure(&plate, 1);
    (plate, structure.map(|s| NOT_PLATE + s))
}

/// Where the head is as wide as it must be, between the first row that is and the one above it.
fn first_row_of_head(head: &Mask) -> Option<f64> {
    let wanted = CROWN_SHARE * FACE_PX;
    let width = |y: usize| {
        let row = &head.row(y)[CROWN_COLUMNS];
        row.iter().filter(|set| **set).count() as f64
    };
    let row = (0..SIDE_PX).find(|y| width(*y) >= wanted)?;
    let above = if row == 0 { 0.0 } else { width(row - 1) };
    Some(row as f64 + RIM_ROWS - (width(row) - wanted) / (width(row) - above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crown_is_where_there_is_enough_of_a_head() {
        let head = Mask::from_fn(SIDE_PX, SIDE_PX, |x, y| {
            y > 45 && (155..(155 + y - 45)).contains(&x)
        });
        // 12.9 pixels wide between the rows that are 12 and 13 wide
        let row = first_row_of_head(&head).unwrap();
        assert!((row - 57.9 - RIM_ROWS).abs() < 1e-9, "{row}");
        let nobody = Mask::filled(SIDE_PX, SIDE_PX, false);
        assert_eq!(first_row_of_head(&nobody), None);
    }
}
