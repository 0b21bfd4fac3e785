//! The studio is at work: a capture becomes a standard photo, or is refused with reasons.

use super::question::QuestionId;
use super::world::World;
use super::{Choosing, Confirming, Effect, Next, Refused, Sound, Ticket, What};
use crate::domain::SubmissionId;
use crate::photo::{Reason, Stage, StandardPhoto};
use crate::vision::capture::Capture;
use crate::vision::rules::Finding;
use std::sync::Arc;

/// Progress is on the screen.
#[derive(Debug, Clone)]
pub struct Standardizing {
    /// Whose photo, and for what.
    pub ticket: Ticket,
    /// The captures kept, newest first.
    pub shots: Vec<Arc<Capture>>,
    /// The one at work.
    pub chosen: usize,
    /// What is being done; `None` before the studio began.
    pub stage: Option<Stage>,
    /// The open question.
    pub question: QuestionId,
}

/// What the studio says.
#[derive(Debug, Clone)]
pub enum StudioNews {
    /// It came this far.
    Progress(Stage),
    /// Done, checked again on the encoded bytes.
    Done(Box<StandardPhoto>, Vec<Finding>),
    /// The capture cannot become a standard photo.
    Refused(Vec<Reason>),
    /// The studio broke; nothing is known about the capture.
    Broken,
}

impl Standardizing {
    pub(super) fn hear(mut self, news: StudioNews, world: &mut World<'_>) -> Next {
        match news {
            StudioNews::Progress(stage) => {
                self.stage = Some(stage);
                Next::to(self)
            }
            StudioNews::Done(photo, findings) => self.done(photo, findings, world),
            StudioNews::Refused(reasons) => {
                let Self { ticket, shots, .. } = self;
                Next::to(Refused {
                    ticket,
                    shots,
                    reasons,
                })
                .doing(Effect::Sound(Sound::Attention))
            }
            StudioNews::Broken => self.back().telling(What::StandardizingFailed),
        }
    }

    fn done(
        self,
        photo: Box<StandardPhoto>,
        findings: Vec<Finding>,
        world: &mut World<'_>,
    ) -> Next {
        let Some(capture) = self.shots.get(self.chosen).cloned() else {
            return self.back().telling(What::StandardizingFailed);
        };
        Next::to(Confirming {
            ticket: self.ticket,
            shots: self.shots,
            capture,
            photo: Arc::from(photo),
            findings,
            submission: SubmissionId::from_bytes(world.id()),
            question: None,
        })
    }

    /// The captures are kept.
    fn back(self) -> Next {
        let Self {
            ticket,
            shots,
            chosen,
            ..
        } = self;
        Next::to(Choosing {
            ticket,
            shots,
            chosen,
        })
    }
}
