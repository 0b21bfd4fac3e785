//! 图像采集码: what a student presents to be identified.
//!
//! The real code's format is not public, so the booth treats it as opaque and asks a decoder. The decoder
//! built here reads a documented simulation with the same contents. Text form: `GBA1:` and Base45 of
//!
//! ```text
//! version (1) | key number (1) | nonce (12) | ChaCha20-Poly1305 of the contents | Ed25519 signature (64)
//! ```
//!
//! The campus key decrypts (booths hold it), the issuer's public key verifies (nobody but the issuer can make
//! one). The contents name nobody: masked name, opaque numbers, a keyed hash of the last four characters.

use super::id_number::LastFour;
use super::student::StudentStatus;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use thiserror::Error;

mod campus;
pub use campus::{CampusKey, Issue};

/// How a code of this form begins.
pub const PREFIX: &str = "GBA1:";
/// The longest text that is looked at: a version 20 QR code at level M.
pub const LONGEST_TEXT: usize = 970;

/// The text of an acquisition code, as scanned. Never shown, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct AcquisitionCode(String);

impl AcquisitionCode {
    /// Takes what was scanned; tells at once what is clearly something else.
    pub fn from_scan(text: &str) -> Result<Self, CodeError> {
        if text.len() > LONGEST_TEXT {
            return Err(CodeError::SomethingElse(Seen::TooLong));
        }
        if text.starts_with(PREFIX) {
            return Ok(Self(text.to_owned()));
        }
        Err(CodeError::SomethingElse(Seen::of(text)))
    }

    /// The text, for a decoder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AcquisitionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AcquisitionCode(..)")
    }
}

/// What a scanned text that is no acquisition code looks like, said to the student; it is never opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A web address.
    WebLink,
    /// A payment code of WeChat or Alipay.
    PaymentCode,
    /// Only digits: a bar code or an ID number.
    Number,
    /// An acquisition code, where something else is wanted.
    AcquisitionCode,
    /// A payment receipt or a voucher of ours, where something else is wanted.
    Payment,
    /// A certificate: a vaccination, a web site's, a diploma's.
    Certificate,
    /// More than any code of ours holds.
    TooLong,
    /// Anything else.
    Other,
}

impl Seen {
    /// What `text` looks like.
    pub fn of(text: &str) -> Self {
        let start: String = text.chars().take(32).collect();
        let lower = start.to_ascii_lowercase();
        if text.len() > LONGEST_TEXT {
            Self::TooLong
        } else if text.starts_with(PREFIX) {
            Self::AcquisitionCode
        } else if text.starts_with("GBP1:") || text.starts_with("GBV1:") {
            Self::Payment
        } else if text.starts_with("HC1:") || lower.starts_with("-----begin certificate") {
            Self::Certificate
        } else if lower.starts_with("weixin://")
            || lower.starts_with("wxp://")
            || lower.starts_with("https://qr.alipay")
        {
            Self::PaymentCode
        } else if lower.starts_with("http://") || lower.starts_with("https://") {
            Self::WebLink
        } else if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            Self::Number
        } else {
            Self::Other
        }
    }
}

/// Why a scanned text identifies nobody.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Not an acquisition code at all.
    #[error("something else was scanned")]
    SomethingElse(Seen),
    /// Made for another campus: the key number is not ours.
    #[error("made for another campus")]
    OtherCampus,
    /// Damaged, edited or forged.
    #[error("damaged or not genuine")]
    NotGenuine,
    /// A newer form than this booth knows.
    #[error("a newer form than this booth knows")]
    Newer,
    /// Only the service can decode it, and the service cannot be reached.
    #[error("the service that reads this code cannot be reached")]
    Unreachable,
}

/// What a code says: the enrolment as it may be shown, and how to check the last four characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeContents {
    /// The enrolment.
    pub status: StudentStatus,
    /// The check of the last four characters.
    pub last_four: LastFourCheck,
}

/// Checks four typed characters without knowing them.
#[derive(Clone, PartialEq, Eq)]
pub struct LastFourCheck {
    key: [u8; 32],
    hash: [u8; 8],
}

impl LastFourCheck {
    /// The check for a known ID number's last four characters.
    pub fn of(key: [u8; 32], last_four: &LastFour) -> Self {
        Self {
            key,
            hash: short_hash(&key, &[last_four.as_bytes()]),
        }
    }

    /// The check that another decoder has made.
    pub const fn from_parts(key: [u8; 32], hash: [u8; 8]) -> Self {
        Self { key, hash }
    }

    /// Key and hash, for sending the check to a booth that decodes online.
    pub const fn parts(&self) -> (&[u8; 32], &[u8; 8]) {
        (&self.key, &self.hash)
    }

    /// The typed characters are those of the enrolment.
    pub fn matches(&self, typed: &LastFour) -> bool {
        // the comparison takes the same time wherever the hashes differ
        let given = short_hash(&self.key, &[typed.as_bytes()]);
        given
            .iter()
            .zip(&self.hash)
            .fold(0, |differ, (a, b)| differ | (a ^ b))
            == 0
    }
}

impl fmt::Debug for LastFourCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LastFourCheck(..)")
    }
}

fn long_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC pads a short key with zeros up to the block of the hash; done here, so that nothing can fail
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = <Hmac<Sha256>>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn short_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 8] {
    let mut short = [0; 8];
    short.copy_from_slice(&long_hash(key, parts)[..8]);
    short
}
