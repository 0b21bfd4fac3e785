//! What a hole of the solid body is, by what was measured of it.
//!
//! A pocket is flat inside, of the wall's hue and about its lightness, framed by darker pixels with no cloth above
//! it; or it lies between strands of frizz. Any other hole is gloss, a blond highlight or cloth, and is filled. "Holds
//! wall-like pixels" is no test: pockets are darker than the wall, and gloss is not.

use std::ops::Range;

/// Above the eyes, where the mask is this sure and the hole deep, hair hides the wall: a light as bright as the wall.
pub const CROWN_PERSON: f32 = 0.98;
const CROWN_DEEP_SHARE: f32 = 0.5;
/// From this share of the upper ring on a hole lies under cloth.
pub const UNDER_CLOTH: f32 = 0.25;
/// Flat inner pixels that a pocket needs, in quarters of a photo pixel.
const FLAT_QUARTERS: f32 = 30.0;
/// Area that a pocket near the rim needs, in quarters of a photo pixel.
const RIM_QUARTERS: f32 = 12.0;
/// Between strands: alpha around, difference between channels, lightness.
const FRIZZ_ALPHA: f32 = 0.85;
const FRIZZ_SPREAD: f32 = 0.045;
const FRIZZ_LIGHT: Range<f32> = -0.35..-0.02;
/// A hole of which this share lies deep in the hair may be gloss, part of an ear, or the cloth of what stands on the body.
/// It is only frizz with still less hair around it, all of that dark, and nearly as light as the wall itself.
const DEEP_SHARE: f32 = 0.5;
const DEEP_ALPHA: f32 = 0.8;
const DEEP_DARK: f32 = 0.95;
const DEEP_LIGHT: f32 = -0.16;

/// Skin has this much more red than blue, and wall that is white has not.
pub const SKIN_WARMTH: f32 = 0.1;

/// Red less blue.
pub fn warmth([red, _, blue]: [f32; 3]) -> f32 {
    red - blue
}

/// What is known of one hole.
#[derive(Default, Clone)]
pub struct Hole {
    /// Its pixels.
    pub area: f32,
    /// Sum of their rows.
    pub rows: f32,
    /// How many of them lie deep inside the trusted mask.
    pub rim_depth: f32,
    /// How many lie where ears may be.
    pub at_ear: f32,
    /// Sum of their warmth.
    pub warmth: f32,
    /// How many stand on the body.
    pub rooted: f32,
    /// Sum of the coarse mask.
    pub person: f32,
    /// How many have none but open pixels around them.
    pub flat: f32,
    /// Sum of those pixels' differences from the wall.
    pub flat_colour: [f32; 3],
    /// Solid pixels around it.
    pub ring: f32,
    /// How many of those are darker than the wall.
    pub ring_dark: f32,
    /// How many lie above its middle.
    pub ring_above: f32,
    /// How many of those are lighter than the wall.
    pub ring_cloth: f32,
    /// Sum of their alpha.
    pub ring_alpha: f32,
    /// Sum of all its pixels' differences from the wall.
    pub colour: [f32; 3],
    /// It touches the picture's upper or side edges.
    pub outside: bool,
}

impl Hole {
    /// Wall between strands. They are finer than a pixel, so hardly anything around the hole is wholly hair, and what is
    /// in it is darker than the wall and as grey.
    pub fn is_frizz(&self, eye_y: f32) -> bool {
        if self.outside || self.ring < 1.0 {
            return false;
        }
        let [r, g, b] = self.colour.map(|v| v / self.area);
        let spread = r.max(g).max(b) - r.min(g).min(b);
        let light = (r + g + b) / 3.0;
        // above the eyes, where the mask is sure, the same is a light on the hair
        let in_crown = self.rows / self.area < eye_y && self.person / self.area > CROWN_PERSON;
        !in_crown
            && (self.rim_depth / self.area < DEEP_SHARE || self.is_deep_frizz(eye_y, light))
            && self.ring_alpha / self.ring < FRIZZ_ALPHA
            && self.ring_dark / self.ring > 0.5
            && spread < FRIZZ_SPREAD
            && FRIZZ_LIGHT.contains(&light)
    }

    fn is_deep_frizz(&self, eye_y: f32, light: f32) -> bool {
        self.rows / self.area > eye_y
            && self.rooted / self.area < 0.5
            && !self.is_skin()
            && self.ring_alpha / self.ring < DEEP_ALPHA
            && self.ring_dark / self.ring > DEEP_DARK
            && light > DEEP_LIGHT
    }

    fn is_skin(&self) -> bool {
        self.at_ear / self.area > 0.5 && self.warmth / self.area > SKIN_WARMTH
    }

    pub fn is_pocket(&self, zone_y: f32, eye_y: f32, unit: f32) -> bool {
        if self.area < 1.0 || self.flat < 1.0 || self.outside {
            return false;
        }
        let [r, g, b] = self.flat_colour.map(|v| v / self.flat);
        let spread = r.max(g).max(b) - r.min(g).min(b);
        let light = (r + g + b) / 3.0;
        let dark = self.ring_dark / self.ring.max(1.0);
        let cloth = self.cloth_above();
        let (row, person) = (self.rows / self.area, self.person / self.area);
        let in_crown =
            row < eye_y && person > CROWN_PERSON && self.rim_depth / self.area > CROWN_DEEP_SHARE;
        let placed = !in_crown && (row < zone_y || person < 0.9);
        let wall_hue = spread < 0.05 && light < 0.05;
        let plain = self.flat >= FLAT_QUARTERS * unit
            && self.flat / self.area >= 0.2
            && light > -0.16
            && dark > 0.5
            && cloth < UNDER_CLOTH;
        let near_rim = self.rim_depth / self.area < 0.2
            && self.area >= RIM_QUARTERS * unit
            && light > -0.3
            && dark > 0.7
            && cloth < 0.1;
        placed && wall_hue && (plain || near_rim)
    }

    /// Share of the upper ring that is lighter than the wall.
    pub fn cloth_above(&self) -> f32 {
        self.ring_cloth / self.ring_above.max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pocket() -> Hole {
        Hole {
            area: 100.0,
            rows: 100.0 * 200.0,
            flat: 60.0,
            flat_colour: [-0.04 * 60.0, -0.05 * 60.0, -0.05 * 60.0],
            ring: 50.0,
            ring_dark: 45.0,
            ring_above: 25.0,
            ..Hole::default()
        }
    }

    #[test]
    fn wall_framed_by_hair_is_a_pocket() {
        assert!(pocket().is_pocket(400.0, 100.0, 1.0));
    }

    #[test]
    fn gloss_cloth_and_the_outside_are_not() {
        let blond = Hole {
            flat_colour: [0.0, -3.0, -9.0],
            ..pocket()
        };
        let under_a_collar = Hole {
            ring_cloth: 15.0,
            ..pocket()
        };
        let outside = Hole {
            outside: true,
            ..pocket()
        };
        let in_cloth = Hole {
            ring_dark: 5.0,
            ..pocket()
        };
        for hole in [blond, under_a_collar, outside, in_cloth] {
            assert!(!hole.is_pocket(400.0, 100.0, 1.0));
        }
        let in_crown = Hole {
            person: 100.0,
            rim_depth: 90.0,
            ..pocket()
        };
        assert!(!in_crown.is_pocket(400.0, 300.0, 1.0));
        assert!(in_crown.is_pocket(400.0, 100.0, 1.0));
    }

    /// Wall between strands, below the eyes: darker than the wall and as grey, nothing around it wholly hair.
    fn frizz() -> Hole {
        Hole {
            area: 40.0,
            rows: 40.0 * 200.0,
            person: 40.0,
            rim_depth: 4.0,
            colour: [-0.1 * 40.0, -0.1 * 40.0, -0.11 * 40.0],
            ring: 30.0,
            ring_dark: 25.0,
            ring_alpha: 0.7 * 30.0,
            ..Hole::default()
        }
    }

    #[test]
    fn wall_between_strands_is_frizz_and_each_sign_is_needed() {
        assert!(frizz().is_frizz(100.0));
        let whole_hair_around = Hole {
            ring_alpha: 29.0,
            ..frizz()
        };
        let coloured = Hole {
            colour: [-2.0, -4.0, -7.0],
            ..frizz()
        };
        let as_light_as_the_wall = Hole {
            colour: [0.0; 3],
            ..frizz()
        };
        let in_cloth = Hole {
            ring_dark: 10.0,
            ..frizz()
        };
        let outside = Hole {
            outside: true,
            ..frizz()
        };
        for hole in [
            whole_hair_around,
            coloured,
            as_light_as_the_wall,
            in_cloth,
            outside,
        ] {
            assert!(!hole.is_frizz(100.0));
        }
        let deep = Hole {
            rim_depth: 30.0,
            ring_dark: 29.5,
            ..frizz()
        };
        assert!(deep.is_frizz(100.0));
        let gloss = Hole {
            colour: [-0.2 * 40.0; 3],
            ..deep.clone()
        };
        let by_skin = Hole {
            ring_dark: 27.0,
            ..deep.clone()
        };
        let in_thick_hair = Hole {
            ring_alpha: 0.83 * 30.0,
            ..deep.clone()
        };
        let ear = Hole {
            at_ear: 30.0,
            warmth: 0.2 * 40.0,
            ..deep.clone()
        };
        let beside_an_ear = Hole {
            warmth: 0.03 * 40.0,
            ..ear.clone()
        };
        assert!(beside_an_ear.is_frizz(100.0));
        let cloth = Hole {
            rooted: 40.0,
            ..deep
        };
        for hole in [gloss, by_skin, in_thick_hair, ear, cloth] {
            assert!(!hole.is_frizz(100.0));
        }
        // in the crown, where the mask is sure, it is a light on the hair
        assert!(!frizz().is_frizz(300.0));
    }
}
