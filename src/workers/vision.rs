//! One handle for all that sees: the camera, the analysis of its frames, the studio that makes the photo.
//!
//! The app shell asks through small methods that never wait, takes the newest frame and findings when it
//! draws, and drains the facts when it is woken. Dropping the handle ends the workers.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryIter, sync_channel};

use sha2::{Digest, Sha256};

use super::camera::CameraWorker;
use super::desk::{CameraState, Outlets};
use super::{Facts, Latest, Wake};
use crate::camera::{CameraError, CameraSource, Frame, Purpose};
use crate::vision::Picture;

/// More facts than a booth produces while it draws one frame.
const FACTS: usize = 256;

/// What a worker of the eyes found out. None of these is ever dropped.
#[derive(Debug)]
pub enum VisionFact {
    /// The camera opened, closed, was lost or came back.
    CameraChanged(CameraState),
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

/// A full-size still taken on purpose: the camera's own bytes, kept untouched, and their picture.
#[derive(Clone)]
pub struct Capture {
    /// The camera's own bytes.
    pub jpeg: Arc<[u8]>,
    /// The same, decoded.
    pub picture: Arc<Picture>,
    /// Of `jpeg`.
    pub sha256: [u8; 32],
}

impl Capture {
    pub(super) fn of(frame: &Frame) -> Self {
        Self { jpeg: Arc::clone(&frame.jpeg), picture: Arc::clone(&frame.picture), sha256: Sha256::digest(&frame.jpeg).into() }
    }
}

impl std::fmt::Debug for Capture {
    /// Sizes only: a face never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Capture({:?}, {} bytes)", self.picture, self.jpeg.len())
    }
}

/// The workers that see.
pub struct VisionWorkers {
    camera: CameraWorker,
    screen: Latest<Arc<Frame>>,
    facts: Receiver<VisionFact>,
}

impl VisionWorkers {
    /// Starts the workers; the camera stays closed. `wake` is called for each new frame and fact.
    pub fn start(source: CameraSource, wake: &Wake) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(FACTS);
        let facts = Facts::new(sender, Arc::clone(wake));
        let outlets = Outlets { screen: Latest::waking(Arc::clone(wake)), analysis: Latest::new() };
        let screen = outlets.screen.clone();
        Ok(Self { camera: CameraWorker::start(source, outlets, facts)?, screen, facts: receiver })
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
