//! The stages of the work, for whoever waits for it.

/// What is being done, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Looking for the face.
    Face,
    /// Deciding where it goes.
    Geometry,
    /// Separating person and wall.
    Matte,
    /// Laying the background behind.
    Background,
    /// Writing the file.
    Encode,
    /// Reading it again and checking every number.
    Check,
}

impl Stage {
    /// All, in their order.
    pub const ALL: [Self; 6] = [
        Self::Face,
        Self::Geometry,
        Self::Matte,
        Self::Background,
        Self::Encode,
        Self::Check,
    ];

    /// As records write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Face => "face",
            Self::Geometry => "geometry",
            Self::Matte => "matte",
            Self::Background => "background",
            Self::Encode => "encode",
            Self::Check => "check",
        }
    }
}
