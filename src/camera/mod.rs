//! The booth's eye: pictures of whoever stands in front of it, one after the other.
//!
//! Two real cameras ship: a webcam through `nokhwa` ([`device`]), and a [`recording`] of a synthetic
//! student that plays where there is no webcam. This room opens, waits, trims and decodes; it knows no
//! thread (that is `workers::camera`), judges no picture, and puts no picture or name into a log.

pub mod device;
mod format;
mod mjpeg;
mod page;
pub mod recording;
mod stale;
mod yuyv;

use std::sync::Arc;
use std::time::Instant;

use thiserror::Error;

use crate::vision::Picture;

pub use device::{DeviceChoice, DeviceInfo, Webcam, devices};
pub use recording::RecordingFolder;

/// What the camera is opened for. A webcam does not care; a recording shows what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A code on paper or on a phone is held up to be read.
    ReadCode,
    /// A student stands for the photo.
    Portrait,
    /// An attendant measures the booth in.
    Measure,
}

/// One picture of the live camera.
#[derive(Clone)]
pub struct Frame {
    /// The picture in full resolution.
    pub picture: Arc<Picture>,
    /// The camera's own bytes, untouched. Where a camera gives no JPEG, the first and only encoding.
    pub jpeg: Arc<[u8]>,
    /// Counts up by one a frame, also across re-opening: whoever reads the camera numbers the frames.
    pub number: u64,
    /// When the frame arrived.
    pub at: Instant,
}

impl std::fmt::Debug for Frame {
    /// Number and size only: a face never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Frame(#{}, {:?}, {} bytes)",
            self.number,
            self.picture,
            self.jpeg.len()
        )
    }
}

/// Why there is no picture. Closed, so that each has its sentence and its remedy on the screen.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum CameraError {
    /// No camera is connected, or not the one that was asked for.
    #[error("no camera is connected")]
    NoCamera,
    /// Another program, or a thread that hangs in the driver, holds the camera.
    #[error("the camera is in use elsewhere")]
    Busy,
    /// This program may not open the camera (the user is not in the group `video`).
    #[error("no permission to open the camera")]
    Denied,
    /// The camera was there and has gone.
    #[error("the camera was unplugged")]
    Unplugged,
    /// The camera is there but sends nothing.
    #[error("the camera has stopped sending pictures")]
    Stalled,
    /// The camera speaks no picture format that the booth understands.
    #[error("the camera offers no usable picture format")]
    Unsupported,
    /// One frame was cut off or damaged; the next may be whole.
    #[error("a damaged frame")]
    BadFrame,
    /// Nobody has opened the camera.
    #[error("the camera is closed")]
    Closed,
    /// The driver failed in some other way.
    #[error("the camera driver failed: {0}")]
    Driver(String),
    /// A file of the recording cannot be used.
    #[error("the recording cannot be used: {0}")]
    Recording(String),
}

/// A source of frames. `next` blocks until there is one, in a driver perhaps for ever.
pub trait Camera {
    /// The next frame, its number 0.
    fn next(&mut self) -> Result<Frame, CameraError>;

    /// What the attendant reads: the name of the device or of the recording.
    fn name(&self) -> &str;
}

/// Which camera the booth uses, settled once at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraSource {
    /// A webcam.
    Device(Webcam),
    /// The recorded synthetic student.
    Recording(RecordingFolder),
}

impl CameraSource {
    /// Opens the camera.
    pub fn open(&self, purpose: Purpose) -> Result<Box<dyn Camera>, CameraError> {
        match self {
            Self::Device(webcam) => Ok(Box::new(device::Device::open(webcam)?)),
            Self::Recording(folder) => Ok(Box::new(recording::Recording::open(folder, purpose)?)),
        }
    }

    /// Whether another purpose needs another opening.
    pub fn plays_by_purpose(&self) -> bool {
        matches!(self, Self::Recording(_))
    }
}
