//! The finished bytes, decoded again and held against every number of the standard: what was checked is what is
//! stored.

use super::encode::Encoded;
use super::form::{Form, form};
use super::reason::{Reason, Unit};
use crate::standard::Preset;
use crate::vision::raster::{Mask, Plane, dilated};
use crate::vision::rules::Rule;
use crate::vision::{Face, Nets, Picture, PictureError, VisionError};
use serde::{Deserialize, Serialize};

/// The background is measured this far from the person: nearer, the JPEG's blocks hold some of both.
const AWAY_FROM_PERSON_PX: f32 = 18.0;
/// What the JPEG may change of a flat background, a channel of 0..255.
const FLAT_WITHIN: u8 = 4;
/// Landmarks of a small photo of the same face move by this much.
const LANDMARK_NOISE_PX: f32 = 1.5;

/// What was measured on the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// Size of the file.
    pub bytes: usize,
    /// Width and height.
    pub size_px: [usize; 2],
    /// Density in its header.
    pub density_dpi: u16,
    /// Row of the eyes.
    pub eye_line_px: f32,
    /// Width of the face between the cheeks.
    pub face_width_px: f32,
    /// The middle of the face off the middle of the photo; to the right is positive.
    pub off_centre_px: f32,
    /// Row of the crown, from the matte.
    pub crown_px: f32,
    /// Remaining tilt in degrees.
    pub roll_deg: f32,
    /// Largest deviation of the background from its colour, of 255; `None` where the real one was kept.
    pub background_off: Option<u8>,
}

/// What is wrong with the bytes; each is a fault of this program, but for the geometry, which a face may defeat.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// They do not decode.
    #[error("the finished photo cannot be read: {0}")]
    Unreadable(#[from] PictureError),
    /// The nets fail on it.
    #[error(transparent)]
    Vision(#[from] VisionError),
    /// The file is not as it should be.
    #[error("the finished photo has the wrong {0}")]
    Wrong(&'static str),
    /// The face lies outside a band.
    #[error("the face of the finished photo lies outside the standard")]
    Outside(Vec<Reason>),
}

/// The alpha that the photo was made with and its background, to know where that must be flat.
pub struct Expected<'a> {
    /// Share of the person; `None` where the real background was kept.
    pub alpha: Option<&'a Plane>,
    /// The background's colour.
    pub background: Option<[u8; 3]>,
    /// Row of the crown where it was placed.
    pub crown_px: f32,
    /// Tilt that may remain.
    pub roll_deg: f32,
    /// The face where it was placed.
    pub face: &'a Face,
}

/// Checks everything; the error names the first thing wrong.
pub fn checked(
    encoded: &Encoded,
    nets: &Nets,
    preset: &Preset,
    expected: &Expected<'_>,
) -> Result<Checked, CheckError> {
    let Form {
        picture: photo,
        density_dpi,
    } = form(&encoded.bytes, preset)?;
    if encoded.quality < preset.least_quality {
        return Err(CheckError::Wrong("quality"));
    }
    let background_off = (expected.alpha.zip(expected.background))
        .map(|(alpha, background)| background_off(&photo, alpha, background));
    if background_off.is_some_and(|off| off > FLAT_WITHIN) {
        return Err(CheckError::Wrong("background"));
    }
    let face = nets
        .face_expected(&photo, expected.face)?
        .ok_or(CheckError::Wrong("number of faces"))?;
    let checked = Checked {
        bytes: encoded.bytes.len(),
        size_px: [photo.width(), photo.height()],
        density_dpi,
        eye_line_px: face.eye_middle()[1],
        face_width_px: face.width_px(),
        off_centre_px: face.centre()[0] - (preset.width_px as f32 - 1.0) / 2.0,
        crown_px: expected.crown_px,
        roll_deg: face.roll_deg(),
        background_off,
    };
    checked.held_against(preset, expected.roll_deg)?;
    Ok(checked)
}

impl Checked {
    fn held_against(&self, preset: &Preset, roll_deg: f32) -> Result<(), CheckError> {
        let bands = [
            (
                Rule::Framing,
                self.eye_line_px,
                preset.eye_line_px,
                Unit::Px,
            ),
            (
                Rule::Distance,
                self.face_width_px,
                preset.face_width_px,
                Unit::Px,
            ),
            (Rule::Framing, self.crown_px, preset.crown_px, Unit::Px),
        ];
        let outside = bands
            .into_iter()
            .filter(|(_, value, band, _)| !band.holds(*value));
        let mut reasons: Vec<Reason> = outside
            .map(|(rule, value, band, unit)| Reason {
                rule,
                value,
                limit: band.nearest(value),
                unit,
            })
            .collect();
        let limits = [
            (
                Rule::Framing,
                self.off_centre_px.abs(),
                preset.off_centre_px,
                Unit::Px,
            ),
            (
                Rule::HeadRoll,
                self.roll_deg.abs(),
                roll_deg + LANDMARK_NOISE_PX,
                Unit::Deg,
            ),
        ];
        let above = limits
            .into_iter()
            .filter(|(_, value, limit, _)| value > limit);
        reasons.extend(above.map(|(rule, value, limit, unit)| Reason {
            rule,
            value,
            limit,
            unit,
        }));
        if reasons.is_empty() {
            Ok(())
        } else {
            Err(CheckError::Outside(reasons))
        }
    }
}

/// The largest deviation of the background from its colour, away from the person.
fn background_off(photo: &Picture, alpha: &Plane, background: [u8; 3]) -> u8 {
    let person: Mask = dilated(&alpha.map(|a| a > 0.0), AWAY_FROM_PERSON_PX);
    let [x, y, z] = background;
    let pixels = photo.rgb().as_chunks::<3>().0.iter().zip(person.values());
    let off = pixels.map(|([r, g, b], person)| {
        let off = r.abs_diff(x).max(g.abs_diff(y)).max(b.abs_diff(z));
        if *person { 0 } else { off }
    });
    off.fold(0, u8::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::GRADUATION;

    fn good() -> Checked {
        Checked {
            bytes: 38_000,
            size_px: [480, 640],
            density_dpi: 300,
            eye_line_px: 256.0,
            face_width_px: 222.0,
            off_centre_px: 0.5,
            crown_px: 74.0,
            roll_deg: 0.4,
            background_off: Some(1),
        }
    }

    #[test]
    fn the_background_is_measured_away_from_the_person_only() {
        let blue = [68, 142, 228];
        let alpha = Plane::from_fn(40, 40, |x, y| f32::from(u8::from((x, y) == (20, 20))));
        let off_at = |(x, y): (usize, usize), channel: usize, off: u8| {
            let mut pixels = vec![blue; 1600];
            pixels[y * 40 + x][channel] -= off;
            let photo = Picture::from_rgb(40, 40, pixels.into_flattened()).unwrap();
            background_off(&photo, &alpha, blue)
        };
        assert_eq!(off_at((0, 0), 0, 0), 0);
        for channel in 0..3 {
            assert_eq!(off_at((0, 0), channel, 9), 9);
            assert_eq!(off_at((39, 39), channel, 9), 9);
        }
        assert_eq!(off_at((20, 20), 0, 9), 0);
        assert_eq!(off_at((21, 20), 0, 9), 0);
        // just within, and just beyond
        assert_eq!(off_at((20, 2), 0, 9), 0);
        assert_eq!(off_at((20, 1), 0, 9), 9);
    }

    #[test]
    fn a_good_photo_passes_and_each_band_is_held() {
        assert!(good().held_against(&GRADUATION, 3.0).is_ok());
        let bad = [
            Checked {
                eye_line_px: 301.0,
                ..good()
            },
            Checked {
                face_width_px: 179.0,
                ..good()
            },
            Checked {
                crown_px: 49.0,
                ..good()
            },
            Checked {
                off_centre_px: -6.0,
                ..good()
            },
            Checked {
                roll_deg: 5.0,
                ..good()
            },
        ];
        for checked in bad {
            assert!(
                checked.held_against(&GRADUATION, 3.0).is_err(),
                "{checked:?}"
            );
        }
    }
}
