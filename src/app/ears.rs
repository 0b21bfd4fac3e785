//! Turns what the workers found into what the session hears. Decides nothing.

use crate::camera::CameraError;
use crate::session::{CameraTrouble, CameraView, GuidanceView, PictureProblem};
use crate::workers::import::ImportError;
use crate::workers::{CameraState, Findings};

/// The camera, as far as a person cares.
pub fn camera(state: &CameraState) -> CameraView {
    match state {
        CameraState::Closed | CameraState::Opening => CameraView::Opening,
        CameraState::Live => CameraView::Live,
        CameraState::Lost(_) => CameraView::Lost,
    }
}

/// Why there is no capture.
pub fn capture_trouble(error: &CameraError) -> CameraTrouble {
    match error {
        CameraError::Stalled => CameraTrouble::Slow,
        CameraError::BadFrame => CameraTrouble::Unreadable,
        CameraError::NoCamera
        | CameraError::Busy
        | CameraError::Denied
        | CameraError::Unplugged
        | CameraError::Unsupported
        | CameraError::Closed
        | CameraError::Driver(_)
        | CameraError::Recording(_) => CameraTrouble::Gone,
    }
}

/// What guidance says of a frame.
pub fn guidance(findings: &Findings) -> GuidanceView {
    let state = &findings.guidance;
    GuidanceView {
        first: state.first,
        ready: state.ready,
        hints: state.findings.clone(),
    }
}

/// Why a picture brought along is of no use.
pub fn picture_problem(error: ImportError) -> PictureProblem {
    match error {
        ImportError::NotFound => PictureProblem::NotFound,
        ImportError::Unreadable => PictureProblem::Unreadable,
    }
}
