//! The service's signed word that an order is paid, as a code on the student's phone: a CWT (RFC 8392) that a booth
//! believes without a network.
//!
//! ```text
//! 18([ {alg: EdDSA, kid}, {}, { aud(3): campus, iat(6): seconds, cti(7): order,
//!      -65537: [student, collection, amount in fen, price version] }, signature ])
//! ```
//!
//! It is the student's, not the booth's: good at every booth of the campus, for this student and collection, as often
//! as it takes. Whoever else shows it is somebody else.

use super::cbor::{Reader, Writer};
use super::cose::{self, Unproved};
use super::{CWT_ID, ISSUED_AT, Keyset, OURS_BELOW, collection_mark, student_mark};
use crate::domain::{Collection, CollectionId, Fee, Order, OrderId, StudentRef, base45};
use ed25519_dalek::SigningKey;
use std::fmt;
use thiserror::Error;

/// How a receipt begins.
pub const PREFIX: &str = "GBP1:";

const CONTEXT: &str = "gradbooth payment receipt 1";
const AUDIENCE: u64 = 3;
/// A QR code of version 8 at level M holds 221 characters.
pub const LONGEST_TEXT: usize = 221;

/// Why a receipt lets nobody in. In this order: the first thing that does not hold is the reason.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum PaymentReceiptError {
    /// Damaged, edited or forged.
    #[error("the receipt is damaged or not genuine")]
    NotGenuine,
    /// Signed with a key that does not count (any more, or yet).
    #[error("the receipt's key does not count")]
    OldKey,
    /// Of another campus.
    #[error("the receipt is of another campus")]
    OtherCampus,
    /// Somebody else's.
    #[error("the receipt is somebody else's")]
    OtherStudent,
    /// For another collection.
    #[error("the receipt is for another collection")]
    OtherCollection,
    /// Over another amount than was asked.
    #[error("the receipt is over another amount")]
    OtherAmount,
}

/// What a receipt says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PaymentReceipt {
    /// The order that is paid.
    pub order: OrderId,
    /// Whose.
    student: [u8; 8],
    /// For which collection.
    collection: [u8; 8],
    /// How much.
    pub amount: Fee,
    /// The price that was asked.
    pub price_version: u32,
    /// Number of the campus.
    campus: u8,
    /// When the money came, in seconds, by the service's clock.
    pub paid_at: u32,
}

impl fmt::Debug for PaymentReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaymentReceipt({})", self.order.short())
    }
}

impl PaymentReceipt {
    /// The receipt of an order. `None` for a student whose reference no code can carry.
    pub fn of(order: &Order, campus: u8, paid_at: u32) -> Option<Self> {
        Some(Self {
            order: order.id,
            student: student_mark(&order.student)?,
            collection: collection_mark(&order.collection),
            amount: order.fee,
            price_version: order.price_version,
            campus,
            paid_at,
        })
    }

    /// Its text, signed.
    pub fn sign(&self, key: &SigningKey) -> String {
        let claims = Writer::default().map(4);
        let claims = claims.number(AUDIENCE).text(&self.campus.to_string());
        let claims = claims.number(ISSUED_AT).number(self.paid_at.into());
        let claims = claims.number(CWT_ID).bytes(self.order.as_bytes());
        let ours = claims.below(OURS_BELOW).array(4);
        let ours = ours.bytes(&self.student).bytes(&self.collection);
        let ours = ours
            .number(self.amount.fen().into())
            .number(self.price_version.into());
        format!(
            "{PREFIX}{}",
            base45::encode(&cose::sign(key, CONTEXT, &ours.done()))
        )
    }

    /// Reads a receipt that one of these keys has signed, for this campus.
    pub fn open(text: &str, keys: &Keyset, campus: u8) -> Result<Self, PaymentReceiptError> {
        use PaymentReceiptError::{NotGenuine, OldKey, OtherCampus};
        let bytes = super::unwrapped(text, PREFIX, LONGEST_TEXT).ok_or(NotGenuine)?;
        let public = |id| keys.key(id).map(|key| key.public);
        let (id, claims) =
            cose::open(&bytes, CONTEXT, public).map_err(|unproved| match unproved {
                Unproved::NotGenuine => NotGenuine,
                Unproved::UnknownKey => OldKey,
            })?;
        let receipt = Self::read(claims).ok_or(NotGenuine)?;
        let counts = |from, until| (from..=until).contains(&receipt.paid_at);
        if !keys.key(id).is_some_and(|key| counts(key.from, key.until)) {
            return Err(OldKey);
        }
        if receipt.campus != campus {
            return Err(OtherCampus);
        }
        Ok(receipt)
    }

    /// It is this student's, for this collection, and over the amount that was asked, if this booth asked.
    pub fn check(
        &self,
        student: &StudentRef,
        collection: &CollectionId,
        asked: Option<Fee>,
    ) -> Result<(), PaymentReceiptError> {
        if student_mark(student) != Some(self.student) {
            return Err(PaymentReceiptError::OtherStudent);
        }
        if collection_mark(collection) != self.collection {
            return Err(PaymentReceiptError::OtherCollection);
        }
        if asked.is_some_and(|asked| asked != self.amount) || self.amount.is_nothing() {
            return Err(PaymentReceiptError::OtherAmount);
        }
        Ok(())
    }

    fn read(claims: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(claims);
        reader.map(4)?;
        reader.key(AUDIENCE)?;
        let campus: u8 = reader.text()?.parse().ok()?;
        reader.key(ISSUED_AT)?;
        let paid_at = reader.small()?;
        reader.key(CWT_ID)?;
        let order = OrderId::from_bytes(reader.exactly()?);
        reader.key_below(OURS_BELOW)?;
        reader.array(4)?;
        let receipt = Self {
            order,
            student: reader.exactly()?,
            collection: reader.exactly()?,
            amount: Fee::from_fen(reader.small()?),
            price_version: reader.small()?,
            campus,
            paid_at,
        };
        reader.end()?;
        Some(receipt)
    }

    /// What a receipt of another booth is compared with: the price of the collection, if it is the same price.
    pub fn asked_by(&self, collection: &Collection) -> Option<Fee> {
        (self.price_version == collection.price_version).then_some(collection.fee)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAMPUS: u8 = 7;

    fn key(byte: u8) -> SigningKey {
        SigningKey::from_bytes(&[byte; 32])
    }

    fn keys() -> Keyset {
        Keyset {
            number: 0,
            keys: vec![],
        }
        .rotated(key(1).verifying_key(), 1_000_000, 100, false)
    }

    fn order() -> Order {
        Order {
            id: OrderId::from_bytes([2; 16]),
            student: StudentRef::new("00112233445566ff"),
            collection: CollectionId("10559-regular-2027".into()),
            fee: Fee::from_fen(65_535),
            price_version: 65_535,
        }
    }

    fn receipt() -> PaymentReceipt {
        PaymentReceipt::of(&order(), CAMPUS, 1_795_000_000).unwrap()
    }

    fn judged(text: &str) -> Result<(), PaymentReceiptError> {
        let receipt = PaymentReceipt::open(text, &keys(), CAMPUS)?;
        receipt.check(&order().student, &order().collection, Some(order().fee))
    }

    #[test]
    fn a_receipt_fits_version_8_at_level_m_and_is_believed() {
        let text = receipt().sign(&key(1));
        let code = qrcodegen::QrCode::encode_text(&text, qrcodegen::QrCodeEcc::Medium).unwrap();
        assert!(
            code.version().value() <= 8,
            "{} characters, version {}",
            text.len(),
            code.version().value()
        );
        assert_eq!(judged(&text), Ok(()));
        assert_eq!(
            receipt().sign(&key(1)),
            text,
            "the same receipt is always the same text"
        );
    }

    #[test]
    fn attack_forged_or_edited_receipts_prove_nothing() {
        let text = receipt().sign(&key(1));
        let bytes = base45::decode(text.strip_prefix(PREFIX).unwrap()).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut edited = bytes.clone();
            edited[bit / 8] ^= 1 << (bit % 8);
            let edited = format!("{PREFIX}{}", base45::encode(&edited));
            assert!(matches!(
                judged(&edited),
                Err(PaymentReceiptError::NotGenuine | PaymentReceiptError::OldKey)
            ));
        }
        assert_eq!(
            judged(&receipt().sign(&key(3))),
            Err(PaymentReceiptError::OldKey),
            "another service's key"
        );
        for nonsense in [
            "",
            PREFIX,
            "GBP1:é",
            &"GBP1:A".repeat(2000),
            &text[1..],
            &format!("{text}0"),
        ] {
            assert_eq!(judged(nonsense), Err(PaymentReceiptError::NotGenuine));
        }
    }

    #[test]
    fn attack_a_key_swap_is_refused() {
        // the header names the key that counts, the signature is another's
        let ours = base45::decode(&receipt().sign(&key(1))[5..]).unwrap();
        let mut theirs = base45::decode(&receipt().sign(&key(3))[5..]).unwrap();
        theirs[8..12].copy_from_slice(&ours[8..12]);
        let swapped = format!("{PREFIX}{}", base45::encode(&theirs));
        assert_eq!(judged(&swapped), Err(PaymentReceiptError::NotGenuine));
    }

    #[test]
    fn attack_another_students_receipt_is_theirs() {
        let others = Order {
            student: StudentRef::new("ffffffffffffffff"),
            ..order()
        };
        let text = PaymentReceipt::of(&others, CAMPUS, 1_795_000_000)
            .unwrap()
            .sign(&key(1));
        assert_eq!(judged(&text), Err(PaymentReceiptError::OtherStudent));
    }

    #[test]
    fn attack_other_collections_amounts_and_campuses_are_refused_each_with_its_reason() {
        let signed = |order: &Order, campus| {
            PaymentReceipt::of(order, campus, 1_795_000_000)
                .unwrap()
                .sign(&key(1))
        };
        let elsewhere = Order {
            collection: CollectionId("other".into()),
            ..order()
        };
        assert_eq!(
            judged(&signed(&elsewhere, CAMPUS)),
            Err(PaymentReceiptError::OtherCollection)
        );
        let cheap = Order {
            fee: Fee::from_fen(1),
            ..order()
        };
        assert_eq!(
            judged(&signed(&cheap, CAMPUS)),
            Err(PaymentReceiptError::OtherAmount)
        );
        assert_eq!(
            judged(&signed(&order(), 8)),
            Err(PaymentReceiptError::OtherCampus)
        );
    }

    #[test]
    fn attack_old_keys_are_refused_after_rotation_and_revocation() {
        let text = receipt().sign(&key(1));
        let open = |keys: &Keyset| PaymentReceipt::open(&text, keys, CAMPUS).map(|_| ());
        let rotated = keys().rotated(key(2).verifying_key(), 1_795_000_100, 100, false);
        assert_eq!(
            open(&rotated),
            Ok(()),
            "what it signed before the rotation counts"
        );
        let late = keys().rotated(key(2).verifying_key(), 1_700_000_000, 100, false);
        assert_eq!(
            open(&late),
            Err(PaymentReceiptError::OldKey),
            "what it signed after does not"
        );
        let revoked = keys().rotated(key(2).verifying_key(), 1_795_000_100, 100, true);
        assert_eq!(open(&revoked), Err(PaymentReceiptError::OldKey));
    }
}
