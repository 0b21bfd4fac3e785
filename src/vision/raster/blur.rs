//! Separable smoothing: box and Gauss, mirrored at the border.

use super::{Raster, Sample, mirrored};
use crate::vision::vectored;

/// Mean over a square of `2 * radius_px + 1`.
pub fn box_blur<T: Sample>(source: &Raster<T>, radius_px: usize) -> Raster<T> {
    let taps = 2 * radius_px + 1;
    convolved(source, &vec![1.0 / taps as f32; taps])
}

/// Gauss of the given standard deviation; the kernel reaches four of them.
pub fn gauss_blur<T: Sample>(source: &Raster<T>, sigma_px: f32) -> Raster<T> {
    convolved(source, &gauss_kernel(sigma_px))
}

/// The taps of a Gauss, their sum one.
pub(super) fn gauss_kernel(sigma_px: f32) -> Vec<f32> {
    let radius = (4.0 * sigma_px).round().max(1.0) as i32;
    let raw: Vec<f32> = (-radius..=radius)
        .map(|i| (-0.5 * (i as f32 / sigma_px).powi(2)).exp())
        .collect();
    let sum: f32 = raw.iter().sum();
    raw.into_iter().map(|tap| tap / sum).collect()
}

/// Convolves rows, then columns, with the same odd kernel.
fn convolved<T: Sample>(source: &Raster<T>, kernel: &[f32]) -> Raster<T> {
    let (width, height) = (source.width(), source.height());
    let mut values = Vec::with_capacity(width * height);
    let load = |y: usize, row: &mut [T]| row.copy_from_slice(source.row(y));
    rows_convolved((width, height), load, kernel, |row| {
        values.extend_from_slice(row);
    });
    Raster::from_values(width, height, values, T::default())
}

/// The same row by row, of what `load` writes for a row, to `keep`. No more rows are held than the kernel reaches.
pub(super) fn rows_convolved<T: Sample>(
    (width, height): (usize, usize),
    mut load: impl FnMut(usize, &mut [T]),
    kernel: &[f32],
    mut keep: impl FnMut(&[T]),
) {
    let (taps, radius) = (kernel.len(), kernel.len() / 2);
    let mut padded = vec![T::default(); width + 2 * radius];
    let mut across = vec![vec![T::default(); width]; taps];
    let mut held = vec![usize::MAX; taps];
    let mut sums = vec![T::default(); width];
    for y in 0..height {
        let row_of = |k: usize| mirrored((y + k) as isize - radius as isize, height);
        for row in (0..taps).map(row_of) {
            let place = row % taps;
            if held[place] != row {
                load(row, &mut padded[radius..radius + width]);
                mirror_ends(&mut padded, radius);
                let from = T::flat(&padded);
                let shifted = |k: usize| &from[k * T::CHANNELS..(k + width) * T::CHANNELS];
                let sums = T::flat_mut(&mut across[place]);
                sums.fill(0.0);
                add_weighted(sums, kernel, shifted);
                held[place] = row;
            }
        }
        let out = T::flat_mut(&mut sums);
        out.fill(0.0);
        add_weighted(out, kernel, |k| T::flat(&across[row_of(k) % taps]));
        keep(&sums);
    }
}

/// Mirrors a row into the room beside it.
fn mirror_ends<T: Copy>(padded: &mut [T], room: usize) {
    let width = padded.len() - 2 * room;
    let inside = |i: usize| room + mirrored(i as isize - room as isize, width);
    for i in (0..room).chain(room + width..padded.len()) {
        padded[i] = padded[inside(i)];
    }
}

/// Adds each of `rows` times its weight, in this order; four at a time, so that a sum is fetched and put back once for
/// four of them.
pub(super) fn add_weighted<'a>(
    sums: &mut [f32],
    weights: &[f32],
    rows: impl Fn(usize) -> &'a [f32],
) {
    let (fours, rest) = weights.as_chunks::<4>();
    for (k, [p, q, r, s]) in fours.iter().enumerate() {
        let rows = std::array::from_fn(|i| rows(4 * k + i));
        add_four(sums, [*p, *q, *r, *s], rows);
    }
    for (k, weight) in rest.iter().enumerate() {
        add_row(sums, *weight, rows(4 * fours.len() + k));
    }
}

/// Adds a row times its weight.
pub fn add_row(sums: &mut [f32], weight: f32, row: &[f32]) {
    vectored(
        #[inline(always)]
        move || {
            for (sum, v) in sums.iter_mut().zip(row) {
                *sum += weight * v;
            }
        },
    );
}

/// Four rows, each times its weight.
fn add_four(sums: &mut [f32], [p, q, r, s]: [f32; 4], [a, b, c, d]: [&[f32]; 4]) {
    vectored(
        #[inline(always)]
        move || {
            let rows = a.iter().zip(b).zip(c).zip(d);
            for (sum, (((a, b), c), d)) in sums.iter_mut().zip(rows) {
                *sum = *sum + p * a + q * b + r * c + s * d;
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::raster::Plane;

    #[test]
    fn smoothing_keeps_a_flat_plane_flat_up_to_the_border() {
        let flat = Raster::filled(7, 5, [0.25, 0.5, 0.75]);
        for smooth in [box_blur(&flat, 2), gauss_blur(&flat, 1.3)] {
            for [r, g, b] in smooth.values() {
                assert!(
                    (r - 0.25).abs() < 1e-5 && (g - 0.5).abs() < 1e-5 && (b - 0.75).abs() < 1e-5
                );
            }
        }
    }

    #[test]
    fn rows_are_added_in_their_order_however_many() {
        let rows: Vec<[f32; 3]> = (0..7).map(|k| [k as f32, 1.0, -0.5]).collect();
        let weights: Vec<f32> = (0..7).map(|k| 0.1 * k as f32).collect();
        for taps in 0..=7 {
            let mut sums = [1.0, 0.0, 0.0];
            add_weighted(&mut sums, &weights[..taps], |k| &rows[k]);
            let mut plain = [1.0, 0.0, 0.0];
            for (row, weight) in rows.iter().zip(&weights[..taps]) {
                for (sum, v) in plain.iter_mut().zip(row) {
                    *sum += weight * v;
                }
            }
            assert_eq!(sums.map(f32::to_bits), plain.map(f32::to_bits));
        }
    }

    #[test]
    fn a_box_spreads_a_point_evenly() {
        let mut point = Plane::filled(9, 9, 0.0);
        point.row_mut(4)[4] = 9.0;
        let spread = box_blur(&point, 1);
        assert!((spread.at(3, 5) - 1.0).abs() < 1e-6);
        assert!(spread.at(2, 4).abs() < 1e-6);
    }

    #[test]
    fn a_gauss_has_the_variance_it_was_asked_for() {
        let mut point = Plane::filled(41, 41, 0.0);
        point.row_mut(20)[20] = 1.0;
        let spread = gauss_blur(&point, 2.0);
        let variance: f32 = (0..41)
            .map(|x| (x as f32 - 20.0).powi(2) * (0..41).map(|y| spread.at(x, y)).sum::<f32>())
            .sum();
        assert!((variance - 4.0).abs() < 0.05, "{variance}");
    }
}
