//! Strands around wall that is seen between them: neither wholly hair nor gloss, and only as much of the pixel as alpha
//! says.

use super::hole::{CROWN_PERSON, SKIN_WARMTH, warmth};
use super::key::{dot, minus};
use super::solid::{Found, any_of_four};
use crate::photo::grid::LOW_STEP;
use crate::vision::raster::{Mask, Plane, dilated};

/// So near to wall that is seen between strands, alpha below this is a strand's ...
const NEAR_PX: f32 = 8.0;
const STRAND: f32 = 0.85;
/// ... where the hair is this far from the wall, and the pixel this near to a mixture of both.
const CONTRAST: f32 = 0.3;
const OFF: f32 = 0.08;
/// The rim of a stud, which the lens has mixed; it is no strand.
const STUD_RIM_PX: f32 = 3.0;

/// The places of strands in what is solid, by the wall that is seen between them. Before a plate nobody can tell: its wall
/// may be as near to skin as to hair.
pub fn strands(
    found: Found<'_>,
    alpha: &Plane,
    solid: &Mask,
    frizz: &Mask,
    studs: &Mask,
) -> Vec<usize> {
    if found.wall.doubt.is_some() || !frizz.values().contains(&true) {
        return Vec::new();
    }
    let studs = dilated(&any_of_four(studs), STUD_RIM_PX);
    let near = dilated(&any_of_four(frizz), NEAR_PX).zip(&studs, |near, stud| near && !stud);
    let mut strands = Vec::new();
    for patch in &found.band.patches {
        for y in patch.rows.clone() {
            for x in patch.columns.clone().filter(|x| near.at(x / 2, y / 2)) {
                let thin = solid.at(x, y) && alpha.at(x, y) < STRAND;
                if thin && !is_person(found, x, y) && is_mixed(found, x, y) {
                    strands.push(y * solid.width() + x);
                }
            }
        }
    }
    strands
}

/// What is person whatever its alpha says: crown, face, cloth, and skin at the ears.
fn is_person(found: Found<'_>, x: usize, y: usize) -> bool {
    let in_crown = (y as f32) < found.view.eye_y;
    (in_crown && found.view.person.at(x / 2, y / 2) > CROWN_PERSON)
        || found.key.core.at(x, y)
        || found.cloth.at(x, y)
        || (found.depths.ears.at(x / LOW_STEP, y / LOW_STEP)
            && warmth(found.view.image.at(x, y)) > SKIN_WARMTH)
}

/// The colours of a strand lie between the wall's and the hair's, which are far apart: skin may be near to either.
fn is_mixed(found: Found<'_>, x: usize, y: usize) -> bool {
    let wall = found.wall.near(x, y);
    let pixel = minus(found.view.image.at(x, y), wall);
    let hair = minus(found.colours.dark.at(x / 2, y / 2), wall);
    let contrast2 = dot(hair, hair);
    let share = dot(pixel, hair) / contrast2.max(1e-5);
    let off = minus(pixel, hair.map(|v| share * v));
    contrast2 > CONTRAST * CONTRAST && dot(off, off) < OFF * OFF
}
