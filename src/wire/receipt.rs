//! The service's signed word that it has a submission. Nothing else counts as delivered: neither a 200, nor
//! JSON that looks right, nor a receipt over other bytes.

use super::Digest;
use super::digest::{decode_hex, encode_hex};
use crate::domain::{Epoch, SubmissionId};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a receipt proves nothing.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptError {
    /// For another submission, or for another manifest under the same id.
    #[error("the receipt is for something else")]
    SomethingElse,
    /// Not signed by the service that this booth is enrolled at.
    #[error("the receipt is not signed by the service")]
    NotGenuine,
}

/// Made after the service's own commit, stored with it, and given again byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The submission.
    pub submission: SubmissionId,
    /// Of the bytes that were signed for: a sealed submission's envelope, an older one's manifest.
    pub manifest_sha256: Digest,
    /// By the service's clock.
    pub received_at: jiff::Timestamp,
    /// The service's database: another epoch means it was restored, and everything is offered again.
    pub epoch: Epoch,
    /// Ed25519 over the lines above it, hexadecimal.
    pub signature: String,
}

impl Receipt {
    /// Signs a receipt.
    pub fn sign(
        key: &SigningKey,
        submission: SubmissionId,
        manifest_sha256: Digest,
        received_at: jiff::Timestamp,
        epoch: Epoch,
    ) -> Self {
        let mut receipt = Self {
            submission,
            manifest_sha256,
            received_at,
            epoch,
            signature: String::new(),
        };
        receipt.signature = encode_hex(&key.sign(receipt.signed_text().as_bytes()).to_bytes());
        receipt
    }

    /// Proves that the service with this key has this manifest of this submission.
    pub fn verify(
        &self,
        key: &VerifyingKey,
        id: SubmissionId,
        manifest_sha256: Digest,
    ) -> Result<(), ReceiptError> {
        let mut signature = [0; 64];
        decode_hex(&self.signature, &mut signature).ok_or(ReceiptError::NotGenuine)?;
        key.verify_strict(
            self.signed_text().as_bytes(),
            &Signature::from_bytes(&signature),
        )
        .map_err(|_| ReceiptError::NotGenuine)?;
        if (self.submission, self.manifest_sha256) == (id, manifest_sha256) {
            Ok(())
        } else {
            Err(ReceiptError::SomethingElse)
        }
    }

    /// One line a field, so that no two receipts share a text; the first line keeps the key from signing
    /// anything else by mistake.
    fn signed_text(&self) -> String {
        let Self {
            submission,
            manifest_sha256,
            received_at,
            epoch,
            ..
        } = self;
        format!("gradbooth receipt 1\n{submission}\n{manifest_sha256}\n{received_at}\n{epoch}\n")
    }
}

/// How far the service has a sealed submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Delivery {
    /// All of it, committed. The only answer that ends a delivery, once the receipt is verified.
    Here(Receipt),
    /// Chunks before this number are there and verified: go on from it.
    Wanted {
        /// Number of the first missing chunk.
        wanted: u32,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> (Receipt, VerifyingKey) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let received_at = "2026-11-23T08:03:00.123456Z".parse().unwrap();
        let (id, epoch) = (
            SubmissionId::from_bytes([3; 16]),
            Epoch::from_bytes([9; 16]),
        );
        (
            Receipt::sign(&key, id, Digest::of(b"{}"), received_at, epoch),
            key.verifying_key(),
        )
    }

    #[test]
    fn a_receipt_survives_the_wire_and_proves_exactly_one_manifest() {
        let (receipt, key) = receipt();
        let text = serde_json::to_string(&receipt).unwrap();
        insta::assert_snapshot!(text.split("\"signature").next().unwrap(),
            @r#"{"submission":"03030303030303030303030303030303","manifest_sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","received_at":"2026-11-23T08:03:00.123456Z","epoch":"09090909090909090909090909090909","#);
        let read: Receipt = serde_json::from_str(&text).unwrap();
        assert_eq!(
            read.verify(&key, receipt.submission, Digest::of(b"{}")),
            Ok(())
        );
        assert_eq!(
            read.verify(&key, receipt.submission, Digest::of(b"{ }")),
            Err(ReceiptError::SomethingElse)
        );
        let other = SubmissionId::from_bytes([4; 16]);
        assert_eq!(
            read.verify(&key, other, Digest::of(b"{}")),
            Err(ReceiptError::SomethingElse)
        );
    }

    #[test]
    fn a_receipt_that_was_changed_or_forged_proves_nothing() {
        let (good, key) = receipt();
        let verify =
            |receipt: &Receipt| receipt.verify(&key, receipt.submission, receipt.manifest_sha256);
        let changed = [
            Receipt {
                submission: SubmissionId::from_bytes([4; 16]),
                ..good.clone()
            },
            Receipt {
                manifest_sha256: Digest::of(b"else"),
                ..good.clone()
            },
            Receipt {
                received_at: "2026-11-23T08:03:00Z".parse().unwrap(),
                ..good.clone()
            },
            Receipt {
                epoch: Epoch::from_bytes([8; 16]),
                ..good.clone()
            },
            Receipt {
                signature: String::new(),
                ..good.clone()
            },
            Receipt {
                signature: "é".repeat(64),
                ..good.clone()
            },
        ];
        assert!(
            changed
                .iter()
                .all(|receipt| verify(receipt) == Err(ReceiptError::NotGenuine))
        );
        let stranger = SigningKey::from_bytes(&[8; 32]);
        let forged = Receipt::sign(
            &stranger,
            good.submission,
            good.manifest_sha256,
            good.received_at,
            good.epoch,
        );
        assert_eq!(verify(&forged), Err(ReceiptError::NotGenuine));
    }
}
