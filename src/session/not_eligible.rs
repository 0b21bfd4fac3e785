//! The school's roster does not have this student: verify again, or ask the school to be added.

use super::overlay::RequestOutcome;
use super::question::QuestionId;
use super::world::World;
use super::{
    Chosen, Effect, Next, RequestAbout, ServiceRequestKind, Sound, StoreTrouble, StudentNumber,
    What,
};
use crate::domain::RequestId;
use crate::domain::standing::{Eligibility, StudentFile};

/// Figure (2) of the manual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEligible {
    /// Who, and which collection.
    pub chosen: Chosen,
    /// How often it was verified again.
    pub tries: u32,
    /// Verifying now.
    pub checking: Option<QuestionId>,
    /// The request to be added is on its way.
    pub asking: Option<QuestionId>,
    /// How the request to be added went.
    pub asked: Option<RequestOutcome>,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEligibleIntent {
    /// Ask the service once more.
    VerifyAgain,
    /// Ask the school to add me.
    AskSchool,
    /// To the list.
    Back,
}

impl NotEligible {
    pub(super) fn of(chosen: Chosen) -> Self {
        Self {
            chosen,
            tries: 0,
            checking: None,
            asking: None,
            asked: None,
        }
    }

    pub(super) fn on(mut self, intent: NotEligibleIntent, world: &mut World<'_>) -> Next {
        match intent {
            NotEligibleIntent::VerifyAgain if self.checking.is_none() => {
                let question = world.ask();
                self.checking = Some(question);
                let file = self.chosen.identity.file_request();
                Next::to(self).doing(Effect::VerifyAgain { question, file })
            }
            NotEligibleIntent::AskSchool if self.may_ask() => {
                let question = world.ask();
                (self.asking, self.asked) = (Some(question), Some(RequestOutcome::Sending));
                let about = Box::new(self.about());
                let id = RequestId::from_bytes(world.id());
                let kind = ServiceRequestKind::AddToRoster;
                Next::to(self).doing(Effect::FileServiceRequest {
                    question,
                    id,
                    kind,
                    about,
                })
            }
            NotEligibleIntent::VerifyAgain | NotEligibleIntent::AskSchool => Next::to(self),
            NotEligibleIntent::Back => self.chosen.list(),
        }
    }

    /// Once is enough, unless it could not be stored.
    fn may_ask(&self) -> bool {
        matches!(self.asked, None | Some(RequestOutcome::Failed))
    }

    fn about(&self) -> RequestAbout {
        let status = &self.chosen.identity.status;
        RequestAbout {
            institution: Some(status.institution),
            category: Some(status.category),
            student: Some(status.student.clone()),
            student_number: Some(StudentNumber(status.student_number.clone())),
            collection: Some(self.chosen.standing.collection.id.clone()),
            submission: None,
        }
    }

    pub(super) fn file(mut self, file: Result<StudentFile, StoreTrouble>) -> Next {
        self.checking = None;
        self.tries += 1;
        let file = match file {
            Ok(file) => file,
            Err(trouble) => return Next::to(self).telling(trouble.into()),
        };
        match self.chosen.clone().renewed(file) {
            Some(chosen) => match chosen.standing.eligibility {
                Eligibility::Eligible | Eligibility::Provisional => {
                    chosen.show().doing(Effect::Sound(Sound::Success))
                }
                Eligibility::NotOnRoster => Next::to(Self { chosen, ..self }),
            },
            None => Next::to(self).telling(What::NoCollection),
        }
    }

    pub(super) fn filed(mut self, filed: Result<(), StoreTrouble>) -> Next {
        self.asking = None;
        self.asked = Some(RequestOutcome::of(filed));
        Next::to(self)
    }
}
