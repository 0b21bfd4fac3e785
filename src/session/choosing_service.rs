//! What is to be had and what it costs: one fee, one payment, as many shots as it takes.

use super::world::World;
use super::{Chosen, Details, Next, Paying, What};
use crate::domain::Fee;

/// The fee is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoosingService {
    /// Who, and which collection.
    pub chosen: Chosen,
}

impl ChoosingService {
    /// The one fee.
    pub fn fee(&self) -> Fee {
        self.chosen.standing.collection.fee
    }
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoosingServiceIntent {
    /// 立即支付.
    PayNow,
    /// To the details.
    Back,
}

impl ChoosingService {
    pub(super) fn on(self, intent: ChoosingServiceIntent, world: &mut World<'_>) -> Next {
        match intent {
            ChoosingServiceIntent::PayNow if !world.service.online => {
                Next::to(self).telling(What::PayingNeedsService)
            }
            ChoosingServiceIntent::PayNow => Paying::begin(self.chosen, world),
            ChoosingServiceIntent::Back => Next::to(Details {
                chosen: self.chosen,
                question: None,
            }),
        }
    }
}
