//! Which holes of the solid body are pockets of wall, seen between hair and neck or through a loop of hair.
//!
//! Here they are found and measured; what the measures mean is said in `hole`.

use super::band::Band;
use super::depth::Depths;
use super::hole::{Hole, UNDER_CLOTH, warmth};
use super::key::minus;
use super::wall::Wall;
use crate::photo::grid::{Grid, LOW_STEP, View};
use crate::vision::raster::{
    Components, Mask, Neighbours, Plane, Raster, Run, Stretching, label, luma,
};

/// Holes are cut at this depth inside the trusted mask.
const TRUSTED_PX: f32 = 5.0;
/// This deep inside, a hole is no longer near the rim of the hair.
const RIM_PX: f32 = 12.0;
/// A hole touches the sides in this upper share of the rows.
const SIDE_SHARE: f32 = 0.95;
/// Width of the ring around a hole, in grid pixels.
const RING: usize = 3;
/// Darker, and lighter, than the wall.
const DARK: f32 = -0.06;
const CLOTH: f32 = 0.03;
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
    /// Alpha, where it is solved already.
    pub alpha: Option<&'a Plane>,
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
    /// Of the pockets those between strands.
    pub frizz: Mask,
    /// What is enclosed and has cloth above it.
    pub under_cloth: Mask,
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
    let eye_y = evidence.view.eye_y;
    let frizz: Vec<bool> = holes.iter().map(|hole| hole.is_frizz(eye_y)).collect();
    let pockets: Vec<bool> = holes
        .iter()
        .zip(&frizz)
        .map(|(hole, frizz)| *frizz || hole.is_pocket(evidence.zone_y, eye_y, unit))
        .collect();
    let open: Vec<bool> = holes
        .iter()
        .zip(&pockets)
        .map(|(hole, pocket)| hole.outside || *pocket)
        .collect();
    let under_cloth: Vec<bool> = (holes.iter())
        .map(|hole| !hole.outside && hole.cloth_above() >= UNDER_CLOTH)
        .collect();
    Holes {
        under_cloth: components.select(&under_cloth),
        frizz: components.select(&frizz),
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
            hole.rim_depth += share(depth > RIM_PX);
            let low = (x / LOW_STEP, y / LOW_STEP);
            let rooted = y as f32 >= evidence.zone_y && evidence.depths.rooted.at(low.0, low.1);
            hole.rooted += share(rooted);
            hole.warmth += warmth(evidence.view.image.at(x, y));
            hole.at_ear += share(evidence.depths.ears.at(low.0, low.1));
            let difference = evidence.difference(x, y);
            for (sum, d) in hole.colour.iter_mut().zip(difference) {
                *sum += d;
            }
            if all_open(solid, x, y, flat_radius) {
                hole.flat += 1.0;
                for (sum, d) in hole.flat_colour.iter_mut().zip(difference) {
                    *sum += d;
                }
            }
        }
    }
}

fn share(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

fn around(centre: usize, radius: usize, size: usize) -> std::ops::Range<usize> {
    centre.saturating_sub(radius)..(centre + radius + 1).min(size)
}

fn all_open(solid: &Mask, x: usize, y: usize, radius: usize) -> bool {
    let columns = around(x, radius, solid.width());
    around(y, radius, solid.height()).all(|v| !solid.row(v)[columns.clone()].contains(&true))
}

/// The solid pixels around holes, from the first to the last row that has any: the number of their hole (the last one
/// where several are near) and one more; 0 elsewhere. With it the row of the picture at which it begins.
fn rings(components: &Components, solid: &Mask, holes: &[Hole]) -> (usize, Raster<u32>) {
    let is_hole = |run: &&Run| !holes[run.component].outside;
    let runs = || components.runs.iter().filter(is_hole);
    let first = runs().next().map_or(0, |run| run.y.saturating_sub(RING));
    let end = runs()
        .next_back()
        .map_or(0, |run| (run.y + RING + 1).min(solid.height()));
    let mut rings = Raster::filled(solid.width(), end - first, 0_u32);
    for run in runs() {
        for x in run.columns.clone() {
            if all_open(solid, x, run.y, 1) {
                continue;
            }
            let columns = around(x, RING, solid.width());
            for v in around(run.y, RING, solid.height()) {
                let ring = rings.row_mut(v - first)[columns.clone()].iter_mut();
                for (ring, _) in ring
                    .zip(&solid.row(v)[columns.clone()])
                    .filter(|(_, s)| **s)
                {
                    *ring = (*ring).max(run.component as u32 + 1);
                }
            }
        }
    }
    (first, rings)
}

fn add_rings(components: &Components, solid: &Mask, evidence: &Evidence, holes: &mut [Hole]) {
    let (first, rings) = rings(components, solid, holes);
    let rows = (first..).zip(rings.rows());
    let places = rows.flat_map(|(y, row)| row.iter().enumerate().map(move |(x, of)| (x, y, *of)));
    for (x, y, of) in places.filter(|(_, _, of)| *of > 0) {
        let luma = luma(evidence.difference(x, y));
        let hole = &mut holes[of as usize - 1];
        hole.ring += 1.0;
        hole.ring_alpha += evidence.alpha.map_or(1.0, |alpha| alpha.at(x, y));
        hole.ring_dark += share(luma < DARK);
        if (y as f32) < hole.rows / hole.area.max(1.0) {
            hole.ring_above += 1.0;
            hole.ring_cloth += share(luma > CLOTH);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Solid but for a strip of outside at the left and the pixels of one hole; its rings.
    fn rings_around(hole: &[(usize, usize)]) -> (usize, Raster<u32>) {
        let open = Mask::from_fn(60, 100, |x, y| x == 0 || hole.contains(&(x, y)));
        let components = label(&open, Neighbours::Four);
        assert_eq!(components.count, 2);
        let mut holes = vec![Hole::default(); 2];
        holes[0].outside = true;
        rings(&components, &open.map(|open| !open), &holes)
    }

    #[test]
    fn a_ring_is_the_solid_around_its_hole_from_its_first_row_to_its_last() {
        let (first, rings) = rings_around(&[(20, 50)]);
        assert_eq!((first, rings.height()), (47, 7));
        let expected = Raster::from_fn(60, 7, |x, y| {
            let is_near = (17..24).contains(&x) && (x, y) != (20, 3);
            // the hole is the second component: its number and one more
            if is_near { 2_u32 } else { 0 }
        });
        assert_eq!(rings.values(), expected.values());
    }

    #[test]
    fn a_ring_ends_with_the_picture() {
        let (first, rings) = rings_around(&[(58, 1), (58, 0)]);
        assert_eq!((first, rings.height()), (0, 5));
        assert_eq!(
            rings.values().iter().filter(|of| **of == 2).count(),
            5 * 5 - 2
        );
        let (first, rings) = rings_around(&[(2, 99)]);
        assert_eq!((first, rings.height()), (96, 4));
        // the outside is open
        assert_eq!(
            rings.values().iter().filter(|of| **of == 2).count(),
            4 * 5 - 1
        );
    }

    #[test]
    fn without_holes_there_are_no_rings() {
        let solid = Mask::filled(10, 10, true);
        let (first, rings) = rings(&label(&solid.map(|s| !s), Neighbours::Four), &solid, &[]);
        assert_eq!((first, rings.height()), (0, 0));
    }
}
