//! The capture cannot become a standard photo; here is why, in words a student can act on.

use super::Ticket;
use super::photo::Reason;
use crate::vision::capture::Capture;
use std::sync::Arc;

/// The reasons are on the screen.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Who was photographed, and for what.
    pub ticket: Ticket,
    /// The captures kept, newest first.
    pub shots: Vec<Arc<Capture>>,
    /// Why, most important first.
    pub reasons: Vec<Reason>,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedIntent {
    /// Once more, free.
    Retake,
    /// Somebody has to help.
    CallAttendant,
}
