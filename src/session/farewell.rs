//! Handed in. What happens next, by when, and how to see it.

use super::{Identity, Next};
use crate::domain::SubmissionId;
use jiff::civil::Date;

/// "Under review, about two working days."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Farewell {
    /// Whose.
    pub identity: Identity,
    /// Its id.
    pub submission: SubmissionId,
    /// The day by which the review is promised.
    pub due: Date,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FarewellIntent {
    /// To the start screen.
    Done,
}

impl Farewell {
    pub(super) fn on(intent: FarewellIntent) -> Next {
        match intent {
            FarewellIntent::Done => Next::leave(),
        }
    }
}
