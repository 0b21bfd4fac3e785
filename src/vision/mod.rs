//! Pixels in, findings out. Pure: no file, thread, clock or network.
//!
//! [`Picture`] is what a camera or a file gives; `look` finds the face and the person in it;
//! [`rules`] measures the precautions of the manual; `codes` reads QR codes.

pub mod codes;
pub mod picture;
pub mod rules;

pub use picture::{Picture, PictureError};
