//! The requirements with pictures, read once before the camera opens.

use super::Ticket;
use super::question::QuestionId;
use super::settings::{PhotoImport, Settings};
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
