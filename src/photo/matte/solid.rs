//! The solid body: where alpha is beyond doubt, holes of gloss and pale cloth are filled, pockets of wall stay open.

use super::alpha::TwoColours;
use super::band::Band;
use super::cloth::{BODY_PERSON, close_seams};
use super::crown::close_crown;
use super::depth::Depths;
use super::hole::{CROWN_PERSON, SKIN_WARMTH, warmth};
use super::holes::{Evidence, pockets};
use super::key::{Key, dot, minus};
use super::stud::studs;
use super::wall::Wall;
use crate::photo::grid::{Grid, LOW_STEP, View};
use crate::vision::raster::{Mask, Plane, Raster, Stretching, closed, dilated, squared_depth_near};

/// Alpha from which a pixel is solid.
pub const SOLID: f32 = 0.4;
/// ... and what lies this deep inside the likely mask is, whatever its colour.
const BODY_DEEP_PX: f32 = 4.0;
/// So near to wall that is seen between strands, alpha below this is a strand's, where its colour is this near to a mixture
/// of wall and hair.
const STRANDS_PX: f32 = 8.0;
const STRAND: f32 = 0.85;
/// The rim of a stud, which the lens has mixed.
const STUD_RIM_PX: f32 = 3.0;
const STRAND_OFF: f32 = 0.08;
const STRAND_CONTRAST: f32 = 0.3;
/// Notches of the body narrower than twice this are closed.
const NOTCH_PX: f32 = 10.0;
/// Alpha is raised to one over these depths inside the solid body.
const RISE_FROM_PX: f32 = 2.25;
const RISE_OVER_PX: f32 = 2.0;

/// What the body is found in.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// The view.
    pub view: &'a View,
    /// The wall.
    pub wall: &'a Wall,
    /// What was solved.
    pub band: &'a Band,
    /// Depths in the coarse mask.
    pub depths: &'a Depths,
    /// The difference from the wall.
    pub key: &'a Key,
    /// What is not wall by connection.
    pub foreground: &'a Mask,
    /// What is nothing but neck or cloth.
    pub cloth: &'a Mask,
    /// Colours of what is person, on the half grid.
    pub colours: &'a TwoColours,
}

/// Raises alpha to one inside the body.
pub fn solidify(found: Found<'_>, alpha: &mut Plane) {
    close_seams(found, alpha);
    let mut body = body(found, alpha);
    close_crown(found, &mut body, alpha);
    let unit = Grid::length(1.0);
    let reach = ((RISE_FROM_PX + RISE_OVER_PX) * unit).ceil() as usize;
    let depth2 = squared_depth_near(&body, reach);
    // the rise for every squared depth that a byte can hold
    let rises: Vec<f32> = (0..=255)
        .map(|d2| {
            ((f32::from(d2 as u8).sqrt() / unit - RISE_FROM_PX) / RISE_OVER_PX).clamp(0.0, 1.0)
        })
        .collect();
    for patch in &found.band.patches {
        for y in patch.rows.clone() {
            let depths = &depth2.row(y)[patch.columns.clone()];
            let alphas = &mut alpha.row_mut(y)[patch.columns.clone()];
            for (alpha, depth2) in alphas.iter_mut().zip(depths) {
                *alpha = alpha.max(rises[usize::from(*depth2)]);
            }
        }
    }
}

fn body(found: Found<'_>, alpha: &Plane) -> Mask {
    let mut solid = found.key.core.clone();
    for patch in &found.band.patches {
        for y in patch.rows.clone() {
            let alphas = &alpha.row(y)[patch.columns.clone()];
            let solids = &mut solid.row_mut(y)[patch.columns.clone()];
            let cloth = &found.cloth.row(y)[patch.columns.clone()];
            for ((solid, alpha), cloth) in solids.iter_mut().zip(alphas).zip(cloth) {
                *solid |= *alpha > SOLID || *cloth;
            }
        }
    }
    let studs = studs(&solid, found.view, found.depths);
    solid.add(&studs);
    let holes = pockets(
        &solid,
        &Evidence {
            view: found.view,
            wall: found.wall,
            band: found.band,
            depths: found.depths,
            zone_y: found.key.zone_y,
            alpha: Some(alpha),
        },
    );
    let strands = strands(found, alpha, &solid, &holes.frizz, &studs);
    for (solid, open) in solid.values_mut().iter_mut().zip(holes.open.values()) {
        *solid |= !open;
    }
    for (solid, strand) in solid.values_mut().iter_mut().zip(strands.values()) {
        *solid &= !strand;
    }
    add_body_zone(found, &mut solid);
    for (solid, pocket) in solid.values_mut().iter_mut().zip(holes.pockets.values()) {
        *solid &= !pocket;
    }
    solid
}

/// Strands around wall that is seen between them: neither wholly hair nor gloss, and only as much of the pixel as alpha
/// says. Studs are none. Before a plate nobody can tell: its wall may be as near to skin as to hair.
fn strands(found: Found<'_>, alpha: &Plane, solid: &Mask, frizz: &Mask, studs: &Mask) -> Mask {
    let seen_through = any_of_four(frizz);
    let mut strands = Mask::filled(solid.width(), solid.height(), false);
    if found.wall.doubt.is_some() || seen_through.count() == 0 {
        return strands;
    }
    let studs = dilated(&any_of_four(studs), STUD_RIM_PX);
    let near = dilated(&seen_through, STRANDS_PX).zip(&studs, |near, stud| near && !stud);
    for patch in &found.band.patches {
        for y in patch.rows.clone() {
            for x in patch.columns.clone().filter(|x| near.at(x / 2, y / 2)) {
                let thin = solid.at(x, y) && alpha.at(x, y) < STRAND;
                strands.row_mut(y)[x] = thin && is_strand(found, x, y);
            }
        }
    }
    strands
}

/// The colours of a strand lie between the wall's and the hair's, which are far apart: skin may be near to either.
fn is_strand(found: Found<'_>, x: usize, y: usize) -> bool {
    let in_crown =
        (y as f32) < found.view.eye_y && found.view.person.at(x / 2, y / 2) > CROWN_PERSON;
    let skin = found.depths.ears.at(x / LOW_STEP, y / LOW_STEP)
        && warmth(found.view.image.at(x, y)) > SKIN_WARMTH;
    let wall = found.wall.near(x, y);
    let pixel = minus(found.view.image.at(x, y), wall);
    let hair = minus(found.colours.dark.at(x / 2, y / 2), wall);
    let contrast2 = dot(hair, hair);
    let share = dot(pixel, hair) / contrast2.max(1e-5);
    let off = minus(pixel, hair.map(|v| share * v));
    let person = in_crown || skin || found.key.core.at(x, y) || found.cloth.at(x, y);
    let between = dot(off, off) < STRAND_OFF * STRAND_OFF;
    !person && between && contrast2 > STRAND_CONTRAST * STRAND_CONTRAST
}

/// Below the zone's border cloth may look like the wall: mask and connection decide there, and notches are closed.
fn add_body_zone(found: Found<'_>, solid: &mut Mask) {
    let (w, h) = (solid.width(), solid.height());
    let first = found.key.zone_y.clamp(0.0, h as f32) as usize;
    let mut likely = Stretching::new(&found.depths.likely, w, h);
    for patch in &found.band.patches {
        for y in patch.rows.clone().filter(|y| *y >= first) {
            let deep = likely.part(y, patch.columns.clone());
            let foreground = &found.foreground.row(y)[patch.columns.clone()];
            let person = found.view.person.row(y / 2);
            let rooted = found.depths.rooted.row(y / LOW_STEP);
            let row = &mut solid.row_mut(y)[patch.columns.clone()];
            for (i, x) in patch.columns.clone().enumerate() {
                let body = foreground[i] && person[x / 2] > BODY_PERSON;
                row[i] |= rooted[x / LOW_STEP] && (body || deep[i] > BODY_DEEP_PX);
            }
        }
    }
    close_notches(found, first / 2, solid);
}

/// Pixels of the half grid under which anything is set.
pub fn any_of_four(mask: &Mask) -> Mask {
    Mask::from_fn(mask.width() / 2, mask.height() / 2, |x, y| {
        [2 * y, 2 * y + 1]
            .iter()
            .any(|v| mask.row(*v)[2 * x] || mask.row(*v)[2 * x + 1])
    })
}

/// Whether all pixels of the grid under pixel `x`, `y` of the half grid are set.
pub fn all_of_four(mask: &Mask, x: usize, y: usize) -> bool {
    [2 * y, 2 * y + 1]
        .iter()
        .all(|v| mask.row(*v)[2 * x] && mask.row(*v)[2 * x + 1])
}

/// Fills the pixels of the grid under pixel `x`, `y` of the half grid.
pub fn fill_four<T: Copy>(raster: &mut Raster<T>, x: usize, y: usize, value: T) {
    for row in [2 * y, 2 * y + 1] {
        raster.row_mut(row)[2 * x..2 * x + 2].fill(value);
    }
}

/// The same for at least this much.
pub fn raise_four(plane: &mut Plane, x: usize, y: usize, least: f32) {
    for row in [2 * y, 2 * y + 1] {
        for value in &mut plane.row_mut(row)[2 * x..2 * x + 2] {
            *value = value.max(least);
        }
    }
}

/// On the half grid, from this row of it on.
fn close_notches(found: Found<'_>, first: usize, solid: &mut Mask) {
    let (w, h) = found.view.grid.half();
    let top = first.saturating_sub(2 * NOTCH_PX as usize + 2);
    let whole = Mask::from_fn(w, h - top.min(h), |x, y| all_of_four(solid, x, y + top));
    let closed = closed(&whole, NOTCH_PX);
    for y in first..h {
        let rooted = found.depths.rooted.row(y / 2);
        for (x, closed) in closed.row(y - top).iter().enumerate() {
            if *closed && rooted[x / 2] {
                fill_four(solid, x, y, true);
            }
        }
    }
}
