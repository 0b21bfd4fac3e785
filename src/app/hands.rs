//! Executes the session's effects by telling workers, and gathers what they answer. Knows which worker does what, and
//! nothing else: no order of steps, no rule, no picture.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::camera::Frame;
use crate::config::Decoder;
use crate::domain::acquisition_code::CampusKey;
use crate::domain::standing::FileRequest;
use crate::session::{Answer, Effect, Event, Purpose, QuestionId, StudioNews};
use crate::workers::clerk::{Clerk, ClerkFact, Paper};
use crate::workers::import::{ImportFact, ImportWorker};
use crate::workers::{Findings, VisionFact, VisionWorkers};

use super::ears;

/// Frames of which the best becomes the capture.
const BURST: usize = 5;

/// All workers of the booth.
pub struct Workers {
    /// Camera, analysis, studio.
    pub vision: VisionWorkers,
    /// The booth's records.
    pub clerk: Clerk,
    /// Pictures on sticks.
    pub import: ImportWorker,
}
