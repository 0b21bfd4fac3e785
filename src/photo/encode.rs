//! The file: the best quality that fits the standard's size, by search, never by padding.
//!
//! Baseline JPEG in one interleaved scan, the standard's density in its header, and nothing else: no EXIF, no profile,
//! no comment. Tables optimized to the photo would save 3 to 5 %, but this encoder then writes a scan a colour, which
//! some decoders turn into noise; a certificate's photo must open everywhere.

use crate::standard::Preset;
use crate::vision::Picture;
use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, PixelDensity, QuantizationTableType,
    SamplingFactor,
};
use serde::{Deserialize, Serialize};

/// A colour for each pixel, where there is room for it at this quality. On portraits that just fill the file, colour for
/// each four pixels and finer steps of light instead had less of a rim (halo 0.58 for 0.65 L) and was nearer to the
/// known edge (2.9 for 3.3 dE).
const FULL_CHROMA_FROM_QUALITY: u8 = 88;
/// Below this quality of the other there is no use in trying.
const FULL_CHROMA_TRIED_FROM_QUALITY: u8 = 93;
/// Beyond this, quality only adds bytes.
const MOST_QUALITY: u8 = 98;

/// A portrait's file is mostly full at about this quality: where the search begins.
const USUAL_QUALITY: u8 = 83;
/// By about this (its logarithm) a file grows with each step of quality.
const GROWTH_A_STEP: f32 = 0.04;

/// The steps of light and colour in ITU-T T.81, annex K, at quality 50: row by row, coarse for what is fine.
#[rustfmt::skip]
const ANNEX_K: [[u16; 64]; 2] = [
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ],
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ],
];
/// Its coarsest steps ring beside every outline before a flat background. A tenth of them and nine of one even step
/// spend the same bytes where this photo needs them.
const EVEN_STEP: u32 = 16;
const EVEN_TENTHS: u32 = 9;

/// The steps at a quality, by the usual rule for qualities from 50 on; their sum is below annex K's, so that a
/// reader who estimates quality finds at least this one.
fn steps(quality: u8) -> [QuantizationTableType; 2] {
    let percent = 200 - 2 * u32::from(quality.clamp(50, 100));
    ANNEX_K.map(|table| {
        let step = |step: u16| {
            let tenths = EVEN_TENTHS * EVEN_STEP + (10 - EVEN_TENTHS) * u32::from(step);
            ((tenths * percent + 500) / 1000).max(1) as u16
        };
        QuantizationTableType::Custom(Box::new(table.map(step)))
    })
}

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
    let mut best = highest(photo, preset, Chroma::Quarter, preset.least_quality)?;
    if (best.as_ref()).is_some_and(|found| found.quality >= FULL_CHROMA_TRIED_FROM_QUALITY) {
        let least = FULL_CHROMA_FROM_QUALITY.max(preset.least_quality);
        best = highest(photo, preset, Chroma::Full, least)?.or(best);
    }
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
fn highest(
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
    let [light, colour] = steps(quality);
    encoder.set_quantization_tables(light, colour);
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
