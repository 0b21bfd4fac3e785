//! Layers without learnt sums that make planes larger, smaller or more.

use super::map::{Map, Spare};

/// The largest of each two by two pixels.
pub(super) fn halved(seen: &Map, spare: &mut Spare) -> Map {
    let mut out = spare.map(seen.channels, seen.height / 2, seen.width / 2);
    let (width, half) = (seen.width, out.width.max(1));
    for (seen, out) in seen.planes().zip(out.planes_mut()) {
        for (two, out) in seen.chunks_exact(2 * width).zip(out.chunks_exact_mut(half)) {
            let (upper, lower) = two.split_at(width);
            let pairs = upper
                .as_chunks::<2>()
                .0
                .iter()
                .zip(lower.as_chunks::<2>().0);
            for (out, ([a, b], [c, d])) in out.iter_mut().zip(pairs) {
                *out = a.max(*b).max(c.max(*d));
            }
        }
    }
    out
}

/// The mean of each plane, as planes of one pixel.
pub(super) fn mean(seen: &Map, spare: &mut Spare) -> Map {
    let mut out = spare.map(seen.channels, 1, 1);
    let share = 1.0 / seen.area() as f32;
    for (seen, out) in seen.planes().zip(&mut out.values) {
        // several sums side by side: the processor need not wait for the last one
        let (parts, rest) = seen.as_chunks::<16>();
        let mut sums = [0.0; 16];
        for part in parts {
            for (sum, v) in sums.iter_mut().zip(part) {
                *sum += v;
            }
        }
        *out = (sums.iter().sum::<f32>() + rest.iter().sum::<f32>()) * share;
    }
    out
}

/// The planes and black ones after them.
pub(super) fn with_channels(seen: &Map, channels: usize, spare: &mut Spare) -> Map {
    let mut out = spare.map(channels, seen.height, seen.width);
    let there = seen.values.len().min(out.values.len());
    out.values[..there].copy_from_slice(&seen.values[..there]);
    out.values[there..].fill(0.0);
    out
}

/// Planes of twice the size, linear between the pixels' middles.
pub(super) fn doubled(seen: &Map, spare: &mut Spare) -> Map {
    let mut out = spare.map(seen.channels, 2 * seen.height, 2 * seen.width);
    let width = seen.width.max(1);
    let mut row = spare.numbers(width);
    for (seen, out) in seen.planes().zip(out.planes_mut()) {
        let last = seen.len() / width - 1;
        for (y, out) in out.chunks_exact_mut(2 * width).enumerate() {
            let (near, far) = (
                y / 2,
                if y % 2 == 0 {
                    (y / 2).saturating_sub(1)
                } else {
                    (y / 2 + 1).min(last)
                },
            );
            let rows = seen[near * width..][..width]
                .iter()
                .zip(&seen[far * width..][..width]);
            for (to, (near, far)) in row.iter_mut().zip(rows) {
                *to = 0.75 * near + 0.25 * far;
            }
            double_row(&row, out);
        }
    }
    spare.keep_numbers(row);
    out
}

fn double_row(row: &[f32], to: &mut [f32]) {
    let last = row.len() - 1;
    let (pairs, _) = to.as_chunks_mut::<2>();
    for (pair, three) in pairs[1..].iter_mut().zip(row.windows(3)) {
        *pair = [
            0.75 * three[1] + 0.25 * three[0],
            0.75 * three[1] + 0.25 * three[2],
        ];
    }
    pairs[0] = [row[0], 0.75 * row[0] + 0.25 * row[last.min(1)]];
    pairs[last] = [
        0.75 * row[last] + 0.25 * row[last.saturating_sub(1)],
        row[last],
    ];
}

/// One plane of twice the size, in which every pixel becomes two by two: the sum of the channels, each with weights of
/// its own for the four.
pub(super) fn spread(seen: &Map, weights: &[[f32; 4]], bias: f32, spare: &mut Spare) -> Map {
    let mut out = spare.map(1, 2 * seen.height, 2 * seen.width);
    out.values.fill(bias);
    let width = seen.width.max(1);
    for (seen, [a, b, c, d]) in seen.planes().zip(weights) {
        for (seen, out) in seen
            .chunks_exact(width)
            .zip(out.values.chunks_exact_mut(4 * width))
        {
            let (upper, lower) = out.split_at_mut(2 * width);
            let pairs = upper
                .as_chunks_mut::<2>()
                .0
                .iter_mut()
                .zip(lower.as_chunks_mut::<2>().0);
            for (v, (upper, lower)) in seen.iter().zip(pairs) {
                upper[0] += v * a;
                upper[1] += v * b;
                lower[0] += v * c;
                lower[1] += v * d;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(height: usize, width: usize, values: &[f32]) -> Map {
        Map {
            channels: 1,
            height,
            width,
            values: values.to_vec(),
        }
    }

    #[test]
    fn half_is_the_largest_of_four() {
        let half = halved(
            &plane(2, 4, &[1.0, 2.0, 5.0, 0.0, 3.0, -1.0, 4.0, 6.0]),
            &mut Spare::default(),
        );
        assert_eq!(
            (half.height, half.width, half.values),
            (1, 2, vec![3.0, 6.0])
        );
    }

    #[test]
    fn double_is_linear_and_keeps_the_edge() {
        let double = doubled(&plane(1, 3, &[0.0, 4.0, 8.0]), &mut Spare::default());
        let row = [0.0, 1.0, 3.0, 5.0, 7.0, 8.0];
        assert_eq!(double.values, [row, row].concat());
        let pixel = doubled(&plane(1, 1, &[3.0]), &mut Spare::default());
        assert_eq!(pixel.values, [3.0; 4]);
    }

    #[test]
    fn spreading_weighs_four_pixels() {
        let out = spread(
            &plane(1, 2, &[1.0, 10.0]),
            &[[1.0, 2.0, 3.0, 4.0]],
            0.5,
            &mut Spare::default(),
        );
        assert_eq!(out.values, [1.5, 2.5, 10.5, 20.5, 3.5, 4.5, 30.5, 40.5]);
    }

    #[test]
    fn a_mean_counts_every_pixel_and_new_channels_are_black() {
        let values: Vec<f32> = (0..35).map(|v| v as f32).collect();
        assert_eq!(
            mean(&plane(5, 7, &values), &mut Spare::default()).values,
            [17.0]
        );
        let more = with_channels(&plane(1, 2, &[1.0, 2.0]), 2, &mut Spare(vec![vec![7.0; 4]]));
        assert_eq!(more.values, [1.0, 2.0, 0.0, 0.0]);
    }
}
