//! What a booth is given when it is enrolled: `booth.key`, a small TOML file that only the kiosk may read.

use super::digest::{decode_hex, encode_hex};
use super::envelope::Sealer;
use super::sealing::ReviewPublicKey;
use crate::domain::BoothId;
use crate::domain::acquisition_code::CampusKey;
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Why a booth key cannot be used.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum BadBoothKey {
    /// The key of this name is not 64 hexadecimal digits.
    #[error("{0} is not 64 hexadecimal digits")]
    NotHexadecimal(&'static str),
    /// The key of this name is no point of its curve.
    #[error("{0} is not a public key")]
    NotAPublicKey(&'static str),
}

/// The booth's own secrets and whom it believes. A file without a sealing key (of the first version) is refused: the
/// booth has to be enrolled again, and delivers what it still has under its new name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoothKey {
    /// The booth.
    pub booth: BoothId,
    /// What people call it.
    pub name: String,
    /// Goes into `Authorization: Bearer`; the service keeps only its hash.
    pub token: String,
    /// The booth's own Ed25519 key, which signs its submissions; 64 hexadecimal digits.
    pub booth_secret_key: String,
    /// Verifies receipts; 64 hexadecimal digits.
    pub service_public_key: String,
    /// Submissions are sealed to it; 64 hexadecimal digits.
    pub review_public_key: String,
    /// Number of the campus key.
    pub campus_key_number: u8,
    /// Decodes acquisition codes without a network; 64 hexadecimal digits.
    pub campus_key_secret: String,
    /// Verifies acquisition codes; 64 hexadecimal digits.
    pub issuer_public_key: String,
}

impl fmt::Debug for BoothKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BoothKey({}, ..)", self.name)
    }
}

impl BoothKey {
    /// A booth key of the keys themselves: who the booth is, and whom it believes.
    pub fn new(
        (booth, name): (BoothId, &str),
        (token, signing): (String, &SigningKey),
        (service, review): (&VerifyingKey, &ReviewPublicKey),
        (number, secret): (u8, &[u8; 32]),
        issuer: &VerifyingKey,
    ) -> Self {
        Self {
            booth,
            name: name.to_owned(),
            token,
            booth_secret_key: encode_hex(signing.as_bytes()),
            service_public_key: encode_hex(service.as_bytes()),
            review_public_key: review.to_string(),
            campus_key_number: number,
            campus_key_secret: encode_hex(secret),
            issuer_public_key: encode_hex(issuer.as_bytes()),
        }
    }

    /// The key that verifies receipts.
    pub fn service_key(&self) -> Result<VerifyingKey, BadBoothKey> {
        public_key("service_public_key", &self.service_public_key)
    }

    /// Seals and signs as this booth.
    pub fn sealer(&self) -> Result<Sealer, BadBoothKey> {
        let secret = zeroize::Zeroizing::new(bytes("booth_secret_key", &self.booth_secret_key)?);
        let review = ReviewPublicKey::parse(&self.review_public_key)
            .map_err(|_| BadBoothKey::NotAPublicKey("review_public_key"))?;
        Ok(Sealer::new(
            self.booth,
            SigningKey::from_bytes(&secret),
            review,
        ))
    }

    /// The key that decodes acquisition codes.
    pub fn campus_key(&self) -> Result<CampusKey, BadBoothKey> {
        let secret = bytes("campus_key_secret", &self.campus_key_secret)?;
        let issuer = public_key("issuer_public_key", &self.issuer_public_key)?;
        Ok(CampusKey::new(self.campus_key_number, secret, issuer))
    }
}

fn bytes(name: &'static str, text: &str) -> Result<[u8; 32], BadBoothKey> {
    let mut bytes = [0; 32];
    decode_hex(text, &mut bytes).ok_or(BadBoothKey::NotHexadecimal(name))?;
    Ok(bytes)
}

fn public_key(name: &'static str, text: &str) -> Result<VerifyingKey, BadBoothKey> {
    VerifyingKey::from_bytes(&bytes(name, text)?).map_err(|_| BadBoothKey::NotAPublicKey(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::ReviewSecretKey;

    #[test]
    fn a_booth_key_is_written_and_read_and_tells_what_is_wrong() {
        let service = SigningKey::from_bytes(&[1; 32]).verifying_key();
        let issuer = SigningKey::from_bytes(&[2; 32]).verifying_key();
        let booth = (BoothId::from_bytes([7; 16]), "图书馆 1");
        let own = SigningKey::from_bytes(&[4; 32]);
        let review = ReviewSecretKey::from_bytes(&[5; 32]).unwrap().public();
        let key = BoothKey::new(
            booth,
            ("token".into(), &own),
            (&service, &review),
            (3, &[9; 32]),
            &issuer,
        );
        let read: BoothKey = toml::from_str(&toml::to_string(&key).unwrap()).unwrap();
        assert_eq!(read, key);
        assert_eq!(read.service_key(), Ok(service));
        assert!(read.campus_key().is_ok() && read.sealer().is_ok());
        let damaged = BoothKey {
            campus_key_secret: "00".into(),
            ..key
        };
        assert_eq!(
            damaged.campus_key().unwrap_err(),
            BadBoothKey::NotHexadecimal("campus_key_secret")
        );
        assert!(!format!("{damaged:?}").contains("token"));
        // the key file of a booth that was enrolled before sealing has to be made anew
        let older = toml::to_string(&damaged)
            .unwrap()
            .replace("booth_secret_key", "another");
        assert!(toml::from_str::<BoothKey>(&older).is_err());
    }
}
