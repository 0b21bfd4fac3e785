//! The school's roster does not have this student: verify again, or ask the school to be added.

use super::Chosen;
use super::overlay::RequestOutcome;
use super::question::QuestionId;

/// Figure (2) of the manual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEligible {
    /// Who, and which collection.
    pub chosen: Chosen,
    /// How often it was verified again.
    pub tries: u32,
    /// Verifying now.
    pub checking: Option<QuestionId>,
    /// The request to be added is on its way.
    pub asking: Option<QuestionId>,
    /// How the request to be added went.
    pub asked: Option<RequestOutcome>,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEligibleIntent {
    /// Ask the service once more.
    VerifyAgain,
    /// Ask the school to add me.
    AskSchool,
    /// To the list.
    Back,
}
