//! A sealed submission as bytes: at the beginning of a delivery (the head alone), and whole in a bundle on a stick.
//!
//! ```text
//! "GBS2" | envelope length (4, big endian) | envelope | signature (64) | sealed contents
//! ```
//!
//! The length is checked against its limit before anything is read. What the contents are worth is the envelope's
//! matter: this file only cuts.

use super::envelope::Sealed;
use super::packet::LARGEST_PACKET_BYTES;
use thiserror::Error;

/// `Content-Type` of a head.
pub const HEAD_CONTENT_TYPE: &str = "application/vnd.gradbooth.sealed-head";
/// `Content-Type` of chunks.
pub const CHUNKS_CONTENT_TYPE: &str = "application/vnd.gradbooth.sealed-chunks";
/// Largest envelope: the hashes of the largest submission's chunks are a tenth of it.
pub const LARGEST_ENVELOPE_BYTES: usize = 64 * 1024;
/// Largest head.
pub const LARGEST_HEAD_BYTES: usize = 8 + LARGEST_ENVELOPE_BYTES + 64;
/// Largest sealed contents: a packet, its one-time key and its tag.
pub const LARGEST_SEALED_BYTES: usize = LARGEST_PACKET_BYTES + 48;

const MAGIC: [u8; 4] = *b"GBS2";

/// Why bytes are no sealed submission.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum SealedPacketError {
    /// Does not begin as one.
    #[error("not a sealed submission")]
    NotASealedPacket,
    /// The envelope is larger than its limit.
    #[error("the envelope is larger than {LARGEST_ENVELOPE_BYTES} bytes")]
    TooLarge,
    /// Cut off.
    #[error("the sealed submission is cut off")]
    WrongLength,
}

/// The parts, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedPacket<'a> {
    /// The envelope's JSON.
    pub envelope: &'a [u8],
    /// The booth's signature over it.
    pub signature: &'a [u8; 64],
    /// The sealed contents; empty in a head.
    pub contents: &'a [u8],
}

impl<'a> SealedPacket<'a> {
    /// These bytes begin as a sealed submission.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(&MAGIC)
    }

    /// Cuts bytes into their parts.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, SealedPacketError> {
        let rest = bytes
            .strip_prefix(&MAGIC)
            .ok_or(SealedPacketError::NotASealedPacket)?;
        let (length, rest) = rest
            .split_first_chunk::<4>()
            .ok_or(SealedPacketError::WrongLength)?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > LARGEST_ENVELOPE_BYTES {
            return Err(SealedPacketError::TooLarge);
        }
        let (envelope, rest) = rest
            .split_at_checked(length)
            .ok_or(SealedPacketError::WrongLength)?;
        let (signature, contents) = rest
            .split_first_chunk::<64>()
            .ok_or(SealedPacketError::WrongLength)?;
        Ok(Self {
            envelope,
            signature,
            contents,
        })
    }
}

impl Sealed {
    /// The bytes that begin a delivery.
    pub fn head(&self) -> Vec<u8> {
        let length = (self.envelope.len() as u32).to_be_bytes();
        [MAGIC.as_slice(), &length, &self.envelope, &self.signature].concat()
    }

    /// All bytes, for a bundle.
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.head().as_slice(), &self.contents].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::super::envelope::tests::sealed;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_its_parts_and_a_cut_one_is_noticed() {
        let (sealed, ..) = sealed(b"capture");
        let bytes = sealed.to_bytes();
        let parts = SealedPacket::parse(&bytes).unwrap();
        assert_eq!(
            (parts.envelope, parts.signature, parts.contents),
            (
                sealed.envelope.as_slice(),
                &sealed.signature,
                sealed.contents.as_slice()
            )
        );
        let head = sealed.head();
        assert!(SealedPacket::parse(&head).unwrap().contents.is_empty());
        for end in 4..head.len() {
            assert_eq!(
                SealedPacket::parse(&head[..end]),
                Err(SealedPacketError::WrongLength)
            );
        }
        assert_eq!(
            SealedPacket::parse(b"GBS1"),
            Err(SealedPacketError::NotASealedPacket)
        );
        assert_eq!(
            SealedPacket::parse(b"GBS2\xff\xff\xff\xff"),
            Err(SealedPacketError::TooLarge)
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_cut_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let framed = [MAGIC.as_slice(), &bytes].concat();
            if let Ok(parts) = SealedPacket::parse(&framed) {
                let whole = Sealed {
                    envelope: parts.envelope.to_vec(),
                    signature: *parts.signature,
                    contents: parts.contents.to_vec(),
                };
                prop_assert_eq!(whole.to_bytes(), framed);
            }
        }
    }
}
