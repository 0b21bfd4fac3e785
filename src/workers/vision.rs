//! One handle for all that sees: the camera, the analysis of its frames, the studio that makes the photo.
//!
//! The app shell asks through small methods that never wait, takes the newest frame and findings when it
//! draws, and drains the facts when it is woken. Dropping the handle ends the workers.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::analysis::Analysis;
use super::camera::CameraWorker;
use super::desk::{CameraState, Outlets, Sight};
use super::portrait::{Findings, JudgedBy, Judging};
use super::studio::{self, Order, PhotoWish, Standardized};
use super::{Facts, Latest, Wake, spawn};
use crate::camera::{CameraError, CameraSource, Frame, Purpose};
use crate::photo::Stage;
use crate::session::CodeText;
use crate::vision::measuring::Sighting;
use crate::vision::{Capture, VisionError};

/// More facts than a booth produces while it draws one frame.
const FACTS: usize = 256;

/// Photos that may wait for the studio: a student has one in the making, and may have left another.
const ORDERS: usize = 2;

/// What a worker of the eyes found out. None of these is ever dropped.
#[derive(Debug)]
pub enum VisionFact {
    /// The camera opened, closed, was lost or came back.
    CameraChanged(CameraState),
    /// A code was held up. The same one may be said again while it stays in view.
    CodeSeen {
        /// Counts the openings of the camera.
        opening: u64,
        /// What it says.
        code: CodeText,
    },
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
    /// The studio came so far.
    Progress {
        /// Of [`VisionWorkers::standardize`].
        request: u64,
        /// What it does now.
        stage: Stage,
    },
    /// The studio is done with a capture.
    Standardized {
        /// Of [`VisionWorkers::standardize`].
        request: u64,
        /// What became of it.
        outcome: Box<Standardized>,
    },
    /// A worker panicked and is gone.
    WorkerLost(&'static str),
}

/// The workers that see.
pub struct VisionWorkers {
    camera: CameraWorker,
    screen: Latest<Arc<Frame>>,
    sights: Latest<Option<Sight>>,
    findings: Latest<Arc<Findings>>,
    sightings: Latest<Sighting>,
    judged_by: Arc<JudgedBy>,
    orders: SyncSender<Order>,
    told: Facts<VisionFact>,
    facts: Receiver<VisionFact>,
}

impl VisionWorkers {
    /// Starts the workers; the camera stays closed. `wake` is called for each new frame, finding and fact.
    pub fn start(source: CameraSource, wake: &Wake) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(FACTS);
        let facts = Facts::new(sender, Arc::clone(wake));
        let screen = Latest::waking(Arc::clone(wake));
        let outlets = Outlets {
            screen: screen.clone(),
            analysis: Latest::new(),
        };
        let analysis = Analysis {
            sights: outlets.analysis.clone(),
            findings: Latest::waking(Arc::clone(wake)),
            sightings: Latest::waking(Arc::clone(wake)),
            judged_by: Arc::default(),
            facts: facts.clone(),
        };
        let (orders, ordered) = sync_channel(ORDERS);
        let workers = Self {
            screen,
            sights: analysis.sights.clone(),
            findings: analysis.findings.clone(),
            sightings: analysis.sightings.clone(),
            judged_by: Arc::clone(&analysis.judged_by),
            camera: CameraWorker::start(source, outlets, facts.clone())?,
            orders,
            told: facts.clone(),
            facts: receiver,
        };
        start_with_nets("analysis", &facts, move || analysis.work())?;
        let told = facts.clone();
        start_with_nets("studio", &facts, move || studio::work(&ordered, &told))?;
        Ok(workers)
    }

    /// What frames are judged by from now on; the standard blue and no clean plate before that.
    pub fn judge_by(&self, judging: Judging) {
        self.judged_by.set(judging);
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

    /// Makes a standard photo: answered by some `Progress` and one `Standardized`.
    pub fn standardize(&self, request: u64, capture: Arc<Capture>, wish: PhotoWish) {
        if self
            .orders
            .try_send(Order {
                request,
                capture,
                wish,
            })
            .is_err()
        {
            tracing::error!("the studio takes no orders");
            let outcome = Box::new(Standardized::broken());
            self.told
                .tell_at_once(VisionFact::Standardized { request, outcome });
        }
    }

    /// How it stands with the camera.
    pub fn camera_state(&self) -> CameraState {
        self.camera.state()
    }

    /// The newest frame, once.
    pub fn frame(&self) -> Option<Arc<Frame>> {
        self.screen.take()
    }

    /// The newest findings, once; never those about somebody who stood here before.
    pub fn findings(&self) -> Option<Arc<Findings>> {
        let opening = self.camera.opening();
        self.findings
            .take()
            .filter(|findings| Some(findings.opening) == opening)
    }

    /// What the newest frame showed while the booth is measured in, once.
    pub fn sighting(&self) -> Option<Sighting> {
        self.sightings.take()
    }

    /// The facts since last time, in their order; without codes of an earlier opening of the camera.
    pub fn facts(&self) -> impl Iterator<Item = VisionFact> {
        let current = self.camera.opening();
        self.facts.try_iter().filter(move |fact| match fact {
            VisionFact::CodeSeen { opening, .. } => Some(*opening) == current,
            VisionFact::CameraChanged(_)
            | VisionFact::Captured { .. }
            | VisionFact::CaptureFailed { .. }
            | VisionFact::Progress { .. }
            | VisionFact::Standardized { .. }
            | VisionFact::WorkerLost(_) => true,
        })
    }
}

/// Starts a worker that cannot do without its nets.
fn start_with_nets(
    name: &'static str,
    facts: &Facts<VisionFact>,
    work: impl FnOnce() -> Result<(), VisionError> + Send + 'static,
) -> io::Result<()> {
    let facts = facts.clone();
    let lost = move |name| facts.tell(VisionFact::WorkerLost(name));
    let worker = spawn(name, lost.clone(), move || {
        if let Err(error) = work() {
            tracing::error!(worker = name, %error, "the nets do not load");
            lost(name);
        }
    });
    worker.map(drop)
}

impl Drop for VisionWorkers {
    fn drop(&mut self) {
        self.sights.close();
    }
}
