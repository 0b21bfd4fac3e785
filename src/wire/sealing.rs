//! Sealing to the review service: HPKE (RFC 9180, X25519, HKDF-SHA256, ChaCha20-Poly1305) by the `hpke` crate.
//!
//! Whoever sealed cannot open: the booth forgets the one-time key in the moment of sealing. What a seal is for
//! (which submission of which booth) is part of it, so a sealed blob cannot be passed off as another one.

use super::digest::{decode_hex, encode_hex};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use std::fmt;
use thiserror::Error;
use zeroize::Zeroizing;

type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type OneTime = <X25519HkdfSha256 as Kem>::EncappedKey;

const ONE_TIME_KEY_BYTES: usize = 32;

/// Why something could not be sealed or opened. Says nothing about the contents.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum SealError {
    /// Not a key of this kind.
    #[error("not a sealing key")]
    NotAKey,
    /// Sealed to another key, for another purpose, or changed on its way.
    #[error("the seal is broken or for somebody else")]
    Broken,
}

/// Seals to the review service. Public: every booth has it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReviewPublicKey(Public);

impl fmt::Debug for ReviewPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReviewPublicKey({self})")
    }
}

impl fmt::Display for ReviewPublicKey {
    /// 64 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode_hex(&self.0.to_bytes()))
    }
}

impl ReviewPublicKey {
    /// Reads what [`ReviewPublicKey`] displays.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        let mut bytes = [0; 32];
        decode_hex(text, &mut bytes).ok_or(SealError::NotAKey)?;
        Public::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| SealError::NotAKey)
    }

    /// Seals `contents` for one purpose: the one-time public key, then the encrypted bytes.
    pub fn seal(&self, purpose: &str, contents: &[u8]) -> Result<Vec<u8>, SealError> {
        let (one_time, mut context) = hpke::setup_sender::<
            ChaCha20Poly1305,
            HkdfSha256,
            X25519HkdfSha256,
        >(&OpModeS::Base, &self.0, purpose.as_bytes())
        .map_err(|_| SealError::NotAKey)?;
        let encrypted = context
            .seal(contents, b"")
            .map_err(|_| SealError::NotAKey)?;
        let mut sealed = one_time.to_bytes().to_vec();
        sealed.extend(encrypted);
        Ok(sealed)
    }
}

/// Opens what was sealed to the review service. Never leaves the service.
pub struct ReviewSecretKey(Secret);

impl fmt::Debug for ReviewSecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReviewSecretKey(..)")
    }
}

impl ReviewSecretKey {
    /// A key of 32 random bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, SealError> {
        Secret::from_bytes(bytes)
            .map(Self)
            .map_err(|_| SealError::NotAKey)
    }

    /// The key to seal to.
    pub fn public(&self) -> ReviewPublicKey {
        ReviewPublicKey(X25519HkdfSha256::sk_to_pk(&self.0))
    }

    /// Opens what [`ReviewPublicKey::seal`] made for the same purpose, and nothing else.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (one_time, encrypted) = sealed
            .split_at_checked(ONE_TIME_KEY_BYTES)
            .ok_or(SealError::Broken)?;
        let one_time = OneTime::from_bytes(one_time).map_err(|_| SealError::Broken)?;
        let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            &one_time,
            purpose.as_bytes(),
        )
        .map_err(|_| SealError::Broken)?;
        context
            .open(encrypted, b"")
            .map(Zeroizing::new)
            .map_err(|_| SealError::Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> ReviewSecretKey {
        ReviewSecretKey::from_bytes(&[byte; 32]).unwrap()
    }

    #[test]
    fn only_the_right_key_opens_it_and_only_for_its_purpose() {
        let sealed = key(1).public().seal("a", b"face").unwrap();
        assert_eq!(key(1).open("a", &sealed).unwrap().as_slice(), b"face");
        assert_eq!(key(2).open("a", &sealed).unwrap_err(), SealError::Broken);
        assert_eq!(key(1).open("b", &sealed).unwrap_err(), SealError::Broken);
        assert_ne!(
            key(1).public().seal("a", b"face").unwrap(),
            sealed,
            "never the same twice"
        );
    }

    #[test]
    fn a_changed_or_cut_seal_opens_nothing() {
        let sealed = key(1).public().seal("a", b"face").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            // the top bit of an X25519 point is ignored by the curve, never by the key schedule
            assert_eq!(
                key(1).open("a", &changed).unwrap_err(),
                SealError::Broken,
                "byte {at}"
            );
            assert_eq!(
                key(1).open("a", &sealed[..at]).unwrap_err(),
                SealError::Broken
            );
        }
    }

    #[test]
    fn a_public_key_is_written_and_read() {
        let public = key(3).public();
        assert_eq!(ReviewPublicKey::parse(&public.to_string()).unwrap(), public);
        assert_eq!(ReviewPublicKey::parse("00"), Err(SealError::NotAKey));
    }
}
