//! The studio is at work: a capture becomes a standard photo, or is refused with reasons.

use super::Ticket;
use super::photo::{Reason, Stage, StandardPhoto};
use super::question::QuestionId;
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
