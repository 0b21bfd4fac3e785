//! Where an earlier submission stands. Stops a second payment and a second photo before they begin.

use super::Chosen;

/// The state is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingView {
    /// Who, and which collection; its submission is there.
    pub chosen: Chosen,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingIntent {
    /// Another photo, free; only after "not approved".
    Retake,
    /// To the list.
    Back,
}
