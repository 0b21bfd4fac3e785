//! The view on the low grid, half the photo's size: enough for everything smooth.

use crate::photo::grid::{LOW_STEP, View};
use crate::vision::raster::{Colours, Mask, Plane, dilated, shrunk};
use crate::vision::vectored;

/// The body zone begins this share of the way from eyes to chin above the chin.
const ZONE_SHARE: f32 = 0.25;

/// Block means of the view.
pub struct Low {
    /// Mean colour of each block.
    pub image: Colours,
    /// Deviation inside each block, the largest channel's.
    pub deviation: Plane,
    /// Mean of the coarse mask.
    pub person: Plane,
    /// Blocks that the capture covers wholly.
    pub covered: Mask,
    /// The face and a little more.
    pub face: Mask,
    /// Row where the body zone begins.
    pub zone_y: f32,
}

impl Low {
    /// Block means of the view.
    pub fn of(view: &View) -> Self {
        let (w, h) = view.grid.low();
        let (image, deviation) = block_statistics(&view.image);
        Self {
            image,
            deviation,
            person: shrunk(&view.person, w, h),
            covered: view.covered.blocks(LOW_STEP),
            face: dilated(&view.face, 1.0),
            zone_y: zone_y(view) / LOW_STEP as f32,
        }
    }
}

/// Row of the grid where the body zone begins.
pub fn zone_y(view: &View) -> f32 {
    view.chin_y - ZONE_SHARE * (view.chin_y - view.eye_y)
}

/// Mean and deviation of the blocks: rows are summed first, a whole row at a time.
fn block_statistics(image: &Colours) -> (Colours, Plane) {
    vectored(
        #[inline(always)]
        move || {
            let (w, h) = (image.width() / LOW_STEP, image.height() / LOW_STEP);
            let share = 1.0 / (LOW_STEP * LOW_STEP) as f32;
            let mut mean = Colours::filled(w, h, [0.0; 3]);
            let mut deviation = Plane::filled(w, h, 0.0);
            let mut sums = vec![0.0_f32; image.width() * 3];
            let mut squares = sums.clone();
            for y in 0..h {
                sums.fill(0.0);
                squares.fill(0.0);
                for v in y * LOW_STEP..(y + 1) * LOW_STEP {
                    let row = image.row(v).as_flattened();
                    for ((sum, square), value) in sums.iter_mut().zip(&mut squares).zip(row) {
                        *sum += value;
                        *square += value * value;
                    }
                }
                let blocks = |of: &[f32], x: usize| block_sum(of, x).map(|v| v * share);
                for (x, (mean, deviation)) in mean
                    .row_mut(y)
                    .iter_mut()
                    .zip(deviation.row_mut(y))
                    .enumerate()
                {
                    let (m, s) = (blocks(&sums, x), blocks(&squares, x));
                    let variance = (0..3).map(|c| s[c] - m[c] * m[c]).fold(0.0, f32::max);
                    (*mean, *deviation) = (m, variance.sqrt());
                }
            }
            (mean, deviation)
        },
    )
}

#[inline(always)]
fn block_sum(flat: &[f32], x: usize) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for pixel in flat[x * LOW_STEP * 3..(x + 1) * LOW_STEP * 3]
        .as_chunks::<3>()
        .0
    {
        for (s, v) in sum.iter_mut().zip(pixel) {
            *s += v;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::raster::Raster;

    #[test]
    fn blocks_know_their_mean_and_their_unrest() {
        let image = Raster::from_fn(8, 4, |x, _| {
            if x < 4 {
                [0.5; 3]
            } else {
                [if x % 2 == 0 { 0.0 } else { 1.0 }; 3]
            }
        });
        let (mean, deviation) = block_statistics(&image);
        assert!((mean.at(0, 0)[1] - 0.5).abs() < 1e-6 && (mean.at(1, 0)[2] - 0.5).abs() < 1e-6);
        assert!(deviation.at(0, 0) < 1e-3 && (deviation.at(1, 0) - 0.5).abs() < 1e-6);
    }
}
