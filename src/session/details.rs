//! One collection: school, category, dates, fee, and whether this student may take part.

use super::question::QuestionId;
use super::world::World;
use super::{ChoosingService, Chosen, Effect, Next, NotEligible, StoreTrouble, What};
use crate::domain::Entitlement;
use crate::domain::standing::{Eligibility, StudentFile};

/// The details are on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Who, and which collection.
    pub chosen: Chosen,
    /// The open question: verifying again, or being let in where nothing is due.
    pub question: Option<QuestionId>,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailsIntent {
    /// On: to the fee, or straight to the requirements where nothing is to be paid.
    Next,
    /// Ask the service once more.
    VerifyAgain,
    /// To the list.
    Back,
}

impl Details {
    pub(super) fn on(self, intent: DetailsIntent, world: &mut World<'_>) -> Next {
        match intent {
            DetailsIntent::Back => self.chosen.list(),
            DetailsIntent::Next | DetailsIntent::VerifyAgain if self.question.is_some() => {
                Next::to(self)
            }
            DetailsIntent::Next => self.go_on(world),
            DetailsIntent::VerifyAgain => {
                let file = self.chosen.identity.file_request();
                self.ask(world, |question| Effect::VerifyAgain { question, file })
            }
        }
    }

    /// Who may not, or not today, is told so before any money is asked for. Who has paid is not asked again.
    fn go_on(self, world: &mut World<'_>) -> Next {
        let standing = &self.chosen.standing;
        match standing.eligibility {
            Eligibility::NotOnRoster => return Next::to(NotEligible::of(self.chosen)),
            Eligibility::Eligible | Eligibility::Provisional => {}
        }
        if let Some(what) = self.chosen.closed(world.clock.today) {
            return Next::to(self).telling(what);
        }
        if let Some(entitlement) = standing.entitlement.clone() {
            return self.chosen.prepare(entitlement, world);
        }
        if standing.collection.fee.is_nothing() {
            let student = self.chosen.identity.status.student.clone();
            let collection = standing.collection.id.clone();
            return self.ask(world, |question| Effect::GrantNothingDue {
                question,
                student,
                collection,
            });
        }
        Next::to(ChoosingService::of(self.chosen))
    }

    fn ask(mut self, world: &mut World<'_>, effect: impl FnOnce(QuestionId) -> Effect) -> Next {
        let question = world.ask();
        self.question = Some(question);
        Next::to(self).doing(effect(question))
    }

    pub(super) fn file(mut self, file: Result<StudentFile, StoreTrouble>) -> Next {
        self.question = None;
        match file {
            Ok(file) => match self.chosen.clone().renewed(file) {
                Some(chosen) => chosen.show(),
                None => Next::to(self).telling(What::NoCollection),
            },
            Err(trouble) => Next::to(self).telling(trouble.into()),
        }
    }

    pub(super) fn granted(
        self,
        granted: Result<Entitlement, StoreTrouble>,
        world: &World<'_>,
    ) -> Next {
        self.chosen.granted(
            granted,
            |chosen| Self {
                chosen,
                question: None,
            },
            world,
        )
    }
}
