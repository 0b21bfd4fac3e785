//! The student's collections, each with where it stands.

use super::Identity;
use crate::domain::standing::StudentFile;

/// The list is on the screen. At least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collections {
    /// Whose.
    pub identity: Identity,
    /// What the booth knows.
    pub file: StudentFile,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CollectionsIntent {
    /// This one.
    Choose(usize),
    /// To the enrolment.
    Back,
}
