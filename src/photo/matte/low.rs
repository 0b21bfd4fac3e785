//! The view on the low grid, half the photo's size: enough for everything smooth.

use crate::photo::grid::View;
use crate::vision::raster::{Colours, Mask, Plane, dilated, shrunk};

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
        let step = view.grid.low_step();
        let (image, deviation) = block_statistics(&view.image, step);
        let half = |mask: &Mask, share: f32| shrunk(&mask.to_plane(), w, h).map(|s| s > share);
        Self {
            image,
            deviation,
            person: shrunk(&view.person, w, h),
            covered: half(&view.covered, 0.99),
            face: dilated(&half(&view.face, 0.5), 1.0),
            zone_y: zone_y(view) / step as f32,
        }
    }
}

/// Row of the grid where the body zone begins.
pub fn zone_y(view: &View) -> f32 {
    view.chin_y - ZONE_SHARE * (view.chin_y - view.eye_y)
}

/// Mean and deviation of square blocks.
fn block_statistics(image: &Colours, step: usize) -> (Colours, Plane) {
    let (w, h) = (image.width() / step, image.height() / step);
    let share = 1.0 / (step * step) as f32;
    let mut mean = Colours::filled(w, h, [0.0; 3]);
    let mut deviation = Plane::filled(w, h, 0.0);
    let mut sums = vec![[0.0_f32; 6]; w];
    for y in 0..h {
        sums.fill([0.0; 6]);
        for v in y * step..(y + 1) * step {
            for (block, sum) in image.row(v).chunks_exact(step).zip(&mut sums) {
                for [r, g, b] in block {
                    for (cell, value) in sum.iter_mut().zip([*r, *g, *b, r * r, g * g, b * b]) {
                        *cell += value;
                    }
                }
            }
        }
        for (x, sum) in sums.iter().enumerate() {
            let [r, g, b, rr, gg, bb] = sum.map(|v| v * share);
            mean.row_mut(y)[x] = [r, g, b];
            let variance = (rr - r * r).max(gg - g * g).max(bb - b * b);
            deviation.row_mut(y)[x] = variance.max(0.0).sqrt();
        }
    }
    (mean, deviation)
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
        let (mean, deviation) = block_statistics(&image, 4);
        assert!((mean.at(0, 0)[1] - 0.5).abs() < 1e-6 && (mean.at(1, 0)[2] - 0.5).abs() < 1e-6);
        assert!(deviation.at(0, 0) < 1e-3 && (deviation.at(1, 0) - 0.5).abs() < 1e-6);
    }
}
