//! The pictures that the rules share, made once a frame: the face upright in its canonical square, and the
//! whole frame small.

mod room;
pub(super) mod tone;
mod upright;

pub(super) use room::Room;
pub(super) use upright::Upright;
