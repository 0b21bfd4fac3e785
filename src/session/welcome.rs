//! The start screen. Holds nothing of anybody.

use super::{Consent, Next};

/// Nobody is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Welcome {}

/// What somebody may want of the start screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WelcomeIntent {
    /// Begin (立即进入).
    Start,
}

impl Welcome {
    pub(super) fn on(intent: WelcomeIntent) -> Next {
        match intent {
            WelcomeIntent::Start => Next::to(Consent::default()),
        }
    }
}
