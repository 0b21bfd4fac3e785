//! The last look: the bytes on the screen are the bytes that are stored and sent.

use super::question::QuestionId;
use super::world::World;
use super::{
    Capturing, Choosing, ConfirmedSubmission, Effect, Farewell, Next, Overlay, Sound, StoreTrouble,
    Ticket, What,
};
use crate::domain::SubmissionId;
use crate::photo::StandardPhoto;
use crate::vision::capture::Capture;
use crate::vision::rules::Finding;
use jiff::civil::Date;
use std::sync::Arc;

/// The standard photo is on the screen, the student's data beside it.
#[derive(Debug, Clone)]
pub struct Confirming {
    /// Whose photo, and for what.
    pub ticket: Ticket,
    /// The captures kept, newest first.
    pub shots: Vec<Arc<Capture>>,
    /// The one the photo was made of.
    pub capture: Arc<Capture>,
    /// What is handed in.
    pub photo: Arc<StandardPhoto>,
    /// What was measured on it.
    pub findings: Vec<Finding>,
    /// Drawn once for this photo: however often Submit is tried, it is one submission.
    pub submission: SubmissionId,
    /// The open question: it is being stored.
    pub question: Option<QuestionId>,
}

impl Confirming {
    /// Being stored; every button waits.
    pub fn sending(&self) -> bool {
        self.question.is_some()
    }
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmingIntent {
    /// Hand in; asked once more before it counts.
    Submit,
    /// Another photo.
    Retake,
    /// Not this one: back to the captures.
    Cancel,
}

impl Confirming {
    pub(super) fn on(self, intent: ConfirmingIntent, world: &World<'_>) -> Next {
        if self.sending() {
            return Next::to(self);
        }
        match intent {
            ConfirmingIntent::Submit => Next::to(self).under(Overlay::SubmitSure),
            ConfirmingIntent::Retake => Capturing::open(self.ticket, self.shots, world),
            ConfirmingIntent::Cancel => {
                let chosen = self
                    .shots
                    .iter()
                    .position(|shot| Arc::ptr_eq(shot, &self.capture));
                let chosen = chosen.unwrap_or_default();
                Next::to(Choosing {
                    ticket: self.ticket,
                    shots: self.shots,
                    chosen,
                })
            }
        }
    }

    /// Really. However often it is touched, it is stored once, under one id.
    pub(super) fn submit(mut self, world: &mut World<'_>) -> Next {
        if self.sending() {
            return Next::to(self);
        }
        let question = world.ask();
        self.question = Some(question);
        let submission = Box::new(self.submission(world));
        Next::to(self).doing(Effect::Confirm {
            question,
            submission,
        })
    }

    fn submission(&self, world: &World<'_>) -> ConfirmedSubmission {
        ConfirmedSubmission {
            id: self.submission,
            identity: self.ticket.identity.clone(),
            collection: self.ticket.collection.clone(),
            entitlement: self.ticket.entitlement.clone(),
            capture: Arc::clone(&self.capture),
            photo: Arc::clone(&self.photo),
            findings: self.findings.clone(),
            at: world.clock.utc,
            due: due(world),
        }
    }

    pub(super) fn saved(
        mut self,
        saved: Result<SubmissionId, StoreTrouble>,
        world: &World<'_>,
    ) -> Next {
        self.question = None;
        match saved {
            Ok(submission) => Next::to(Farewell {
                identity: self.ticket.identity,
                submission,
                due: due(world),
            })
            .doing(Effect::Sound(Sound::Success)),
            Err(StoreTrouble::Full) => Next::to(self).telling(What::StoreFull),
            Err(StoreTrouble::Broken | StoreTrouble::ServiceAway) => {
                Next::to(self).telling(What::NotSaved)
            }
        }
    }
}

fn due(world: &World<'_>) -> Date {
    world
        .settings
        .working_days
        .due(world.clock.today, world.settings.review_days)
}
