//! Neck and cloth below the chin, where they are nothing but person.
//!
//! Skin and cloth may be nearly as bright as the wall, and a shaded collar beside a dark neck has the very colours that a
//! mixture of neck and wall has. What tells them from the wall is that the flood does not get in. So what lies deep
//! enough inside its outline and stands on the body is believed, unless it is a pocket of wall; its colours are pure, and
//! alpha near them is measured by them, not by the next dark thing.

use super::alpha::Keyed;
use super::band::Band;
use super::depth::Depths;
use super::holes::{Evidence, Holes, pockets};
use super::key::{dot, minus};
use super::solid::{Found, SOLID, fill_four};
use crate::photo::grid::{Grid, LOW_STEP};
use crate::vision::raster::{Mask, Plane, closed, dilated, luma, squared_depth_near};

/// In the body zone what is not wall and stands on the body is body from this much mask.
pub const BODY_PERSON: f32 = 0.35;
/// So far inside the flood's outline the lens has mixed no wall in.
const MIXED_PX: f32 = 2.0;
/// Wall seen between fine hair is not flooded either: what differs from the wall by less than this is only believed
/// where the mask is surer.
const UNLIKE_WALL: f32 = 0.05;
const PERSON: f32 = 0.6;
const SURE_PERSON: f32 = 0.9;
/// A pocket of wall lies in the shade of the hair; what is lighter than this against the wall is the cloth beside it.
const POCKET_LIGHT: f32 = 0.01;
/// A rim this much lighter than the wall is cloth, and a seam of up to twice this width behind it, this near, is closed.
const LIGHT_RIM: f32 = 0.02;
const SEAM_PX: f32 = 2.3;
const NEAR_RIM_PX: f32 = 2.5;

/// Pixels that are nothing but neck or cloth. `likely` is what looks like person at first sight.
pub fn deep(keyed: Keyed<'_>, band: &Band, depths: &Depths, mut likely: Mask) -> Mask {
    let (w, h) = (likely.width(), likely.height());
    let first = keyed.key.zone_y.clamp(0.0, h as f32) as usize;
    for y in 0..first {
        likely.row_mut(y).fill(true);
    }
    let evidence = Evidence {
        view: keyed.view,
        wall: keyed.wall,
        band,
        depths,
        zone_y: keyed.key.zone_y,
        alpha: None,
    };
    let holes = pockets(&likely, &evidence);
    let body = body(keyed, band, depths, &holes, first);
    let mixed = Grid::length(MIXED_PX);
    let depth2 = squared_depth_near(&body, mixed.ceil() as usize + 1);
    let mut deep = Mask::filled(w, h, false);
    for y in first..h {
        let person = keyed.view.person.row(y / 2).as_chunks::<2>().0;
        let depth2 = depth2.row(y - first).as_chunks::<LOW_STEP>().0;
        let under_cloth = holes.under_cloth.row(y).as_chunks::<LOW_STEP>().0;
        let blocks = deep.row_mut(y).as_chunks_mut::<LOW_STEP>().0.iter_mut();
        let blocks = blocks.zip(depths.rooted.row(y / LOW_STEP));
        let blocks = blocks.zip(person).zip(depth2.iter().zip(under_cloth));
        for (((deep, _), person), (depth2, under_cloth)) in
            blocks.filter(|(((_, rooted), _), _)| **rooted)
        {
            for (x, deep) in deep.iter_mut().enumerate() {
                let inside = f32::from(depth2[x]) > mixed * mixed || under_cloth[x];
                *deep = inside && person[x / 2] > PERSON;
            }
        }
    }
    deep
}

/// What stands on the body in the zone that begins at row `first`, and is no wall.
fn body(keyed: Keyed<'_>, band: &Band, depths: &Depths, holes: &Holes, first: usize) -> Mask {
    let (w, h) = (keyed.foreground.width(), keyed.foreground.height());
    let mut body = Mask::filled(w, h - first, false);
    for y in first..h {
        let foreground = keyed.foreground.row(y).as_chunks::<LOW_STEP>().0;
        let blocks = body.row_mut(y - first).as_chunks_mut::<LOW_STEP>().0;
        let blocks = blocks.iter_mut().zip(foreground);
        for ((body, foreground), rooted) in blocks.zip(depths.rooted.row(y / LOW_STEP)) {
            if *rooted {
                *body = *foreground;
            }
        }
    }
    for patch in &band.patches {
        for y in patch.rows.clone().filter(|y| *y >= first) {
            let row = &mut body.row_mut(y - first)[patch.columns.clone()];
            for (x, body) in patch.columns.clone().zip(row) {
                *body = *body && is_body(keyed, holes, x, y);
            }
        }
    }
    body
}

fn is_body(keyed: Keyed<'_>, holes: &Holes, x: usize, y: usize) -> bool {
    let difference = minus(keyed.view.image.at(x, y), keyed.wall.near(x, y));
    let differs = dot(difference, difference) > UNLIKE_WALL * UNLIKE_WALL;
    let pocket = holes.pockets.at(x, y) && luma(difference) < POCKET_LIGHT;
    !pocket && (differs || keyed.view.person.at(x / 2, y / 2) > SURE_PERSON)
}

/// From a light rim to what is dark behind it colours pass through the wall's own. That is a seam and no gap: what a rim
/// lighter than the wall and the body behind it enclose is person.
pub fn close_seams(found: Found<'_>, alpha: &mut Plane) {
    let (w, h) = found.view.grid.half();
    let first = (found.key.zone_y.max(0.0) as usize / 2).min(h);
    let mut solid = Mask::filled(w, h - first, true);
    let mut light = Mask::filled(w, h - first, false);
    for y in 2 * first..2 * h {
        let solid = solid.row_mut(y / 2 - first);
        let (alpha, cloth, core) = (alpha.row(y), found.cloth.row(y), found.key.core.row(y));
        for (x, ((alpha, cloth), core)) in alpha.iter().zip(cloth).zip(core).enumerate() {
            solid[x / 2] &= *alpha > SOLID || *cloth || *core;
        }
    }
    for patch in &found.band.patches {
        let y = patch.rows.start / 2;
        for y in (y..patch.rows.end / 2).filter(|y| *y >= first) {
            for x in patch.columns.start / 2..patch.columns.end / 2 {
                let (u, v) = (2 * x, 2 * y);
                let difference = minus(found.view.image.at(u, v), found.wall.near(u, v));
                light.row_mut(y - first)[x] =
                    solid.at(x, y - first) && luma(difference) > LIGHT_RIM;
            }
        }
    }
    let near_light = dilated(&light, NEAR_RIM_PX);
    let closed = closed(&solid, SEAM_PX);
    for y in first..h {
        for x in 0..w {
            let seam = closed.at(x, y - first) && !solid.at(x, y - first);
            if seam && near_light.at(x, y - first) && found.depths.rooted.at(x / 2, y / 2) {
                fill_four(alpha, x, y, 1.0);
            }
        }
    }
}
