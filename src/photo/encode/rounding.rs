//! From frequencies to whole steps.
//!
//! What a step is too coarse for comes back as ringing, spread over the whole block. In hair nobody sees it; on the flat
//! wall beside the hair it is a rim of specks. So where a block holds both, the steps are not rounded one by one: they
//! are chosen together, so that the error is small where the block is flat and lies where it is lively. That costs no
//! bytes, and it takes nothing away: texture is as strong as with plain rounding.

use super::block::{AREA, Block, SIDE, pattern};
use super::planes::Blocks;
use crate::vision::raster::{Plane, box_blur};
use crate::vision::vectored;

/// Frequencies in whole steps, row by row.
pub type Steps = [i16; AREA];

/// Light varies this much (standard deviation over 3 x 3 pixels) where an error is seen half as well.
const LIVELY: f32 = 4.0;
/// The least weight of an error, however lively its surroundings.
const LEAST_WEIGHT: f32 = 0.25;
/// A block is mixed where its weights differ by this factor.
const MIXED: f32 = 3.2;
/// Each round goes over the frequencies that are pulled; after these hardly one still moves.
const ROUNDS: usize = 4;
/// Most steps of a frequency.
const MOST_STEPS: f32 = 1023.0;

/// How well an error would be seen in each pixel, `LEAST_WEIGHT`..1.
pub fn weights(light: &Plane) -> Plane {
    let mean = box_blur(light, 1);
    let mean_of_squares = box_blur(&light.map(|v| v * v), 1);
    mean.zip(&mean_of_squares, |mean, squares| {
        let variance = (squares - mean * mean).max(0.0);
        LEAST_WEIGHT + (1.0 - LEAST_WEIGHT) / (1.0 + variance / (LIVELY * LIVELY))
    })
}

/// A block with hair and wall.
struct Mixed {
    place: usize,
    /// How well an error would be seen in each pixel.
    weights: Block,
    /// ... and one of each frequency, on its own.
    alone: [f32; AREA],
}

impl Mixed {
    fn of((place, weights): (usize, Block)) -> Option<Self> {
        let least = weights.0.iter().copied().fold(f32::INFINITY, f32::min);
        let most = weights.0.iter().copied().fold(0.0, f32::max);
        (most > MIXED * least).then(|| Self {
            place,
            alone: std::array::from_fn(|k| dot3(&weights, pattern(k), pattern(k))),
            weights,
        })
    }
}

/// A plane's frequencies, to be rounded to steps of any size.
pub struct Spectrum {
    /// Blocks in a row.
    pub across: usize,
    /// Rows of blocks.
    pub down: usize,
    frequencies: Vec<Block>,
    mixed: Vec<Mixed>,
}

impl Spectrum {
    /// The frequencies of `plane`, every error weighing the same.
    pub fn of(plane: &Plane) -> Self {
        Self::in_units(plane, 1)
    }

    /// The frequencies of `plane` in whole units of `unit` blocks each way; errors weigh by `weights`, of its size.
    pub fn weighed(plane: &Plane, weights: &Plane, unit: usize) -> Self {
        let weights = Blocks::cut(weights, unit).samples.into_iter().enumerate();
        Self {
            mixed: weights.filter_map(Mixed::of).collect(),
            ..Self::in_units(plane, unit)
        }
    }

    fn in_units(plane: &Plane, unit: usize) -> Self {
        let Blocks {
            across,
            down,
            samples,
        } = Blocks::cut(plane, unit);
        let frequencies = vectored(
            #[inline(always)]
            move || samples.iter().map(Block::frequencies).collect(),
        );
        Self {
            across,
            down,
            frequencies,
            mixed: Vec::new(),
        }
    }

    /// Every block in whole steps of the sizes in `steps`.
    pub fn rounded(&self, steps: &[u8; AREA]) -> Vec<Steps> {
        let sizes = Block(steps.map(f32::from));
        vectored(
            #[inline(always)]
            move || {
                let plain = |block: &Block| std::array::from_fn(|k| whole(block.0[k] / sizes.0[k]));
                let mut all: Vec<Steps> = self.frequencies.iter().map(plain).collect();
                for mixed in &self.mixed {
                    let wanted = &self.frequencies[mixed.place];
                    settle(&mut all[mixed.place], wanted, &sizes, mixed);
                }
                all
            },
        )
    }
}

/// The nearest whole number of steps that baseline JPEG can say (T.81, table F.2). Beside a number this large there is no
/// room for anything after the point, so the sum's last bits are the answer: many in one vector, where a conversion
/// goes one by one.
#[inline(always)]
fn whole(steps: f32) -> i16 {
    const LARGE: f32 = 12_582_912.0;
    let sum = steps.clamp(-MOST_STEPS, MOST_STEPS) + LARGE;
    (sum.to_bits() as i32).wrapping_sub(LARGE.to_bits() as i32) as i16
}

/// Moves one frequency after the other by whole steps to where the weighed error is least.
#[inline(always)]
fn settle(chosen: &mut Steps, wanted: &Block, sizes: &Block, mixed: &Mixed) {
    let off = |k: usize| f32::from(chosen[k]) * sizes.0[k] - wanted.0[k];
    let mut error = Block(std::array::from_fn(off)).samples();
    for _ in 0..ROUNDS {
        let pulls = mixed.weights.times(&error).frequencies();
        let mut moved = false;
        for (k, pull) in pulls.0.iter().enumerate() {
            let size = sizes.0[k];
            let step = mixed.alone[k] * size;
            if pull.abs() < 0.5 * step {
                continue;
            }
            // others have moved since
            let by = whole(-dot3(&mixed.weights, &error, pattern(k)) / step);
            if by != 0 {
                chosen[k] += by;
                error.add(f32::from(by) * size, pattern(k));
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

/// The sum over a block of the products of three.
#[inline(always)]
fn dot3(a: &Block, b: &Block, c: &Block) -> f32 {
    let mut sums = [0.0; SIDE];
    for ((a, b), c) in
        a.0.as_chunks::<SIDE>()
            .0
            .iter()
            .zip(b.0.as_chunks::<SIDE>().0)
            .zip(c.0.as_chunks::<SIDE>().0)
    {
        for (sum, ((a, b), c)) in sums.iter_mut().zip(a.iter().zip(b).zip(c)) {
            *sum += a * b * c;
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hair on the left, flat wall on the right; the outline runs through the middle of the blocks.
    fn outline() -> Plane {
        let mut random = fastrand::Rng::with_seed(7);
        Plane::from_fn(64, 64, |x, _| {
            if x % 16 < 4 || x % 16 >= 12 {
                random.f32() * 120.0 - 100.0
            } else {
                47.0
            }
        })
    }

    fn errors(spectrum: &Spectrum, plane: &Plane) -> [f32; 2] {
        let steps = [7; AREA];
        let mut squares = [0.0, 0.0];
        for (place, chosen) in spectrum.rounded(&steps).iter().enumerate() {
            let mut samples = Block::ZERO;
            for (k, step) in chosen.iter().enumerate() {
                samples.add(f32::from(*step) * 7.0, pattern(k));
            }
            for (k, value) in samples.0.iter().enumerate() {
                let (x, y) = (place % 8 * SIDE + k % SIDE, place / 8 * SIDE + k / SIDE);
                let on_wall = |x: usize| (4..12).contains(&(x % 16));
                let flat = on_wall(x) && on_wall(x + 1) && on_wall(x.wrapping_sub(1));
                squares[usize::from(flat)] += (value - plane.at(x, y)).powi(2);
            }
        }
        squares
    }

    #[test]
    fn steps_are_the_nearest_and_never_more_than_can_be_said() {
        let asked = [0.0, 0.49, 0.51, -0.51, -7.3, 1022.6, 9000.0, -9000.0];
        assert_eq!(asked.map(whole), [0, 0, 1, -1, -7, 1023, 1023, -1023]);
    }

    #[test]
    fn errors_move_from_the_flat_into_the_lively() {
        let plane = outline();
        let plain = errors(&Spectrum::of(&plane), &plane);
        let weighed = errors(&Spectrum::weighed(&plane, &weights(&plane), 1), &plane);
        assert!(
            weighed[1] < 0.5 * plain[1],
            "flat: {} of {}",
            weighed[1],
            plain[1]
        );
        assert!(
            weighed[0] < 2.0 * plain[0],
            "lively: {} of {}",
            weighed[0],
            plain[0]
        );
    }

    #[test]
    fn where_all_is_alike_each_step_is_the_nearest() {
        let noise = Plane::from_fn(64, 64, |x, y| ((x * 31 + y * 17) % 23) as f32 * 4.0 - 40.0);
        let steps = [9; AREA];
        let weighed = Spectrum::weighed(&noise, &noise.map(|_| 0.4), 1).rounded(&steps);
        assert_eq!(weighed, Spectrum::of(&noise).rounded(&steps));
    }
}
