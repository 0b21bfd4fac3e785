//! One collection: school, category, dates, fee, and whether this student may take part.

use super::Chosen;
use super::question::QuestionId;

/// The details are on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Who, and which collection.
    pub chosen: Chosen,
    /// The open question: verifying again, or being let in where nothing is due.
    pub question: Option<QuestionId>,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailsIntent {
    /// On: to the fee, or straight to the requirements where nothing is to be paid.
    Next,
    /// Ask the service once more.
    VerifyAgain,
    /// To the list.
    Back,
}
