//! One collection out of a student's file: what the steps between the list and the camera share.

use super::Identity;
use crate::domain::standing::{Standing, StudentFile};

/// The file is kept for the way back to the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Whose.
    pub identity: Identity,
    /// All collections.
    pub file: StudentFile,
    /// The chosen one.
    pub standing: Standing,
}
