//! The requirements with pictures, read once before the camera opens.

use super::question::QuestionId;
use super::settings::{PhotoImport, Settings};
use super::world::World;
use super::{Capturing, CheckingStatus, Choosing, Effect, Next, PictureProblem, Ticket, What};
use crate::vision::capture::Capture;
use std::sync::Arc;
use std::time::Instant;

/// The requirements are on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preparing {
    /// Who is to be photographed, and for what.
    pub ticket: Ticket,
    /// Since when.
    pub since: Instant,
    /// "I have read and follow these."
    pub read: bool,
    /// The open question: a picture is being brought in.
    pub question: Option<QuestionId>,
}

impl Preparing {
    /// Read, or looked at long enough.
    pub fn may_continue(&self, settings: &Settings, now: Instant) -> bool {
        self.read || now.saturating_duration_since(self.since) >= settings.requirements_min
    }

    /// The button for pictures brought along is shown at all.
    pub fn offers_album(settings: &Settings) -> bool {
        settings.photo_import != PhotoImport::Off
    }
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreparingIntent {
    /// The tick.
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
            ticket,
            since: world.clock.now,
            read: false,
            question: None,
        })
    }

    pub(super) fn on(mut self, intent: PreparingIntent, world: &mut World<'_>) -> Next {
        match intent {
            PreparingIntent::HaveRead(read) => {
                self.read = read;
                Next::to(self)
            }
            PreparingIntent::Continue if self.may_continue(world.settings, world.clock.now) => {
                Capturing::open(self.ticket, Vec::new(), world)
            }
            PreparingIntent::Continue => Next::to(self),
            PreparingIntent::FromAlbum => self.import(world),
            PreparingIntent::Back => CheckingStatus::reloading(self.ticket.identity, world),
        }
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
                Next::to(self).doing(Effect::ImportPicture { question })
            }
        }
    }

    pub(super) fn imported(mut self, picture: Result<Arc<Capture>, PictureProblem>) -> Next {
        self.question = None;
        let what = match picture {
            Ok(capture) => {
                return Next::to(Choosing {
                    ticket: self.ticket,
                    shots: vec![capture],
                    chosen: 0,
                });
            }
            Err(PictureProblem::NotFound) => What::PictureNotFound,
            Err(PictureProblem::Unreadable) => What::PictureUnreadable,
            Err(PictureProblem::TooOld) => What::PictureTooOld,
        };
        Next::to(self).telling(what)
    }

    /// When Continue comes alive.
    pub(super) fn wakes_at(&self, settings: &Settings, now: Instant) -> Option<Instant> {
        (!self.may_continue(settings, now)).then(|| self.since + settings.requirements_min)
    }
}
