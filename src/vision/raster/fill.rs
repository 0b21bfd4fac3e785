//! Push-pull: fills what is not known smoothly from what is, in time linear in the pixels.

use super::{Plane, Raster, Sample, stretched};

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
        let below = filled.map(|coarse| stretched(&coarse, sums.width(), sums.height()));
        blend(&mut sums, &weights, below.as_ref());
        filled = Some(sums);
    }
    filled.unwrap_or_else(|| Raster::filled(width, height, T::default()))
}

fn weighted<T: Sample>(values: &Raster<T>, weight: &Plane) -> Raster<T> {
    let mut result = values.clone();
    for (pixel, w) in T::flat_mut(result.values_mut())
        .chunks_exact_mut(T::CHANNELS)
        .zip(weight.values())
    {
        for v in pixel {
            *v *= w;
        }
    }
    result
}

/// Half the size, each pixel the sum of its four (fewer at an odd edge).
fn sums_of_four<T: Sample>(fine: &Raster<T>) -> Raster<T> {
    let (w, h, c) = (
        fine.width().div_ceil(2),
        fine.height().div_ceil(2),
        T::CHANNELS,
    );
    let mut coarse = Raster::filled(w, h, T::default());
    for y in 0..fine.height() {
        let from = T::flat(fine.row(y));
        let to = T::flat_mut(coarse.row_mut(y / 2));
        for (pair, sum) in from.chunks(2 * c).zip(to.chunks_exact_mut(c)) {
            for (i, v) in pair.iter().enumerate() {
                sum[i % c] += v;
            }
        }
    }
    coarse
}

/// Turns weighted sums into values: the mean where the weight suffices, the coarser level where it does not.
fn blend<T: Sample>(sums: &mut Raster<T>, weights: &Plane, coarser: Option<&Raster<T>>) {
    let c = T::CHANNELS;
    let pixels = T::flat_mut(sums.values_mut())
        .chunks_exact_mut(c)
        .zip(weights.values());
    match coarser {
        None => {
            for (pixel, w) in pixels {
                for v in pixel {
                    *v /= w.max(1e-6);
                }
            }
        }
        Some(below) => {
            for ((pixel, w), under) in pixels.zip(T::flat(below.values()).chunks_exact(c)) {
                let trust = w.clamp(0.0, 1.0);
                let scale = if *w > 1e-6 { trust / w } else { 0.0 };
                for (v, u) in pixel.iter_mut().zip(under) {
                    *v = *v * scale + u * (1.0 - trust);
                }
            }
        }
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
