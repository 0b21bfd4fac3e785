//! The requirements with pictures, and what no camera can tell: confirmed once before the camera opens.

use super::asking::Question;
use super::question::QuestionId;
use super::settings::{PhotoImport, Settings};
use super::world::World;
use super::{Capturing, CheckingStatus, Choosing, Effect, Next, PictureProblem, Ticket, What};
use crate::vision::capture::Capture;
use jiff::SignedDuration;
use std::sync::Arc;

/// The requirements are on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preparing {
    /// Who is to be photographed, and for what.
    pub ticket: Ticket,
    /// What is asked, and whether it was confirmed.
    pub asked: Vec<(Question, bool)>,
    /// The open question: a picture is being brought in.
    pub question: Option<QuestionId>,
}

impl Preparing {
    /// Everything that no camera can tell was confirmed.
    pub fn may_continue(&self) -> bool {
        self.asked.iter().all(|(_, confirmed)| *confirmed)
    }

    /// The button for pictures brought along is shown at all.
    pub fn offers_album(settings: &Settings) -> bool {
        settings.photo_import != PhotoImport::Off
    }
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreparingIntent {
    /// One of the ticks.
    Confirm(Question, bool),
    /// All of them.
    HaveRead(bool),
    /// To the camera.
    Continue,
    /// 从相册选取.
    FromAlbum,
    /// To the list; what was paid stays paid.
    Back,
}

impl Preparing {
    pub(super) fn of(ticket: Ticket, world: &World<'_>) -> Next {
        Next::to(Self {
            asked: Question::of(&ticket.collection, world.head_excused)
                .into_iter()
                .map(|question| (question, false))
                .collect(),
            ticket,
            question: None,
        })
    }

    pub(super) fn on(mut self, intent: PreparingIntent, world: &mut World<'_>) -> Next {
        match intent {
            PreparingIntent::Confirm(question, confirmed) => {
                for (_, answer) in self.asked.iter_mut().filter(|(q, _)| *q == question) {
                    *answer = confirmed;
                }
                Next::to(self)
            }
            PreparingIntent::HaveRead(read) => {
                for (_, answer) in &mut self.asked {
                    *answer = read;
                }
                Next::to(self)
            }
            PreparingIntent::Continue if self.may_continue() => {
                Capturing::open(self.ticket, Vec::new(), world)
            }
            PreparingIntent::Continue => Next::to(self),
            PreparingIntent::FromAlbum => self.import(world),
            PreparingIntent::Back => CheckingStatus::reloading(self.ticket.identity, world),
        }
    }

    /// Ears and forehead are not asked about any more.
    pub(super) fn excused(mut self) -> Self {
        self.asked
            .retain(|(question, _)| *question != Question::Face);
        self
    }

    fn import(mut self, world: &mut World<'_>) -> Next {
        match world.settings.photo_import {
            PhotoImport::Off => Next::to(self).telling(What::ImportOff),
            PhotoImport::Attendant if !world.import_allowed => {
                Next::to(self).telling(What::ImportNeedsAttendant)
            }
            PhotoImport::Attendant | PhotoImport::On if self.question.is_some() => Next::to(self),
            PhotoImport::Attendant | PhotoImport::On => {
                let question = world.ask();
                self.question = Some(question);
                Next::to(self).doing(Effect::ImportPictures { question })
            }
        }
    }

    /// No stick: the picture may have come from the student's own phone.
    fn look_on_phone(mut self, world: &mut World<'_>) -> Next {
        let question = world.ask();
        self.question = Some(question);
        let student = self.ticket.identity.status.student.clone();
        let collection = self.ticket.collection.id.clone();
        Next::to(self).doing(Effect::FetchAlbum {
            question,
            student,
            collection,
        })
    }

    /// What is recent enough of the pictures brought along, to choose from.
    pub(super) fn imported(
        mut self,
        pictures: Result<Vec<Arc<Capture>>, PictureProblem>,
        world: &mut World<'_>,
    ) -> Next {
        self.question = None;
        let age =
            SignedDuration::from_hours(24 * i64::from(self.ticket.collection.picture_age_days));
        // a file of tomorrow is a camera whose clock was wrong, not an old picture
        let is_recent =
            |capture: &Arc<Capture>| world.clock.utc.duration_since(capture.taken_at) <= age;
        let recent = pictures.and_then(|mut pictures| {
            pictures.retain(is_recent);
            if pictures.is_empty() {
                Err(PictureProblem::TooOld)
            } else {
                Ok(pictures)
            }
        });
        let what = match recent {
            Ok(shots) => {
                return Next::to(Choosing {
                    ticket: self.ticket,
                    shots,
                    chosen: 0,
                });
            }
            Err(PictureProblem::NotFound) if self.ticket.collection.album => {
                return self.look_on_phone(world);
            }
            Err(PictureProblem::NotFound) => What::PictureNotFound,
            Err(PictureProblem::NotSent) => What::PictureNotSent,
            Err(PictureProblem::Unreadable) => What::PictureUnreadable,
            Err(PictureProblem::TooOld) => What::PictureTooOld,
        };
        Next::to(self).telling(what)
    }
}
