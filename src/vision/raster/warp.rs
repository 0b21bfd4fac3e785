//! Affine resampling: one pass from the picture to where it is wanted. Pixel centres lie at whole numbers.

use super::blur::{gauss_kernel, rows_convolved};
use super::halved::{VARIANCE, halved, to_half};
use super::level::level;
use super::turned::Rimmed;
use super::{Colours, Plane};
use crate::vision::Picture;
use std::ops::Range;

/// `x' = a x + b y + c`, `y' = d x + e y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine {
    /// The two rows `[a, b, c]` and `[d, e, f]`.
    pub rows: [[f64; 3]; 2],
}

impl Affine {
    /// Rotation by `angle_rad` (clockwise as seen, y downwards) and scaling about the origin, then a shift.
    pub fn turn_scale_shift(angle_rad: f64, scale: f64, shift: [f64; 2]) -> Self {
        let (sin, cos) = angle_rad.sin_cos();
        Self {
            rows: [
                [scale * cos, -scale * sin, shift[0]],
                [scale * sin, scale * cos, shift[1]],
            ],
        }
    }

    /// Where a point goes.
    pub fn apply(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        self.rows.map(|[a, b, c]| a * x + b * y + c)
    }

    /// First `self`, then `next`.
    #[must_use]
    pub fn then(&self, next: &Affine) -> Affine {
        let [p, q] = self.rows;
        let rows = next.rows.map(|[a, b, c]| {
            [
                a * p[0] + b * q[0],
                a * p[1] + b * q[1],
                a * p[2] + b * q[2] + c,
            ]
        });
        Affine { rows }
    }

    /// The way back. A map that flattens everything has none; it never arises from scales above zero.
    #[must_use]
    pub fn inverse(&self) -> Affine {
        let [[a, b, c], [d, e, f]] = self.rows;
        let det = a * e - b * d;
        let (ia, ib, id, ie) = (e / det, -b / det, -d / det, a / det);
        Affine {
            rows: [[ia, ib, -(ia * c + ib * f)], [id, ie, -(id * c + ie * f)]],
        }
    }

    /// Whether nothing is turned or slanted.
    pub fn is_level(&self) -> bool {
        let [[_, b, _], [d, _, _]] = self.rows;
        b.abs().max(d.abs()) < f64::EPSILON
    }

    /// How much longer a length becomes.
    pub fn scale(&self) -> f64 {
        self.rows[0][0].hypot(self.rows[1][0])
    }
}

/// Bicubic weights of the four neighbours (a = -0.75, the usual raster kernel).
#[inline(always)]
pub(super) fn cubic(t: f32) -> [f32; 4] {
    const A: f32 = -0.75;
    let outer = |d: f32| ((A * d - 5.0 * A) * d + 8.0 * A) * d - 4.0 * A;
    let inner = |d: f32| ((A + 2.0) * d - (A + 3.0)) * d * d + 1.0;
    let (w0, w1, w2) = (outer(t + 1.0), inner(t), inner(1.0 - t));
    [w0, w1, w2, 1.0 - w0 - w1 - w2]
}

/// The picture seen through `to_target`: a Gauss prefilter where it becomes smaller, then bicubic; outside the
/// picture its edge is repeated. Colours 0..1.
pub fn warp_picture(source: &Picture, to_target: &Affine, width: usize, height: usize) -> Colours {
    let back = to_target.inverse();
    let sigma = prefilter(to_target.scale());
    if back.is_level() {
        let load = |y: usize, columns: Range<usize>, row: &mut [f32]| {
            let first = y * source.width();
            let bytes = &source.rgb()[(first + columns.start) * 3..(first + columns.end) * 3];
            for (v, byte) in row.iter_mut().zip(bytes) {
                *v = f32::from(*byte) / 255.0;
            }
        };
        let size = (source.width(), source.height());
        return level(size, load, &back, sigma, (width, height));
    }
    let [columns, rows] = seen_range(source, &back, (width, height));
    let origin = [columns.start, rows.start].map(|v| -(v as f64));
    let to_part = back.then(&Affine::turn_scale_shift(0.0, 1.0, origin));
    if let Some(rest) = sigma.and_then(beyond_halving) {
        let half = halved(source, &columns, &rows);
        let load = |y: usize, row: &mut [[f32; 3]]| row.copy_from_slice(half.row(y));
        let part = smoothed((half.width(), half.height()), load, Some(rest));
        return part.turned(&to_part.then(&to_half()), (width, height));
    }
    let load = |y: usize, row: &mut [[f32; 3]]| {
        let first = (rows.start + y) * source.width() + columns.start;
        let (pixels, _) = source.rgb()[first * 3..(first + columns.len()) * 3].as_chunks::<3>();
        for (colour, pixel) in row.iter_mut().zip(pixels) {
            *colour = pixel.map(|v| f32::from(v) / 255.0);
        }
    };
    let part = smoothed((columns.len(), rows.len()), load, sigma);
    part.turned(&to_part, (width, height))
}

/// What smooths a picture before it is made smaller by this scale.
fn prefilter(scale: f64) -> Option<f32> {
    (scale < 0.75).then(|| (0.42 / scale * (1.0 - scale * scale).sqrt()) as f32)
}

/// What is left to smooth at half the size; `None` where halving would smooth too much already.
fn beyond_halving(sigma: f32) -> Option<f32> {
    let rest = sigma * sigma - VARIANCE;
    (rest > 0.0).then(|| rest.sqrt() / 2.0)
}

/// The rows that `load` writes, smoothed, ready to be turned.
fn smoothed(
    (width, height): (usize, usize),
    load: impl FnMut(usize, &mut [[f32; 3]]),
    sigma: Option<f32>,
) -> Rimmed {
    let mut part = Rimmed::with_room(width, height);
    let keep = |row: &[[f32; 3]]| part.push(row.iter().map(|[r, g, b]| [*r, *g, *b, 0.0]));
    let kernel = sigma.map_or_else(|| vec![1.0], gauss_kernel);
    rows_convolved((width, height), load, &kernel, keep);
    part
}

/// The columns and rows that the target sees, with room for the filters.
fn seen_range(
    source: &Picture,
    back: &Affine,
    (width, height): (usize, usize),
) -> [Range<usize>; 2] {
    let (w, h) = (width as f64, height as f64);
    let corners = [[0.0, 0.0], [w, 0.0], [0.0, h], [w, h]].map(|corner| back.apply(corner));
    let room = 8.0 + 4.0 * back.scale();
    let span = |axis: usize, size: usize| {
        let places = corners.iter().map(|corner| corner[axis]);
        let low = places.clone().fold(f64::INFINITY, f64::min) - room;
        let high = places.fold(f64::NEG_INFINITY, f64::max) + room;
        let inside = |v: f64| v.clamp(0.0, (size - 1) as f64) as usize;
        inside(low)..inside(high).max(inside(low)) + 1
    };
    [span(0, source.width()), span(1, source.height())]
}

/// A plane seen through `to_target`, bicubic, its edge repeated; 0..1.
pub fn warp_plane(source: &Plane, to_target: &Affine, width: usize, height: usize) -> Plane {
    let back = to_target.inverse();
    if back.is_level() {
        let load = |y: usize, columns: Range<usize>, row: &mut [f32]| {
            row.copy_from_slice(&source.row(y)[columns]);
        };
        let size = (source.width(), source.height());
        level(size, load, &back, None, (width, height))
    } else {
        let mut part = Rimmed::with_room(source.width(), source.height());
        for y in 0..source.height() {
            part.push(source.row(y).iter().map(|v| [*v, 0.0, 0.0, 0.0]));
        }
        part.turned(&back, (width, height)).map(|[v]| v)
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the values are exact by construction")]
mod tests {
    use super::*;

    fn ramp() -> Picture {
        let rgb = (0..40 * 30)
            .flat_map(|i| [(i % 40) as u8 * 4, (i / 40) as u8 * 4, 7])
            .collect();
        Picture::from_rgb(40, 30, rgb).unwrap()
    }

    #[test]
    fn a_map_and_its_inverse_cancel() {
        let map = Affine::turn_scale_shift(0.3, 1.7, [5.0, -2.0]);
        let [x, y] = map.then(&map.inverse()).apply([3.0, 4.0]);
        assert!((x - 3.0).abs() < 1e-9 && (y - 4.0).abs() < 1e-9);
        assert!((map.scale() - 1.7).abs() < 1e-9);
    }

    #[test]
    fn warping_moves_a_ramp_to_where_the_map_says() {
        let map = Affine::turn_scale_shift(0.0, 2.0, [-10.0, -6.0]);
        let seen = warp_picture(&ramp(), &map, 20, 20);
        let [r, g, _] = seen.at(10, 10);
        assert!((r * 255.0 - 40.0).abs() < 0.1, "{}", r * 255.0);
        assert!((g * 255.0 - 32.0).abs() < 0.1, "{}", g * 255.0);
    }

    #[test]
    fn without_a_turn_the_quick_way_says_the_same() {
        for scale in [0.4, 0.9, 1.6] {
            let map = Affine::turn_scale_shift(0.0, scale, [-3.3, 4.7]);
            let hardly_turned = Affine::turn_scale_shift(1e-12, scale, [-3.3, 4.7]);
            let (quick, general) = (
                warp_picture(&ramp(), &map, 30, 26),
                warp_picture(&ramp(), &hardly_turned, 30, 26),
            );
            let pairs = quick.values().as_flattened().iter();
            for (a, b) in pairs.zip(general.values().as_flattened()) {
                // the edge of the picture is repeated here and mirrored there, which only a prefilter can tell
                assert!((a - b).abs() < 0.02, "{a} {b}");
            }
        }
    }

    #[test]
    fn beyond_the_picture_the_edge_is_repeated() {
        let map = Affine::turn_scale_shift(0.0, 1.0, [100.0, 100.0]);
        let [r, g, b] = warp_picture(&ramp(), &map, 8, 8).at(0, 0);
        assert!(r.abs() < 1e-6 && g.abs() < 1e-6 && (b * 255.0 - 7.0).abs() < 1e-3);
    }

    #[test]
    fn the_cubic_weights_sum_to_one_and_hold_at_the_pixels() {
        assert_eq!(cubic(0.0), [0.0, 1.0, 0.0, 0.0]);
        assert!((cubic(0.37).iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
