//! Where the attendant is.

use super::calibrating::Calibrating;
use crate::domain::{SubmissionId, SubmissionState};
use crate::session::{Favour, QuestionId};
use std::fmt;
use std::time::Instant;
use zeroize::Zeroizing;

/// Where the attendant is.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum AdminStep {
    /// Not here: the booth is the students'.
    #[default]
    Away,
    /// At the keypad.
    EnteringPin(EnteringPin),
    /// How the booth is.
    Home(Home),
    /// What is not delivered, and why.
    Queue(Queue),
    /// Looking at the live picture.
    Camera,
    /// Measuring the booth in.
    Calibrating(Calibrating),
}

/// The keypad is on the screen.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct EnteringPin {
    /// What was typed.
    pub typed: Zeroizing<String>,
    /// The last one was wrong.
    pub wrong: bool,
    /// Too many tries: closed until then.
    pub closed_until: Option<Instant>,
    /// The open question: is it this one?
    pub question: Option<QuestionId>,
}

impl fmt::Debug for EnteringPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "EnteringPin(wrong: {}, closed: {})",
            self.wrong,
            self.closed_until.is_some()
        )
    }
}

/// How the booth is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Home {
    /// The figures; `None` until they are there.
    pub overview: Option<Overview>,
    /// What was done for the student who is here, a moment ago.
    pub helped: Option<Favour>,
    /// Asked whether to leave the kiosk.
    pub quitting: bool,
    /// The open question: the figures.
    pub question: Option<QuestionId>,
}

/// The booth in figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// Submissions still to be sent.
    pub waiting: u32,
    /// Submissions that the service refused.
    pub held: u32,
    /// When the oldest of both was submitted.
    pub oldest: Option<jiff::Timestamp>,
    /// The service does not know this booth any more: it waits to be enrolled again.
    pub unknown: bool,
    /// The key of the records is a credential of the system, not a file.
    pub key_is_credential: bool,
    /// Free space, in megabytes; `None` where it cannot be told.
    pub disk_free_mb: Option<u64>,
    /// The program's version.
    pub version: String,
    /// When the booth was measured in; `None` if it never was.
    pub calibrated: Option<jiff::Timestamp>,
    /// How the booth departs from what was measured in, as last seen behind a student.
    pub scene: SceneState,
}

/// Whether the booth still looks as on the clean plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SceneState {
    /// Nobody was seen since the program started, or there is no plate.
    #[default]
    Unknown,
    /// It does.
    Fits,
    /// The light is another.
    LightChanged,
    /// The camera was bumped, or a lamp or a thing was moved.
    ViewChanged,
}

/// What is not delivered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queue {
    /// Oldest first; `None` until they are there.
    pub rows: Option<Vec<QueueRow>>,
    /// The open question: the rows, or the copying.
    pub question: Option<QuestionId>,
    /// How the copying to a stick went.
    pub export: Export,
}

/// Copying to a stick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Export {
    /// Nobody asked for it.
    #[default]
    None,
    /// Under way.
    Running,
    /// So many submissions are on the stick.
    Done {
        /// On the stick.
        saved: u32,
        /// At the booth alone: an earlier version did not seal them.
        left: u32,
    },
    /// No stick is plugged in, or it takes nothing.
    NoStick,
}

/// A submission that is not delivered. Knows nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// Its id, shown by its first digits.
    pub id: SubmissionId,
    /// When Submit was pressed.
    pub submitted_at: jiff::Timestamp,
    /// Its state.
    pub state: SubmissionState,
    /// Tries so far.
    pub tries: u32,
    /// Why it is still here, in the words of whoever refused it; may be empty.
    pub why: String,
}
