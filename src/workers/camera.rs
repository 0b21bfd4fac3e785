//! The camera worker: one capture thread, and a watch that replaces it when it hangs.
//!
//! A thread that hangs in the driver cannot be stopped, only given up: it is never joined, and its
//! generation is over, so whatever it still brings is dropped. The watch itself touches no camera.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::desk::{CameraState, CaptureRequest, Desk, Outlets};
use super::vision::VisionFact;
use super::{Facts, capture, spawn};
use crate::camera::{CameraError, CameraSource, Purpose};

/// So many capture threads may there be, hung ones included: more would not help.
const MOST_THREADS: usize = 3;
/// Until it is looked again whether one of them came back.
const HUNG_PAUSE: Duration = Duration::from_secs(1);

/// The handle; dropping it ends the threads, but for one that hangs.
pub(super) struct CameraWorker {
    desk: Arc<Desk>,
}

impl CameraWorker {
    /// Starts the watch and the first capture thread; the camera stays closed.
    pub fn start(
        source: CameraSource,
        outlets: Outlets,
        facts: Facts<VisionFact>,
    ) -> io::Result<Self> {
        let lost = facts.clone();
        let desk = Arc::new(Desk::new(outlets, facts));
        let crew = Crew {
            desk: Arc::clone(&desk),
            source: Arc::new(source),
            alive: Arc::default(),
        };
        crew.start_capture()?;
        spawn(
            "camera-watch",
            move |name| lost.tell(VisionFact::WorkerLost(name)),
            move || crew.watch(),
        )?;
        Ok(Self { desk })
    }

    /// Pictures are wanted from now on.
    pub fn open(&self, purpose: Purpose) {
        self.desk.open(purpose);
    }

    /// No more pictures.
    pub fn close(&self) {
        self.desk.close();
    }

    /// Asks for the best of the next `burst` frames.
    pub fn capture(&self, request: u64, burst: usize) {
        self.desk.ask_capture(CaptureRequest { request, burst });
    }

    /// Which opening this is; `None` while the camera is closed.
    pub fn opening(&self) -> Option<u64> {
        self.desk.opening()
    }

    /// How it stands.
    pub fn state(&self) -> CameraState {
        self.desk.state()
    }
}

impl Drop for CameraWorker {
    fn drop(&mut self) {
        self.desk.end();
    }
}

/// What the watch needs to start another capture thread.
struct Crew {
    desk: Arc<Desk>,
    source: Arc<CameraSource>,
    /// Held by every capture thread that has not ended.
    alive: Arc<()>,
}

impl Crew {
    fn start_capture(&self) -> io::Result<()> {
        let generation = self.desk.next_generation();
        let (desk, source, alive) = (
            Arc::clone(&self.desk),
            Arc::clone(&self.source),
            Arc::clone(&self.alive),
        );
        let lost = desk.facts().clone();
        let work = move || {
            capture::serve(&desk, &source, generation);
            drop(alive);
        };
        spawn(
            "camera",
            move |name| lost.tell(VisionFact::WorkerLost(name)),
            work,
        )
        .map(drop)
    }

    fn watch(&self) {
        while self.desk.await_broken_promise() {
            tracing::warn!("the camera hangs in its driver; its thread is given up");
            // begun at once, so that the given-up thread brings nothing while a place is awaited
            let generation = self.desk.next_generation();
            while Arc::strong_count(&self.alive) > MOST_THREADS && !self.desk.is_over() {
                self.desk
                    .lose(generation, &CameraError::Stalled, Duration::ZERO);
                self.desk.rest(HUNG_PAUSE);
            }
            while let Err(error) = self.start_capture() {
                tracing::error!(%error, "no thread for the camera");
                self.desk.rest(HUNG_PAUSE);
                if self.desk.is_over() {
                    return;
                }
            }
        }
    }
}
