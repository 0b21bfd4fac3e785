//! Resampling where something is turned: bicubic, each pixel's neighbours wherever its row has come to.
//!
//! Where the pixels of a row lie and what their neighbours weigh is found for the whole row at once. A pixel then sums
//! its four source rows, all columns and lanes side by side, and only at last the columns.

use super::warp::cubic;
use super::{Affine, Raster};
use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

/// Numbers in four neighbours of four lanes.
const NUMBERS: usize = 16;

/// How far the edge is repeated: the farthest neighbour of a pixel whose own place is a whole pixel beyond it. What is
/// still farther sees nothing else.
const RIM: usize = 3;

/// A source in four lanes, so that a pixel is one vector of every processor, with its edge repeated around it.
pub(super) struct Rimmed {
    lanes: Vec<[f32; 4]>,
    width: usize,
    height: usize,
}

impl Rimmed {
    /// Room for a source of this size, that is then pushed row by row.
    pub(super) fn with_room(width: usize, height: usize) -> Self {
        Self {
            lanes: Vec::with_capacity((width + 2 * RIM) * (height + 2 * RIM)),
            width,
            height,
        }
    }

    /// Adds the next row.
    pub(super) fn push(&mut self, row: impl Iterator<Item = [f32; 4]>) {
        let begin = self.lanes.len();
        self.lanes.extend([[0.0; 4]; RIM]);
        self.lanes.extend(row);
        let (first, last) = (self.lanes[begin + RIM], self.lanes[self.lanes.len() - 1]);
        self.lanes[begin..begin + RIM].fill(first);
        self.lanes.extend([last; RIM]);
        let rows_above = if begin == 0 { RIM } else { 0 };
        self.repeat_row(rows_above);
    }

    /// Pixels from a row to the next.
    fn stride(&self) -> usize {
        self.width + 2 * RIM
    }

    /// Adds the last row again, this often.
    fn repeat_row(&mut self, times: usize) {
        for _ in 0..times {
            let last = self.lanes.len() - self.stride();
            self.lanes.extend_from_within(last..);
        }
    }

    /// The source seen through `back` (from target to source), the first lanes of each pixel, 0..1; beyond the source
    /// its edge.
    pub(super) fn turned<const LANES: usize>(
        mut self,
        back: &Affine,
        size: (usize, usize),
    ) -> Raster<[f32; LANES]> {
        self.repeat_row(RIM);
        let source = &self;
        Turned::<LANES> { source, back, size }.dispatch()
    }
}

struct Turned<'a, const LANES: usize> {
    source: &'a Rimmed,
    back: &'a Affine,
    size: (usize, usize),
}

impl<const LANES: usize> SimdOp for Turned<'_, LANES> {
    type Output = Raster<[f32; LANES]>;

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> Self::Output {
        let (width, height) = self.size;
        let [to_column, to_row] = self.back.rows;
        let mut columns = Axis::new(to_column, width, self.source.width, 1);
        let mut rows = Axis::new(to_row, width, self.source.height, self.source.stride());
        let mut seen = vec![[0.0; 4]; width];
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            columns.place(y as f64);
            rows.place(y as f64);
            self.see(isa, &columns, &rows, &mut seen);
            let kept = |lanes: &[f32; 4]| std::array::from_fn(|k| lanes[k].clamp(0.0, 1.0));
            values.extend(seen.iter().map(kept));
        }
        Raster::from_values(width, height, values, [0.0; LANES])
    }
}

impl<const LANES: usize> Turned<'_, LANES> {
    /// One row of the target, all four lanes.
    #[inline(always)]
    fn see<I: Isa>(&self, isa: I, columns: &Axis, rows: &Axis, seen: &mut [[f32; 4]]) {
        let stride = self.source.stride();
        let below = [0, stride, 2 * stride, 3 * stride];
        let across = columns.first.iter().zip(&columns.weights);
        let down = rows.first.iter().zip(&rows.weights);
        for ((seen, (left, across)), (upper, down)) in seen.iter_mut().zip(across).zip(down) {
            let begin = (left + upper) as usize;
            let neighbours = below.map(|row| {
                let four = &self.source.lanes[begin + row..][..4];
                four.as_flattened()
            });
            *seen = weighed_across(&weighed_down(isa, neighbours, *down), *across);
        }
    }
}

/// One coordinate in the source of a row of target pixels, in fixed point: whole pixels in the upper half.
struct Axis {
    slant: f64,
    shift: f64,
    /// Where the source's edge is all there is to see, on either side.
    ends: [i64; 2],
    /// How far apart two neighbours lie.
    stride: u32,
    /// What each column adds to the coordinate.
    steps: Vec<i64>,
    /// The first of each pixel's four neighbours, counted from the rim's begin.
    first: Vec<u32>,
    /// What each of the four weighs.
    weights: Vec<[f32; 4]>,
}

/// Bits of a fixed-point coordinate below the whole pixels, and how many of them a weight is found from.
const PART_BITS: u32 = 32;
const WEIGHING_BITS: u32 = 24;

impl Axis {
    fn new([step, slant, shift]: [f64; 3], width: usize, length: usize, stride: usize) -> Self {
        Self {
            slant,
            shift,
            ends: [-1.0, length as f64].map(|end| fixed(end + RIM as f64)),
            stride: stride as u32,
            steps: (0..width).map(|x| fixed(step * x as f64)).collect(),
            first: vec![0; width],
            weights: vec![[0.0; 4]; width],
        }
    }

    /// Goes to target row `y`.
    #[inline(always)]
    fn place(&mut self, y: f64) {
        let [low, high] = self.ends;
        let begin = fixed(self.slant * y + self.shift + RIM as f64);
        let pixels = self.first.iter_mut().zip(&mut self.weights);
        for (step, (first, weights)) in self.steps.iter().zip(pixels) {
            let at = step.saturating_add(begin).clamp(low, high);
            *first = ((at >> PART_BITS) as u32)
                .wrapping_sub(1)
                .wrapping_mul(self.stride);
            let part = (at as u32) >> (PART_BITS - WEIGHING_BITS);
            *weights = cubic(part as i32 as f32 / (1 << WEIGHING_BITS) as f32);
        }
    }
}

/// A coordinate in fixed point; what is out of all reach stays out of it.
fn fixed(v: f64) -> i64 {
    (v * f64::from(2_u32.pow(PART_BITS / 2)).powi(2)).round() as i64
}

/// The sum of four rows, each times its weight: as many numbers at a time as the processor takes, never fused, so that
/// all say the same.
#[inline(always)]
fn weighed_down<I: Isa>(isa: I, rows: [&[f32]; 4], weights: [f32; 4]) -> [f32; NUMBERS] {
    let ops = isa.f32();
    let mut sums = [0.0; NUMBERS];
    for at in (0..NUMBERS).step_by(ops.len()) {
        let mut sum = ops.zero();
        for (row, weight) in rows.iter().zip(weights) {
            let numbers = ops.load(&row[at..NUMBERS]);
            sum = ops.add(sum, ops.mul(numbers, ops.splat(weight)));
        }
        ops.store(sum, &mut sums[at..]);
    }
    sums
}

/// The sum of four columns of four lanes, each times its weight.
#[inline(always)]
fn weighed_across(columns: &[f32; NUMBERS], weights: [f32; 4]) -> [f32; 4] {
    let mut sum = [0.0; 4];
    for (column, weight) in columns.as_chunks::<4>().0.iter().zip(weights) {
        for (sum, v) in sum.iter_mut().zip(column) {
            *sum += weight * v;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pixel_is_what_its_sixteen_neighbours_say_beyond_the_edges_too() {
        let source = Raster::from_fn(9, 7, |x, y| {
            let v = ((x * 7 + y * 13) % 11) as f32 / 11.0;
            [v, 1.0 - v, v * v, 0.3]
        });
        let back = Affine::turn_scale_shift(0.2, 0.6, [-2.3, -1.7]);
        let mut rimmed = Rimmed::with_room(9, 7);
        for y in 0..7 {
            rimmed.push(source.row(y).iter().copied());
        }
        let seen = rimmed.turned::<4>(&back, (21, 17));
        for y in 0..17 {
            for x in 0..21 {
                let [u, v] = back.apply([x as f64, y as f64]);
                let weights = [u, v].map(|at| cubic((at - at.floor()) as f32));
                let mut sum = [0.0_f32; 4];
                for (i, across) in weights[0].iter().enumerate() {
                    for (j, down) in weights[1].iter().enumerate() {
                        let beside = |at: f64, i: usize| at.floor() as isize - 1 + i as isize;
                        let texel = source.at_clamped(beside(u, i), beside(v, j));
                        for (sum, v) in sum.iter_mut().zip(texel) {
                            *sum += across * down * v;
                        }
                    }
                }
                for (a, b) in seen.at(x, y).iter().zip(sum) {
                    let b = b.clamp(0.0, 1.0);
                    assert!((a - b).abs() < 1e-4, "{x} {y}: {a} {b}");
                }
            }
        }
    }
}
