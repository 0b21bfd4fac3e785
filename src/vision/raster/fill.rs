//! Push-pull: fills what is not known smoothly from what is, in time linear in the pixels.

use super::{Plane, Raster, Sample, Stretching};
use crate::vision::vectored;

/// Fills `values` from its pixels of positive weight: sums of two by two going down, bilinear filling coming up.
/// A level is trusted in proportion to its weight, fully from weight 1. Where nothing has weight, the result is 0.
pub fn push_pull<T: Sample>(values: &Raster<T>, weight: &Plane) -> Raster<T> {
    push_pull_sums(weighted(values, weight), weight.clone())
}

/// The same from values that are already multiplied by their weights.
pub fn push_pull_sums<T: Sample>(sums: Raster<T>, weight: Plane) -> Raster<T> {
    let (width, height) = (sums.width(), sums.height());
    let mut levels = vec![(sums, weight)];
    while let Some((sums, weights)) = levels.last() {
        if sums.width().max(sums.height()) <= 1 {
            break;
        }
        let next = (sums_of_four(sums), sums_of_four(weights));
        levels.push(next);
    }
    let mut filled: Option<Raster<T>> = None;
    while let Some((mut sums, weights)) = levels.pop() {
        match &filled {
            None => settle(&mut sums, &weights),
            Some(coarser) => blend(&mut sums, &weights, coarser),
        }
        filled = Some(sums);
    }
    filled.unwrap_or_else(|| Raster::filled(width, height, T::default()))
}

fn weighted<T: Sample>(values: &Raster<T>, weight: &Plane) -> Raster<T> {
    values.zip(weight, T::times)
}

/// Half the size, each pixel the sum of its four (fewer at an odd edge).
fn sums_of_four<T: Sample>(fine: &Raster<T>) -> Raster<T> {
    vectored(
        #[inline(always)]
        move || {
            let (w, h) = (fine.width().div_ceil(2), fine.height().div_ceil(2));
            let mut coarse = Raster::filled(w, h, T::default());
            for y in 0..fine.height() {
                let (pairs, odd) = fine.row(y).as_chunks::<2>();
                let sums = coarse.row_mut(y / 2);
                for ([left, right], sum) in pairs.iter().zip(sums.iter_mut()) {
                    *sum = sum.plus(*left).plus(*right);
                }
                for (left, sum) in odd.iter().zip(&mut sums[pairs.len()..]) {
                    *sum = sum.plus(*left);
                }
            }
            coarse
        },
    )
}

/// Turns the weighted sums of the coarsest level into values.
fn settle<T: Sample>(sums: &mut Raster<T>, weights: &Plane) {
    let pixels = T::flat_mut(sums.values_mut()).chunks_exact_mut(T::CHANNELS);
    for (pixel, weight) in pixels.zip(weights.values()) {
        for v in pixel {
            *v /= weight.max(1e-6);
        }
    }
}

/// The same of a finer level: the mean where the weight suffices, the coarser level where it does not.
fn blend<T: Sample>(sums: &mut Raster<T>, weights: &Plane, coarser: &Raster<T>) {
    let (w, h) = (sums.width(), sums.height());
    let mut coarser = Stretching::new(coarser, w, h);
    for y in 0..h {
        let below = coarser.part(y, 0..w);
        let pixels = sums.row_mut(y).iter_mut().zip(weights.row(y)).zip(below);
        vectored(
            #[inline(always)]
            move || {
                for ((pixel, weight), below) in pixels {
                    let trust = weight.clamp(0.0, 1.0);
                    let scale = if *weight > 1e-6 { trust / weight } else { 0.0 };
                    *pixel = pixel.times(scale).plus(below.times(1.0 - trust));
                }
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_pixels_stay_and_one_colour_fills_everything() {
        let mut weight = Plane::filled(37, 21, 0.0);
        weight.row_mut(3)[5] = 1.0;
        let values = Raster::from_fn(37, 21, |x, y| {
            if (x, y) == (5, 3) {
                [0.2, 0.4, 0.6]
            } else {
                [9.0, 9.0, 9.0]
            }
        });
        for [r, g, b] in push_pull(&values, &weight).values() {
            assert!((r - 0.2).abs() < 1e-4 && (g - 0.4).abs() < 1e-4 && (b - 0.6).abs() < 1e-4);
        }
    }

    #[test]
    fn a_gap_is_filled_between_its_sides() {
        let weight = Plane::from_fn(64, 64, |x, _| if (16..48).contains(&x) { 0.0 } else { 1.0 });
        let values = Plane::from_fn(64, 64, |x, _| if x < 16 { 0.0 } else { 1.0 });
        let filled = push_pull(&values, &weight);
        assert!(filled.at(2, 30).abs() < 1e-6 && (filled.at(60, 30) - 1.0).abs() < 1e-6);
        assert!((0.2..0.8).contains(&filled.at(32, 30)));
        assert!(filled.at(20, 30) < filled.at(44, 30));
    }
}
