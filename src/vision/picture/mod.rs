//! A 24-bit sRGB picture in memory, and the one door through which bytes become one.

mod decode;
mod extent;
mod orient;

use super::raster::{Colours, shrink_picture};
use super::vectored;
use thiserror::Error;

/// The largest picture that is ever decoded, in pixels: 50 megapixels, more than any booth camera gives.
/// A hostile file that claims more is refused before memory is taken for it.
pub const LARGEST_PICTURE_PX: usize = 50_000_000;

/// Why bytes are not a picture.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum PictureError {
    /// Neither JPEG nor PNG.
    #[error("not a JPEG or PNG picture")]
    Unknown,
    /// The file ends before the picture does, or the picture is damaged.
    #[error("the picture is damaged or cut off")]
    Damaged,
    /// A picture of a kind that is known but cannot be read, by its name.
    #[error("{0} pictures are not supported; use JPEG or PNG")]
    Unsupported(&'static str),
    /// More pixels than [`LARGEST_PICTURE_PX`], or none.
    #[error("the picture is {width} x {height} pixels, outside what can be read")]
    Size {
        /// Claimed width in pixels.
        width: usize,
        /// Claimed height in pixels.
        height: usize,
    },
}

/// Row-major sRGB, three bytes a pixel; `rgb.len() == 3 * width * height`, never empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    /// Size only: a face never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}

impl Picture {
    /// A picture of bytes that are already RGB.
    pub fn from_rgb(width: usize, height: usize, rgb: Vec<u8>) -> Result<Self, PictureError> {
        let sized = width > 0
            && height > 0
            && width
                .checked_mul(height)
                .is_some_and(|n| n <= LARGEST_PICTURE_PX);
        if !sized || rgb.len() != width * height * 3 {
            return Err(PictureError::Size { width, height });
        }
        Ok(Self { width, height, rgb })
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The bytes, row by row.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// A JPEG or PNG file, upright as its EXIF orientation says. Refuses a file that ends early, and one that
    /// claims more than [`LARGEST_PICTURE_PX`] before any memory is taken for it. Transparency is laid on white.
    pub fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        decode::file(bytes)
    }

    /// One frame of a camera's MJPEG stream: stale bytes after its end are ignored, half a frame is an error.
    pub fn decode_mjpeg(bytes: &[u8]) -> Result<Self, PictureError> {
        decode::camera_frame(bytes)
    }

    /// The part that begins at `(left, top)`; what reaches beyond the picture is left away.
    pub fn cropped(
        &self,
        left: usize,
        top: usize,
        width: usize,
        height: usize,
    ) -> Result<Self, PictureError> {
        let (right, bottom) = (
            (left + width).min(self.width),
            (top + height).min(self.height),
        );
        if right <= left || bottom <= top {
            return Err(PictureError::Size {
                width: 0,
                height: 0,
            });
        }
        let rows = self
            .rgb
            .chunks_exact(self.width * 3)
            .skip(top)
            .take(bottom - top);
        let mut rgb = Vec::with_capacity((right - left) * (bottom - top) * 3);
        for row in rows {
            rgb.extend_from_slice(&row[left * 3..right * 3]);
        }
        Self::from_rgb(right - left, bottom - top, rgb)
    }

    /// The whole picture by area means at another width, its proportions kept. For making smaller.
    pub fn resized_to_width(&self, width: usize) -> Result<Self, PictureError> {
        let height = (self.height * width + self.width / 2) / self.width;
        Self::from_colours(&shrink_picture(self, width.max(1), height.max(1)))
    }

    /// A picture of colours 0..1.
    pub fn from_colours(colours: &Colours) -> Result<Self, PictureError> {
        let flat = colours.values().as_flattened();
        let mut rgb = vec![0; flat.len()];
        let bytes = rgb.iter_mut().zip(flat);
        vectored(
            #[inline(always)]
            move || {
                for (byte, v) in bytes {
                    *byte = (v * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
                }
            },
        );
        Self::from_rgb(colours.width(), colours.height(), rgb)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered() -> Picture {
        Picture::from_rgb(4, 3, (0..36).collect()).unwrap()
    }

    #[test]
    fn a_crop_keeps_its_rows_and_stops_at_the_edge() {
        let part = numbered().cropped(2, 1, 9, 9).unwrap();
        assert_eq!((part.width(), part.height()), (2, 2));
        assert_eq!(part.rgb()[..6], [18, 19, 20, 21, 22, 23]);
        assert!(numbered().cropped(4, 0, 1, 1).is_err());
    }

    #[test]
    fn a_smaller_picture_keeps_its_proportions() {
        let small = Picture::from_rgb(100, 60, vec![9; 18_000])
            .unwrap()
            .resized_to_width(50)
            .unwrap();
        assert_eq!((small.width(), small.height()), (50, 30));
        assert_eq!(small.rgb()[0], 9);
    }

    #[test]
    fn wrong_lengths_and_empty_pictures_are_refused() {
        assert!(Picture::from_rgb(2, 2, vec![0; 11]).is_err());
        assert!(Picture::from_rgb(0, 2, vec![]).is_err());
        assert!(Picture::from_rgb(usize::MAX, 2, vec![]).is_err());
    }
}
