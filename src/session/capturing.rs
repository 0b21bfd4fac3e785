//! In front of the camera: guidance, a countdown when all is right, one full-size still.

use super::Ticket;
use super::question::QuestionId;
use crate::vision::capture::Capture;
use crate::vision::rules::{Finding, Rule};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many captures are kept to choose from.
pub const SHOTS_KEPT: usize = 3;
/// Seconds counted down.
pub const COUNTDOWN_FROM: u8 = 3;
/// After this long in front of the camera the student may release the shutter.
pub const MANUAL_AFTER: Duration = Duration::from_secs(20);

/// The live picture is on the screen.
#[derive(Debug, Clone)]
pub struct Capturing {
    /// Who is photographed, and for what.
    pub ticket: Ticket,
    /// Since when the camera shows a picture here.
    pub since: Instant,
    /// What the rules say now; `None` before the first look.
    pub guidance: Option<GuidanceView>,
    /// How far it is.
    pub phase: CapturePhase,
    /// The student may release the shutter although something is not right.
    pub manual_allowed: bool,
    /// Captures taken so far, newest first, at most [`SHOTS_KEPT`].
    pub shots: Vec<Arc<Capture>>,
    /// The camera.
    pub camera: CameraView,
    /// The open question: a still is being taken.
    pub question: Option<QuestionId>,
}

/// The one sentence, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GuidanceView {
    /// The rule to speak of; `None` when nothing is wrong.
    pub first: Option<Rule>,
    /// Everything has been right for long enough.
    pub ready: bool,
    /// The steadied findings, worst first.
    pub hints: Vec<Finding>,
}

/// How far a capture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapturePhase {
    /// Getting into place.
    Framing,
    /// 3, 2, 1; stops when something is no longer right.
    Countdown {
        /// The number on the screen.
        left: u8,
        /// When the still is taken.
        ends: Instant,
        /// Begun by hand: goes on whatever the rules say.
        by_hand: bool,
    },
    /// The still is on its way.
    Taking {
        /// When it is given up.
        until: Instant,
    },
}

/// The camera, as far as a person cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CameraView {
    /// Not yet.
    #[default]
    Opening,
    /// Pictures come.
    Live,
    /// Unplugged, hanging or taken by something else; it is looked for.
    Lost,
}

/// Why no capture came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraTrouble {
    /// The camera is gone.
    Gone,
    /// It did not deliver in time.
    Slow,
    /// It delivered something that is no picture.
    Unreadable,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapturingIntent {
    /// Take it now.
    TakeNow,
    /// To the requirements.
    Back,
}
