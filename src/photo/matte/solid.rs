//! The solid body: where alpha is beyond doubt, holes of gloss and pale cloth are filled, pockets of wall stay open.

use super::depth::Depths;
use super::holes::{Evidence, pockets};
use super::key::{Difference, Flood};
use crate::photo::grid::View;
use crate::vision::raster::{Mask, Plane, closed, distance_inside_within};

/// Alpha from which a pixel is solid.
const SOLID: f32 = 0.4;
/// In the body zone what is not wall is body from this much mask.
const BODY_PERSON: f32 = 0.35;
/// ... and what lies this deep inside the likely mask is, whatever its colour.
const BODY_DEEP_PX: f32 = 4.0;
/// Notches of the body narrower than twice this are closed.
const NOTCH_PX: f32 = 10.0;
/// Alpha is raised to one over these depths inside the solid body.
const RISE_FROM_PX: f32 = 1.5;
const RISE_OVER_PX: f32 = 2.0;

/// Raises alpha to one inside the body.
pub fn solidified(
    view: &View,
    depths: &Depths,
    difference: &Difference,
    flood: &Flood,
    mut alpha: Plane,
) -> Plane {
    let body = body(view, depths, difference, flood, &alpha);
    let unit = view.grid.fineness as f32;
    let depth = distance_inside_within(
        &body,
        ((RISE_FROM_PX + RISE_OVER_PX) * unit).ceil() as usize + 1,
    );
    for (alpha, depth) in alpha.values_mut().iter_mut().zip(depth.values()) {
        let rise = ((depth / unit - RISE_FROM_PX) / RISE_OVER_PX).clamp(0.0, 1.0);
        *alpha = alpha.max(rise);
    }
    alpha
}

fn body(
    view: &View,
    depths: &Depths,
    difference: &Difference,
    flood: &Flood,
    alpha: &Plane,
) -> Mask {
    let sure = alpha.zip(&flood.core, |a, core| a > SOLID || core);
    let evidence = Evidence {
        view,
        depths,
        difference,
        zone_y: flood.zone_y,
    };
    let holes = pockets(&sure, &evidence);
    let mut solid = sure.zip(&holes.open, |sure, open| sure || !open);
    add_body_zone(view, depths, flood, &mut solid);
    solid.zip(&holes.pockets, |solid, pocket| solid && !pocket)
}

/// Below the zone's border cloth may look like the wall: mask and connection decide there, and notches are closed.
fn add_body_zone(view: &View, depths: &Depths, flood: &Flood, solid: &mut Mask) {
    let deep = depths.beyond(&depths.likely, BODY_DEEP_PX);
    let radius = view.grid.length(NOTCH_PX);
    let (first, height) = (
        flood.zone_y.clamp(0.0, view.grid.height as f32) as usize,
        view.grid.height,
    );
    for y in first..height {
        let rows = flood
            .foreground
            .row(y)
            .iter()
            .zip(view.person.row(y))
            .zip(deep.row(y));
        for (solid, ((foreground, person), deep)) in solid.row_mut(y).iter_mut().zip(rows) {
            *solid |= (*foreground && *person > BODY_PERSON) || *deep;
        }
    }
    let margin = first.saturating_sub(2 * radius as usize + 2);
    let lower = Mask::from_fn(solid.width(), height - margin, |x, y| {
        solid.at(x, y + margin)
    });
    let closed = closed(&lower, radius);
    for y in first..height {
        let rows = closed.row(y - margin).iter().zip(view.person.row(y));
        for (solid, (closed, person)) in solid.row_mut(y).iter_mut().zip(rows) {
            *solid |= *closed && *person > BODY_PERSON;
        }
    }
}
