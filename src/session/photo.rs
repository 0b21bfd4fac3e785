//! A place kept for the photo room's types until that room is built. Removed with it.

use crate::vision::rules::Rule;

/// A JPEG that meets the standard.
#[derive(Debug, Clone)]
pub struct StandardPhoto {
    _made_elsewhere: (),
}

/// Why a capture cannot become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
}

/// How far the studio is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Looking for the face.
    Looking,
}
