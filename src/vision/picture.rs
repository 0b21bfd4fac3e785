//! A 24-bit sRGB picture in memory, and the one door through which bytes become one.

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
}
