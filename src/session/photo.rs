//! A place kept for the photo room's types until that room is built. Removed with it.

use crate::vision::rules::Finding;

/// A JPEG that meets the standard.
#[derive(Debug, Clone)]
pub struct StandardPhoto {
    _made_elsewhere: (),
}

/// Why a capture cannot become one.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason(pub Finding);

/// How far the studio is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Looking for the face.
    Looking,
}
