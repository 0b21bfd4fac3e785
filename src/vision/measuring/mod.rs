//! Measuring the booth in: what the printed card shows, and whether the booth is empty and lit as it should be.
//!
//! It measures one frame at a time and keeps nothing; what is kept, and for how long, the attendant's journey decides.

mod calibration;
mod card;
mod empty;

pub use calibration::Calibration;
pub use card::{Card, CardSight, PATCH_COLOURS};
pub use empty::{EmptyFault, EmptySight};

use super::{Nets, Picture, VisionError};

/// What one frame shows to whoever measures the booth in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sighting {
    /// The card, if it is in view.
    pub card: Option<CardSight>,
    /// The booth as a background.
    pub empty: EmptySight,
}

impl Sighting {
    /// Looks at a frame.
    pub fn of(nets: &Nets, picture: &Picture) -> Result<Self, VisionError> {
        Ok(Self {
            card: CardSight::of(picture),
            empty: EmptySight::of(nets, picture)?,
        })
    }
}
