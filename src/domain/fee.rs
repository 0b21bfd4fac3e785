//! Money. Whole fen, never a float.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in fen (1/100 yuan), never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fee(u32);

impl Fee {
    /// Nothing due.
    pub const NOTHING: Self = Self(0);

    /// An amount of so many fen.
    pub const fn from_fen(fen: u32) -> Self {
        Self(fen)
    }

    /// The amount in fen.
    pub const fn fen(self) -> u32 {
        self.0
    }

    /// Nothing has to be paid.
    pub const fn is_nothing(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Fee {
    /// As printed on the screen: `¥20.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "¥{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fen_are_shown_as_yuan_with_two_places() {
        assert_eq!(Fee::from_fen(2000).to_string(), "¥20.00");
        assert_eq!(Fee::from_fen(5).to_string(), "¥0.05");
    }
}
