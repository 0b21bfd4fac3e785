//! Growing and shrinking of masks by squares, and the thin dark lines that a closing finds.
//!
//! What lies outside the raster is ignored, as with discs.

use super::{Mask, Plane};
use crate::vision::vectored;

/// The mask grown by a square of `2 * radius_px + 1`.
pub fn grown_square(mask: &Mask, radius_px: usize) -> Mask {
    across(&down(mask, radius_px, true), radius_px, true)
}

/// The mask shrunk by a square of `2 * radius_px + 1`.
pub fn shrunk_square(mask: &Mask, radius_px: usize) -> Mask {
    across(&down(mask, radius_px, false), radius_px, false)
}

/// The mask without what is narrower than the square.
pub fn opened_square(mask: &Mask, radius_px: usize) -> Mask {
    grown_square(&shrunk_square(mask, radius_px), radius_px)
}

/// `wanted` spreads to both sides along each row.
fn across(mask: &Mask, radius_px: usize, wanted: bool) -> Mask {
    let mut result = mask.clone();
    for y in 0..mask.height() {
        let (row, out) = (mask.row(y), result.row_mut(y));
        for step in 1..=radius_px.min(row.len().saturating_sub(1)) {
            spread(row, &mut out[step..], wanted);
            spread(&row[step..], out, wanted);
        }
    }
    result
}

/// ... and up and down.
fn down(mask: &Mask, radius_px: usize, wanted: bool) -> Mask {
    let mut result = mask.clone();
    for y in 0..mask.height() {
        for v in y.saturating_sub(radius_px)..(y + radius_px + 1).min(mask.height()) {
            spread(mask.row(v), result.row_mut(y), wanted);
        }
    }
    result
}

/// What is `wanted` in the one is so in the other: whole rows, many pixels at a time.
fn spread(from: &[bool], to: &mut [bool], wanted: bool) {
    vectored(
        #[inline(always)]
        move || {
            for (to, from) in to.iter_mut().zip(from) {
                *to = if wanted { *to | from } else { *to & from };
            }
        },
    );
}

/// How much darker each value is than its surroundings along the line: the closing by `2 * radius + 1` minus
/// the line. Thin dark ridges stand out, broad shade does not.
pub fn dark_ridges(line: &[f32], radius: usize) -> Vec<f32> {
    let around = |values: &[f32], i: usize, pick: fn(f32, f32) -> f32, from: f32| {
        let (first, last) = (i.saturating_sub(radius), (i + radius).min(values.len() - 1));
        values[first..=last].iter().copied().fold(from, pick)
    };
    let grown: Vec<f32> = (0..line.len())
        .map(|i| around(line, i, f32::max, f32::MIN))
        .collect();
    (0..line.len())
        .map(|i| around(&grown, i, f32::min, f32::MAX) - line[i])
        .collect()
}

/// The slope of a plane by Sobel, in values a pixel; the edge mirrored.
pub fn slope_at(plane: &Plane, x: usize, y: usize) -> [f32; 2] {
    let mirror = |i: isize, n: usize| -> usize {
        let last = n as isize - 1;
        (if i < 0 {
            -i
        } else if i > last {
            2 * last - i
        } else {
            i
        })
        .clamp(0, last) as usize
    };
    let (left, right) = (
        mirror(x as isize - 1, plane.width()),
        mirror(x as isize + 1, plane.width()),
    );
    let (above, below) = (
        mirror(y as isize - 1, plane.height()),
        mirror(y as isize + 1, plane.height()),
    );
    let [a, b, c] = [above, y, below].map(|row| {
        let row = plane.row(row);
        (row[left], row[x], row[right])
    });
    let across = (a.2 - a.0) + 2.0 * (b.2 - b.0) + (c.2 - c.0);
    let down = (c.0 - a.0) + 2.0 * (c.1 - a.1) + (c.2 - a.2);
    [across / 8.0, down / 8.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_takes_a_speck_and_leaves_a_block() {
        let mask = Mask::from_fn(20, 20, |x, y| {
            (x, y) == (2, 2) || ((8..14).contains(&x) && (8..14).contains(&y))
        });
        let open = opened_square(&mask, 2);
        assert!(!open.at(2, 2));
        assert_eq!(open.count(), 36);
        assert_eq!(shrunk_square(&mask, 2).count(), 4);
        assert_eq!(shrunk_square(&Mask::filled(5, 5, true), 2).count(), 25);
    }

    #[test]
    fn a_square_larger_than_the_mask_reaches_all_of_it_and_no_farther() {
        for at in [(0, 0), (3, 1), (4, 2)] {
            let one = Mask::from_fn(5, 3, |x, y| (x, y) == at);
            assert_eq!(grown_square(&one, 9).count(), 15);
            assert_eq!(shrunk_square(&one, 9).count(), 0);
            let rest = one.map(|one| !one);
            assert_eq!(shrunk_square(&rest, 9).count(), 0);
        }
        // one less than the mask is wide, and two
        let corner = Mask::from_fn(5, 3, |x, y| (x, y) == (0, 0));
        assert_eq!(grown_square(&corner, 4).count(), 15);
        assert_eq!(grown_square(&corner, 3).count(), 12);
    }

    #[test]
    fn a_ridge_stands_out_and_a_step_does_not() {
        let mut line = vec![1.0; 30];
        line[10] = 0.4;
        line[20..].fill(0.0);
        let ridges = dark_ridges(&line, 3);
        assert!((ridges[10] - 0.6).abs() < 1e-6);
        assert!(
            ridges
                .iter()
                .enumerate()
                .all(|(i, v)| i == 10 || v.abs() < 1e-6)
        );
    }

    #[test]
    fn a_ramp_has_its_slope_inside() {
        let ramp = Plane::from_fn(8, 8, |x, y| 3.0 * x as f32 - y as f32);
        let ([across, down], [at_edge, _]) = (slope_at(&ramp, 4, 4), slope_at(&ramp, 0, 4));
        assert!((across - 3.0).abs() < 1e-6 && (down + 1.0).abs() < 1e-6 && at_edge.abs() < 1e-6);
    }
}
