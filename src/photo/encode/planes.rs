//! A picture as JPEG sees it: one plane of light, two of colour, cut into blocks of 8 x 8.

use super::Chroma;
use super::block::{Block, SIDE};
use crate::vision::raster::Plane;
use crate::vision::{Picture, vectored};

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
        let block = |place: usize| {
            let (left, top) = (place % across * SIDE, place / across * SIDE);
            let mut block = Block::ZERO;
            for (y, samples) in block.0.as_chunks_mut::<SIDE>().0.iter_mut().enumerate() {
                let row = plane.row((top + y).min(plane.height() - 1));
                if let Some(inside) = row.get(left..left + SIDE) {
                    samples.copy_from_slice(inside);
                } else {
                    let column = |x: usize| (left + x).min(plane.width() - 1);
                    *samples = std::array::from_fn(|x| row[column(x)]);
                }
            }
            block
        };
        let samples = (0..across * down).map(block).collect();
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
        let mut values = vec![0.0; picture.width() * picture.height()];
        let pixels = values.iter_mut().zip(picture.rgb().as_chunks::<3>().0);
        vectored(
            #[inline(always)]
            move || {
                for (value, [r, g, b]) in pixels {
                    let [r, g, b] = [f32::from(*r), f32::from(*g), f32::from(*b)];
                    *value = of[0] * r + of[1] * g + of[2] * b - zero;
                }
            },
        );
        Plane::from_values(picture.width(), picture.height(), values, 0.0)
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
