//! A voucher: a printed code of the service that pays for one student of one collection, once. The booth believes the
//! signature at once and spends it with its own record; whoever comes second with a copy is found out at that booth
//! straight away, and at another one as soon as both have synced.

use super::cbor::{Reader, Writer};
use super::cose;
use super::{CWT_ID, ISSUED_AT, Keyset, OURS_BELOW, collection_mark};
use crate::domain::{CollectionId, VoucherId, base45};
use ed25519_dalek::SigningKey;
use std::fmt;
use thiserror::Error;

/// How a voucher begins.
pub const PREFIX: &str = "GBV1:";

const CONTEXT: &str = "gradbooth voucher 1";
const LONGEST_TEXT: usize = 221;

/// Why a voucher lets nobody in.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum VoucherError {
    /// Damaged, forged, or of a key that does not count.
    #[error("the voucher is damaged or not genuine")]
    NotGenuine,
    /// For another collection.
    #[error("the voucher is for another collection")]
    OtherCollection,
}

/// What a voucher says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Voucher {
    /// Which one.
    pub id: VoucherId,
    collection: [u8; 8],
    issued_at: u32,
}

impl fmt::Debug for Voucher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Voucher({})", self.id.short())
    }
}

impl Voucher {
    /// A voucher for a collection.
    pub fn new(id: VoucherId, collection: &CollectionId, issued_at: u32) -> Self {
        Self {
            id,
            collection: collection_mark(collection),
            issued_at,
        }
    }

    /// Its text, signed.
    pub fn sign(&self, key: &SigningKey) -> String {
        let claims = Writer::default()
            .map(3)
            .number(ISSUED_AT)
            .number(self.issued_at.into());
        let claims = claims.number(CWT_ID).bytes(self.id.as_bytes());
        let claims = claims.below(OURS_BELOW).bytes(&self.collection).done();
        format!(
            "{PREFIX}{}",
            base45::encode(&cose::sign(key, CONTEXT, &claims))
        )
    }

    /// Reads a voucher that one of these keys has signed, for this collection.
    pub fn open(
        text: &str,
        keys: &Keyset,
        collection: &CollectionId,
    ) -> Result<Self, VoucherError> {
        let bytes = super::unwrapped(text, PREFIX, LONGEST_TEXT).ok_or(VoucherError::NotGenuine)?;
        let public = |id| keys.key(id).map(|key| key.public);
        let (id, claims) =
            cose::open(&bytes, CONTEXT, public).map_err(|_| VoucherError::NotGenuine)?;
        let voucher = Self::read(claims).ok_or(VoucherError::NotGenuine)?;
        let key = keys.key(id).ok_or(VoucherError::NotGenuine)?;
        if !(key.from..=key.until).contains(&voucher.issued_at) {
            return Err(VoucherError::NotGenuine);
        }
        if voucher.collection != collection_mark(collection) {
            return Err(VoucherError::OtherCollection);
        }
        Ok(voucher)
    }

    fn read(claims: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(claims);
        reader.map(3)?;
        reader.key(ISSUED_AT)?;
        let issued_at = reader.small()?;
        reader.key(CWT_ID)?;
        let id = VoucherId::from_bytes(reader.exactly()?);
        reader.key_below(OURS_BELOW)?;
        let collection = reader.exactly()?;
        reader.end()?;
        Some(Self {
            id,
            collection,
            issued_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voucher_is_for_one_collection_and_never_a_receipt() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let keys = Keyset {
            number: 0,
            keys: vec![],
        }
        .rotated(key.verifying_key(), 1_000_000, 100, false);
        let collection = CollectionId("c".into());
        let voucher = Voucher::new(VoucherId::from_bytes([3; 16]), &collection, 1_795_000_000);
        let text = voucher.sign(&key);
        let code = qrcodegen::QrCode::encode_text(&text, qrcodegen::QrCodeEcc::Quartile).unwrap();
        assert!(code.version().value() <= 9);
        assert_eq!(Voucher::open(&text, &keys, &collection), Ok(voucher));
        assert_eq!(
            Voucher::open(&text, &keys, &CollectionId("d".into())),
            Err(VoucherError::OtherCollection)
        );
        let forged = voucher.sign(&SigningKey::from_bytes(&[2; 32]));
        assert_eq!(
            Voucher::open(&forged, &keys, &collection),
            Err(VoucherError::NotGenuine)
        );
        let renamed = text.replacen(PREFIX, super::super::receipt::PREFIX, 1);
        assert!(super::super::PaymentReceipt::open(&renamed, &keys, 1).is_err());
    }
}
