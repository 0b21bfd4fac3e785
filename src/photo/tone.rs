//! One correction of white balance and one of exposure, of the whole picture: measured on the wall, believed only where
//! the skin agrees, bounded, recorded. How light a person is says nothing about the light, so it is never asked.
//!
//! A booth's wall is white or grey, so what colour it has is the lamp's and the camera's. A cast hardly seen is left,
//! and so is one too strong for a lamp (a painted wall). Cameras expose a white wall to a middle grey; that much is
//! lifted, as far as no skin burns out. A light wall is never darkened: what is burnt does not come back. Nothing local
//! is changed.

use crate::vision::raster::{luma, median, polygon, quantile};
use crate::vision::rules::{lab, linear};
use crate::vision::{Face, Picture};

/// A cast whose largest gain differs from one by less is not seen beside the unevenness of walls ...
const LEAST_CAST: f32 = 0.025;
/// ... and by more is the wall's own colour.
const MOST_CAST: f32 = 0.12;
/// Skin may be moved by this much in Lab, about 2 in dE 2000: what a wall that is not quite white can cost at most.
const MOST_SKIN_MOVED: f32 = 1.5;
/// Hue angles in Lab between which skin of every tone lies in neutral light, with room: 40 to 61 degrees were measured.
const SKIN_HUE_DEG: std::ops::RangeInclusive<f32> = 32.0..=72.0;
/// A white wall darker than this was exposed too briefly, and one darker than that is no white wall.
const DIM_WALL: f32 = 0.66;
const DARK_WALL: f32 = 0.30;
/// The brightest of the skin stays below this.
const BRIGHTEST_SKIN: f32 = 0.97;
/// Keeps the gain of a black wall finite.
const DARKEST: f32 = 0.05;

/// The colours of wall and skin in the capture, and what was done about them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tone {
    /// Median colour inside the face's outline, 0..1.
    pub face_rgb: [f32; 3],
    /// Median colour of the wall, 0..1; `None` where nothing was asked of it.
    pub wall_rgb: Option<[f32; 3]>,
    /// Luma that all but a fiftieth of the face stays below, 0..1.
    pub face_brightest: f32,
    /// Factors applied to red, green and blue; 1 is none.
    pub white_balance_gain: [f32; 3],
    /// One factor for all of them; never below 1.
    pub exposure_gain: f32,
}

impl Tone {
    /// Measures the face; corrects nothing yet.
    pub fn of_face(capture: &Picture, face: &Face) -> Self {
        let skin = inside(capture, face);
        let mut lumas: Vec<f32> = skin.iter().copied().map(luma).collect();
        Self {
            face_rgb: [0, 1, 2].map(|c: usize| {
                let mut values: Vec<f32> = skin.iter().map(|p| p[c]).collect();
                median(&mut values).unwrap_or(0.0)
            }),
            wall_rgb: None,
            face_brightest: quantile(&mut lumas, 0.98).unwrap_or(1.0),
            white_balance_gain: [1.0; 3],
            exposure_gain: 1.0,
        }
    }

    /// The corrections that this wall asks for.
    #[must_use]
    pub fn before(self, wall_rgb: [f32; 3]) -> Self {
        Self {
            wall_rgb: Some(wall_rgb),
            white_balance_gain: gains(wall_rgb, self.face_rgb),
            exposure_gain: lift(luma(wall_rgb), self.face_rgb, self.face_brightest),
            ..self
        }
    }

    /// What red, green and blue are multiplied by.
    pub fn gain(&self) -> [f32; 3] {
        self.white_balance_gain
            .map(|gain| gain * self.exposure_gain)
    }
}

/// Gains that bring the wall to a grey of the same luma, as far as the skin may be moved.
fn gains(wall: [f32; 3], skin: [f32; 3]) -> [f32; 3] {
    let grey = luma(wall);
    let full = wall.map(|v| grey / v.max(DARKEST));
    let cast = full.iter().map(|g| (g - 1.0).abs()).fold(0.0, f32::max);
    let after = lab_of(skin, full);
    let hue = after[2].atan2(after[1]).to_degrees();
    if !(LEAST_CAST..=MOST_CAST).contains(&cast) || !SKIN_HUE_DEG.contains(&hue) {
        return [1.0; 3];
    }
    let part = (MOST_SKIN_MOVED / moved(skin, full).max(1e-3)).min(1.0);
    full.map(|gain| 1.0 + (gain - 1.0) * part)
}

/// The gain that a wall of this luma asks for, as far as the skin may be moved and does not burn out.
fn lift(wall: f32, skin: [f32; 3], brightest: f32) -> f32 {
    if !(DARK_WALL..DIM_WALL).contains(&wall) {
        return 1.0;
    }
    let full = (DIM_WALL / wall)
        .min(BRIGHTEST_SKIN / brightest.max(DARKEST))
        .max(1.0);
    let part = (MOST_SKIN_MOVED / moved(skin, [full; 3]).max(1e-3)).min(1.0);
    1.0 + (full - 1.0) * part
}

/// How far these gains move a colour in Lab.
fn moved(colour: [f32; 3], gain: [f32; 3]) -> f32 {
    let [before, after] = [[1.0; 3], gain].map(|gain| lab_of(colour, gain));
    let squares = before.iter().zip(after).map(|(b, a)| (a - b).powi(2));
    squares.sum::<f32>().sqrt()
}

fn lab_of(colour: [f32; 3], gain: [f32; 3]) -> [f32; 3] {
    let bytes =
        [0, 1, 2].map(|c: usize| (colour[c] * gain[c] * 255.0 + 0.5).clamp(0.0, 255.0) as u8);
    lab(linear(bytes))
}

/// Pixels inside the face's outline, 0..1; every seventh is enough.
fn inside(capture: &Picture, face: &Face) -> Vec<[f32; 3]> {
    let pixels = capture.rgb().as_chunks::<3>().0;
    let inside = polygon(&face.oval(), capture.width(), capture.height());
    inside
        .into_iter()
        .step_by(7)
        .filter_map(|i| pixels.get(i).map(|p| p.map(|v| f32::from(v) / 255.0)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALL: [f32; 3] = [0.80, 0.81, 0.805];
    /// Light, tan and dark skin in neutral light.
    const SKINS: [[f32; 3]; 3] = [[0.80, 0.64, 0.56], [0.62, 0.45, 0.34], [0.35, 0.24, 0.19]];

    fn seen(colour: [f32; 3], cast: [f32; 3]) -> [f32; 3] {
        [0, 1, 2].map(|c: usize| colour[c] * cast[c])
    }

    fn apart(a: [f32; 3], b: [f32; 3]) -> f32 {
        let (a, b) = (lab_of(a, [1.0; 3]), lab_of(b, [1.0; 3]));
        (0..3).map(|c| (a[c] - b[c]).powi(2)).sum::<f32>().sqrt()
    }

    #[test]
    fn a_cast_is_taken_out_of_every_skin_alike_and_never_by_more_than_the_bound() {
        for cast in [[1.07, 1.0, 0.95], [0.94, 1.0, 1.06], [1.05, 1.0, 1.05]] {
            for skin in SKINS {
                let now = seen(skin, cast);
                let gain = gains(seen(WALL, cast), now);
                let corrected = seen(now, gain);
                assert!(
                    apart(corrected, skin) < apart(now, skin),
                    "{cast:?} {skin:?}"
                );
                assert!(apart(corrected, now) < MOST_SKIN_MOVED + 0.8);
            }
        }
    }

    #[test]
    fn a_neutral_wall_and_a_painted_one_ask_for_nothing() {
        for wall in [
            WALL,
            [0.5, 0.51, 0.5],
            [0.45, 0.70, 0.55],
            [0.39, 0.77, 1.0],
        ] {
            for skin in SKINS {
                assert!(
                    gains(wall, skin).iter().all(|g| (g - 1.0).abs() < 1e-6),
                    "{wall:?}"
                );
            }
        }
    }

    #[test]
    fn a_wall_that_is_painted_a_little_is_not_believed_against_the_skin() {
        // skin as it is in neutral light or yellower would turn green
        let gain = gains([0.86, 0.80, 0.82], [0.60, 0.50, 0.36]);
        assert!(gain.iter().all(|g| (g - 1.0).abs() < 1e-6), "{gain:?}");
    }

    #[test]
    fn a_white_wall_exposed_to_grey_is_lifted_for_every_skin_alike_and_never_by_more_than_the_bound()
     {
        for skin in SKINS {
            let dim = skin.map(|v| 0.75 * v);
            let gain = lift(0.75 * luma(WALL), dim, luma(dim) + 0.15);
            assert!(gain > 1.01, "{skin:?} {gain}");
            assert!(
                moved(dim, [gain; 3]) < MOST_SKIN_MOVED + 0.6,
                "{skin:?} {gain}"
            );
        }
    }

    #[test]
    fn a_light_wall_a_dark_one_and_skin_about_to_burn_out_are_left() {
        let none = |gain: f32| (gain - 1.0).abs() < 1e-6;
        assert!(none(lift(0.80, SKINS[0], 0.8)) && none(lift(0.66, SKINS[0], 0.8)));
        assert!(none(lift(0.20, SKINS[2], 0.5)));
        assert!(none(lift(0.50, SKINS[0], 0.99)));
    }
}
