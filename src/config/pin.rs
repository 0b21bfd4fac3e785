//! The attendant's PIN: only its argon2id hash is ever kept.

use super::reader::{Reader, Wrong};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::fmt;
use thiserror::Error;

/// The PIN in `kiosk-config/demo.toml`; a real booth refuses it.
const DEMONSTRATION_PIN: &str = "246810";
const KEY: &str = "attendant.pin_hash";
const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// Not a PIN.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum BadPin {
    /// Too short, too long, or not only digits.
    #[error("a PIN is 6 to 12 digits")]
    NotDigits,
    /// The hash could not be made.
    #[error("no hash could be made")]
    NoHash,
}

/// The hash of the attendant's PIN.
#[derive(Clone, PartialEq, Eq)]
pub struct AttendantPin(String);

impl fmt::Debug for AttendantPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AttendantPin(..)")
    }
}

impl AttendantPin {
    /// Hashes a new PIN with a salt drawn at random.
    pub fn hash(pin: &str) -> Result<Self, BadPin> {
        if !DIGITS.contains(&pin.len()) || !pin.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadPin::NotDigits);
        }
        let hash = Argon2::default()
            .hash_password(pin.as_bytes())
            .map_err(|_| BadPin::NoHash)?;
        Ok(Self(hash.to_string()))
    }

    /// The hash, as the config keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The typed PIN is the attendant's. Takes some tens of milliseconds on purpose.
    pub fn matches(&self, typed: &str) -> bool {
        let Ok(hash) = PasswordHash::new(&self.0) else {
            return false;
        };
        Argon2::default()
            .verify_password(typed.as_bytes(), &hash)
            .is_ok()
    }
}

pub(super) fn read(from: &mut Reader, demonstration: bool) -> AttendantPin {
    let pin = AttendantPin(from.text(KEY, None));
    let is_hash = pin.0.starts_with("$argon2id$") && PasswordHash::new(&pin.0).is_ok();
    if !pin.0.is_empty() && !is_hash {
        from.fault(KEY, Wrong::NotAPinHash);
    } else if !demonstration && pin.matches(DEMONSTRATION_PIN) {
        from.fault(KEY, Wrong::DemonstrationPin);
    }
    pin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_matches_its_hash_and_no_other() {
        let pin = AttendantPin::hash("135792").unwrap();
        assert!(pin.matches("135792") && !pin.matches("135793") && !pin.matches(""));
        assert!(pin.as_str().starts_with("$argon2id$"));
        assert_ne!(
            pin,
            AttendantPin::hash("135792").unwrap(),
            "the salt is drawn anew"
        );
        assert_eq!(AttendantPin::hash("1234"), Err(BadPin::NotDigits));
        assert_eq!(AttendantPin::hash("12345a"), Err(BadPin::NotDigits));
    }
}
