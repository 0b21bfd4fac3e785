//! Retake or accept: the last captures, side by side.

use super::Ticket;
use crate::vision::capture::Capture;
use std::sync::Arc;

/// The captures are on the screen. At least one.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// Who was photographed, and for what.
    pub ticket: Ticket,
    /// Newest first.
    pub shots: Vec<Arc<Capture>>,
    /// The one shown large.
    pub chosen: usize,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoosingIntent {
    /// Show this one large.
    Show(usize),
    /// Make the standard photo of it (上传).
    Accept,
    /// Once more (重拍).
    Retake,
}
