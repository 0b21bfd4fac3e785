//! A submission as it travels: the manifest's own bytes, the standard photo, the untouched capture.
//!
//! ```text
//! "GBS1" | manifest length (4, big endian) | photo length (4) | capture length (4) | manifest | photo | capture
//! ```
//!
//! Lengths are checked against the limits before anything is read, and not a byte may be left over. Since booths
//! seal, this is what lies inside the seal (see `envelope`); booths of the first version sent it as it is, and a
//! service still takes it from them.

use super::Digest;
use thiserror::Error;

/// `Content-Type` of a packet.
pub const CONTENT_TYPE: &str = "application/vnd.gradbooth.submission";
/// Largest manifest.
pub const LARGEST_MANIFEST_BYTES: usize = 256 * 1024;
/// Largest standard photo: half as much again as the standard's usual 40 kB.
pub const LARGEST_PHOTO_BYTES: usize = 60_000;
/// Largest capture.
pub const LARGEST_CAPTURE_BYTES: usize = 8_000_000;
/// Largest packet that a service reads.
pub const LARGEST_PACKET_BYTES: usize =
    HEADER_BYTES + LARGEST_MANIFEST_BYTES + LARGEST_PHOTO_BYTES + LARGEST_CAPTURE_BYTES;

const MAGIC: [u8; 4] = *b"GBS1";
const HEADER_BYTES: usize = 16;
/// The parts in their order, each with its limit.
const LIMITS: [(&str, usize); 3] = [
    ("manifest", LARGEST_MANIFEST_BYTES),
    ("photo", LARGEST_PHOTO_BYTES),
    ("capture", LARGEST_CAPTURE_BYTES),
];

/// Why bytes are no packet.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum PacketError {
    /// Does not begin as a packet.
    #[error("not a submission's frame")]
    NotAPacket,
    /// A part is larger than its limit.
    #[error("the {0} is larger than {1} bytes")]
    TooLarge(&'static str, usize),
    /// The lengths do not add up.
    #[error("the lengths in the frame do not fit its size")]
    WrongLength,
}

/// The three parts, borrowed from wherever they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Packet<'a> {
    /// The manifest, exactly as the booth wrote it.
    pub manifest: &'a [u8],
    /// The standard photo, JPEG.
    pub photo: &'a [u8],
    /// The capture: a JPEG, or a PNG that the student brought.
    pub capture: &'a [u8],
}

impl std::fmt::Debug for Packet<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Packet({} + {} + {} bytes)",
            self.manifest.len(),
            self.photo.len(),
            self.capture.len()
        )
    }
}

impl<'a> Packet<'a> {
    const fn parts(&self) -> [&'a [u8]; 3] {
        [self.manifest, self.photo, self.capture]
    }

    /// The bytes to send; refuses what a service would refuse for its size.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PacketError> {
        let mut bytes = MAGIC.to_vec();
        for (part, (name, limit)) in self.parts().into_iter().zip(LIMITS) {
            if part.len() > limit {
                return Err(PacketError::TooLarge(name, limit));
            }
            bytes.extend((part.len() as u32).to_be_bytes());
        }
        bytes.extend(self.parts().into_iter().flatten());
        Ok(bytes)
    }

    /// Reads what [`Packet::to_bytes`] wrote and nothing else.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PacketError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(PacketError::NotAPacket)?;
        let (lengths, mut body) = rest
            .split_first_chunk::<12>()
            .ok_or(PacketError::WrongLength)?;
        let (words, _) = lengths.as_chunks::<4>();
        let mut sizes = [0; 3];
        for ((size, word), (name, limit)) in sizes.iter_mut().zip(words).zip(LIMITS) {
            *size = u32::from_be_bytes(*word) as usize;
            if *size > limit {
                return Err(PacketError::TooLarge(name, limit));
            }
        }
        let mut packet = Self {
            manifest: &[],
            photo: &[],
            capture: &[],
        };
        let parts = [&mut packet.manifest, &mut packet.photo, &mut packet.capture];
        for (part, size) in parts.into_iter().zip(sizes) {
            (*part, body) = body
                .split_at_checked(size)
                .ok_or(PacketError::WrongLength)?;
        }
        if body.is_empty() {
            Ok(packet)
        } else {
            Err(PacketError::WrongLength)
        }
    }

    /// What the receipt will sign.
    pub fn manifest_sha256(&self) -> Digest {
        Digest::of(self.manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_packet_is_its_parts_and_nothing_else() {
        let packet = Packet {
            manifest: b"{}",
            photo: b"photo",
            capture: b"",
        };
        let bytes = packet.to_bytes().unwrap();
        assert_eq!(bytes, b"GBS1\0\0\0\x02\0\0\0\x05\0\0\0\0{}photo");
        assert_eq!(Packet::parse(&bytes), Ok(packet));
        let mut longer = bytes.clone();
        longer.push(0);
        assert_eq!(Packet::parse(&longer), Err(PacketError::WrongLength));
        for end in 4..bytes.len() {
            assert_eq!(Packet::parse(&bytes[..end]), Err(PacketError::WrongLength));
        }
        assert_eq!(Packet::parse(b"<html>"), Err(PacketError::NotAPacket));
    }

    #[test]
    fn lengths_beyond_the_limits_are_refused_before_reading() {
        let huge = b"GBS1\xff\xff\xff\xff\0\0\0\0\0\0\0\0";
        assert_eq!(
            Packet::parse(huge),
            Err(PacketError::TooLarge("manifest", LARGEST_MANIFEST_BYTES))
        );
        let photo = vec![0; LARGEST_PHOTO_BYTES + 1];
        let packet = Packet {
            manifest: b"{}",
            photo: &photo,
            capture: b"",
        };
        assert_eq!(
            packet.to_bytes(),
            Err(PacketError::TooLarge("photo", LARGEST_PHOTO_BYTES))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let framed = [b"GBS1".as_slice(), &bytes].concat();
            if let Ok(packet) = Packet::parse(&framed) {
                prop_assert_eq!(packet.to_bytes().unwrap(), framed);
            }
        }
    }
}
