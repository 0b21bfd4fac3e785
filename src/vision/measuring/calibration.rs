//! The figures that the booth was measured in with.

use serde::{Deserialize, Serialize};

use super::CardSight;
use crate::vision::rules::Ruler;

/// Width of an adult's face between the cheeks' edges, as the mesh has it: 2.25 distances of the irises.
const FACE_CM: f32 = 14.2;
/// A camera that leans more than this is set upright first: every student would tilt the head to fit the guides.
const LEVEL_DEG: f32 = 1.5;
/// Light that the camera shows with more tint than this, as ln, is not white.
const WHITE: f32 = 0.12;

/// What card and empty booth gave.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Focal length in widths of the frame.
    pub focal: f32,
    /// From the camera to the mark, as the attendant measured it.
    pub mark_cm: f32,
    /// From the camera to the wall.
    pub wall_cm: f32,
    /// Tilt of the card where it hung on the wall, clockwise in the picture.
    pub tilt_deg: f32,
    /// Tint of the card's grey at the mark, (ln R/G, ln B/G).
    pub tint: [f32; 2],
}

impl Calibration {
    /// From the card at the mark, so far from the camera, and then on the wall.
    pub fn of(mark_cm: f32, at_mark: &CardSight, on_wall: &CardSight) -> Self {
        let focal = at_mark.focal(mark_cm);
        Self {
            focal,
            mark_cm,
            wall_cm: on_wall.distance_cm(focal),
            tilt_deg: on_wall.tilt_deg,
            tint: at_mark.tint,
        }
    }

    /// Centimetres from pixels.
    pub fn ruler(&self) -> Ruler {
        Ruler {
            focal: self.focal,
            wall_cm: self.wall_cm,
        }
    }

    /// Width of a face at the mark, as a share of the height of a frame of this shape (width by height).
    pub fn face_share(&self, aspect: f32) -> f32 {
        self.focal * aspect * FACE_CM / self.mark_cm.max(1.0)
    }

    /// From the mark to the wall.
    pub fn behind_cm(&self) -> f32 {
        self.wall_cm - self.mark_cm
    }

    /// The camera stands level.
    pub fn is_level(&self) -> bool {
        self.tilt_deg.abs() <= LEVEL_DEG
    }

    /// The camera shows grey as grey.
    pub fn is_white(&self) -> bool {
        self.tint.iter().all(|tint| tint.abs() <= WHITE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_twice_gives_lens_and_wall() {
        let card = |side: f32| CardSight {
            side,
            tilt_deg: 0.4,
            flat: true,
            tint: [0.02, -0.03],
            colourful: true,
        };
        let found = Calibration::of(100.0, &card(0.096), &card(0.048));
        assert!((found.focal - 0.8).abs() < 1e-4);
        assert!((found.wall_cm - 200.0).abs() < 0.1 && (found.behind_cm() - 100.0).abs() < 0.1);
        assert!(found.is_level() && found.is_white());
    }
}
