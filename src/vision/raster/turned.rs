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

/// The source seen through `back` (from target to source), each pixel kept as `pixel` says; beyond the source its edge
/// is repeated.
pub(super) fn turned<T: Copy + Default>(
    source: &Raster<[f32; 4]>,
    back: &Affine,
    size: (usize, usize),
    pixel: impl Fn([f32; 4]) -> T,
) -> Raster<T> {
    let turned = Turned {
        source,
        back,
        size,
        pixel,
    };
    turned.dispatch()
}

struct Turned<'a, F> {
    source: &'a Raster<[f32; 4]>,
    back: &'a Affine,
    size: (usize, usize),
    pixel: F,
}

impl<T: Copy + Default, F: Fn([f32; 4]) -> T> SimdOp for Turned<'_, F> {
    type Output = Raster<T>;

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> Raster<T> {
        let (width, height) = self.size;
        let [mut columns, mut rows] = self.back.rows.map(|row| Axis::new(row, width));
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            columns.place(y as f64);
            rows.place(y as f64);
            values.extend((0..width).map(|x| {
                let (left, across) = columns.at(x);
                let (upper, down) = rows.at(x);
                let columns = self.columns(isa, [left, upper], down);
                (self.pixel)(weighed_across(&columns, across))
            }));
        }
        Raster::from_values(width, height, values, T::default())
    }
}

impl<F> Turned<'_, F> {
    /// The four columns of neighbours from `(left, upper)` on, each summed downwards.
    #[inline(always)]
    fn columns<I: Isa>(&self, isa: I, [left, upper]: [i32; 2], down: [f32; 4]) -> [f32; NUMBERS] {
        if let Some(rows) = inside(self.source, left, upper) {
            return weighed_down(isa, rows, down);
        }
        let [a, b, c, d] = at_edge(self.source, left, upper);
        let rows = [&a, &b, &c, &d].map(|row| row.as_flattened());
        weighed_down(isa, rows, down)
    }
}

/// One coordinate in the source of a row of target pixels.
struct Axis {
    slant: f64,
    shift: f64,
    /// What each column adds to the coordinate.
    steps: Vec<f64>,
    /// The first of each pixel's four neighbours.
    first: Vec<i32>,
    /// What each of the four weighs.
    weights: [Vec<f32>; 4],
}

impl Axis {
    fn new([step, slant, shift]: [f64; 3], width: usize) -> Self {
        Self {
            slant,
            shift,
            steps: (0..width).map(|x| step * x as f64).collect(),
            first: vec![0; width],
            weights: std::array::from_fn(|_| vec![0.0; width]),
        }
    }

    /// Goes to target row `y`.
    #[inline(always)]
    fn place(&mut self, y: f64) {
        let [p, q, r, s] = &mut self.weights;
        let weights = p.iter_mut().zip(q).zip(r).zip(s);
        let pixels = self.steps.iter().zip(&mut self.first).zip(weights);
        for ((step, first), (((p, q), r), s)) in pixels {
            let at = step + self.slant * y + self.shift;
            let below = floor(at);
            *first = below.wrapping_sub(1);
            [*p, *q, *r, *s] = cubic((at - f64::from(below)) as f32);
        }
    }

    #[inline(always)]
    fn at(&self, x: usize) -> (i32, [f32; 4]) {
        let [p, q, r, s] = &self.weights;
        (self.first[x], [p[x], q[x], r[x], s[x]])
    }
}

/// The whole number below. The library's is a call on the oldest processors.
#[inline(always)]
fn floor(v: f64) -> i32 {
    let cut = v as i32;
    cut.wrapping_sub(i32::from(f64::from(cut) > v))
}

/// The four rows of four neighbours from `(left, upper)` on; `None` where some lie beyond the source.
#[inline(always)]
fn inside(source: &Raster<[f32; 4]>, left: i32, upper: i32) -> Option<[&[f32]; 4]> {
    let (left, upper) = (usize::try_from(left).ok()?, usize::try_from(upper).ok()?);
    if left + 4 > source.width() || upper + 4 > source.height() {
        return None;
    }
    let rest = &source.values()[upper * source.width() + left..];
    let row = |j: usize| rest[j * source.width()..][..4].as_flattened();
    Some([row(0), row(1), row(2), row(3)])
}

/// The same with the edge repeated.
fn at_edge(source: &Raster<[f32; 4]>, left: i32, upper: i32) -> [[[f32; 4]; 4]; 4] {
    let beside = |first: i32, i: i32| first.saturating_add(i) as isize;
    let row = |j| [0, 1, 2, 3].map(|i| source.at_clamped(beside(left, i), beside(upper, j)));
    [0, 1, 2, 3].map(row)
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
            let v = ((x * 7 + y * 13) % 11) as f32;
            [v, 1.0 - v, v * v, 0.0]
        });
        let back = Affine::turn_scale_shift(0.2, 0.6, [-2.3, -1.7]);
        let seen = turned(&source, &back, (21, 17), |colour| colour);
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
                    assert!((a - b).abs() < 1e-4, "{x} {y}: {a} {b}");
                }
            }
        }
    }
}
