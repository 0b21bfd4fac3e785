//! The file: the best quality that fits the standard's size, by search, never by padding.
//!
//! Baseline JPEG in one interleaved scan, the standard's density in its header, and nothing else: no EXIF, no profile,
//! no comment. The bytes are ours to spend, so this is not a library's encoder: none has both codes that are the best
//! for this photo in an interleaved scan (which every decoder reads; a scan a colour some turn into noise) and a say in
//! how frequencies are rounded beside the outline.
//!
//! ```text
//! picture -> planes -> blocks -> frequencies -> (for each size of steps) rounding -> codes -> bytes
//! ```

mod block;
mod file;
mod huffman;
mod planes;
mod rounding;
mod steps;

use crate::standard::Preset;
use crate::vision::Picture;
use crate::vision::raster::Plane;
use file::{Component, Contents, written};
use rounding::{Spectrum, weights};
use serde::{Deserialize, Serialize};
use steps::Fineness;

/// A colour for each pixel, where there is room for it at this quality. On portraits that just fill the file, colour for
/// each four pixels and finer steps of light instead leave less of a rim (halo) and are nearer to the known edge.
const FULL_CHROMA_FROM_QUALITY: u8 = 88;
/// Below this quality of the other there is no use in trying.
const FULL_CHROMA_TRIED_FROM_QUALITY: u8 = 93;

/// A file is full enough from this share of its bytes on; a guess aims at the middle of what is left.
const FULL: f32 = 0.99;
const AIM: f32 = 0.995;
/// Where a portrait's file grows by a factor, its steps shrank by about its power of this.
const GROWTH: f32 = 1.1;
/// So often the next size of steps is guessed; two or three times are usual.
const GUESSES: usize = 5;

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

impl Chroma {
    /// Pixels each way for one colour.
    fn unit(self) -> usize {
        match self {
            Self::Full => 1,
            Self::Quarter => 2,
        }
    }
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
}

/// The best file within the preset's bounds.
pub fn encoded(photo: &Picture, preset: &Preset) -> Result<Encoded, EncodeError> {
    let most = *preset.file_bytes.end();
    let planes = planes::light_and_colours(photo);
    let weights = weights(&planes[0]);
    let drawn = |chroma| Drawn::of(&planes, &weights, chroma);
    let mut best = drawn(Chroma::Quarter).finest(preset, preset.least_quality);
    if (best.as_ref()).is_some_and(|found| found.quality >= FULL_CHROMA_TRIED_FROM_QUALITY) {
        let least = FULL_CHROMA_FROM_QUALITY.max(preset.least_quality);
        best = drawn(Chroma::Full).finest(preset, least).or(best);
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

/// A photo in frequencies, ready for steps of any size.
struct Drawn {
    size: [usize; 2],
    chroma: Chroma,
    spectra: [Spectrum; 3],
}

impl Drawn {
    fn of([light, blue, red]: &[Plane; 3], weights: &Plane, chroma: Chroma) -> Self {
        let colour = |plane| Spectrum::of(&planes::sampled(plane, chroma));
        Self {
            size: [light.width(), light.height()],
            chroma,
            spectra: [
                Spectrum::weighed(light, weights, chroma.unit()),
                colour(blue),
                colour(red),
            ],
        }
    }

    /// The finest file that is small enough, of quality `least` or better. The next guess is where a file would be full
    /// if its bytes went by the size of its steps as usual; where that does not lead there, the middle of the bounds.
    fn finest(&self, preset: &Preset, least: u8) -> Option<Encoded> {
        let most_bytes = *preset.file_bytes.end();
        let (mut finest, mut coarsest) = (Fineness::FINEST, Fineness::of_quality(least));
        let mut guess = Fineness::USUAL.min(coarsest);
        let mut found = None;
        for tries in 1.. {
            let bytes = self.written(preset.density_dpi, guess);
            let filled = bytes.len() as f32 / most_bytes as f32;
            let full = guess.times((filled / AIM).powf(GROWTH));
            if filled <= 1.0 {
                let (quality, chroma) = (guess.quality(), self.chroma);
                found = Some(Encoded {
                    bytes,
                    quality,
                    chroma,
                });
                coarsest = guess.finer();
            } else {
                finest = guess.coarser();
            }
            if (FULL..=1.0).contains(&filled) || finest > coarsest {
                break;
            }
            let middle = finest.between(coarsest);
            guess = if tries < GUESSES {
                full.clamp(finest, coarsest)
            } else {
                middle
            };
        }
        found
    }

    fn written(&self, density_dpi: u16, fineness: Fineness) -> Vec<u8> {
        let steps = fineness.steps();
        let [light, blue, red] = &self.spectra;
        let components = [(light, 0), (blue, 1), (red, 1)].map(|(spectrum, table)| Component {
            across: spectrum.across,
            down: spectrum.down,
            blocks: spectrum.rounded(&steps[table]),
        });
        written(&Contents {
            size: self.size,
            density_dpi,
            steps: &steps,
            unit: self.chroma.unit(),
            components,
        })
    }
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

    /// Any decoder must see the same, whatever the size: ours is held against another one.
    #[test]
    fn two_decoders_see_what_was_written() {
        for (width, height) in [(480, 640), (295, 413), (33, 17)] {
            let shade = |k: usize| {
                let (x, y) = (k % width, k / width);
                [x, y, (x + 2 * y) / 3].map(|v| (v * 255 / 640) as u8)
            };
            let rgb = (0..width * height).flat_map(shade).collect();
            let photo = Picture::from_rgb(width, height, rgb).unwrap();
            for chroma in [Chroma::Quarter, Chroma::Full] {
                let planes = planes::light_and_colours(&photo);
                let drawn = Drawn::of(&planes, &weights(&planes[0]), chroma);
                let bytes = drawn.written(300, Fineness::of_quality(96));
                let ours = Picture::decode(&bytes).unwrap();
                let theirs = image::load_from_memory(&bytes).unwrap().into_rgb8();
                assert_eq!((ours.width(), ours.height()), (width, height));
                let off = |other: &[u8]| {
                    let pairs = photo.rgb().iter().zip(other);
                    pairs
                        .map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2))
                        .sum::<f64>()
                        / other.len() as f64
                };
                assert!(
                    off(ours.rgb()) < 12.0,
                    "{width} x {height}, {chroma:?}: {}",
                    off(ours.rgb())
                );
                assert!(
                    off(&theirs) < 12.0,
                    "{width} x {height}, {chroma:?}: {}",
                    off(&theirs)
                );
            }
        }
    }

    #[test]
    fn a_file_is_filled_to_the_last_hundredth() {
        for strength in [9, 12, 14] {
            let file = encoded(&noisy(strength), &GRADUATION).unwrap();
            let most = *GRADUATION.file_bytes.end();
            assert!(
                (most * 98 / 100..=most).contains(&file.bytes.len()),
                "{strength}: {}",
                file.bytes.len()
            );
        }
    }

    #[test]
    fn what_cannot_fit_is_refused() {
        assert!(matches!(
            encoded(&noisy(120), &GRADUATION),
            Err(EncodeError::TooLarge { .. })
        ));
    }
}
