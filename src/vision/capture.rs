//! A full-size still taken on purpose: the camera's own bytes beside the pixels they hold.

use super::Picture;
use std::fmt;
use std::sync::Arc;

/// The bytes are kept untouched and travel with the submission; the pixels are what is measured and cut.
#[derive(Clone)]
pub struct Capture {
    /// The file as the camera gave it; a student may have brought a PNG, which stays one.
    pub jpeg: Arc<[u8]>,
    /// The same, decoded and upright.
    pub picture: Picture,
    /// SHA-256 of `jpeg`.
    pub sha256: [u8; 32],
    /// Brought along by the student, not taken by the booth's camera.
    pub imported: bool,
    /// When, by the clock of whoever took it.
    pub taken_at: jiff::Timestamp,
}

impl fmt::Debug for Capture {
    /// Sizes only: a face never reaches a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Capture({} bytes, {:?})", self.jpeg.len(), self.picture)
    }
}
