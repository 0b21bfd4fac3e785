//! The last four characters of an ID number: all that a student ever types of it.

use std::fmt;
use thiserror::Error;
use zeroize::Zeroize;

/// What was typed is not four characters of an ID number.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
#[error("four characters, 0-9 or A-Z")]
pub struct NotLastFour;

/// Four characters, digits or capital letters (`X` ends a resident ID; permits and passports have letters).
#[derive(Clone, PartialEq, Eq)]
pub struct LastFour([u8; 4]);

impl LastFour {
    /// Reads four characters; small letters are raised, anything else is refused.
    pub fn parse(text: &str) -> Result<Self, NotLastFour> {
        let bytes: [u8; 4] = text.as_bytes().try_into().map_err(|_| NotLastFour)?;
        if !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return Err(NotLastFour);
        }
        Ok(Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    /// The characters, for hashing and for the mask shown to their owner.
    pub fn as_bytes(&self) -> &[u8; 4] {
        &self.0
    }

    /// `*****175X`, as the manual shows it.
    pub fn masked(&self) -> String {
        format!("*****{}", String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for LastFour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LastFour(****)")
    }
}

impl Drop for LastFour {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_raised_and_other_characters_refused() {
        assert_eq!(
            LastFour::parse("175x").map(|l| l.masked()),
            Ok("*****175X".to_owned())
        );
        for bad in ["", "175", "1755X", "17-5", "一二"] {
            assert_eq!(LastFour::parse(bad), Err(NotLastFour));
        }
        assert_eq!(
            format!("{:?}", LastFour::parse("175X")),
            "Ok(LastFour(****))"
        );
    }
}
