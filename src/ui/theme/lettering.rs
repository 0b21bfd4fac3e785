//! The sizes and faces of words.

use egui::{FontFamily, FontId};

/// Text sizes. There are four, and one for the start screen and the countdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// The start screen, amounts, the countdown.
    Display,
    /// What this screen is about.
    Title,
    /// What to do; words on buttons.
    Lead,
    /// Everything else.
    Body,
    /// Labels, hints: never the only place where something is said.
    Small,
}

impl Type {
    /// Size in points.
    pub const fn size(self) -> f32 {
        match self {
            Self::Display => 96.0,
            Self::Title => 60.0,
            Self::Lead => 38.0,
            Self::Body => 31.0,
            Self::Small => 26.0,
        }
    }

    /// Height of a line: Chinese needs air.
    pub const fn line(self) -> f32 {
        match self {
            Self::Display => 120.0,
            Self::Title => 78.0,
            Self::Lead => 54.0,
            Self::Body => 46.0,
            Self::Small => 38.0,
        }
    }

    /// The regular face.
    pub fn regular(self) -> FontId {
        FontId::new(self.size(), FontFamily::Proportional)
    }

    /// The bold face.
    pub fn bold(self) -> FontId {
        FontId::new(self.size(), bold_family())
    }
}

/// Name under which the bold face is installed.
pub const BOLD: &str = "bold";

/// The family of the bold face.
pub fn bold_family() -> FontFamily {
    FontFamily::Name(BOLD.into())
}
