//! The envelope of a sealed submission: what everybody on the way may read, signed by the booth when Submit was
//! pressed. Names nobody. The receipt is over its bytes; the sealed contents hang on it by their hash.

use super::sealing::{ReviewPublicKey, SealError};
use super::{Digest, Manifest, Packet};
use crate::domain::{BoothId, SubmissionId};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// The form of envelopes written today.
pub const ENVELOPE_VERSION: u8 = 2;
/// Sealed contents travel and are verified in pieces of this size; the last one may be shorter.
pub const CHUNK_BYTES: usize = 64 * 1024;
/// Keeps the booth's key from signing anything else by mistake.
const SIGNED_AS: &[u8] = b"gradbooth envelope 1\n";

/// Why an envelope cannot be believed.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum EnvelopeError {
    /// Not the JSON of an envelope, or of another version.
    #[error("the envelope cannot be read")]
    Unreadable,
    /// Not signed by the booth that it names.
    #[error("the envelope is not signed by its booth")]
    NotGenuine,
}

/// See the module.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// [`ENVELOPE_VERSION`].
    pub version: u8,
    /// The submission.
    pub id: SubmissionId,
    /// The booth that signs.
    pub booth: BoothId,
    /// The booth's own running number, from 1, without gaps.
    pub sequence: u64,
    /// Hash of the booth's envelope before this one, all zeros for the first: two that name the same one come
    /// from two booths with one key.
    pub previous: Digest,
    /// Version of the consent's text.
    pub consent_text: String,
    /// When the student agreed, by the booth's clock.
    pub consented_at: jiff::Timestamp,
    /// To which key the contents are sealed: its public half, 64 hexadecimal digits.
    pub review_key: String,
    /// Hash of the contents before sealing, so that the signature reaches to the reviewer's picture.
    pub contents_sha256: Digest,
    /// Size of the sealed contents in bytes.
    pub sealed_bytes: u64,
    /// Hash of each [`CHUNK_BYTES`] of the sealed contents.
    pub chunks: Vec<Digest>,
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Envelope({}, booth {} no. {})",
            self.id.short(),
            self.booth.short(),
            self.sequence
        )
    }
}

/// A submission as the booth keeps and sends it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The envelope's JSON, exactly as it was signed.
    pub envelope: Vec<u8>,
    /// The booth's Ed25519 signature over it.
    pub signature: [u8; 64],
    /// A [`Packet`], sealed.
    pub contents: Vec<u8>,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Sealed({} + {} bytes)",
            self.envelope.len(),
            self.contents.len()
        )
    }
}

/// What a booth seals and signs with.
#[derive(Clone)]
pub struct Sealer {
    booth: BoothId,
    signing: SigningKey,
    review: ReviewPublicKey,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealer({})", self.booth.short())
    }
}

impl Sealer {
    /// Of a booth's own key and the service's.
    pub const fn new(booth: BoothId, signing: SigningKey, review: ReviewPublicKey) -> Self {
        Self {
            booth,
            signing,
            review,
        }
    }

    /// Seals a submission: from here on only the review service can read it.
    pub fn seal(
        &self,
        manifest: &Manifest,
        (photo, capture): (&[u8], &[u8]),
        previous: Digest,
    ) -> Result<Sealed, SealError> {
        let manifest_bytes =
            zeroize::Zeroizing::new(manifest.to_bytes().map_err(|_| SealError::Broken)?);
        let packet = Packet {
            manifest: &manifest_bytes,
            photo,
            capture,
        };
        let packet = zeroize::Zeroizing::new(packet.to_bytes().map_err(|_| SealError::Broken)?);
        let contents = self
            .review
            .seal(&purpose(manifest.id, self.booth), &packet)?;
        let envelope = Envelope {
            version: ENVELOPE_VERSION,
            id: manifest.id,
            booth: self.booth,
            sequence: manifest.sequence,
            previous,
            consent_text: manifest.consent.text_version.clone(),
            consented_at: manifest.consent.at,
            review_key: self.review.to_string(),
            contents_sha256: Digest::of(&packet),
            sealed_bytes: contents.len() as u64,
            chunks: contents.chunks(CHUNK_BYTES).map(Digest::of).collect(),
        };
        let envelope = serde_json::to_vec(&envelope).map_err(|_| SealError::Broken)?;
        let signature = self.signing.sign(&signed_text(&envelope)).to_bytes();
        Ok(Sealed {
            envelope,
            signature,
            contents,
        })
    }
}

impl Envelope {
    /// Reads an envelope without believing it yet: whose key is asked to verify it stands inside.
    pub fn read(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let envelope: Self =
            serde_json::from_slice(bytes).map_err(|_| EnvelopeError::Unreadable)?;
        let fits = envelope.version == ENVELOPE_VERSION
            && envelope.sealed_bytes.div_ceil(CHUNK_BYTES as u64) == envelope.chunks.len() as u64;
        if fits {
            Ok(envelope)
        } else {
            Err(EnvelopeError::Unreadable)
        }
    }

    /// The booth with this key signed exactly these bytes.
    pub fn verify(
        bytes: &[u8],
        signature: &[u8; 64],
        key: &VerifyingKey,
    ) -> Result<(), EnvelopeError> {
        key.verify_strict(&signed_text(bytes), &Signature::from_bytes(signature))
            .map_err(|_| EnvelopeError::NotGenuine)
    }

    /// Opening the contents needs this text.
    pub fn purpose(&self) -> String {
        purpose(self.id, self.booth)
    }

    /// Size of chunk `number` in bytes; `None` beyond the last.
    pub fn chunk_bytes(&self, number: usize) -> Option<usize> {
        self.chunks.get(number)?;
        let before = number.checked_mul(CHUNK_BYTES)?;
        let left = usize::try_from(self.sealed_bytes)
            .ok()?
            .checked_sub(before)?;
        Some(left.min(CHUNK_BYTES))
    }
}

fn purpose(id: SubmissionId, booth: BoothId) -> String {
    format!("gradbooth sealed submission 1\n{id}\n{booth}\n")
}

fn signed_text(envelope: &[u8]) -> Vec<u8> {
    [SIGNED_AS, envelope].concat()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::wire::sealing::ReviewSecretKey;
    use crate::wire::submission::tests::manifest;

    pub(in crate::wire) fn sealed(capture: &[u8]) -> (Sealed, SigningKey, ReviewSecretKey) {
        let (booth, review) = (
            SigningKey::from_bytes(&[5; 32]),
            ReviewSecretKey::from_bytes(&[6; 32]).unwrap(),
        );
        let sealer = Sealer::new(manifest().booth, booth.clone(), review.public());
        let sealed = sealer
            .seal(
                &manifest(),
                (b"photo", capture),
                Digest::from_bytes([0; 32]),
            )
            .unwrap();
        (sealed, booth, review)
    }

    #[test]
    fn what_is_sealed_names_nobody_and_opens_to_the_very_bytes() {
        let capture = vec![7; CHUNK_BYTES * 2];
        let (sealed, booth, review) = sealed(&capture);
        let envelope = Envelope::read(&sealed.envelope).unwrap();
        assert_eq!(
            Envelope::verify(&sealed.envelope, &sealed.signature, &booth.verifying_key()),
            Ok(())
        );
        assert_eq!(envelope.chunks.len(), 3);
        assert_eq!(envelope.chunk_bytes(0), Some(CHUNK_BYTES));
        assert_eq!(
            (0..4)
                .filter_map(|n| envelope.chunk_bytes(n))
                .sum::<usize>(),
            sealed.contents.len()
        );
        let opened = review.open(&envelope.purpose(), &sealed.contents).unwrap();
        assert_eq!(Digest::of(&opened), envelope.contents_sha256);
        assert_eq!(Packet::parse(&opened).unwrap().capture, capture);
        let text = String::from_utf8_lossy(&sealed.envelope).into_owned();
        let inner = manifest();
        for named in [
            inner.student.as_str(),
            &inner.student_number,
            &inner.masked_name,
        ] {
            assert!(!text.contains(named), "{named}");
        }
    }

    #[test]
    fn a_changed_envelope_or_another_booths_signature_is_not_believed() {
        let (sealed, booth, _) = sealed(b"capture");
        let verify =
            |bytes: &[u8], signature| Envelope::verify(bytes, signature, &booth.verifying_key());
        let mut changed = sealed.envelope.clone();
        changed[20] ^= 1;
        assert_eq!(
            verify(&changed, &sealed.signature),
            Err(EnvelopeError::NotGenuine)
        );
        let stranger = SigningKey::from_bytes(&[9; 32]);
        assert_eq!(
            Envelope::verify(
                &sealed.envelope,
                &sealed.signature,
                &stranger.verifying_key()
            ),
            Err(EnvelopeError::NotGenuine)
        );
        assert_eq!(Envelope::read(b"{}"), Err(EnvelopeError::Unreadable));
    }

    #[test]
    fn the_shape_stays() {
        let envelope = Envelope {
            version: ENVELOPE_VERSION,
            id: manifest().id,
            booth: manifest().booth,
            sequence: 7,
            previous: Digest::from_bytes([0; 32]),
            consent_text: "2026-11".into(),
            consented_at: manifest().consent.at,
            review_key: "06".repeat(32),
            contents_sha256: Digest::of(b"contents"),
            sealed_bytes: 9,
            chunks: vec![Digest::of(b"sealed")],
        };
        let text = serde_json::to_string_pretty(&envelope).unwrap();
        insta::assert_snapshot!(text, @r#"
        {
          "version": 2,
          "id": "03030303030303030303030303030303",
          "booth": "01010101010101010101010101010101",
          "sequence": 7,
          "previous": "0000000000000000000000000000000000000000000000000000000000000000",
          "consent_text": "2026-11",
          "consented_at": "2026-11-23T08:00:00Z",
          "review_key": "0606060606060606060606060606060606060606060606060606060606060606",
          "contents_sha256": "d1b2a59fbea7e20077af9f91b27e95e865061b270be03ff539ab3b73587882e8",
          "sealed_bytes": 9,
          "chunks": [
            "c9d0036bed6744bcdf692fc980d8717d7e5f5a4f4e8266b4a84982602fb1cd09"
          ]
        }
        "#);
        assert_eq!(Envelope::read(text.as_bytes()).unwrap(), envelope);
    }
}
