//! The last four characters of the ID number: the one thing a student ever types about themselves.

use super::Visitor;
use crate::domain::StudentStatus;
use crate::domain::acquisition_code::LastFourCheck;
use std::fmt;
use zeroize::Zeroizing;

/// The keypad is on the screen.
#[derive(Clone, PartialEq, Eq)]
pub struct EnteringLastFour {
    /// Who types.
    pub visitor: Visitor,
    /// The enrolment of the code, masked.
    pub status: StudentStatus,
    /// What the typed characters are held against.
    pub check: LastFourCheck,
    /// What was typed so far.
    pub typed: Zeroizing<String>,
    /// Tries left.
    pub tries_left: u8,
    /// The last try was wrong.
    pub wrong: bool,
    /// No try is left: an attendant has to help.
    pub locked: bool,
}

impl fmt::Debug for EnteringLastFour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnteringLastFour")
            .field("status", &self.status)
            .field("typed", &self.typed.len())
            .field("tries_left", &self.tries_left)
            .finish_non_exhaustive()
    }
}

/// What the person wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum EnteringLastFourIntent {
    /// A key of the pad: 0-9, A-Z.
    Key(char),
    /// Take the last one back.
    Erase,
    /// These four.
    Sure,
    /// Another code.
    Back,
}

impl fmt::Debug for EnteringLastFourIntent {
    /// Which key it was is nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key(_) => "Key(*)",
            Self::Erase => "Erase",
            Self::Sure => "Sure",
            Self::Back => "Back",
        })
    }
}
