//! A picture at half its size: what a strong reduction begins with, so that the rest has a quarter to do.

use super::{Affine, Colours, Raster};
use crate::vision::{Picture, vectored};
use std::ops::Range;

/// What the taps (1, 3, 3, 1) / 8 smooth, as the square of a Gauss's deviation in source pixels.
pub(super) const VARIANCE: f32 = 0.75;

/// Sum of the taps.
const TAPS: f32 = 8.0;

/// From the source's part to its half: a pixel lies in the middle of four.
pub(super) fn to_half() -> Affine {
    Affine::turn_scale_shift(0.0, 0.5, [-0.25, -0.25])
}

/// This part of the picture at half its size, colours 0..1; the part's edge is repeated.
pub(super) fn halved(source: &Picture, columns: &Range<usize>, rows: &Range<usize>) -> Colours {
    vectored(
        #[inline(always)]
        move || {
            let (width, height) = (columns.len(), rows.len());
            let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
            let mut down = vec![[0.0; 3]; width];
            // one pixel of the edge before the row, two behind it
            let mut lanes = vec![[0.0; 4]; width + 3];
            let mut seen = vec![[0.0; 4]; half_width];
            let mut values = Vec::with_capacity(half_width * half_height);
            for y in 0..half_height {
                let bytes = [0, 1, 2, 3].map(|k| {
                    let row = rows.start + (2 * y + k).saturating_sub(1).min(height - 1);
                    let first = row * source.width() + columns.start;
                    &source.rgb()[first * 3..(first + width) * 3]
                });
                sum_down(bytes, down.as_flattened_mut());
                for (lane, [r, g, b]) in lanes[1..=width].iter_mut().zip(&down) {
                    *lane = [*r, *g, *b, 0.0];
                }
                let (first, last) = (lanes[1], lanes[width]);
                lanes[0] = first;
                lanes[width + 1..].fill(last);
                sum_across(&lanes, &mut seen);
                values.extend(seen.iter().map(|[r, g, b, _]| [*r, *g, *b]));
            }
            Raster::from_values(half_width, half_height, values, [0.0; 3])
        },
    )
}

#[inline(always)]
fn sum_down([a, b, c, d]: [&[u8]; 4], sums: &mut [f32]) {
    let rows = a.iter().zip(b).zip(c).zip(d);
    for (sum, (((a, b), c), d)) in sums.iter_mut().zip(rows) {
        let [a, b, c, d] = [a, b, c, d].map(|v| f32::from(*v));
        *sum = (a + d + 3.0 * (b + c)) / (TAPS * TAPS * 255.0);
    }
}

#[inline(always)]
fn sum_across(lanes: &[[f32; 4]], sums: &mut [[f32; 4]]) {
    for (sum, four) in sums.iter_mut().zip(lanes.windows(4).step_by(2)) {
        *sum = std::array::from_fn(|k| four[0][k] + four[3][k] + 3.0 * (four[1][k] + four[2][k]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_stays_where_it_was_and_a_flat_picture_flat() {
        for (width, height) in [(20, 14), (21, 15)] {
            let rgb = (0..width * height)
                .flat_map(|i| [(i % width * 9) as u8, (i / width * 11) as u8, 77])
                .collect();
            let picture = Picture::from_rgb(width, height, rgb).unwrap();
            let (columns, rows) = (3..width, 2..height);
            let half = halved(&picture, &columns, &rows);
            let size = ((width - 3).div_ceil(2), (height - 2).div_ceil(2));
            assert_eq!((half.width(), half.height()), size);
            for y in 1..half.height() - 1 {
                for x in 1..half.width() - 1 {
                    let [u, v] = to_half().inverse().apply([x as f64, y as f64]);
                    let wanted = [(u + 3.0) * 9.0, (v + 2.0) * 11.0, 77.0];
                    for (seen, wanted) in half.at(x, y).iter().zip(wanted) {
                        assert!((f64::from(*seen) * 255.0 - wanted).abs() < 1e-3, "{x} {y}");
                    }
                }
            }
            for [_, _, flat] in half.values() {
                assert!((flat * 255.0 - 77.0).abs() < 1e-3, "the edge is repeated");
            }
        }
    }
}
