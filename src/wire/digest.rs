//! SHA-256 of bytes, as the wire writes it: hexadecimal in JSON, RFC 9530 in the `Content-Digest` header.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Text that is no digest.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
#[error("a digest is 64 hexadecimal digits")]
pub struct BadDigest;

/// SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest read from a database.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The value of the `Content-Digest` header (RFC 9530).
    pub fn content_digest(&self) -> String {
        format!("sha-256=:{}:", STANDARD.encode(self.0))
    }

    /// Reads a `Content-Digest` header; other algorithms beside SHA-256 are passed over.
    pub fn from_content_digest(header: &str) -> Option<Self> {
        let entry = header
            .split(',')
            .find_map(|entry| entry.trim().strip_prefix("sha-256=:"))?;
        let bytes = STANDARD.decode(entry.strip_suffix(':')?).ok()?;
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Digest({})",
            self.to_string().get(..8).unwrap_or_default()
        )
    }
}

impl FromStr for Digest {
    type Err = BadDigest;
    fn from_str(text: &str) -> Result<Self, BadDigest> {
        let mut bytes = [0; 32];
        decode_hex(text, &mut bytes).ok_or(BadDigest)?;
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Digest {
    type Error = BadDigest;
    fn try_from(text: String) -> Result<Self, BadDigest> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

/// Fills `bytes` from exactly twice as many hexadecimal digits.
pub(super) fn decode_hex(text: &str, bytes: &mut [u8]) -> Option<()> {
    if text.len() != bytes.len() * 2 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(())
}

/// Bytes as hexadecimal digits.
pub(super) fn encode_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_written_and_read_in_both_forms() {
        let digest = Digest::of(b"{\"hello\": \"world\"}");
        // the example of RFC 9530, appendix B.1
        assert_eq!(
            digest.content_digest(),
            "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"
        );
        assert_eq!(
            Digest::from_content_digest(&format!("md5=:AAAA:, {}", digest.content_digest())),
            Some(digest)
        );
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_eq!(Digest::from_content_digest("sha-256=:AAAA:"), None);
        assert_eq!("00".parse::<Digest>(), Err(BadDigest));
    }
}
