//! The capture cannot become a standard photo; here is why, in words a student can act on.

use super::world::World;
use super::{Capturing, Next, Overlay, Ticket};
use crate::photo::Reason;
use crate::vision::capture::Capture;
use std::sync::Arc;

/// The reasons are on the screen.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Who was photographed, and for what.
    pub ticket: Ticket,
    /// The captures kept, newest first.
    pub shots: Vec<Arc<Capture>>,
    /// Why, most important first.
    pub reasons: Vec<Reason>,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedIntent {
    /// Once more, free.
    Retake,
    /// Somebody has to help.
    CallAttendant,
}

impl Refused {
    pub(super) fn on(self, intent: RefusedIntent, world: &World<'_>) -> Next {
        match intent {
            RefusedIntent::Retake => Capturing::open(self.ticket, self.shots, world),
            RefusedIntent::CallAttendant => {
                Next::to(self).under(Overlay::customer_service(world.settings))
            }
        }
    }
}
