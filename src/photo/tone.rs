//! One white-balance correction of the whole picture: measured on the wall, believed only where the skin agrees,
//! bounded, recorded. Exposure is never touched: how light a person is says nothing about the light.
//!
//! A booth's wall is white or grey, so what colour it has is the lamp's and the camera's. A cast hardly seen is left,
//! and so is one too strong for a lamp (a painted wall). Nothing local is changed.

use crate::vision::raster::{luma, median, polygon};
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
/// Keeps the gain of a black wall finite.
const DARKEST: f32 = 0.05;

/// The colours of wall and skin in the capture, and what was done about them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tone {
    /// Median colour inside the face's outline, 0..1.
    pub face_rgb: [f32; 3],
    /// Median colour of the wall, 0..1; `None` where nothing was asked of it.
    pub wall_rgb: Option<[f32; 3]>,
    /// Factors applied to red, green and blue; 1 is none.
    pub white_balance_gain: [f32; 3],
}

impl Tone {
    /// Measures the face; corrects nothing yet.
    pub fn of_face(capture: &Picture, face: &Face) -> Self {
        Self {
            face_rgb: median_inside(capture, face),
            wall_rgb: None,
            white_balance_gain: [1.0; 3],
        }
    }

    /// The correction that this wall asks for.
    #[must_use]
    pub fn before(self, wall_rgb: [f32; 3]) -> Self {
        Self {
            wall_rgb: Some(wall_rgb),
            white_balance_gain: gains(wall_rgb, self.face_rgb),
            ..self
        }
    }
}

/// Gains that bring the wall to a grey of the same luma, as far as the skin may be moved.
fn gains(wall: [f32; 3], skin: [f32; 3]) -> [f32; 3] {
    let grey = luma(wall);
    let full = wall.map(|v| grey / v.max(DARKEST));
    let cast = full.iter().map(|g| (g - 1.0).abs()).fold(0.0, f32::max);
    let [before, after] = [[1.0; 3], full].map(|gain| lab_of(skin, gain));
    let moved = (0..3)
        .map(|c| (after[c] - before[c]).powi(2))
        .sum::<f32>()
        .sqrt();
    let hue = after[2].atan2(after[1]).to_degrees();
    if !(LEAST_CAST..=MOST_CAST).contains(&cast) || !SKIN_HUE_DEG.contains(&hue) {
        return [1.0; 3];
    }
    let part = (MOST_SKIN_MOVED / moved.max(1e-3)).min(1.0);
    full.map(|gain| 1.0 + (gain - 1.0) * part)
}

fn lab_of(colour: [f32; 3], gain: [f32; 3]) -> [f32; 3] {
    let bytes =
        [0, 1, 2].map(|c: usize| (colour[c] * gain[c] * 255.0 + 0.5).clamp(0.0, 255.0) as u8);
    lab(linear(bytes))
}

fn median_inside(capture: &Picture, face: &Face) -> [f32; 3] {
    let pixels = capture.rgb().as_chunks::<3>().0;
    let inside = polygon(&face.oval(), capture.width(), capture.height());
    let skin: Vec<[u8; 3]> = inside
        .into_iter()
        .step_by(7)
        .filter_map(|i| pixels.get(i).copied())
        .collect();
    [0, 1, 2].map(|c: usize| {
        let mut values: Vec<f32> = skin.iter().map(|p| f32::from(p[c]) / 255.0).collect();
        median(&mut values).unwrap_or(0.0)
    })
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
}
