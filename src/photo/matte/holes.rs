//! Which holes of the solid body are pockets of wall, seen between hair and neck or through a loop of hair.
//!
//! A pocket is flat inside, of the wall's hue and about its lightness, framed by darker pixels with no cloth above
//! it. Any other hole is gloss, a blond highlight or cloth, and is filled. "Holds wall-like pixels" is no test:
//! pockets are darker than the wall, and gloss is not.

use super::band::Band;
use super::depth::Depths;
use super::key::minus;
use super::wall::Wall;
use crate::photo::grid::{Grid, LOW_STEP, View};
use crate::vision::raster::{Components, Mask, Neighbours, Raster, Stretching, label, luma};

/// Holes are cut at this depth inside the trusted mask.
const TRUSTED_PX: f32 = 5.0;
/// This deep inside, a hole is no longer near the rim of the hair.
const RIM_PX: f32 = 12.0;
/// Above the eyes, where the mask is this sure and the hole deep, hair hides the wall: a light as bright as the wall.
const CROWN_PERSON: f32 = 0.98;
const CROWN_DEEP_SHARE: f32 = 0.5;
/// A hole touches the sides in this upper share of the rows.
const SIDE_SHARE: f32 = 0.95;
/// Width of the ring around a hole, in grid pixels.
const RING: usize = 3;
/// Darker, and lighter, than the wall.
const DARK: f32 = -0.06;
const CLOTH: f32 = 0.03;
/// Flat inner pixels that a pocket needs, in quarters of a photo pixel.
const FLAT_QUARTERS: f32 = 30.0;
/// Area that a pocket near the rim needs, in quarters of a photo pixel.
const RIM_QUARTERS: f32 = 12.0;

/// What holes are judged by.
pub struct Evidence<'a> {
    /// The view.
    pub view: &'a View,
    /// The wall.
    pub wall: &'a Wall,
    /// What was solved.
    pub band: &'a Band,
    /// Depths in the coarse mask.
    pub depths: &'a Depths,
    /// Row where the body zone begins.
    pub zone_y: f32,
}

impl Evidence<'_> {
    fn difference(&self, x: usize, y: usize) -> [f32; 3] {
        minus(self.view.image.at(x, y), self.wall.near(x, y))
    }
}

/// What is not solid and stays so.
pub struct Holes {
    /// The outside and the pockets.
    pub open: Mask,
    /// The pockets alone.
    pub pockets: Mask,
}

/// What is known of one hole.
#[derive(Default, Clone)]
struct Hole {
    area: f32,
    rows: f32,
    rim_depth: f32,
    person: f32,
    flat: f32,
    flat_colour: [f32; 3],
    ring: f32,
    ring_dark: f32,
    ring_above: f32,
    ring_cloth: f32,
    /// It touches the picture's upper or side edges.
    outside: bool,
}

/// Sorts the holes of the solid body.
pub fn pockets(solid: &Mask, evidence: &Evidence) -> Holes {
    let kinds = kinds(solid, evidence);
    let components = label(&kinds, Neighbours::Four);
    let mut holes = vec![Hole::default(); components.count];
    mark_outside(&components, &kinds, &mut holes);
    add_insides(&components, solid, evidence, &mut holes);
    add_rings(&components, solid, evidence, &mut holes);
    let unit = (Grid::length(1.0) / 2.0).powi(2);
    let pockets: Vec<bool> = holes
        .iter()
        .map(|hole| hole.is_pocket(evidence.zone_y, evidence.view.eye_y, unit))
        .collect();
    let open: Vec<bool> = holes
        .iter()
        .zip(&pockets)
        .map(|(hole, pocket)| hole.outside || *pocket)
        .collect();
    Holes {
        open: components.select(&open),
        pockets: components.select(&pockets),
    }
}

/// Holes are cut where they cross the border of what the mask trusts.
const IN_TRUST: u8 = 1;
const OUT_OF_TRUST: u8 = 2;

/// What is open, in or out of what the mask trusts; 0 is solid.
fn kinds(solid: &Mask, evidence: &Evidence) -> Raster<u8> {
    let mut kinds = evidence.band.filled(OUT_OF_TRUST, 0);
    let (w, h) = (solid.width(), solid.height());
    let mut trusted = Stretching::new(&evidence.depths.trusted, w, h);
    for patch in &evidence.band.patches {
        for y in patch.rows.clone() {
            let depths = trusted.part(y, patch.columns.clone()).iter();
            let pixels = depths.zip(&solid.row(y)[patch.columns.clone()]);
            let kinds = &mut kinds.row_mut(y)[patch.columns.clone()];
            for (kind, (depth, solid)) in kinds.iter_mut().zip(pixels) {
                *kind = match (*solid, *depth > TRUSTED_PX) {
                    (true, _) => 0,
                    (false, true) => IN_TRUST,
                    (false, false) => OUT_OF_TRUST,
                };
            }
        }
    }
    kinds
}

impl Hole {
    fn is_pocket(&self, zone_y: f32, eye_y: f32, unit: f32) -> bool {
        if self.area < 1.0 || self.flat < 1.0 || self.outside {
            return false;
        }
        let [r, g, b] = self.flat_colour.map(|v| v / self.flat);
        let spread = r.max(g).max(b) - r.min(g).min(b);
        let light = (r + g + b) / 3.0;
        let dark = self.ring_dark / self.ring.max(1.0);
        let cloth = self.ring_cloth / self.ring_above.max(1.0);
        let (row, person) = (self.rows / self.area, self.person / self.area);
        let in_crown =
            row < eye_y && person > CROWN_PERSON && self.rim_depth / self.area > CROWN_DEEP_SHARE;
        let placed = !in_crown && (row < zone_y || person < 0.9);
        let wall_hue = spread < 0.05 && light < 0.05;
        let plain = self.flat >= FLAT_QUARTERS * unit
            && self.flat / self.area >= 0.2
            && light > -0.16
            && dark > 0.5
            && cloth < 0.25;
        let near_rim = self.rim_depth / self.area < 0.2
            && self.area >= RIM_QUARTERS * unit
            && light > -0.3
            && dark > 0.7
            && cloth < 0.1;
        placed && wall_hue && (plain || near_rim)
    }
}

fn mark_outside(components: &Components, kinds: &Raster<u8>, holes: &mut [Hole]) {
    let side_rows = (kinds.height() as f32 * SIDE_SHARE) as usize;
    let outside = components.with_run(|run| {
        let at_side = run.columns.start == 0 || run.columns.end == kinds.width();
        kinds.at(run.columns.start, run.y) == OUT_OF_TRUST
            && (run.y == 0 || (run.y < side_rows && at_side))
    });
    for (hole, outside) in holes.iter_mut().zip(outside) {
        hole.outside = outside;
    }
}

fn add_insides(components: &Components, solid: &Mask, evidence: &Evidence, holes: &mut [Hole]) {
    let flat_radius = Grid::length(1.0) as usize;
    for run in &components.runs {
        let hole = &mut holes[run.component];
        if hole.outside {
            continue;
        }
        let y = run.y;
        for x in run.columns.clone() {
            hole.area += 1.0;
            hole.rows += y as f32;
            hole.person += evidence.view.person.at(x / 2, y / 2);
            let depth = evidence.depths.trusted.at(x / LOW_STEP, y / LOW_STEP);
            hole.rim_depth += if depth > RIM_PX { 1.0 } else { 0.0 };
            if all_open(solid, x, y, flat_radius) {
                hole.flat += 1.0;
                let difference = evidence.difference(x, y);
                for (sum, d) in hole.flat_colour.iter_mut().zip(difference) {
                    *sum += d;
                }
            }
        }
    }
}

fn around(centre: usize, radius: usize, size: usize) -> std::ops::Range<usize> {
    centre.saturating_sub(radius)..(centre + radius + 1).min(size)
}

fn all_open(solid: &Mask, x: usize, y: usize, radius: usize) -> bool {
    let columns = around(x, radius, solid.width());
    around(y, radius, solid.height()).all(|v| !solid.row(v)[columns.clone()].contains(&true))
}

/// The solid pixels around holes, each with its hole (the last one where several are near).
fn ring_pixels(components: &Components, solid: &Mask, holes: &[Hole]) -> Vec<([usize; 2], usize)> {
    let mut ring = Vec::new();
    for run in components
        .runs
        .iter()
        .filter(|run| !holes[run.component].outside)
    {
        for x in run.columns.clone() {
            if all_open(solid, x, run.y, 1) {
                continue;
            }
            for v in around(run.y, RING, solid.height()) {
                let columns = around(x, RING, solid.width());
                let near = columns.filter(|u| solid.at(*u, v));
                ring.extend(near.map(|u| ([v, u], run.component)));
            }
        }
    }
    ring.sort_unstable_by(|a, b| b.cmp(a));
    ring.dedup_by_key(|(place, _)| *place);
    ring
}

fn add_rings(components: &Components, solid: &Mask, evidence: &Evidence, holes: &mut [Hole]) {
    for ([y, x], component) in ring_pixels(components, solid, holes) {
        let luma = luma(evidence.difference(x, y));
        let hole = &mut holes[component];
        hole.ring += 1.0;
        hole.ring_dark += if luma < DARK { 1.0 } else { 0.0 };
        if (y as f32) < hole.rows / hole.area.max(1.0) {
            hole.ring_above += 1.0;
            hole.ring_cloth += if luma > CLOTH { 1.0 } else { 0.0 };
        }
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
}
