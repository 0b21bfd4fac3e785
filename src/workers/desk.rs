//! What the owner of the camera, the capture thread and the watch lay down for one another.
//!
//! A capture thread can hang in the driver for ever and come back much later. So it never owns what others
//! need: it holds a *generation*, and whatever it brings is taken only while that generation is the
//! current one. Facts are told after the lock is let go, pictures are put while it is held: none can slip
//! into a slot after the camera was closed on the student.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::vision::VisionFact;
use super::{Facts, Latest};
use crate::camera::{CameraError, Frame, Purpose};
use crate::clock;

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

/// A frame for the analysis, with what it was opened for.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    pub purpose: Purpose,
    /// Counts the openings: what was seen in an earlier one does not matter any more.
    pub opening: u64,
    pub frame: Arc<Frame>,
}

/// Where frames go, one slot a consumer.
#[derive(Clone)]
pub(super) struct Outlets {
    pub screen: Latest<Arc<Frame>>,
    /// `None` says that nobody is looked at any more.
    pub analysis: Latest<Option<Sight>>,
}

/// A still that somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CaptureRequest {
    pub request: u64,
    pub burst: usize,
}

pub(super) struct Desk {
    inner: Mutex<Inner>,
    changed: Condvar,
    outlets: Outlets,
    facts: Facts<VisionFact>,
}

struct Inner {
    generation: u64,
    wanted: Option<Purpose>,
    opening: u64,
    over: bool,
    state: CameraState,
    /// When the current capture thread promised to be heard of again.
    due: Option<Instant>,
    captures: VecDeque<CaptureRequest>,
    frames: u64,
}

impl Desk {
    pub fn new(outlets: Outlets, facts: Facts<VisionFact>) -> Self {
        let inner = Inner {
            generation: 0,
            wanted: None,
            opening: 0,
            over: false,
            state: CameraState::Closed,
            due: None,
            captures: VecDeque::new(),
            frames: 0,
        };
        Self {
            inner: Mutex::new(inner),
            changed: Condvar::new(),
            outlets,
            facts,
        }
    }

    // ---- the owner, who also reads the facts ---------------------------------------------------------------------------------

    /// Pictures are wanted. A new purpose begins a new opening; the same one again does too.
    pub fn open(&self, purpose: Purpose) {
        let mut inner = self.lock();
        let was_closed = inner.wanted.replace(purpose).is_none();
        inner.opening += 1;
        self.empty_slots();
        let change = if was_closed {
            inner.change(CameraState::Opening)
        } else {
            None
        };
        // told before the lock is given up: the camera's thread may have its first picture before this one goes on, and
        // `Live` before `Opening` would leave the screen waiting for ever
        self.tell_at_once(change);
        self.changed.notify_all();
        drop(inner);
    }

    /// No more pictures, and those that lie in the slots are dropped.
    pub fn close(&self) {
        let mut inner = self.lock();
        inner.wanted = None;
        let failed = inner.drop_captures(&CameraError::Closed);
        self.empty_slots();
        let change = inner.change(CameraState::Closed);
        self.tell_at_once(change);
        self.tell_at_once(failed);
        self.changed.notify_all();
        drop(inner);
    }

    /// Asks for a still. Without a camera the answer is there at once.
    pub fn ask_capture(&self, request: CaptureRequest) {
        let mut inner = self.lock();
        inner.captures.push_back(request);
        let failed = match inner.state.clone() {
            CameraState::Opening | CameraState::Live => Vec::new(),
            CameraState::Closed => inner.drop_captures(&CameraError::Closed),
            CameraState::Lost(error) => inner.drop_captures(&error),
        };
        drop(inner);
        self.tell_at_once(failed);
    }

    /// Which opening this is; `None` while the camera is closed.
    pub fn opening(&self) -> Option<u64> {
        let inner = self.lock();
        inner.wanted.map(|_| inner.opening)
    }

    pub fn state(&self) -> CameraState {
        self.lock().state.clone()
    }

    /// The end: every thread that is not hung leaves.
    pub fn end(&self) {
        let mut inner = self.lock();
        inner.over = true;
        inner.wanted = None;
        inner.generation += 1;
        self.empty_slots();
        self.changed.notify_all();
    }

    // ---- the capture thread ------------------------------------------------------------------------

    /// Waits until pictures are wanted; `None` when this generation has nothing more to do.
    pub fn await_purpose(&self, generation: u64) -> Option<Purpose> {
        let mut inner = self.lock();
        inner.keep(generation, None);
        let waiting = self.changed.wait_while(inner, |inner| {
            inner.is_current(generation) && inner.wanted.is_none()
        });
        let inner = waiting.unwrap_or_else(PoisonError::into_inner);
        if inner.is_current(generation) {
            inner.wanted
        } else {
            None
        }
    }

    /// What is wanted now, if this generation is still asked.
    pub fn purpose(&self, generation: u64) -> Option<(Purpose, u64)> {
        let inner = self.lock();
        let wanted = inner.wanted.filter(|_| inner.is_current(generation));
        wanted.map(|purpose| (purpose, inner.opening))
    }

    /// Promises to be heard of again within `limit`.
    pub fn promise(&self, generation: u64, limit: Duration) {
        self.lock().keep(generation, Some(clock::now() + limit));
    }

    /// Puts a frame where it is awaited and gives it its number.
    pub fn publish(&self, generation: u64, frame: Frame) -> Option<Arc<Frame>> {
        let mut inner = self.lock();
        let purpose = inner.wanted.filter(|_| inner.is_current(generation))?;
        inner.frames += 1;
        let frame = Arc::new(Frame {
            number: inner.frames,
            ..frame
        });
        let sight = Sight {
            purpose,
            opening: inner.opening,
            frame: Arc::clone(&frame),
        };
        self.outlets.screen.store(Arc::clone(&frame));
        self.outlets.analysis.store(Some(sight));
        let change = inner.change(CameraState::Live);
        drop(inner);
        self.outlets.screen.wake();
        self.outlets.analysis.wake();
        self.tell(change);
        Some(frame)
    }

    /// No picture for `error`. Waits `pause` before the next try, less if something else is wanted.
    pub fn lose(&self, generation: u64, error: CameraError, pause: Duration) {
        let mut inner = self.lock();
        if !inner.is_current(generation) {
            return;
        }
        // the pause is not a hang
        inner.keep(generation, None);
        let failed = inner.drop_captures(&error);
        let change = if inner.wanted.is_some() {
            inner.lost(error)
        } else {
            None
        };
        drop(inner);
        self.tell(change);
        self.tell(failed);
        let idle = |inner: &mut Inner| inner.is_current(generation) && inner.wanted.is_some();
        drop(self.changed.wait_timeout_while(self.lock(), pause, idle));
    }

    /// The still that is asked for first.
    pub fn next_capture(&self, generation: u64) -> Option<CaptureRequest> {
        let inner = self.lock();
        inner
            .captures
            .front()
            .copied()
            .filter(|_| inner.is_current(generation))
    }

    /// Whether the request was still open; it is not any more.
    pub fn finish_capture(&self, generation: u64, request: CaptureRequest) -> bool {
        let mut inner = self.lock();
        let open = inner.is_current(generation) && inner.captures.front() == Some(&request);
        open && inner.captures.pop_front().is_some()
    }

    pub fn facts(&self) -> &Facts<VisionFact> {
        &self.facts
    }

    // ---- the watch ---------------------------------------------------------------------------------

    /// Begins a generation; the older ones are given up.
    pub fn next_generation(&self) -> u64 {
        let mut inner = self.lock();
        inner.generation += 1;
        inner.due = None;
        inner.generation
    }

    /// Waits until the capture thread broke its promise (`true`) or all is over (`false`).
    pub fn await_broken_promise(&self) -> bool {
        let mut inner = self.lock();
        loop {
            if inner.over {
                return false;
            }
            let now = clock::now();
            // promises are renewed thirty times a second without a notice: look again when this one is due
            let wait = inner
                .due
                .map_or(LOOK, |due| due.saturating_duration_since(now).min(LOOK));
            if inner.due.is_some_and(|due| due <= now) {
                break;
            }
            let waited = self
                .changed
                .wait_timeout(inner, wait)
                .unwrap_or_else(PoisonError::into_inner);
            inner = waited.0;
        }
        inner.due = None;
        let failed = inner.drop_captures(&CameraError::Stalled);
        let change = if inner.wanted.is_some() {
            inner.change(CameraState::Lost(CameraError::Stalled))
        } else {
            None
        };
        drop(inner);
        self.tell(change);
        self.tell(failed);
        true
    }

    /// Sleeps, less if all is over.
    pub fn rest(&self, pause: Duration) {
        drop(
            self.changed
                .wait_timeout_while(self.lock(), pause, |inner| !inner.over),
        );
    }

    pub fn is_over(&self) -> bool {
        self.lock().over
    }

    fn tell(&self, facts: impl IntoIterator<Item = VisionFact>) {
        for fact in facts {
            self.facts.tell(fact);
        }
    }

    fn tell_at_once(&self, facts: impl IntoIterator<Item = VisionFact>) {
        for fact in facts {
            self.facts.tell_at_once(fact);
        }
    }

    fn empty_slots(&self) {
        self.outlets.screen.clear();
        self.outlets.analysis.store(None);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How often the watch looks, where nothing tells it to.
const LOOK: Duration = Duration::from_millis(500);

impl Inner {
    fn is_current(&self, generation: u64) -> bool {
        !self.over && self.generation == generation
    }

    fn keep(&mut self, generation: u64, due: Option<Instant>) {
        if self.is_current(generation) {
            self.due = due;
        }
    }

    fn change(&mut self, state: CameraState) -> Option<VisionFact> {
        if self.state == state {
            return None;
        }
        self.state = state.clone();
        Some(VisionFact::CameraChanged(state))
    }

    /// The first reason stands where the later one only follows from it.
    fn lost(&mut self, error: CameraError) -> Option<VisionFact> {
        use CameraError::{Busy, NoCamera, Stalled, Unplugged};
        let follows = matches!(
            (&self.state, &error),
            (CameraState::Lost(Unplugged), NoCamera) | (CameraState::Lost(Stalled), Busy)
        );
        if follows {
            None
        } else {
            self.change(CameraState::Lost(error))
        }
    }

    fn drop_captures(&mut self, error: &CameraError) -> Vec<VisionFact> {
        let failed = |capture: CaptureRequest| VisionFact::CaptureFailed {
            request: capture.request,
            error: error.clone(),
        };
        self.captures.drain(..).map(failed).collect()
    }
}
