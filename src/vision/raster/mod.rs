//! Rectangles of numbers and the few local operations that matte and rules are made of.
//!
//! Everything here is deterministic, single-threaded and knows nothing of faces or photos. Operations are
//! separable or linear in the number of pixels; none allocates more than a few rasters of its own size.
#![expect(
    clippy::cast_possible_wrap,
    reason = "sizes are bounded by LARGEST_PICTURE_PX, far below any sign bit"
)]

use super::vectored;

mod blur;
mod boxes;
mod crop;
mod disc;
mod distance;
mod fill;
mod halved;
mod labels;
mod level;
mod polygon;
mod resize;
mod sample;
mod stats;
mod turned;
mod warp;

pub use blur::{add_row, box_blur, gauss_blur};
pub use boxes::{dark_ridges, grown_square, opened_square, shrunk_square, slope_at};
pub use crop::crop_zero_padded;
pub use disc::disc_maximum;
pub use distance::{
    closed, dilated, distance_inside, eroded, squared_depth_near, squared_distance_to,
};
pub use fill::{push_pull, push_pull_sums};
pub use labels::{Components, Neighbours, Run, label};
pub use polygon::polygon;
pub use resize::{Stretching, nearest, shrink_picture, shrunk, stretched};
pub use sample::sampled_bytes;
pub use stats::{median, quantile};
pub use warp::{Affine, warp_picture, warp_plane};

/// What a raster of numbers can hold: one or three channels of `f32`, seen flat by the filters.
pub trait Sample: Copy + Default {
    /// Numbers a pixel.
    const CHANNELS: usize;
    /// The pixels as bare numbers.
    fn flat(values: &[Self]) -> &[f32];
    /// The pixels as bare numbers, to write.
    fn flat_mut(values: &mut [Self]) -> &mut [f32];
    /// The sum of both.
    #[must_use]
    fn plus(self, other: Self) -> Self;
    /// So many times this pixel.
    #[must_use]
    fn times(self, factor: f32) -> Self;
}

impl Sample for f32 {
    const CHANNELS: usize = 1;
    fn flat(values: &[Self]) -> &[f32] {
        values
    }
    fn flat_mut(values: &mut [Self]) -> &mut [f32] {
        values
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self + other
    }
    #[inline(always)]
    fn times(self, factor: f32) -> Self {
        self * factor
    }
}

impl Sample for [f32; 3] {
    const CHANNELS: usize = 3;
    fn flat(values: &[Self]) -> &[f32] {
        values.as_flattened()
    }
    fn flat_mut(values: &mut [Self]) -> &mut [f32] {
        values.as_flattened_mut()
    }
    #[inline(always)]
    fn plus(self, [r, g, b]: Self) -> Self {
        let [x, y, z] = self;
        [x + r, y + g, z + b]
    }
    #[inline(always)]
    fn times(self, factor: f32) -> Self {
        let [x, y, z] = self;
        [x * factor, y * factor, z * factor]
    }
}

/// Row-major pixels of one kind.
#[derive(Clone, PartialEq)]
pub struct Raster<T> {
    width: usize,
    height: usize,
    values: Vec<T>,
}

/// One number a pixel.
pub type Plane = Raster<f32>;
/// Red, green and blue a pixel, mostly 0..1.
pub type Colours = Raster<[f32; 3]>;
/// Yes or no a pixel.
pub type Mask = Raster<bool>;

impl<T> std::fmt::Debug for Raster<T> {
    /// Size only: a face never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raster({} x {})", self.width, self.height)
    }
}

impl<T: Copy> Raster<T> {
    /// A raster of one value.
    pub fn filled(width: usize, height: usize, value: T) -> Self {
        Self {
            width,
            height,
            values: vec![value; width * height],
        }
    }

    /// A raster of what `value` says for each `(x, y)`.
    pub fn from_fn(width: usize, height: usize, mut value: impl FnMut(usize, usize) -> T) -> Self {
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            values.extend((0..width).map(|x| value(x, y)));
        }
        Self {
            width,
            height,
            values,
        }
    }

    /// A raster of ready values; missing ones are repeated from the last, surplus ones dropped.
    pub fn from_values(width: usize, height: usize, mut values: Vec<T>, missing: T) -> Self {
        values.resize(width * height, missing);
        Self {
            width,
            height,
            values,
        }
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// All pixels, row by row.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// All pixels, row by row, to write.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// One row.
    pub fn row(&self, y: usize) -> &[T] {
        &self.values[y * self.width..(y + 1) * self.width]
    }

    /// One row, to write.
    pub fn row_mut(&mut self, y: usize) -> &mut [T] {
        &mut self.values[y * self.width..(y + 1) * self.width]
    }

    /// The rows from the top.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, T> {
        self.values.chunks_exact(self.width.max(1))
    }

    /// The pixel at `(x, y)`.
    pub fn at(&self, x: usize, y: usize) -> T {
        self.values[y * self.width + x]
    }

    /// The pixel at `(x, y)`, or the nearest one of the edge.
    pub fn at_clamped(&self, x: isize, y: isize) -> T {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        self.at(x, y)
    }

    /// Another raster of the same size, pixel by pixel.
    pub fn map<U: Copy>(&self, change: impl FnMut(T) -> U) -> Raster<U> {
        Raster {
            width: self.width,
            height: self.height,
            values: vectored(
                #[inline(always)]
                move || self.values.iter().copied().map(change).collect(),
            ),
        }
    }

    /// Two rasters of the same size become one, pixel by pixel.
    pub fn zip<U: Copy, V: Copy>(
        &self,
        other: &Raster<U>,
        mut join: impl FnMut(T, U) -> V,
    ) -> Raster<V> {
        let pairs = self.values.iter().zip(&other.values);
        let values = vectored(
            #[inline(always)]
            move || pairs.map(|(a, b)| join(*a, *b)).collect(),
        );
        Raster {
            width: self.width,
            height: self.height,
            values,
        }
    }
}

impl Mask {
    /// A mask of these places, row-major, as [`polygon`] gives them.
    pub fn of_places(width: usize, height: usize, places: &[usize]) -> Self {
        let mut mask = Self::filled(width, height, false);
        for place in places {
            if let Some(pixel) = mask.values.get_mut(*place) {
                *pixel = true;
            }
        }
        mask
    }

    /// How many pixels are set.
    pub fn count(&self) -> usize {
        self.values.iter().filter(|set| **set).count()
    }

    /// 1 where set, 0 elsewhere.
    pub fn to_plane(&self) -> Plane {
        self.map(|set| if set { 1.0 } else { 0.0 })
    }

    /// Sets every pixel that is set in `other`.
    pub fn add(&mut self, other: &Mask) {
        for (mine, theirs) in self.values.iter_mut().zip(&other.values) {
            *mine |= *theirs;
        }
    }
}

impl Colours {
    /// Rec.601 luma of each pixel.
    pub fn luma(&self) -> Plane {
        self.map(luma)
    }
}

/// Rec.601 luma of a colour or of a colour difference.
#[inline(always)]
pub fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.299 * r + 0.587 * g + 0.114 * b
}

/// Index `i` of a row of `n`, mirrored at the ends without repeating the end pixel.
fn mirrored(i: isize, n: usize) -> usize {
    if n == 1 {
        return 0;
    }
    let period = 2 * (n as isize - 1);
    let i = i.rem_euclid(period);
    (if i < n as isize { i } else { period - i }) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirroring_skips_the_end_pixel() {
        let seen: Vec<usize> = (-2..7).map(|i| mirrored(i, 4)).collect();
        assert_eq!(seen, [2, 1, 0, 1, 2, 3, 2, 1, 0]);
        assert_eq!(mirrored(5, 1), 0);
    }

    #[test]
    fn debug_output_shows_no_pixel() {
        assert_eq!(format!("{:?}", Plane::filled(2, 1, 0.5)), "Raster(2 x 1)");
    }
}
