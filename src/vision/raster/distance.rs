//! The exact Euclidean distance transform, and growing and shrinking of masks by discs through it.
//!
//! What lies outside the raster is ignored: a mask that touches the border is not eaten from there.

use super::{Mask, Plane, Raster};
use crate::vision::vectored;

/// Farther than any raster is wide; its square still fits.
const FAR: u16 = 20_000;
const FAR_SQUARED: i32 = FAR as i32 * FAR as i32;

/// Squared distance in pixels of every pixel to the nearest set one; a very large number where none is set.
pub fn squared_distance_to(mask: &Mask) -> Raster<i32> {
    squared_distance_within(mask, i32::from(FAR) - 1)
}

/// The same, exact up to `reach_px`; what is farther only says so. Short reaches are much cheaper.
fn squared_distance_within(mask: &Mask, reach_px: i32) -> Raster<i32> {
    let (w, h) = (mask.width(), mask.height());
    let down = distance_along_columns(mask);
    let mut result = Raster::filled(w, h, FAR_SQUARED);
    let mut hull = LowerHull {
        reach: reach_px,
        apex: Vec::with_capacity(w),
        start: Vec::with_capacity(w),
    };
    for y in 0..h {
        hull.squared_distance(down.row(y), result.row_mut(y));
    }
    result
}

/// Distance to the nearest set pixel of the same column.
fn distance_along_columns(mask: &Mask) -> Raster<u16> {
    let (w, h) = (mask.width(), mask.height());
    let mut down = Raster::filled(w, h, FAR);
    let mut above = vec![FAR; w];
    for y in 0..h {
        let row = down.row_mut(y);
        for ((d, a), set) in row.iter_mut().zip(&mut above).zip(mask.row(y)) {
            *a = if *set {
                0
            } else {
                a.saturating_add(1).min(FAR)
            };
            *d = *a;
        }
    }
    let mut below = vec![FAR; w];
    for y in (0..h).rev() {
        for (d, b) in down.row_mut(y).iter_mut().zip(&mut below) {
            *b = if *d == 0 {
                0
            } else {
                b.saturating_add(1).min(FAR)
            };
            *d = (*d).min(*b);
        }
    }
    down
}

/// The lower envelope of the parabolas of one row (Meijster's second pass), its memory kept between rows.
struct LowerHull {
    /// Columns that are farther away say nothing.
    reach: i32,
    apex: Vec<i32>,
    start: Vec<i32>,
}

impl LowerHull {
    /// A set pixel hides everything behind it, so each gap between set pixels is solved for itself.
    fn squared_distance(&mut self, down: &[u16], out: &mut [i32]) {
        let mut x = 0;
        while x < down.len() {
            if down[x] == 0 {
                out[x] = 0;
                x += 1;
                continue;
            }
            let end = down[x..]
                .iter()
                .position(|d| *d == 0)
                .map_or(down.len(), |length| x + length);
            self.solve_gap(down, x.saturating_sub(1), (end + 1).min(down.len()), out);
            x = end;
        }
    }

    /// Solves the pixels `from..to` by their own columns alone.
    fn solve_gap(&mut self, down: &[u16], from: usize, to: usize, out: &mut [i32]) {
        let height = |i: i32| i32::from(down[i as usize]).pow(2);
        let value = |x: i32, i: i32| (x - i) * (x - i) + height(i);
        self.apex.clear();
        self.start.clear();
        for u in (from..to)
            .filter(|u| i32::from(down[*u]) <= self.reach)
            .map(|u| u as i32)
        {
            while let (Some(&s), Some(&t)) = (self.apex.last(), self.start.last()) {
                if value(t, s) <= value(t, u) {
                    break;
                }
                self.apex.pop();
                self.start.pop();
            }
            let begins = match self.apex.last() {
                None => from as i32,
                Some(&s) => 1 + (u * u - s * s + height(u) - height(s)).div_euclid(2 * (u - s)),
            };
            if begins < to as i32 {
                self.apex.push(u);
                self.start.push(begins);
            }
        }
        for (k, (apex, start)) in self.apex.iter().zip(&self.start).enumerate() {
            let end = self.start.get(k + 1).copied().unwrap_or(to as i32);
            for x in *start..end {
                out[x as usize] = value(x, *apex);
            }
        }
    }
}

/// The largest squared distance inside a disc of a whole radius, in the manner of the usual raster ellipse:
/// 1 is a cross, 2 and 3 are octagons.
fn disc(radius_px: f32) -> i32 {
    (radius_px * radius_px + radius_px - 0.5).max(0.0) as i32
}

/// The mask grown by a disc.
pub fn dilated(mask: &Mask, radius_px: f32) -> Mask {
    let (limit, reach) = (disc(radius_px), radius_px as usize + 1);
    if reach <= NEAR {
        let limit = limit as u8;
        squared_distance_near(mask, true, reach).map(|d| d <= limit)
    } else {
        squared_distance_within(mask, reach as i32).map(|d| d <= limit)
    }
}

/// The mask shrunk by a disc.
pub fn eroded(mask: &Mask, radius_px: f32) -> Mask {
    let (limit, reach) = (disc(radius_px), radius_px as usize + 1);
    if reach <= NEAR {
        let limit = limit as u8;
        squared_distance_near(mask, false, reach).map(|d| d > limit)
    } else {
        squared_distance_within(&mask.map(|set| !set), reach as i32).map(|d| d > limit)
    }
}

/// The mask with notches narrower than the disc filled.
pub fn closed(mask: &Mask, radius_px: f32) -> Mask {
    eroded(&dilated(mask, radius_px), radius_px)
}

/// Distance in pixels of every set pixel to the nearest unset one; 0 outside the mask.
pub fn distance_inside(mask: &Mask) -> Plane {
    squared_distance_to(&mask.map(|set| !set)).map(|d| (d as f32).sqrt())
}

/// The farthest distance whose square, and what is added to it, still says something in a byte.
const NEAR: usize = 15;

/// Squared distance inside the mask to the nearest unset pixel, exact up to `reach_px` (at most 15) and at least as
/// much beyond: the cheap way for thin bands.
pub fn squared_depth_near(mask: &Mask, reach_px: usize) -> Raster<u8> {
    squared_distance_near(mask, false, reach_px.min(NEAR))
}

/// Squared distance to the nearest pixel that is `wanted`, exact up to `reach`. Bytes and plain minima: a row at a
/// time in vector registers, where the exact transform goes pixel by pixel.
fn squared_distance_near(mask: &Mask, wanted: bool, reach: usize) -> Raster<u8> {
    vectored(
        #[inline(always)]
        move || {
            let along = squares_along_columns(mask, wanted, reach);
            let mut result = along.clone();
            for y in 0..along.height() {
                nearest_along_row(along.row(y), reach, result.row_mut(y));
            }
            result
        },
    )
}

/// Squared distance to the nearest wanted pixel of the same column; the largest byte beyond the reach.
#[inline(always)]
fn squares_along_columns(mask: &Mask, wanted: bool, reach: usize) -> Raster<u8> {
    let (w, h) = (mask.width(), mask.height());
    let far = reach as u8 + 1;
    let mut along = mask.map(|set| if set == wanted { 0 } else { far });
    // each row from the one beside it, and nothing else written: else it goes pixel by pixel
    for y in 1..h {
        let (above, row) = along.values_mut()[(y - 1) * w..(y + 1) * w].split_at_mut(w);
        one_farther(row, above);
    }
    for y in (1..h).rev() {
        let (row, below) = along.values_mut()[(y - 1) * w..(y + 1) * w].split_at_mut(w);
        one_farther(row, below);
    }
    for d in along.values_mut() {
        *d = if *d > NEAR as u8 {
            u8::MAX
        } else {
            d.wrapping_mul(*d)
        };
    }
    along
}

/// No pixel is more than one farther than the one beside it.
#[inline(always)]
fn one_farther(row: &mut [u8], beside: &[u8]) {
    for (d, beside) in row.iter_mut().zip(beside) {
        *d = (*d).min(beside.saturating_add(1));
    }
}

/// The nearest of what the columns within reach say, a step of the reach at a time.
#[inline(always)]
fn nearest_along_row(squares: &[u8], reach: usize, nearest: &mut [u8]) {
    // what is 0 stays so: nothing is done beside the others
    let (blocks, rest) = squares.as_chunks::<16>();
    let far_from_any = |block: &[u8; 16]| *block != [0; 16];
    let Some(first) = blocks
        .iter()
        .position(far_from_any)
        .or((!rest.is_empty()).then_some(blocks.len()))
    else {
        return;
    };
    let end = match blocks.iter().rposition(far_from_any) {
        Some(last) if rest.is_empty() => (last + 1) * 16,
        _ => squares.len(),
    };
    let part = (first * 16).saturating_sub(1)..(end + 1).min(squares.len());
    let (from, to) = (&squares[part.clone()], &mut nearest[part]);
    for step in 1..=reach.min(from.len().saturating_sub(1)) {
        let square = (step * step) as u8;
        for (d, other) in to[step..].iter_mut().zip(from) {
            *d = (*d).min(other.saturating_add(square));
        }
        for (d, other) in to.iter_mut().zip(&from[step..]) {
            *d = (*d).min(other.saturating_add(square));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scattered() -> Mask {
        Mask::from_fn(23, 17, |x, y| (x * 7 + y * 13) % 41 == 0)
    }

    #[test]
    fn a_raster_without_rows_has_no_distances() {
        let none = Mask::filled(12, 0, true);
        assert_eq!(
            closed(&none, 2.3).height() + dilated(&none, 2.5).height(),
            0
        );
        assert_eq!(squared_depth_near(&none, 5).height(), 0);
    }

    #[test]
    fn distances_agree_with_trying_every_pixel() {
        let mask = scattered();
        let fast = squared_distance_to(&mask);
        for y in 0..17_i32 {
            for x in 0..23_i32 {
                let slow = (0..17_i32)
                    .flat_map(|v| (0..23_i32).map(move |u| (u, v)))
                    .filter(|(u, v)| mask.at(*u as usize, *v as usize))
                    .map(|(u, v)| (u - x).pow(2) + (v - y).pow(2))
                    .min();
                assert_eq!(Some(fast.at(x as usize, y as usize)), slow, "at {x},{y}");
            }
        }
    }

    #[test]
    fn a_short_reach_is_exact_as_far_as_it_goes() {
        let mask = scattered();
        let (exact, short) = (
            squared_distance_to(&mask),
            squared_distance_within(&mask, 3),
        );
        for (exact, short) in exact.values().iter().zip(short.values()) {
            assert!(
                if *exact <= 9 {
                    exact == short
                } else {
                    *short > 9
                },
                "{exact} {short}"
            );
        }
    }

    #[test]
    fn bytes_agree_with_the_exact_transform_as_far_as_they_reach() {
        let mask = scattered().map(|set| !set);
        let exact = squared_distance_to(&scattered());
        for reach in [1, 4, 15] {
            let near = squared_depth_near(&mask, reach);
            for (exact, near) in exact.values().iter().zip(near.values()) {
                let (near, limit) = (i32::from(*near), (reach * reach) as i32);
                assert!(if *exact <= limit {
                    *exact == near
                } else {
                    near > limit
                });
            }
        }
    }

    #[test]
    fn an_empty_mask_is_far_from_everything() {
        assert!(
            squared_distance_to(&Mask::filled(5, 4, false))
                .values()
                .iter()
                .all(|d| *d > 1_000_000)
        );
    }

    #[test]
    fn a_disc_of_one_is_a_cross() {
        let mut point = Mask::filled(5, 5, false);
        point.row_mut(2)[2] = true;
        assert_eq!(dilated(&point, 1.0).count(), 5);
        assert_eq!(eroded(&dilated(&point, 1.0), 1.0).count(), 1);
    }

    #[test]
    fn shrinking_does_not_eat_from_the_border() {
        assert_eq!(eroded(&Mask::filled(6, 6, true), 2.0).count(), 36);
    }

    #[test]
    fn closing_fills_a_notch() {
        let notched = Mask::from_fn(21, 21, |x, y| y > 10 && !(x == 10 && y < 14));
        assert!(!notched.at(10, 12));
        assert!(closed(&notched, 4.0).at(10, 12));
    }
}
