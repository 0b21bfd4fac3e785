//! How much of each pixel is person: by where its colour lies between the wall's and the foreground's.
//!
//! Everything is done for two classes of foreground, darker and lighter than the wall, and mixed by a soft share;
//! otherwise a white shirt beside dark hair gets its alpha from the wrong line of colours.

use super::key::{Difference, Flood};
use super::wall::Wall;
use crate::photo::grid::View;
use crate::vision::raster::{Colours, Mask, Plane, box_blur, gauss_blur};

/// Softness of the border between the classes, in luma.
const CLASS_SOFTNESS: f32 = 0.015;
/// A foreground this near to the wall gets half the say; below it the flooded outline decides.
const HALF_TRUST: f32 = 0.05;
/// Alpha above one less this is one.
const TOP_DEAD_ZONE: f32 = 0.03;
/// The bottom dead zone in deviations of the wall's noise.
const NOISE_DEVIATIONS: f32 = 2.2;
const LARGEST_DEAD_ZONE: f32 = 0.8;

/// Share of the class that is darker than the wall, 0..1.
pub fn dark_share(difference: &Difference) -> Plane {
    box_blur(&difference.luma, 1)
        .map(|luma| 1.0 / (1.0 + (luma / CLASS_SOFTNESS).clamp(-20.0, 20.0).exp()))
}

/// The flooded outline, softened like an optical edge.
pub fn flooded_outline(view: &View, flood: &Flood) -> Plane {
    gauss_blur(
        &flood.foreground.to_plane(),
        0.6 * view.grid.fineness as f32,
    )
}

/// A foreground colour for each class.
pub struct TwoColours {
    /// Of what is darker than the wall.
    pub dark: Colours,
    /// Of what is lighter.
    pub light: Colours,
}

/// Alpha by a foreground colour.
pub struct Projected {
    /// 0..1, before dead zones.
    pub alpha: Plane,
    /// Squared distance of the foreground colour to the wall.
    pub contrast2: Plane,
    /// The foreground colour, both classes mixed.
    pub foreground: Colours,
}

/// What every projection starts from.
pub struct Keyed<'a> {
    /// The wall.
    pub wall: &'a Wall,
    /// The difference from it.
    pub difference: &'a Difference,
    /// Share of the dark class.
    pub dark: &'a Plane,
    /// The flooded outline.
    pub outline: &'a Plane,
    /// Nothing outside is looked at.
    pub reach: &'a Mask,
}

impl Keyed<'_> {
    /// Projects each pixel on the line from wall to foreground, for both classes, and mixes them.
    pub fn project(&self, colours: &TwoColours) -> Projected {
        let wall = &self.wall.colour;
        let (w, h) = (wall.width(), wall.height());
        let mut alpha = Plane::filled(w, h, 0.0);
        let mut contrast2 = Plane::filled(w, h, 0.0);
        let mut foreground = Colours::filled(w, h, [0.0; 3]);
        for y in 0..h {
            let (walls, reach) = (wall.row(y), self.reach.row(y));
            let (differences, shares) = (self.difference.colour.row(y), self.dark.row(y));
            let (darks, lights, outline) = (
                colours.dark.row(y),
                colours.light.row(y),
                self.outline.row(y),
            );
            let (alpha, contrast2) = (alpha.row_mut(y), contrast2.row_mut(y));
            for (x, mixed) in foreground.row_mut(y).iter_mut().enumerate() {
                let share = shares[x];
                let (dark, light) = (darks[x], lights[x]);
                *mixed = mix(dark, light, share);
                if reach[x] {
                    let (dark_n2, dark_a) = along(differences[x], minus(dark, walls[x]));
                    let (light_n2, light_a) = along(differences[x], minus(light, walls[x]));
                    let n2 = share * dark_n2 + (1.0 - share) * light_n2;
                    let a = share * dark_a + (1.0 - share) * light_a;
                    let trust = n2 / (n2 + HALF_TRUST * HALF_TRUST);
                    contrast2[x] = n2;
                    alpha[x] = trust * a + (1.0 - trust) * outline[x];
                }
            }
        }
        Projected {
            alpha,
            contrast2,
            foreground,
        }
    }

    /// Alpha with the dead zones at both ends: noise of the wall is wall, nearly all is all.
    pub fn without_noise(&self, projected: &Projected) -> Plane {
        let noise = NOISE_DEVIATIONS * self.difference.noise;
        let doubt = self.wall.doubt.as_ref();
        let (w, h) = (projected.alpha.width(), projected.alpha.height());
        Plane::from_fn(w, h, |x, y| {
            if !self.reach.at(x, y) {
                return 0.0;
            }
            let doubt = doubt.map_or(0.0, |d| 0.5 * d.at(x, y));
            let contrast = projected.contrast2.at(x, y).max(1e-4).sqrt();
            let zone = ((noise + doubt) / contrast).min(LARGEST_DEAD_ZONE);
            ((projected.alpha.at(x, y) - zone) / (1.0 - zone - TOP_DEAD_ZONE)).clamp(0.0, 1.0)
        })
    }
}

/// Squared length of the foreground's difference, and how far along it the pixel's difference reaches.
fn along(pixel: [f32; 3], foreground: [f32; 3]) -> (f32, f32) {
    let n2 = dot(foreground, foreground);
    (n2, (dot(pixel, foreground) / n2.max(1e-5)).clamp(0.0, 1.0))
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(super) fn minus(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

/// `share` of the first, the rest of the second.
pub(super) fn mix(a: [f32; 3], b: [f32; 3], share: f32) -> [f32; 3] {
    [0, 1, 2].map(|c: usize| share * a[c] + (1.0 - share) * b[c])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_covered_pixel_is_half_person() {
        let (n2, a) = along([-0.3, -0.3, -0.3], [-0.6, -0.6, -0.6]);
        assert!((a - 0.5).abs() < 1e-6 && (n2 - 1.08).abs() < 1e-5);
    }

    #[test]
    fn a_pixel_beyond_the_foreground_is_all_person_and_before_the_wall_none() {
        assert!((along([-0.9; 3], [-0.6; 3]).1 - 1.0).abs() < 1e-6);
        assert!(along([0.2; 3], [-0.6; 3]).1.abs() < 1e-6);
    }
}
