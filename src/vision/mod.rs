//! Pixels in, findings out. Pure: no file, thread, clock or network.
//!
//! [`Picture`] is what a camera or a file gives; [`Nets::look`] finds the face and the person in it;
//! [`rules`] measures the precautions of the manual; `codes` reads QR codes.

pub mod capture;
pub mod codes;
pub mod expression;
pub mod face;
pub mod live;
pub mod measuring;
pub mod nets;
pub mod picture;
pub mod raster;
pub mod rules;
mod simd;

pub use capture::Capture;
pub use expression::{Expression, Expressions};
pub use face::Face;
pub use nets::{Faces, FoundFace, Nets, VisionError};
pub use picture::{Picture, PictureError};
pub use raster::Plane;
pub(crate) use simd::vectored;

/// What the nets see in one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Every face, the largest first.
    pub faces: Vec<FoundFace>,
    /// The largest face, measured.
    pub face: Option<Face>,
    /// What it shows.
    pub expressions: Expressions,
    /// Roughly which pixels are a person, 0..1, 256 x 256 stretched over the whole picture.
    pub mask: Plane,
}
