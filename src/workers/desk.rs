//! What the owner of the camera, the capture thread and the watch lay down for one another.
//!
//! A capture thread can hang in the driver for ever and come back much later. So it never owns what others
//! need: it holds a *generation*, and whatever it brings is taken only while that generation is the
//! current one. Facts are told and pictures are put while the lock is held: facts come in the order in which
//! they became true, and no picture can slip into a slot after the camera was closed on the student.

mod ledger;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use self::ledger::CameraState;
pub(super) use self::ledger::CaptureRequest;
use self::ledger::Ledger;
use super::vision::VisionFact;
use super::{Facts, Latest};
use crate::camera::{CameraError, Frame, Purpose};
use crate::clock;

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

pub(super) struct Desk {
    ledger: Mutex<Ledger>,
    changed: Condvar,
    outlets: Outlets,
    facts: Facts<VisionFact>,
}

impl Desk {
    pub fn new(outlets: Outlets, facts: Facts<VisionFact>) -> Self {
        Self {
            ledger: Mutex::new(Ledger::new()),
            changed: Condvar::new(),
            outlets,
            facts,
        }
    }

    // ---- the owner, who also reads the facts -------------------------------------------------------

    /// Pictures are wanted. A new purpose begins a new opening; the same one again does too.
    pub fn open(&self, purpose: Purpose) {
        let mut ledger = self.lock();
        let was_closed = ledger.wanted.replace(purpose).is_none();
        ledger.opening += 1;
        self.empty_slots();
        if was_closed {
            ledger.change(CameraState::Opening);
        }
        self.changed.notify_all();
        self.tell(ledger);
    }

    /// No more pictures, and those that lie in the slots are dropped.
    pub fn close(&self) {
        let mut ledger = self.lock();
        ledger.wanted = None;
        self.empty_slots();
        ledger.change(CameraState::Closed);
        ledger.drop_captures(&CameraError::Closed);
        self.changed.notify_all();
        self.tell(ledger);
    }

    /// Asks for a still. Without a camera the answer is there at once.
    pub fn ask_capture(&self, request: CaptureRequest) {
        let mut ledger = self.lock();
        ledger.captures.push_back(request);
        match ledger.state.clone() {
            CameraState::Opening | CameraState::Live => {}
            CameraState::Closed => ledger.drop_captures(&CameraError::Closed),
            CameraState::Lost(error) => ledger.drop_captures(&error),
        }
        self.tell(ledger);
    }

    /// Which opening this is; `None` while the camera is closed.
    pub fn opening(&self) -> Option<u64> {
        let ledger = self.lock();
        ledger.wanted.map(|_| ledger.opening)
    }

    pub fn state(&self) -> CameraState {
        self.lock().state.clone()
    }

    /// The end: every thread that is not hung leaves.
    pub fn end(&self) {
        let mut ledger = self.lock();
        ledger.over = true;
        ledger.wanted = None;
        ledger.generation += 1;
        self.empty_slots();
        self.changed.notify_all();
    }

    // ---- the capture thread ------------------------------------------------------------------------

    /// Waits until pictures are wanted; `None` when this generation has nothing more to do.
    pub fn await_purpose(&self, generation: u64) -> Option<Purpose> {
        let mut ledger = self.lock();
        ledger.keep(generation, None);
        let waiting = self.changed.wait_while(ledger, |ledger| {
            ledger.is_current(generation) && ledger.wanted.is_none()
        });
        let ledger = waiting.unwrap_or_else(PoisonError::into_inner);
        if ledger.is_current(generation) {
            ledger.wanted
        } else {
            None
        }
    }

    /// What is wanted now, if this generation is still asked.
    pub fn purpose(&self, generation: u64) -> Option<(Purpose, u64)> {
        let ledger = self.lock();
        let wanted = ledger.wanted.filter(|_| ledger.is_current(generation));
        wanted.map(|purpose| (purpose, ledger.opening))
    }

    /// Promises to be heard of again within `limit`.
    pub fn promise(&self, generation: u64, limit: Duration) {
        self.lock().keep(generation, Some(clock::now() + limit));
    }

    /// Puts a frame where it is awaited and gives it its number.
    pub fn publish(&self, generation: u64, frame: Frame) -> Option<Arc<Frame>> {
        let mut ledger = self.lock();
        let purpose = ledger.wanted.filter(|_| ledger.is_current(generation))?;
        ledger.frames += 1;
        let frame = Arc::new(Frame {
            number: ledger.frames,
            ..frame
        });
        let sight = Sight {
            purpose,
            opening: ledger.opening,
            frame: Arc::clone(&frame),
        };
        self.outlets.screen.store(Arc::clone(&frame));
        self.outlets.analysis.store(Some(sight));
        ledger.change(CameraState::Live);
        self.tell(ledger);
        self.outlets.screen.wake();
        self.outlets.analysis.wake();
        Some(frame)
    }

    /// No picture for `error`. Waits `pause` before the next try, less if something else is wanted.
    pub fn lose(&self, generation: u64, error: &CameraError, pause: Duration) {
        let mut ledger = self.lock();
        if !ledger.is_current(generation) {
            return;
        }
        // the pause is not a hang
        ledger.keep(generation, None);
        ledger.lose(error);
        self.tell(ledger);
        let idle = |ledger: &mut Ledger| ledger.is_current(generation) && ledger.wanted.is_some();
        drop(self.changed.wait_timeout_while(self.lock(), pause, idle));
    }

    /// The still that is asked for first.
    pub fn next_capture(&self, generation: u64) -> Option<CaptureRequest> {
        let ledger = self.lock();
        ledger
            .captures
            .front()
            .copied()
            .filter(|_| ledger.is_current(generation))
    }

    /// Whether the request was still open; it is not any more.
    pub fn finish_capture(&self, generation: u64, request: CaptureRequest) -> bool {
        let mut ledger = self.lock();
        let open = ledger.is_current(generation) && ledger.captures.front() == Some(&request);
        open && ledger.captures.pop_front().is_some()
    }

    pub fn facts(&self) -> &Facts<VisionFact> {
        &self.facts
    }

    // ---- the watch ---------------------------------------------------------------------------------

    /// Begins a generation; the older ones are given up.
    pub fn next_generation(&self) -> u64 {
        let mut ledger = self.lock();
        ledger.generation += 1;
        ledger.due = None;
        ledger.generation
    }

    /// Waits until the capture thread broke its promise (`true`) or all is over (`false`).
    pub fn await_broken_promise(&self) -> bool {
        let mut ledger = self.lock();
        loop {
            if ledger.over {
                return false;
            }
            let now = clock::now();
            // promises are renewed thirty times a second without a notice: look again when this one is due
            let wait = ledger
                .due
                .map_or(LOOK, |due| due.saturating_duration_since(now).min(LOOK));
            if ledger.due.is_some_and(|due| due <= now) {
                break;
            }
            if ledger.hand_over(&self.facts) {
                self.facts.wake();
            }
            let waited = self
                .changed
                .wait_timeout(ledger, wait)
                .unwrap_or_else(PoisonError::into_inner);
            ledger = waited.0;
        }
        ledger.due = None;
        ledger.lose(&CameraError::Stalled);
        self.tell(ledger);
        true
    }

    /// Sleeps, less if all is over.
    pub fn rest(&self, pause: Duration) {
        drop(
            self.changed
                .wait_timeout_while(self.lock(), pause, |ledger| !ledger.over),
        );
    }

    pub fn is_over(&self) -> bool {
        self.lock().over
    }

    /// Hands over what became true, lets the lock go, and wakes the reader.
    fn tell(&self, mut ledger: MutexGuard<'_, Ledger>) {
        let told = ledger.hand_over(&self.facts);
        drop(ledger);
        if told {
            self.facts.wake();
        }
    }

    fn empty_slots(&self) {
        self.outlets.screen.clear();
        self.outlets.analysis.store(None);
    }

    fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How often the watch looks, where nothing tells it to.
const LOOK: Duration = Duration::from_millis(500);
