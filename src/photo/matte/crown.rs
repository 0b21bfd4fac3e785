//! The crown of light hair. Where the lamp makes it as light as the wall, colours see a notch in its outline.
//!
//! What lies between two outlines of hair, is person for the coarse mask, and has hair of that lightness below it, is
//! hair. Dark hair is left alone: what is light between its curls is wall.

use super::solid::{Found, all_of_four, fill_four, raise_four};
use crate::photo::grid::LOW_STEP;
use crate::vision::raster::{
    Components, Mask, Neighbours, Plane, Run, closed, dilated, eroded, gauss_blur, label, luma,
    median,
};

/// Hair is light whose median has this much of the wall's luma.
const LIGHT_HAIR: f32 = 0.58;
/// Notches narrower than twice this are closed ...
const NOTCH_PX: f32 = 24.0;
/// ... where the mask is at least this sure ...
const PERSON: f32 = 0.4;
/// ... and so far below the notch the hair has this much of it.
const BELOW_PX: usize = 4;
const AS_LIGHT: f32 = 0.76;
/// Softness of the new outline.
const SOFT_PX: f32 = 1.0;
/// Every so many pixels one is asked for the hair's lightness.
const LOOKED_AT: usize = 8;

/// Closes notches of a light crown in the body and in alpha.
pub fn close_crown(found: Found<'_>, body: &mut Mask, alpha: &mut Plane) {
    let (w, h) = found.view.grid.half();
    let rows = (found.view.eye_y.max(0.0) as usize / 2).min(h);
    // a structured wall has no one lightness
    if found.wall.doubt.is_some() || !is_light(found, body, rows) {
        return;
    }
    let whole = opened(&Mask::from_fn(w, rows, |x, y| all_of_four(body, x, y)));
    let closed = closed(&whole, NOTCH_PX);
    let soft = gauss_blur(&closed.to_plane(), SOFT_PX);
    let notches = Mask::from_fn(w, rows, |x, y| {
        closed.at(x, y) && !whole.at(x, y) && found.view.person.at(x, y) > PERSON
    });
    for run in hair(found, &whole, &label(&notches, Neighbours::Eight)) {
        for x in run.columns.clone() {
            raise_four(alpha, x, run.y, soft.at(x, run.y));
            fill_four(body, x, run.y, true);
        }
    }
}

/// Without what is narrower than three pixels: strands and specks are no outline.
fn opened(mask: &Mask) -> Mask {
    dilated(&eroded(mask, 1.0), 1.0)
}

/// The runs of those notches that mostly have hair below them as light as they are.
fn hair<'a>(found: Found<'_>, whole: &Mask, notches: &'a Components) -> Vec<&'a Run> {
    let mut light = vec![[0_u32; 2]; notches.count];
    for run in &notches.runs {
        for x in run.columns.clone() {
            light[run.component][usize::from(is_light_below(found, whole, x, run.y))] += 1;
        }
    }
    let is_hair = |run: &&Run| {
        let [dark, light] = light[run.component];
        light > dark
    };
    notches.runs.iter().filter(is_hair).collect()
}

/// Luma as a share of the wall's.
fn lightness(found: Found<'_>, x: usize, y: usize) -> f32 {
    luma(found.view.image.at(x, y)) / luma(found.wall.near(x, y)).max(0.05)
}

/// Whether the hair above the eyes is light.
fn is_light(found: Found<'_>, body: &Mask, rows: usize) -> bool {
    let mut seen = Vec::new();
    for y in (0..2 * rows).step_by(LOOKED_AT) {
        for x in (0..body.width()).step_by(LOOKED_AT) {
            let face = found.depths.face.at(x / LOW_STEP, y / LOW_STEP) > 0.0;
            if body.at(x, y) && !face {
                seen.push(lightness(found, x, y));
            }
        }
    }
    median(&mut seen).is_some_and(|light| light > LIGHT_HAIR)
}

fn is_light_below(found: Found<'_>, whole: &Mask, x: usize, y: usize) -> bool {
    let rows = whole.height();
    (y..rows)
        .find(|y| whole.at(x, *y))
        .map(|first| (first + BELOW_PX).min(rows - 1))
        .is_some_and(|below| lightness(found, 2 * x, 2 * below) > AS_LIGHT)
}
