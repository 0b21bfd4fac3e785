//! Where an earlier submission stands. Stops a second payment and a second photo before they begin.

use super::world::World;
use super::{Chosen, Next};

/// The state is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingView {
    /// Who, and which collection; its submission is there.
    pub chosen: Chosen,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingIntent {
    /// Another photo, free; only after "not approved".
    Retake,
    /// To the list.
    Back,
}

impl StandingView {
    pub(super) fn on(self, intent: StandingIntent, world: &World<'_>) -> Next {
        match intent {
            StandingIntent::Retake => self.retake(world),
            StandingIntent::Back => self.chosen.list(),
        }
    }

    /// The entitlement is still the student's: nothing is to be paid.
    fn retake(self, world: &World<'_>) -> Next {
        let standing = &self.chosen.standing;
        let Some(entitlement) = standing
            .entitlement
            .clone()
            .filter(|_| standing.may_retake())
        else {
            return Next::to(self);
        };
        match self.chosen.closed(world.clock.today) {
            Some(what) => Next::to(self).telling(what),
            None => self.chosen.prepare(entitlement, world),
        }
    }
}
