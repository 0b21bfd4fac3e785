//! How much of each pixel is person: by where its colour lies between the wall's and the foreground's.
//!
//! Everything is done for two classes of foreground, darker and lighter than the wall, and mixed by a soft share;
//! otherwise a white shirt beside dark hair gets its alpha from the wrong line of colours.

use super::band::Band;
use super::depth::Depths;
use super::flood::WHOLE_OUTLINE;
use super::key::{Key, REACH_PX, dot, minus};
use super::wall::Wall;
use crate::photo::grid::View;
use crate::vision::raster::{Colours, Mask, Plane, Raster, Stretching};
use crate::vision::vectored;
use std::ops::Range;

/// A foreground this near to the wall gets half the say; below it the flooded outline decides.
const HALF_TRUST: f32 = 0.05;
/// The same before a clean plate: its exposure fits less well than a wall that is seen in the capture itself.
const HALF_TRUST_PLATE: f32 = 0.10;
/// Alpha above one less this is one.
const TOP_DEAD_ZONE: f32 = 0.03;
/// The bottom dead zone in deviations of the wall's noise.
const NOISE_DEVIATIONS: f32 = 2.2;
const LARGEST_DEAD_ZONE: f32 = 0.8;
/// A class with less than this has no say.
const LEAST_SHARE: f32 = 0.002;
/// A foreground nearer to the wall than this carries no edge.
const WEAK_CONTRAST: f32 = 0.06;

/// A foreground colour for each class, on any grid.
pub struct TwoColours {
    /// Of what is darker than the wall.
    pub dark: Colours,
    /// Of what is lighter.
    pub light: Colours,
}

/// What every projection starts from.
#[derive(Clone, Copy)]
pub struct Keyed<'a> {
    /// The view.
    pub view: &'a View,
    /// The wall.
    pub wall: &'a Wall,
    /// The difference from it.
    pub key: &'a Key,
    /// What is not wall by connection.
    pub foreground: &'a Mask,
    /// Its softened outline.
    pub outline: &'a Raster<u8>,
    /// The wall's noise.
    pub noise: f32,
}

/// Projects pixels on the line from wall to foreground, for both classes, and mixes them.
pub struct Projection<'a> {
    keyed: Keyed<'a>,
    walls: Stretching<'a, [f32; 3]>,
    darks: Stretching<'a, [f32; 3]>,
    lights: Stretching<'a, [f32; 3]>,
    half_trust2: f32,
    row: Vec<Projected>,
}

/// One pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projected {
    /// 0..1, before dead zones.
    pub alpha: f32,
    /// Squared distance of the foreground colour to the wall.
    pub contrast2: f32,
}

impl<'a> Projection<'a> {
    /// By these foreground colours.
    pub fn new(keyed: Keyed<'a>, colours: &'a TwoColours) -> Self {
        let grid = keyed.view.grid;
        let on_grid = |colours| Stretching::new(colours, grid.width, grid.height);
        let half_trust = if keyed.wall.doubt.is_some() {
            HALF_TRUST_PLATE
        } else {
            HALF_TRUST
        };
        Self {
            keyed,
            walls: keyed.wall.on(grid),
            darks: on_grid(&colours.dark),
            lights: on_grid(&colours.light),
            half_trust2: half_trust.powi(2),
            row: Vec::new(),
        }
    }

    /// The pixels of a part of row `y`.
    pub fn part(&mut self, y: usize, columns: Range<usize>) -> &[Projected] {
        let keyed = &self.keyed;
        let walls = self.walls.part(y, columns.clone());
        let darks = self.darks.part(y, columns.clone());
        let lights = self.lights.part(y, columns.clone());
        let image = &keyed.view.image.row(y)[columns.clone()];
        let shares = &keyed.key.dark.row(y)[columns.clone()];
        let outline = &keyed.outline.row(y)[columns];
        let half_trust2 = self.half_trust2;
        let colours = image.iter().zip(walls).zip(darks.iter().zip(lights));
        let pixels = colours.zip(shares.iter().zip(outline));
        let nothing = Projected {
            alpha: 0.0,
            contrast2: 0.0,
        };
        self.row.resize(image.len(), nothing);
        let row = &mut self.row;
        vectored(
            #[inline(always)]
            move || {
                for (out, pixel) in row.iter_mut().zip(pixels) {
                    let (((image, wall), (dark, light)), (share, outline)) = pixel;
                    let pixel = minus(*image, *wall);
                    let (dark2, dark) = along(pixel, minus(*dark, *wall));
                    let (light2, light) = along(pixel, minus(*light, *wall));
                    let [to_dark, to_light] = [with_a_say(*share), with_a_say(1.0 - share)];
                    let n2 = to_dark * dark2 + to_light * light2;
                    let trust = n2 / (n2 + half_trust2);
                    let inside = trust * (to_dark * dark + to_light * light);
                    let outline = (1.0 - trust) * f32::from(*outline) / WHOLE_OUTLINE;
                    *out = Projected {
                        alpha: inside + outline,
                        contrast2: n2,
                    };
                }
            },
        );
        &self.row
    }
}

/// The share of a class, where it is worth anything.
#[inline(always)]
fn with_a_say(share: f32) -> f32 {
    if share > LEAST_SHARE { share } else { 0.0 }
}

/// Squared length of the foreground's difference, and how far along it the pixel's difference reaches.
#[inline(always)]
fn along(pixel: [f32; 3], foreground: [f32; 3]) -> (f32, f32) {
    let n2 = dot(foreground, foreground);
    (n2, (dot(pixel, foreground) / n2.max(1e-5)).clamp(0.0, 1.0))
}

/// Where anything of the person may be at all: near the coarse mask, or connected to it.
pub struct Reach<'a> {
    outside: Stretching<'a, f32>,
    foreground: &'a Mask,
}

impl<'a> Reach<'a> {
    /// By the mask's distances and the flood.
    pub fn new(depths: &'a Depths, keyed: Keyed<'a>) -> Self {
        let grid = keyed.view.grid;
        Self {
            outside: Stretching::new(&depths.outside_possible, grid.width, grid.height),
            foreground: keyed.foreground,
        }
    }

    /// A part of row `y`: distance to the mask, and what is connected.
    pub fn part(&mut self, y: usize, columns: Range<usize>) -> impl Iterator<Item = bool> {
        let foreground = &self.foreground.row(y)[columns.clone()];
        let outside = self.outside.part(y, columns);
        outside
            .iter()
            .zip(foreground)
            .map(|(d, foreground)| *foreground || *d <= REACH_PX)
    }
}

/// Alpha, and how much of the outline lies where the person looks like the wall.
pub struct Solved {
    /// 0..1.
    pub alpha: Plane,
    /// Share of the coarse outline without contrast.
    pub weak_outline_share: f32,
}

/// Alpha with the dead zones at both ends: noise of the wall is wall, nearly all is all.
pub fn solve(keyed: Keyed<'_>, colours: &TwoColours, band: &Band, depths: &Depths) -> Solved {
    let mut alpha = band.filled(0.0, 1.0);
    let noise = NOISE_DEVIATIONS * keyed.noise;
    let doubt = keyed.wall.doubt.as_ref();
    let mut projection = Projection::new(keyed, colours);
    let mut reach = Reach::new(depths, keyed);
    let (mut outline, mut weak) = (0_u32, 0_u32);
    for patch in &band.patches {
        for y in patch.rows.clone() {
            let person = keyed.view.person.row(y / 2);
            let projected = projection.part(y, patch.columns.clone());
            // two pixels of the grid lie under one of the mask
            let likely = &person[patch.columns.start / 2..patch.columns.end / 2];
            for (likely, two) in likely.iter().zip(projected.as_chunks::<2>().0) {
                if *likely > 0.3 && *likely < 0.7 {
                    let alike = |p: &&Projected| p.contrast2 < WEAK_CONTRAST * WEAK_CONTRAST;
                    outline += 2;
                    weak += two.iter().filter(alike).count() as u32;
                }
            }
            let alphas = &mut alpha.row_mut(y)[patch.columns.clone()];
            let reached = reach.part(y, patch.columns.clone());
            let pixels = alphas.iter_mut().zip(projected).zip(reached);
            let doubts = doubt.map(|doubt| &doubt.row(y)[patch.columns.clone()]);
            // solved wherever it is: without a branch several go at once
            vectored(
                #[inline(always)]
                move || {
                    if let Some(doubts) = doubts {
                        for (((a, p), reached), doubt) in pixels.zip(doubts) {
                            let solved = without_noise(*p, noise + 0.5 * doubt);
                            *a = if reached { solved } else { *a };
                        }
                    } else {
                        for ((a, p), reached) in pixels {
                            let solved = without_noise(*p, noise);
                            *a = if reached { solved } else { *a };
                        }
                    }
                },
            );
        }
    }
    Solved {
        alpha,
        weak_outline_share: if outline == 0 {
            1.0
        } else {
            weak as f32 / outline as f32
        },
    }
}

#[inline(always)]
fn without_noise(projected: Projected, noise: f32) -> f32 {
    let contrast = projected.contrast2.max(1e-4).sqrt();
    let zone = (noise / contrast).min(LARGEST_DEAD_ZONE);
    ((projected.alpha - zone) / (1.0 - zone - TOP_DEAD_ZONE)).clamp(0.0, 1.0)
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

    #[test]
    fn noise_of_the_wall_is_wall_and_nearly_all_is_all() {
        let of = |alpha| {
            let contrast2 = 0.25;
            without_noise(Projected { alpha, contrast2 }, 0.01)
        };
        assert!(of(0.019).abs() < 1e-6 && (of(0.975) - 1.0).abs() < 1e-6);
        assert!((0.4..0.6).contains(&of(0.5)));
    }
}
