//! How deep a pixel lies inside (or how far outside) what the coarse mask says, in pixels of the half grid.
//!
//! Solved on the low grid, where a distance transform costs nothing: the mask is no finer than that.

use super::cloth::BODY_PERSON;
use super::low::Low;
use crate::vision::raster::{Mask, Plane, dilated, distance_inside, squared_depth_near};

/// Pixels of the half grid per low pixel.
const LOW_PX: f32 = 2.0;
/// So many low pixels deep all but the trusted person are measured; what is deeper only says so. Nobody asks for more.
const NEAR_LOW_PX: usize = 15;
/// Wall is seen through hair no deeper than this inside the trusted mask.
pub const DEEPEST_GAP_PX: f32 = 60.0;
/// Ears reach so far beside the outline of the face.
const EARS_PX: f32 = 30.0;
/// Cloth and neck stand on the body: below them the mask goes on for so many low pixels, or to the photo's lower edge.
/// Hair beside the neck has wall below it, and between its strands.
const ROOT_LOW_PX: u16 = 40;

/// Distances of the coarse mask on the low grid; all but the first count up to 30 px of the half grid.
pub struct Depths {
    /// Inside the trusted person (mask above .9), however deep: hair lets the wall through far inside it.
    pub trusted: Plane,
    /// Inside the likely person (mask above .6).
    pub likely: Plane,
    /// Outside the possible person (mask above .25); 0 inside.
    pub outside_possible: Plane,
    /// Inside the sure background (mask below .05).
    pub background: Plane,
    /// Inside the near-sure background (mask below .1).
    pub wall: Plane,
    /// Inside the face's outline.
    pub face: Plane,
    /// The face, and as far around it as ears reach.
    pub ears: Mask,
    /// What stands on the body.
    pub rooted: Mask,
}

impl Depths {
    /// All distances that the matte asks for.
    pub fn of(low: &Low, face: &Mask) -> Self {
        let near =
            |of: &Mask| squared_depth_near(of, NEAR_LOW_PX).map(|d| f32::from(d).sqrt() * LOW_PX);
        let trusted = low.person.map(|p| p > 0.9);
        Self {
            trusted: distance_inside(&trusted).map(|d| d * LOW_PX),
            likely: near(&low.person.map(|p| p > 0.6)),
            outside_possible: near(&low.person.map(|p| p <= 0.25)),
            background: near(&low.person.map(|p| p < 0.05)),
            wall: near(&low.person.map(|p| p < 0.1)),
            face: near(face),
            ears: dilated(face, EARS_PX / LOW_PX),
            rooted: rooted(&low.person),
        }
    }
}

/// Where the person goes on downwards.
fn rooted(person: &Plane) -> Mask {
    let (w, h) = (person.width(), person.height());
    let mut rooted = Mask::filled(w, h, false);
    // below the photo the body goes on
    let mut below = vec![ROOT_LOW_PX; w];
    for y in (0..h).rev() {
        let row = rooted.row_mut(y).iter_mut().zip(person.row(y));
        for ((rooted, person), below) in row.zip(&mut below) {
            *below = if *person > BODY_PERSON {
                (*below + 1).min(ROOT_LOW_PX)
            } else {
                0
            };
            *rooted = *below == ROOT_LOW_PX;
        }
    }
    rooted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_stands_on_the_photos_edge_and_hair_beside_the_neck_on_nothing() {
        let person = Plane::from_fn(3, 200, |x, y| match x {
            0 => 1.0,
            1 => f32::from(u8::from(y < 120)),
            _ => f32::from(u8::from(y > 190)),
        });
        let rooted = rooted(&person);
        assert!(rooted.at(0, 0) && rooted.at(0, 199));
        assert!(rooted.at(1, 80) && !rooted.at(1, 81) && !rooted.at(1, 119));
        assert!(rooted.at(2, 191) && !rooted.at(2, 190));
    }
}
