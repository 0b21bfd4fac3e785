//! What an attendant wants, what is answered, and what is done about it.

use super::step::{Overview, QueueRow};
use crate::domain::SubmissionId;
use crate::session::{Favour, QuestionId};
use crate::vision::measuring::{Calibration, Sighting};
use std::fmt;
use std::time::Instant;
use zeroize::Zeroizing;

/// Everything that the attendant's journey hears.
#[derive(Debug, Clone)]
pub enum AdminEvent {
    /// Somebody held the corner of the screen.
    Corner,
    /// Something was touched.
    Intent(AdminIntent),
    /// An answer to a question.
    Answer(QuestionId, AdminAnswer),
    /// What a frame shows, while the booth is measured in.
    Sighted(Box<Sighting>),
    /// The student who is here was helped so.
    Helped(Favour),
    /// Time passed.
    Tick,
}

/// What the attendant wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum AdminIntent {
    /// A digit of the PIN.
    Digit(char),
    /// Take the last digit back.
    Erase,
    /// These digits.
    Enter,
    /// How is the booth?
    Home,
    /// What is not delivered?
    Queue,
    /// Try all of them now.
    RetryAll,
    /// Try this row now.
    Retry(usize),
    /// Copy what is not delivered to a stick.
    Export,
    /// What does the camera see?
    Camera,
    /// Measure the booth in.
    Calibrate,
    /// Take what is in view.
    Keep,
    /// Help the student who is here.
    Help(Favour),
    /// Stop serving students, or serve them again.
    OutOfService(bool),
    /// The service does not know this booth any more: enrol it again.
    EnrolAgain,
    /// Leave the kiosk; asked once more.
    Quit,
    /// Really leave it.
    ReallyQuit,
    /// Do not leave it.
    NotYet,
    /// Somebody is there.
    Touch,
    /// Back to the students.
    Leave,
}

impl fmt::Debug for AdminIntent {
    /// Which digit it was is nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digit(_) => f.write_str("Digit(*)"),
            Self::Erase => f.write_str("Erase"),
            Self::Enter => f.write_str("Enter"),
            Self::Home => f.write_str("Home"),
            Self::Queue => f.write_str("Queue"),
            Self::RetryAll => f.write_str("RetryAll"),
            Self::Retry(at) => write!(f, "Retry({at})"),
            Self::Export => f.write_str("Export"),
            Self::Camera => f.write_str("Camera"),
            Self::Calibrate => f.write_str("Calibrate"),
            Self::Keep => f.write_str("Keep"),
            Self::Help(favour) => write!(f, "Help({favour:?})"),
            Self::OutOfService(out) => write!(f, "OutOfService({out})"),
            Self::EnrolAgain => f.write_str("EnrolAgain"),
            Self::Quit => f.write_str("Quit"),
            Self::ReallyQuit => f.write_str("ReallyQuit"),
            Self::NotYet => f.write_str("NotYet"),
            Self::Touch => f.write_str("Touch"),
            Self::Leave => f.write_str("Leave"),
        }
    }
}

/// Answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminAnswer {
    /// To `VerifyPin`: right, or how many wrong ones there were in a row.
    Pin(Result<(), u32>),
    /// To `LoadOverview`.
    Overview(Overview),
    /// To `LoadQueue`, oldest first.
    Queue(Vec<QueueRow>),
    /// To `TakePlate`: it is taken and kept, or not.
    Calibrated(bool),
    /// To `Export`: how many submissions are on the stick, and how many could not be copied; `None` where no stick is
    /// plugged in, or it takes nothing.
    Exported(Option<(u32, u32)>),
    /// The booth's records cannot be read.
    Broken,
}

/// A typed PIN on its way to be compared.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(pub Zeroizing<String>);

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(..)")
    }
}

/// Something for the outside to do.
#[derive(Debug, Clone, PartialEq)]
pub enum AdminEffect {
    /// Is this the PIN? Whoever compares also counts the wrong ones, in the store.
    VerifyPin {
        /// The question.
        question: QuestionId,
        /// What was typed.
        pin: Pin,
    },
    /// The booth in figures.
    LoadOverview {
        /// The question.
        question: QuestionId,
    },
    /// What is not delivered.
    LoadQueue {
        /// The question.
        question: QuestionId,
    },
    /// Copy what is not delivered to the stick that is plugged in.
    Export {
        /// The question.
        question: QuestionId,
    },
    /// Let this one go again, and try it now.
    RetryNow(SubmissionId),
    /// Try everything that waits now.
    RetryAll,
    /// Show the live picture.
    OpenCamera,
    /// Show the live picture and say what is in it.
    OpenCameraToMeasure,
    /// Photograph the empty booth, and keep it with what was found.
    TakePlate {
        /// The question.
        question: QuestionId,
        /// What the card gave.
        found: Calibration,
    },
    /// Nobody looks at it any more.
    CloseCamera,
    /// Stop serving students, or serve them again, also after a restart. Written into the audit log if it is news.
    MarkOutOfService(bool),
    /// Tell the session, if it would take effect; answered by `AdminEvent::Helped`.
    Help(Favour),
    /// Ask for an invitation; the workers end, what they had begun is stored.
    EnrolAgain,
    /// End the program.
    LeaveKiosk,
    /// Write into the audit log that this was done.
    Audit(&'static str),
    /// Send a `Tick` not later than this.
    WakeAt(Instant),
}
