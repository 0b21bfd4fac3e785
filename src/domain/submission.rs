//! Where a submission stands.

use serde::{Deserialize, Serialize};

/// States of a submission, from Submit to the reviewer's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Durable at the booth, not yet at the service.
    Queued,
    /// The service has it and signed for it.
    Delivered,
    /// The service refused it; an attendant has to look. Never discarded.
    Held,
    /// A reviewer will decide within about two working days.
    UnderReview,
    /// Approved: frozen.
    Approved,
    /// Not approved: reasons are known, the retake is free.
    NotApproved,
    /// Taken back by the service desk.
    Withdrawn,
}

impl SubmissionState {
    /// Nothing may be submitted again while this stands.
    pub const fn is_standing(self) -> bool {
        match self {
            Self::Queued | Self::Delivered | Self::Held | Self::UnderReview | Self::Approved => {
                true
            }
            Self::NotApproved | Self::Withdrawn => false,
        }
    }
}
