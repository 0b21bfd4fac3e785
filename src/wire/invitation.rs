//! Enrolling a booth by a one-time code: what the console shows, what the booth answers, and the four words that a
//! person compares on both sides.
//!
//! The booth makes its own keys and proves that it has them; the service's half comes back sealed to a key that the
//! booth made for this one answer, so that a proxy with a certificate of its own reads nothing of it. A proxy that
//! puts its own keys in between makes the four words differ.

mod enrolling;

pub use enrolling::Enrolling;

use super::digest::{decode_hex, encode_hex};
use super::sealing::{ReviewPublicKey, SealError};
use super::{BoothKey, Digest, FourWords};
use crate::domain::{BoothId, base45};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;
use zeroize::Zeroizing;

const PREFIX: &str = "GBE1:";
const TOKEN_BYTES: usize = 16;
const SERVICE_BYTES: usize = 16;
/// More is no address of a service.
const LONGEST_URL_BYTES: usize = 200;
/// What the service's half is sealed for.
const PURPOSE: &str = "gradbooth enrolment 1";

/// Why an enrolment does not go on.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum InvitationError {
    /// Not the text of an invitation.
    #[error("this is no invitation")]
    NotAnInvitation,
    /// The booth did not prove that it has its key.
    #[error("the booth does not prove that it has its key")]
    NotProved,
    /// The answer is not that of the service that invited.
    #[error("somebody else answers in the service's place")]
    AnotherService,
}

impl From<SealError> for InvitationError {
    fn from(_: SealError) -> Self {
        Self::AnotherService
    }
}

/// What the console shows. Whoever has it may enrol one booth, once, within its hour.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// How the booth reaches the service.
    pub url: String,
    /// Opens the one enrolment.
    pub token: [u8; TOKEN_BYTES],
    /// The beginning of the hash of the service's public keys.
    pub service: [u8; SERVICE_BYTES],
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invitation({}, ..)", self.url)
    }
}

impl fmt::Display for Invitation {
    /// In the characters that a QR code carries most of.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.token.as_slice(), &self.service, self.url.as_bytes()].concat();
        write!(f, "{PREFIX}{}", base45::encode(&bytes))
    }
}

impl Invitation {
    /// Reads what [`Invitation`] displays.
    pub fn parse(text: &str) -> Result<Self, InvitationError> {
        let bad = InvitationError::NotAnInvitation;
        let bytes =
            base45::decode(text.trim().strip_prefix(PREFIX).ok_or(bad)?).map_err(|_| bad)?;
        let (token, rest) = bytes.split_first_chunk::<TOKEN_BYTES>().ok_or(bad)?;
        let (service, url) = rest.split_first_chunk::<SERVICE_BYTES>().ok_or(bad)?;
        let url = std::str::from_utf8(url).map_err(|_| bad)?;
        if url.is_empty() || url.len() > LONGEST_URL_BYTES {
            return Err(bad);
        }
        Ok(Self {
            url: url.to_owned(),
            token: *token,
            service: *service,
        })
    }

    /// The part of the service's keys that an invitation vouches for.
    pub fn vouched(service: &VerifyingKey, review: &ReviewPublicKey) -> [u8; SERVICE_BYTES] {
        let hash = Digest::of(
            format!(
                "gradbooth service keys 1\n{}\n{review}\n",
                encode_hex(service.as_bytes())
            )
            .as_bytes(),
        );
        let mut first = [0; SERVICE_BYTES];
        first
            .iter_mut()
            .zip(hash.as_bytes())
            .for_each(|(to, from)| *to = *from);
        first
    }
}

/// What the booth answers to an invitation; the same again until it is confirmed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// Of the invitation: 32 hexadecimal digits.
    pub token: String,
    /// The booth's Ed25519 key: 64 hexadecimal digits.
    pub public_key: String,
    /// The answer is sealed to it: 64 hexadecimal digits.
    pub answer_key: String,
    /// Hash of what the booth will present as its token; the token itself is never sent before.
    pub bearer_sha256: Digest,
    /// The booth's signature over all of it.
    pub proof: String,
}

impl fmt::Debug for EnrolRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnrolRequest({}, ..)", self.public_key)
    }
}

impl EnrolRequest {
    /// The booth with this token and key has its key.
    pub fn verify(&self) -> Result<VerifyingKey, InvitationError> {
        let bad = InvitationError::NotProved;
        let (mut key, mut proof) = ([0; 32], [0; 64]);
        decode_hex(&self.public_key, &mut key).ok_or(bad)?;
        decode_hex(&self.proof, &mut proof).ok_or(bad)?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| bad)?;
        key.verify_strict(
            self.signed_text().as_bytes(),
            &Signature::from_bytes(&proof),
        )
        .map_err(|_| bad)?;
        Ok(key)
    }

    /// What people compare: both sides must have spoken of the same token and the same keys.
    pub fn words(&self, service: &[u8; SERVICE_BYTES]) -> FourWords {
        let hash =
            Digest::of(format!("{}{}\n", self.signed_text(), encode_hex(service)).as_bytes());
        FourWords::of(&hash)
    }

    fn signed_text(&self) -> String {
        let Self {
            token,
            public_key,
            answer_key,
            bearer_sha256,
            ..
        } = self;
        format!("gradbooth enrolment 1\n{token}\n{public_key}\n{answer_key}\n{bearer_sha256}\n")
    }
}

/// How an enrolment stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum EnrolAnswer {
    /// A person still has to compare the four words and say yes at the console.
    Compare,
    /// Confirmed: the service's half, sealed to the booth's answer key, hexadecimal.
    Confirmed {
        /// A [`Grant`], JSON.
        sealed: String,
    },
}

/// The service's half of a booth's key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The booth's id.
    pub booth: BoothId,
    /// What people call it.
    pub name: String,
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
    /// Vouches for the keys that sign payment receipts.
    #[serde(default)]
    pub payment_root_public_key: String,
    /// The keys that count now, as the root signed them.
    #[serde(default)]
    pub payment_keys: String,
}

impl Grant {
    /// The service's half of a key.
    pub fn of(key: &BoothKey) -> Self {
        let BoothKey {
            booth,
            name,
            service_public_key,
            review_public_key,
            campus_key_number,
            ..
        } = key.clone();
        let (campus_key_secret, issuer_public_key) =
            (key.campus_key_secret.clone(), key.issuer_public_key.clone());
        let (payment_root_public_key, payment_keys) = (
            key.payment_root_public_key.clone(),
            key.payment_keys.clone(),
        );
        Self {
            booth,
            name,
            service_public_key,
            review_public_key,
            campus_key_number,
            campus_key_secret,
            issuer_public_key,
            payment_root_public_key,
            payment_keys,
        }
    }

    /// Seals it for the booth that asked.
    pub fn seal(&self, request: &EnrolRequest) -> Result<EnrolAnswer, InvitationError> {
        let json =
            Zeroizing::new(serde_json::to_vec(self).map_err(|_| InvitationError::NotProved)?);
        let sealed = ReviewPublicKey::parse(&request.answer_key)?.seal(PURPOSE, &json)?;
        Ok(EnrolAnswer::Confirmed {
            sealed: encode_hex(&sealed),
        })
    }
}

#[cfg(test)]
mod tests;
