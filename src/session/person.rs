//! Who stands in front of the booth, from consent on. Leaving drops these values, and with them the person.

use crate::domain::standing::FileRequest;
use crate::domain::{Collection, Entitlement, LastFour, StudentStatus};
use std::fmt;

/// What was agreed to, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentGiven {
    /// Version of the text that was on the screen.
    pub version: String,
    /// When Agree was pressed.
    pub at: jiff::Timestamp,
}

/// A phone that signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// `138****0107`, for its owner's eyes.
    pub masked: String,
    /// Opaque reference of the phone at the service.
    pub phone_ref: String,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedIn(..)")
    }
}

/// Somebody who agreed, with or without a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// What was agreed to.
    pub consent: ConsentGiven,
    /// The phone; `None` for guests and offline.
    pub phone: Option<SignedIn>,
}

/// Somebody who showed an acquisition code and knew its last four characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The person in front of the booth.
    pub visitor: Visitor,
    /// The enrolment that the code stands for.
    pub status: StudentStatus,
    /// What was typed, and fits.
    pub last_four: LastFour,
}

/// The right to be photographed, with whose and for what. Everything after paying carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The student.
    pub identity: Identity,
    /// What the photo is for.
    pub collection: Collection,
    /// Paid, or nothing due.
    pub entitlement: Entitlement,
}

impl Identity {
    /// Asks for this student's file.
    pub fn file_request(&self) -> FileRequest {
        FileRequest {
            student: self.status.student.clone(),
            student_number: self.status.student_number.clone(),
            institution: self.status.institution,
            category: self.status.category,
        }
    }
}
