//! A picture as JPEG sees it: one plane of light, two of colour, cut into blocks of 8 x 8.

use super::Chroma;
use super::block::{Block, SIDE};
use crate::vision::Picture;
use crate::vision::raster::Plane;

/// Blocks of one plane, row by row, whole units of the scan only.
pub struct Blocks {
    /// Blocks in a row.
    pub across: usize,
    /// Rows of blocks.
    pub down: usize,
    /// Samples about zero, -128..127.
    pub samples: Vec<Block>,
}

impl Blocks {
    /// Cuts `plane`; what a unit of `unit` blocks each way has beyond its edges repeats the last sample.
    pub fn cut(plane: &Plane, unit: usize) -> Self {
        let in_units = |pixels: usize| pixels.div_ceil(unit * SIDE) * unit;
        let (across, down) = (in_units(plane.width()), in_units(plane.height()));
        let mut samples = Vec::with_capacity(across * down);
        for place in 0..across * down {
            let (left, top) = (place % across * SIDE, place / across * SIDE);
            samples.push(Block::from_fn(|x, y| {
                let (x, y) = (
                    (left + x).min(plane.width() - 1),
                    (top + y).min(plane.height() - 1),
                );
                plane.at(x, y)
            }));
        }
        Self {
            across,
            down,
            samples,
        }
    }
}

/// Light and both colours about zero (ITU-T T.871, 7).
pub fn light_and_colours(picture: &Picture) -> [Plane; 3] {
    let part = |of: [f32; 3], zero: f32| {
        let pixels = picture.rgb().as_chunks::<3>().0.iter();
        let values = pixels.map(|p| {
            of.iter()
                .zip(p)
                .map(|(k, v)| k * f32::from(*v))
                .sum::<f32>()
                - zero
        });
        Plane::from_values(picture.width(), picture.height(), values.collect(), 0.0)
    };
    [
        part([0.299, 0.587, 0.114], 128.0),
        part([-0.168_736, -0.331_264, 0.5], 0.0),
        part([0.5, -0.418_688, -0.081_312], 0.0),
    ]
}

/// A colour plane as fine as it is stored.
pub fn sampled(colour: &Plane, chroma: Chroma) -> Plane {
    match chroma {
        Chroma::Full => colour.clone(),
        Chroma::Quarter => Plane::from_fn(
            colour.width().div_ceil(2),
            colour.height().div_ceil(2),
            |x, y| {
                let (left, top) = (2 * x, 2 * y);
                let (right, bottom) = (
                    (left + 1).min(colour.width() - 1),
                    (top + 1).min(colour.height() - 1),
                );
                let around = [(left, top), (right, top), (left, bottom), (right, bottom)];
                around.iter().map(|(x, y)| colour.at(*x, *y)).sum::<f32>() / 4.0
            },
        ),
    }
}
