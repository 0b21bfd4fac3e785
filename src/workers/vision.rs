//! One handle for all that sees: the camera, the analysis of its frames, the studio that makes the photo.
//!
//! The app shell asks through small methods that never wait, takes the newest frame and findings when it
//! draws, and drains the facts when it is woken. Dropping the handle ends the workers.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryIter, sync_channel};

use super::camera::CameraWorker;
use super::desk::{CameraState, Outlets, Sight};
use super::{Facts, Latest, Wake, analysis, spawn};
use crate::camera::{CameraError, CameraSource, Frame, Purpose};
use crate::session::CodeText;
use crate::vision::Capture;

/// More facts than a booth produces while it draws one frame.
const FACTS: usize = 256;

/// What a worker of the eyes found out. None of these is ever dropped.
#[derive(Debug)]
pub enum VisionFact {
    /// The camera opened, closed, was lost or came back.
    CameraChanged(CameraState),
    /// A code was held up. The same one may be said again while it stays in view.
    CodeSeen(CodeText),
    /// The still that was asked for.
    Captured {
        /// Of [`VisionWorkers::capture`].
        request: u64,
        /// The still.
        capture: Arc<Capture>,
    },
    /// There will be no still for this request.
    CaptureFailed {
        /// Of [`VisionWorkers::capture`].
        request: u64,
        /// Why.
        error: CameraError,
    },
    /// A worker panicked and is gone.
    WorkerLost(&'static str),
}

/// The workers that see.
pub struct VisionWorkers {
    camera: CameraWorker,
    screen: Latest<Arc<Frame>>,
    sights: Latest<Sight>,
    facts: Receiver<VisionFact>,
}

impl VisionWorkers {
    /// Starts the workers; the camera stays closed. `wake` is called for each new frame and fact.
    pub fn start(source: CameraSource, wake: &Wake) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(FACTS);
        let facts = Facts::new(sender, Arc::clone(wake));
        let outlets = Outlets {
            screen: Latest::waking(Arc::clone(wake)),
            analysis: Latest::new(),
        };
        let (screen, sights) = (outlets.screen.clone(), outlets.analysis.clone());
        let (awaited, found) = (sights.clone(), facts.clone());
        let lost = facts.clone();
        let lost = move |name| lost.tell(VisionFact::WorkerLost(name));
        spawn("analysis", lost, move || analysis::work(&awaited, &found))?;
        Ok(Self {
            camera: CameraWorker::start(source, outlets, facts)?,
            screen,
            sights,
            facts: receiver,
        })
    }

    /// Opens the camera, or turns the open one to another purpose.
    pub fn open(&self, purpose: Purpose) {
        self.camera.open(purpose);
    }

    /// Closes the camera. No frame of before is left behind.
    pub fn close(&self) {
        self.camera.close();
    }

    /// Takes the best of the next `burst` frames: answered by `Captured` or `CaptureFailed`.
    pub fn capture(&self, request: u64, burst: usize) {
        self.camera.capture(request, burst);
    }

    /// How it stands with the camera.
    pub fn camera_state(&self) -> CameraState {
        self.camera.state()
    }

    /// The newest frame, once.
    pub fn frame(&self) -> Option<Arc<Frame>> {
        self.screen.take()
    }

    /// The facts since last time, in their order.
    pub fn facts(&self) -> TryIter<'_, VisionFact> {
        self.facts.try_iter()
    }
}

impl Drop for VisionWorkers {
    fn drop(&mut self) {
        self.sights.close();
    }
}
