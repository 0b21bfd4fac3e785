//! The file: the best quality that fits the standard's size, by search, never by padding.
//!
//! Baseline JPEG in one interleaved scan, the standard's density in its header, and nothing else: no EXIF, no profile,
//! no comment. Tables optimized to the photo would save 3 to 5 %, but this encoder then writes a scan a colour, which
//! some decoders turn into noise; a certificate's photo must open everywhere.

use crate::standard::Preset;
use crate::vision::Picture;
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, PixelDensity, SamplingFactor};
use serde::{Deserialize, Serialize};

/// Full colour resolution is worth more than quality steps from here on: at the edge of hair before blue it is the
/// colour that shows.
const FULL_CHROMA_FROM_QUALITY: u8 = 80;
/// Beyond this, quality only adds bytes.
const MOST_QUALITY: u8 = 98;

/// A portrait's file is mostly full at about this quality: where the search begins.
const USUAL_QUALITY: u8 = 87;
/// By about this (its logarithm) a file grows with each step of quality.
const GROWTH_A_STEP: f32 = 0.06;

/// How finely colour is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chroma {
    /// A colour for each pixel.
    #[serde(rename = "4:4:4")]
    Full,
    /// A colour for each four pixels.
    #[serde(rename = "4:2:0")]
    Quarter,
}

/// An encoded photo.
pub struct Encoded {
    /// The file.
    pub bytes: Vec<u8>,
    /// The compression quality, 1..100.
    pub quality: u8,
    /// How finely colour is stored.
    pub chroma: Chroma,
}

/// Why no file came of it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EncodeError {
    /// Even at the least quality the file is too large.
    #[error("the photo does not fit into {most} bytes at quality {quality}")]
    TooLarge {
        /// The limit.
        most: usize,
        /// The least quality.
        quality: u8,
    },
    /// Even at the highest quality the file is too small; it is never padded.
    #[error("the photo does not fill {least} bytes even at quality {quality}")]
    TooSmall {
        /// The limit.
        least: usize,
        /// The highest quality.
        quality: u8,
    },
    /// The encoder refused.
    #[error("the JPEG encoder failed: {0}")]
    Encoder(String),
}

/// The best file within the preset's bounds.
pub fn encoded(photo: &Picture, preset: &Preset) -> Result<Encoded, EncodeError> {
    let most = *preset.file_bytes.end();
    let full_from = FULL_CHROMA_FROM_QUALITY.max(preset.least_quality);
    let best = match best(photo, preset, Chroma::Full, full_from)? {
        Some(full) => Some(full),
        None => best(photo, preset, Chroma::Quarter, preset.least_quality)?,
    };
    let best = best.ok_or(EncodeError::TooLarge {
        most,
        quality: preset.least_quality,
    })?;
    let least = *preset.file_bytes.start();
    if best.bytes.len() < least {
        return Err(EncodeError::TooSmall {
            least,
            quality: best.quality,
        });
    }
    Ok(best)
}

/// The highest quality from `least` on whose file is small enough. The next guess is where a file would just fit if
/// its size grew by the same factor with every step; the bounds close in on it in any case.
fn best(
    photo: &Picture,
    preset: &Preset,
    chroma: Chroma,
    least: u8,
) -> Result<Option<Encoded>, EncodeError> {
    let most_bytes = *preset.file_bytes.end();
    let (mut low, mut high, mut guess) = (least, MOST_QUALITY, USUAL_QUALITY.max(least));
    let mut found = None;
    while low <= high {
        let bytes = one(photo, preset.density_dpi, guess, chroma)?;
        let room = (most_bytes as f32 / bytes.len() as f32).ln() / GROWTH_A_STEP;
        let next = (f32::from(guess) + room).floor().clamp(0.0, 100.0) as u8;
        if bytes.len() <= most_bytes {
            found = Some(Encoded {
                bytes,
                quality: guess,
                chroma,
            });
            low = guess + 1;
        } else if guess == 0 {
            break;
        } else {
            high = guess - 1;
        }
        if low <= high {
            guess = next.clamp(low, high);
        }
    }
    Ok(found)
}

fn one(
    photo: &Picture,
    density_dpi: u16,
    quality: u8,
    chroma: Chroma,
) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::with_capacity(64 * 1024);
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_density(PixelDensity::dpi(density_dpi));
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.set_sampling_factor(match chroma {
        Chroma::Full => SamplingFactor::R_4_4_4,
        Chroma::Quarter => SamplingFactor::R_4_2_0,
    });
    let size =
        |v: usize| u16::try_from(v).map_err(|_| EncodeError::Encoder("too many pixels".to_owned()));
    let (width, height) = (size(photo.width())?, size(photo.height())?);
    encoder
        .encode(photo.rgb(), width, height, ColorType::Rgb)
        .map_err(|e| EncodeError::Encoder(e.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::GRADUATION;

    fn noisy(strength: u32) -> Picture {
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (128 + (state >> 16) % strength.max(1)) as u8
        };
        Picture::from_rgb(480, 640, (0..480 * 640 * 3).map(|_| next()).collect()).unwrap()
    }

    #[test]
    fn the_file_fits_and_carries_its_density() {
        let file = encoded(&noisy(12), &GRADUATION).unwrap();
        assert!(
            file.bytes.len() <= 39_900 && file.quality >= 60,
            "{} q{}",
            file.bytes.len(),
            file.quality
        );
        // JFIF: unit 1 (inch), 300 x 300
        assert_eq!(file.bytes[13..18], [1, 1, 44, 1, 44]);
        assert_eq!(file.bytes[file.bytes.len() - 2..], [0xff, 0xd9]);
    }

    #[test]
    fn what_cannot_fit_is_refused() {
        assert!(matches!(
            encoded(&noisy(120), &GRADUATION),
            Err(EncodeError::TooLarge { .. })
        ));
    }
}
