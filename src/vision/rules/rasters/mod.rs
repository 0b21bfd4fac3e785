//! The pictures that the rules share, made once a frame: the face upright in its canonical square, and the
//! whole frame small.

mod near;
mod room;
pub(in crate::vision) mod tone;
mod upright;

pub(super) use near::Near;
pub(super) use room::Room;
pub use room::Wall;
pub(super) use upright::Upright;
