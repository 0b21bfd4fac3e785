//! What was measured in once, with the card and the empty booth, and how the booth departs from it now.

use serde::{Deserialize, Serialize};

/// Distance of the irises of an adult, in centimetres; it differs by 6 of 100 from person to person.
const IRISES_CM: f32 = 6.3;

/// Centimetres from pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ruler {
    /// Focal length in widths of the frame.
    pub focal: f32,
    /// From the camera to the wall.
    pub wall_cm: f32,
}

impl Ruler {
    /// Distance of a face whose irises are this share of the frame's width apart.
    pub fn distance_cm(&self, irises: f32) -> f32 {
        self.focal * IRISES_CM / irises.max(1e-4)
    }
}

/// How the wall departs from the clean plate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SceneFit {
    /// ln of its brightness against the plate's.
    pub light: f32,
    /// Difference of tint, in ln R/G and ln B/G.
    pub tint: f32,
    /// What is left after brightness, away from the person, as ln: the camera or a lamp was moved.
    pub shape: f32,
}

impl SceneFit {
    /// A third brighter or darker: a lamp fails, or the sun comes in.
    const LIGHT: f32 = 0.30;
    /// Seen by eye beside the plate.
    const TINT: f32 = 0.10;
    /// An evenly lit wall departs by at most 0.06.
    const SHAPE: f32 = 0.12;

    /// The light is another than on the plate.
    pub fn light_changed(&self) -> bool {
        self.light.abs() > Self::LIGHT || self.tint > Self::TINT
    }

    /// The wall looks another than on the plate: the camera was bumped, a lamp or a thing moved.
    pub fn view_changed(&self) -> bool {
        self.shape > Self::SHAPE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_distance_of_the_irises_is_twice_the_way() {
        let ruler = Ruler {
            focal: 0.8,
            wall_cm: 200.0,
        };
        assert!((ruler.distance_cm(0.0504) - 100.0).abs() < 0.1);
        assert!((ruler.distance_cm(0.0252) - 200.0).abs() < 0.1);
    }

    #[test]
    fn a_lamp_less_is_a_change_and_noise_is_none() {
        let calm = SceneFit {
            light: 0.05,
            tint: 0.01,
            shape: 0.03,
        };
        assert!(!calm.light_changed() && !calm.view_changed());
        let dark = SceneFit {
            light: -0.6,
            ..calm
        };
        assert!(dark.light_changed());
        let moved = SceneFit { shape: 0.3, ..calm };
        assert!(moved.view_changed());
    }
}
