//! How deep a pixel lies inside (or how far outside) what the coarse mask says, in pixels of the half grid.
//!
//! Solved on the low grid, where a distance transform costs nothing: the mask is no finer than that.

use super::low::Low;
use crate::vision::raster::{Mask, Plane, distance_inside, squared_distance_to};

/// Pixels of the half grid per low pixel.
const LOW_PX: f32 = 2.0;

/// Distances of the coarse mask on the low grid.
pub struct Depths {
    /// Inside the trusted person (mask above .9).
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
}

impl Depths {
    /// All distances that the matte asks for.
    pub fn of(low: &Low, face: &Mask) -> Self {
        let inside = |of: &Mask| distance_inside(of).map(|d| d * LOW_PX);
        let possible = low.person.map(|p| p > 0.25);
        Self {
            trusted: inside(&low.person.map(|p| p > 0.9)),
            likely: inside(&low.person.map(|p| p > 0.6)),
            outside_possible: squared_distance_to(&possible)
                .map(|d| (d as f32).sqrt().min(1e4) * LOW_PX),
            background: inside(&low.person.map(|p| p < 0.05)),
            wall: inside(&low.person.map(|p| p < 0.1)),
            face: inside(face),
        }
    }
}
