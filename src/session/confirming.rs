//! The last look: the bytes on the screen are the bytes that are stored and sent.

use super::Ticket;
use super::photo::StandardPhoto;
use super::question::QuestionId;
use crate::domain::SubmissionId;
use crate::vision::capture::Capture;
use crate::vision::rules::Finding;
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
