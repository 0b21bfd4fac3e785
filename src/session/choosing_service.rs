//! What is to be had and what it costs: one fee, one payment, as many shots as it takes.

use super::question::QuestionId;
use super::world::World;
use super::{Chosen, Details, Effect, Next, Paying, StoreTrouble};
use crate::domain::{Entitlement, Fee};

/// The fee is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoosingService {
    /// Who, and which collection.
    pub chosen: Chosen,
    /// The open question: being let in before paying.
    pub question: Option<QuestionId>,
}

impl ChoosingService {
    pub(super) const fn of(chosen: Chosen) -> Self {
        Self {
            chosen,
            question: None,
        }
    }

    /// The one fee.
    pub fn fee(&self) -> Fee {
        self.chosen.standing.collection.fee
    }

    /// The school lets its students pay later.
    pub fn may_pay_later(&self) -> bool {
        self.chosen.standing.collection.terms.pay_later
    }
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoosingServiceIntent {
    /// 立即支付.
    PayNow,
    /// To the photo, where the school allows it; the fee stays owed.
    PayLater,
    /// To the details.
    Back,
}

impl ChoosingService {
    pub(super) fn on(mut self, intent: ChoosingServiceIntent, world: &mut World<'_>) -> Next {
        match intent {
            ChoosingServiceIntent::PayNow => Paying::begin(self.chosen, world),
            ChoosingServiceIntent::PayLater if self.question.is_none() && self.may_pay_later() => {
                let question = world.ask();
                self.question = Some(question);
                let student = self.chosen.identity.status.student.clone();
                let collection = self.chosen.standing.collection.id.clone();
                Next::to(self).doing(Effect::GrantPayLater {
                    question,
                    student,
                    collection,
                })
            }
            ChoosingServiceIntent::PayLater => Next::to(self),
            ChoosingServiceIntent::Back => Next::to(Details {
                chosen: self.chosen,
                question: None,
            }),
        }
    }

    pub(super) fn granted(
        self,
        granted: Result<Entitlement, StoreTrouble>,
        world: &World<'_>,
    ) -> Next {
        self.chosen.granted(granted, Self::of, world)
    }
}
