//! The enrolment is shown, masked: is this you?

use super::Identity;
use super::question::QuestionId;

/// The enrolment is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckingStatus {
    /// Who it is.
    pub identity: Identity,
    /// The open question: the student's file is being fetched.
    pub question: Option<QuestionId>,
}

/// What the person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckingStatusIntent {
    /// It is me.
    ItIsMe,
    /// It is not.
    NotMe,
}
