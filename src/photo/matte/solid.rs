//! The solid body: where alpha is beyond doubt, holes of gloss and pale cloth are filled, pockets of wall stay open.

use super::alpha::TwoColours;
use super::band::Band;
use super::cloth::{BODY_PERSON, close_seams};
use super::crown::close_crown;
use super::depth::Depths;
use super::holes::{Evidence, pockets};
use super::key::Key;
use super::strand::strands;
use super::stud::studs;
use super::wall::Wall;
use crate::photo::grid::{Grid, LOW_STEP, View};
use crate::vision::raster::{Mask, Plane, Raster, Stretching, closed, squared_depth_near};

/// Alpha from which a pixel is solid.
pub const SOLID: f32 = 0.4;
/// ... and what lies this deep inside the likely mask is, whatever its colour.
const BODY_DEEP_PX: f32 = 4.0;
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
    for place in strands {
        solid.values_mut()[place] = false;
    }
    add_body_zone(found, &mut solid);
    for (solid, pocket) in solid.values_mut().iter_mut().zip(holes.pockets.values()) {
        *solid &= !pocket;
    }
    solid
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
    let (w, h) = (mask.width() / 2, mask.height() / 2);
    let mut any = Vec::with_capacity(w * h);
    for y in 0..h {
        let [upper, lower] = [2 * y, 2 * y + 1].map(|v| mask.row(v).as_chunks::<2>().0.iter());
        any.extend(upper.zip(lower).map(|([a, b], [c, d])| a | b | c | d));
    }
    Mask::from_values(w, h, any, false)
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
