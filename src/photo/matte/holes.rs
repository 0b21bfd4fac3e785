//! Which holes of the solid body are pockets of wall, seen between hair and neck or through a loop of hair.
//!
//! A pocket is flat inside, of the wall's hue and about its lightness, framed by darker pixels with no cloth above
//! it. Any other hole is gloss, a blond highlight or cloth, and is filled. "Holds wall-like pixels" is no test:
//! pockets are darker than the wall, and gloss is not.

use super::depth::Depths;
use super::key::Difference;
use crate::photo::grid::View;
use crate::vision::raster::{Labels, Mask, Neighbours, Raster, label};

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
/// Flat inner pixels that a pocket needs, in quarters of a photo pixel.
const FLAT_QUARTERS: f32 = 30.0;
/// Area that a pocket near the rim needs, in quarters of a photo pixel.
const RIM_QUARTERS: f32 = 12.0;

/// What holes are judged by.
pub struct Evidence<'a> {
    /// The view.
    pub view: &'a View,
    /// Depths in the coarse mask.
    pub depths: &'a Depths,
    /// Difference from the wall.
    pub difference: &'a Difference,
    /// Row where the body zone begins.
    pub zone_y: f32,
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
    let trusted = evidence.depths.beyond(&evidence.depths.trusted, TRUSTED_PX);
    let labels = cut_labels(solid, &trusted);
    let mut holes = vec![Hole::default(); labels.count];
    mark_outside(&labels, &trusted, &mut holes);
    add_insides(&labels, solid, evidence, &mut holes);
    let ring = rings(&labels, solid, &holes);
    add_rings(&ring, evidence, &mut holes);
    let unit = (evidence.view.grid.length(1.0) / 2.0).powi(2);
    let is_pocket: Vec<bool> = holes
        .iter()
        .map(|hole| hole.is_pocket(evidence.zone_y, unit))
        .collect();
    Holes {
        open: labels
            .of
            .map(|l| l > 0 && (holes[l as usize].outside || is_pocket[l as usize])),
        pockets: labels.select(&is_pocket),
    }
}

impl Hole {
    fn is_pocket(&self, zone_y: f32, unit: f32) -> bool {
        if self.area < 1.0 || self.flat < 1.0 || self.outside {
            return false;
        }
        let [r, g, b] = self.flat_colour.map(|v| v / self.flat);
        let spread = r.max(g).max(b) - r.min(g).min(b);
        let light = (r + g + b) / 3.0;
        let dark = self.ring_dark / self.ring.max(1.0);
        let cloth = self.ring_cloth / self.ring_above.max(1.0);
        let placed = self.rows / self.area < zone_y || self.person / self.area < 0.9;
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

/// Holes, cut where they cross the border of what the mask trusts; trusted ones come first.
fn cut_labels(solid: &Mask, trusted: &Mask) -> Labels {
    let inner = label(
        &solid.zip(trusted, |solid, trusted| !solid && trusted),
        Neighbours::Four,
    );
    let outer = label(
        &solid.zip(trusted, |solid, trusted| !solid && !trusted),
        Neighbours::Four,
    );
    let shift = inner.count as u32 - 1;
    let of = inner.of.zip(
        &outer.of,
        |i, o| if i > 0 || o == 0 { i } else { o + shift },
    );
    Labels {
        of,
        count: inner.count + outer.count - 1,
    }
}

fn mark_outside(labels: &Labels, trusted: &Mask, holes: &mut [Hole]) {
    let (w, h) = (labels.of.width(), labels.of.height());
    let side_rows = (h as f32 * SIDE_SHARE) as usize;
    let top = (0..w).map(|x| (x, 0));
    let sides = (0..side_rows).flat_map(|y| [(0, y), (w - 1, y)]);
    for (x, y) in top.chain(sides) {
        if !trusted.at(x, y) {
            holes[labels.of.at(x, y) as usize].outside = true;
        }
    }
    holes[0].outside = false;
}

fn add_insides(labels: &Labels, solid: &Mask, evidence: &Evidence, holes: &mut [Hole]) {
    let deep = evidence.depths.beyond(&evidence.depths.trusted, RIM_PX);
    let flat_radius = evidence.view.grid.length(1.0) as usize;
    for y in 0..solid.height() {
        for (x, l) in labels.of.row(y).iter().enumerate().filter(|(_, l)| **l > 0) {
            let hole = &mut holes[*l as usize];
            hole.area += 1.0;
            hole.rows += y as f32;
            hole.person += evidence.view.person.at(x, y);
            hole.rim_depth += f32::from(u8::from(deep.at(x, y)));
            if !hole.outside && all_open(solid, x, y, flat_radius) {
                hole.flat += 1.0;
                for (sum, d) in hole
                    .flat_colour
                    .iter_mut()
                    .zip(evidence.difference.colour.at(x, y))
                {
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

/// For each solid pixel around a hole, the number of that hole (the highest where several are near).
fn rings(labels: &Labels, solid: &Mask, holes: &[Hole]) -> Raster<u32> {
    let (w, h) = (solid.width(), solid.height());
    let mut ring = Raster::filled(w, h, 0_u32);
    for y in 0..h {
        for x in 0..w {
            let l = labels.of.at(x, y);
            if l == 0 || holes[l as usize].outside || all_open(solid, x, y, 1) {
                continue;
            }
            for v in around(y, RING, h) {
                for u in around(x, RING, w) {
                    if solid.at(u, v) {
                        let known = &mut ring.row_mut(v)[u];
                        *known = (*known).max(l);
                    }
                }
            }
        }
    }
    ring
}

fn add_rings(ring: &Raster<u32>, evidence: &Evidence, holes: &mut [Hole]) {
    for y in 0..ring.height() {
        for (l, luma) in ring
            .row(y)
            .iter()
            .zip(evidence.difference.luma.row(y))
            .filter(|(l, _)| **l > 0)
        {
            let hole = &mut holes[*l as usize];
            hole.ring += 1.0;
            hole.ring_dark += f32::from(u8::from(*luma < DARK));
            if (y as f32) < hole.rows / hole.area.max(1.0) {
                hole.ring_above += 1.0;
                hole.ring_cloth += f32::from(u8::from(*luma > CLOTH));
            }
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
        assert!(pocket().is_pocket(400.0, 1.0));
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
            assert!(!hole.is_pocket(400.0, 1.0));
        }
    }

    #[test]
    fn holes_are_cut_where_trust_ends() {
        let solid = Mask::from_fn(20, 10, |_, y| y == 0 || y == 9);
        let trusted = Mask::from_fn(20, 10, |x, _| x >= 10);
        let labels = cut_labels(&solid, &trusted);
        assert_eq!(labels.count, 3);
        assert_ne!(labels.of.at(2, 5), labels.of.at(15, 5));
    }
}
