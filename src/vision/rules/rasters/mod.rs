//! The pictures that the rules share, made once a frame: the face upright in its canonical square, and the
//! whole frame small.

mod upright;
mod room;
pub(super) mod tone;

pub(super) use upright::Upright;
pub(super) use room::Room;
