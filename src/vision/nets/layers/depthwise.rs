//! Convolutions that stay within their channel.
//!
//! Half of what the nets do. The window's columns are laid side by side, so that the same place of the window lies
//! under neighbouring pixels in neighbouring numbers, whatever the stride: the one loop over them is then as wide as the
//! processor is. Sums are taken in the order of the window's places and rounded after each, never fused: the same
//! numbers on every machine.

use super::map::{Map, Spare};
use super::window::Window;
use crate::vision::vectored;

/// Numbers of a row that are summed side by side.
const LANES: usize = 16;

/// One small window of weights a channel.
pub(super) struct Depthwise {
    weights: Vec<f32>,
    bias: Vec<f32>,
    window: Window,
}

impl Depthwise {
    /// Weights count `[channels][window rows][window columns]`; the window is square, 3 or 5 wide.
    pub fn new(weights: Vec<f32>, bias: Vec<f32>, window: Window) -> Result<Self, String> {
        match window {
            Window {
                size: [3, 3] | [5, 5],
                stride: 1 | 2,
                ..
            } => Ok(Self {
                weights,
                bias,
                window,
            }),
            _ => Err("a window within a channel is 3 or 5 wide and moves by 1 or 2".to_owned()),
        }
    }

    /// The layer's result.
    pub fn run(&self, seen: &Map, spare: &mut Spare) -> Result<Map, String> {
        if seen.channels != self.bias.len() {
            return Err("another number of channels".to_owned());
        }
        let [height, width] = self.window.size_over(seen)?;
        let mut out = spare.map(seen.channels, height, width);
        let mut padded = Padded::new(&self.window, seen, spare);
        let channels = self
            .weights
            .chunks_exact(self.window.area())
            .zip(&self.bias);
        for (((weights, bias), seen), out) in channels.zip(seen.planes()).zip(out.planes_mut()) {
            padded.take(seen);
            let moved = Moved {
                padded: &padded,
                weights,
                bias: *bias,
                width,
                out,
            };
            vectored(
                #[inline(always)]
                move || moved.write(),
            );
        }
        spare.keep_numbers(padded.values);
        Ok(out)
    }
}

/// A plane with the zeros around it, its columns sorted by their phase: with a stride of two, even ones come first.
struct Padded {
    window: Window,
    seen_width: usize,
    /// Columns of one phase.
    phase_width: usize,
    values: Vec<f32>,
}

impl Padded {
    fn new(window: &Window, seen: &Map, spare: &mut Spare) -> Self {
        let along = |axis: usize, length: usize| length + window.before[axis] + window.after[axis];
        let phase_width = along(1, seen.width).div_ceil(window.stride);
        // what the last block meets beyond its row counts for nothing
        let length = along(0, seen.height) * phase_width * window.stride + LANES;
        let mut values = spare.numbers(length);
        values.fill(0.0);
        Self {
            window: *window,
            seen_width: seen.width,
            phase_width,
            values,
        }
    }

    /// The next plane. What is around it stays zero.
    fn take(&mut self, plane: &[f32]) {
        let Window {
            stride,
            before: [above, left],
            ..
        } = self.window;
        let phase_width = self.phase_width;
        let rows = self
            .values
            .chunks_exact_mut(phase_width * stride)
            .skip(above);
        for (to, from) in rows.zip(plane.chunks_exact(self.seen_width)) {
            if stride == 1 {
                to[left..][..from.len()].copy_from_slice(from);
                continue;
            }
            let (even, odd) = to.split_at_mut(phase_width);
            // with an odd number of zeros before it, the row's first number is in an odd column
            let (first, second) = if left % 2 == 0 {
                (&mut even[left / 2..], &mut odd[left / 2..])
            } else {
                (&mut odd[left / 2..], &mut even[left / 2 + 1..])
            };
            let (pairs, last) = from.as_chunks::<2>();
            for ((to, pair), other) in first.iter_mut().zip(pairs).zip(second.iter_mut()) {
                [*to, *other] = *pair;
            }
            if let (Some(to), Some(last)) = (first.get_mut(pairs.len()), last.first()) {
                *to = *last;
            }
        }
    }

    /// The numbers that this place of the window meets as it moves along a row.
    #[inline(always)]
    fn met(&self, row: usize, right: usize, blocks: usize) -> &[[f32; LANES]] {
        let stride = self.window.stride;
        let start = (row * stride + right % stride) * self.phase_width + right / stride;
        &self.values[start..].as_chunks().0[..blocks]
    }
}

/// The window moved over a plane.
struct Moved<'a> {
    padded: &'a Padded,
    weights: &'a [f32],
    bias: f32,
    /// Pixels of a row of the result.
    width: usize,
    out: &'a mut [f32],
}

impl Moved<'_> {
    #[inline(always)]
    fn write(self) {
        match self.padded.window.size {
            [3, _] => self.over::<3>(),
            _ => self.over::<5>(),
        }
    }

    #[inline(always)]
    fn over<const SIDE: usize>(self) {
        let (rows, _) = self.weights.as_chunks::<SIDE>();
        let weights: [[f32; SIDE]; SIDE] = std::array::from_fn(|k| rows[k]);
        let window = self.padded.window;
        let width = self.width;
        let blocks = width.div_ceil(LANES);
        for (y, out) in self.out.chunks_exact_mut(width).enumerate() {
            let met: [[&[[f32; LANES]]; SIDE]; SIDE] = std::array::from_fn(|down| {
                std::array::from_fn(|right| {
                    self.padded.met(y * window.stride + down, right, blocks)
                })
            });
            let (whole, rest) = out.as_chunks_mut::<LANES>();
            for (block, out) in whole.iter_mut().enumerate() {
                *out = sums(&met, &weights, self.bias, block);
            }
            if !rest.is_empty() {
                let last = sums(&met, &weights, self.bias, blocks - 1);
                rest.copy_from_slice(&last[..rest.len()]);
            }
        }
    }
}

/// What the window gives at the places of a block.
#[inline(always)]
fn sums<const SIDE: usize>(
    met: &[[&[[f32; LANES]]; SIDE]; SIDE],
    weights: &[[f32; SIDE]; SIDE],
    bias: f32,
    block: usize,
) -> [f32; LANES] {
    let mut sums = [bias; LANES];
    for (met, weights) in met.iter().zip(weights) {
        for (met, weight) in met.iter().zip(weights) {
            for (sum, v) in sums.iter_mut().zip(&met[block]) {
                *sum += v * weight;
            }
        }
    }
    sums
}
