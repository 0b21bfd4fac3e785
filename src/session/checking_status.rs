//! The enrolment is shown, masked: is this you?

use super::question::QuestionId;
use super::world::World;
use super::{Collections, Effect, Identity, Next, ReadingCode, StoreTrouble, What};
use crate::domain::standing::StudentFile;

/// The enrolment is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckingStatus {
    /// Who it is.
    pub identity: Identity,
    /// The open question: the student's file is being fetched.
    pub question: Option<QuestionId>,
}

/// What the person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckingStatusIntent {
    /// It is me.
    ItIsMe,
    /// It is not.
    NotMe,
}

impl CheckingStatus {
    /// Fetches the file anew, on the way back from a step that changed it.
    pub(super) fn reloading(identity: Identity, world: &mut World<'_>) -> Next {
        Self {
            identity,
            question: None,
        }
        .load(world)
    }

    pub(super) fn on(self, intent: CheckingStatusIntent, world: &mut World<'_>) -> Next {
        match intent {
            CheckingStatusIntent::ItIsMe if self.question.is_none() => self.load(world),
            CheckingStatusIntent::ItIsMe => Next::to(self),
            CheckingStatusIntent::NotMe => {
                let Identity {
                    visitor, status, ..
                } = self.identity;
                ReadingCode::open(
                    visitor,
                    world.institution(status.institution),
                    status.category,
                )
            }
        }
    }

    fn load(mut self, world: &mut World<'_>) -> Next {
        let question = world.ask();
        self.question = Some(question);
        let file = self.identity.file_request();
        Next::to(self).doing(Effect::LoadFile { question, file })
    }

    pub(super) fn file(mut self, file: Result<StudentFile, StoreTrouble>) -> Next {
        self.question = None;
        match file {
            Ok(file) if file.standings.is_empty() => Next::to(self).telling(What::NoCollection),
            Ok(file) => Collections::of(self.identity, file),
            Err(trouble) => Next::to(self).telling(trouble.into()),
        }
    }
}
