//! What is written on the desk, under its lock: what is wanted, how it stands, and the facts that are not told yet.
//!
//! A fact is written down in the moment in which it becomes true and handed over in that order. The order matters:
//! a screen that heard `Opening` after `Live` would wait for ever, because nothing changes any more. Handing over
//! never waits, for the owner of the camera is also the one who reads: what finds no room is kept for the next time.

use std::collections::VecDeque;
use std::time::Instant;

use crate::camera::{CameraError, Purpose};
use crate::workers::Facts;
use crate::workers::vision::VisionFact;

/// How it stands with the camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraState {
    /// Nobody wants pictures.
    Closed,
    /// Asked for; no picture yet.
    Opening,
    /// Pictures come.
    Live,
    /// No pictures; the booth keeps trying.
    Lost(CameraError),
}

/// A still that somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::workers) struct CaptureRequest {
    pub request: u64,
    pub burst: usize,
}

pub(super) struct Ledger {
    pub generation: u64,
    pub wanted: Option<Purpose>,
    pub opening: u64,
    pub over: bool,
    pub state: CameraState,
    /// When the current capture thread promised to be heard of again.
    pub due: Option<Instant>,
    pub captures: VecDeque<CaptureRequest>,
    pub frames: u64,
    untold: VecDeque<VisionFact>,
}

impl Ledger {
    pub fn new() -> Self {
        Self {
            generation: 0,
            wanted: None,
            opening: 0,
            over: false,
            state: CameraState::Closed,
            due: None,
            captures: VecDeque::new(),
            frames: 0,
            untold: VecDeque::new(),
        }
    }

    pub fn is_current(&self, generation: u64) -> bool {
        !self.over && self.generation == generation
    }

    pub fn keep(&mut self, generation: u64, due: Option<Instant>) {
        if self.is_current(generation) {
            self.due = due;
        }
    }

    pub fn change(&mut self, state: CameraState) {
        if self.state != state {
            self.state = state.clone();
            self.untold.push_back(VisionFact::CameraChanged(state));
        }
    }

    /// There are no pictures for `error`, and so no stills. Of two reasons the first stands where the later one only
    /// follows from it.
    pub fn lose(&mut self, error: &CameraError) {
        use CameraError::{Busy, NoCamera, Stalled, Unplugged};
        let follows = matches!(
            (&self.state, error),
            (CameraState::Lost(Unplugged), NoCamera) | (CameraState::Lost(Stalled), Busy)
        );
        if self.wanted.is_some() && !follows {
            self.change(CameraState::Lost(error.clone()));
        }
        self.drop_captures(error);
    }

    pub fn drop_captures(&mut self, error: &CameraError) {
        let failed = |capture: CaptureRequest| VisionFact::CaptureFailed {
            request: capture.request,
            error: error.clone(),
        };
        self.untold.extend(self.captures.drain(..).map(failed));
    }

    /// Puts what is untold into the channel as far as there is room; whether there was something.
    pub fn hand_over(&mut self, facts: &Facts<VisionFact>) -> bool {
        let before = self.untold.len();
        while let Some(fact) = self.untold.pop_front() {
            if let Err(fact) = facts.offer(fact) {
                self.untold.push_front(fact);
                break;
            }
        }
        self.untold.len() < before
    }
}
