//! An order as a web address: what a booth without a network shows, and what the phone opens with its own.
//!
//! ```text
//! version (1) | booth (16) | order (16) | student (8) | collection (8) | fee, fen (4) | price version (4) | Ed25519 (64)
//! ```
//!
//! The signature is the booth's: the service takes no invented order, and no phone edits a price. All in capitals, so
//! that a QR code writes it densely (121 bytes: version 9 at level M). Whose order it is, the address does not tell
//! anybody but the service: the mark of the student is a keyed hash.

use super::{collection_mark, student_mark, student_of};
use crate::domain::{BoothId, CollectionId, Fee, Order, OrderId, base32};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt;
use thiserror::Error;

/// Where the service takes such addresses.
pub const PATH: &str = "/O/";

const VERSION: u8 = 1;
const SIGNED_BYTES: usize = 57;
const BYTES: usize = SIGNED_BYTES + 64;
const CONTEXT: &[u8] = b"gradbooth order code 1\n";

/// Why a code is no order of a booth.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum BadOrderCode {
    /// Not such a code, or of a newer form.
    #[error("this is no order of a booth")]
    SomethingElse,
    /// Not signed by the booth that it names.
    #[error("the order is not signed by its booth")]
    NotGenuine,
}

/// An order code that was read and not yet believed.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderCode {
    bytes: [u8; BYTES],
}

impl fmt::Debug for OrderCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OrderCode(..)")
    }
}

impl OrderCode {
    /// Signs an order. `None` for a student whose reference no code can carry.
    pub fn sign(order: &Order, booth: BoothId, key: &SigningKey) -> Option<Self> {
        let mut signed = vec![VERSION];
        signed.extend(booth.as_bytes());
        signed.extend(order.id.as_bytes());
        signed.extend(student_mark(&order.student)?);
        signed.extend(collection_mark(&order.collection));
        signed.extend(order.fee.fen().to_be_bytes());
        signed.extend(order.price_version.to_be_bytes());
        let signature = key.sign(&[CONTEXT, &signed].concat());
        signed.extend(signature.to_bytes());
        let bytes = signed.try_into().ok()?;
        Some(Self { bytes })
    }

    /// The address at a service: `HTTPS://PHOTOS.EXAMPLE.EDU/O/...`.
    pub fn url(&self, service_url: &str) -> String {
        let origin = service_url.trim_end_matches('/').to_ascii_uppercase();
        format!("{origin}{PATH}{}", base32::encode(&self.bytes))
    }

    /// Reads what follows [`PATH`].
    pub fn read(text: &str) -> Result<Self, BadOrderCode> {
        if text.len() > BYTES * 8 / 5 + 1 {
            return Err(BadOrderCode::SomethingElse);
        }
        let bytes = base32::decode(text).map_err(|_| BadOrderCode::SomethingElse)?;
        let bytes: [u8; BYTES] = bytes.try_into().map_err(|_| BadOrderCode::SomethingElse)?;
        let code = Self { bytes };
        if code.part::<1>(0) != [VERSION] {
            return Err(BadOrderCode::SomethingElse);
        }
        Ok(code)
    }

    /// The booth that it says it is from; whose key has to be asked for.
    pub fn booth(&self) -> BoothId {
        BoothId::from_bytes(self.part(1))
    }

    /// The order, once the booth's key has proved it. Its collection is found among those of the service.
    pub fn verify<'a>(
        &self,
        key: &VerifyingKey,
        mut collections: impl Iterator<Item = &'a CollectionId>,
    ) -> Result<Order, BadOrderCode> {
        let signed = [CONTEXT, &self.part::<SIGNED_BYTES>(0)].concat();
        let signature = Signature::from_bytes(&self.part(SIGNED_BYTES));
        key.verify_strict(&signed, &signature)
            .map_err(|_| BadOrderCode::NotGenuine)?;
        let mark: [u8; 8] = self.part(41);
        let collection = collections.find(|id| collection_mark(id) == mark);
        Ok(Order {
            id: OrderId::from_bytes(self.part(17)),
            student: student_of(self.part(33)),
            collection: collection.cloned().ok_or(BadOrderCode::SomethingElse)?,
            fee: Fee::from_fen(u32::from_be_bytes(self.part(49))),
            price_version: u32::from_be_bytes(self.part(53)),
        })
    }

    fn part<const N: usize>(&self, at: usize) -> [u8; N] {
        let part = self
            .bytes
            .get(at..at + N)
            .and_then(|part| part.try_into().ok());
        part.unwrap_or([0; N])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::StudentRef;

    fn order() -> Order {
        Order {
            id: OrderId::from_bytes([2; 16]),
            student: StudentRef::new("00112233445566ff"),
            collection: CollectionId("10559-regular-2027".into()),
            fee: Fee::from_fen(2000),
            price_version: 3,
        }
    }

    fn code() -> (OrderCode, SigningKey) {
        let key = SigningKey::from_bytes(&[5; 32]);
        (
            OrderCode::sign(&order(), BoothId::from_bytes([1; 16]), &key).unwrap(),
            key,
        )
    }

    #[test]
    fn an_order_travels_as_an_address_in_capitals() {
        let (code, key) = code();
        let url = code.url("https://photos.example.edu/");
        let text = url.strip_prefix("HTTPS://PHOTOS.EXAMPLE.EDU/O/").unwrap();
        assert!(
            url.bytes()
                .all(|c| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(&c))
        );
        let version = qrcodegen::QrCode::encode_text(&url, qrcodegen::QrCodeEcc::Medium)
            .unwrap()
            .version();
        assert!(version.value() <= 9, "version {}", version.value());
        let read = OrderCode::read(text).unwrap();
        assert_eq!(read.booth(), BoothId::from_bytes([1; 16]));
        let collection = order().collection;
        assert_eq!(
            read.verify(&key.verifying_key(), [&collection].into_iter()),
            Ok(order())
        );
        assert_eq!(
            read.verify(&key.verifying_key(), std::iter::empty()),
            Err(BadOrderCode::SomethingElse),
            "a collection that the service does not know"
        );
    }

    #[test]
    fn fake_order_an_edited_price_or_an_invented_order_is_refused() {
        let (code, key) = code();
        let collection = order().collection;
        for at in 0..SIGNED_BYTES {
            let mut edited = code.clone();
            edited.bytes[at] ^= 1;
            let verified = edited.verify(&key.verifying_key(), [&collection].into_iter());
            assert_eq!(verified, Err(BadOrderCode::NotGenuine), "byte {at}");
        }
        let stranger = SigningKey::from_bytes(&[6; 32]).verifying_key();
        assert_eq!(
            code.verify(&stranger, [&collection].into_iter()),
            Err(BadOrderCode::NotGenuine)
        );
        for text in ["", "AAAA", "https://evil.example", &"A".repeat(7000)] {
            assert_eq!(OrderCode::read(text), Err(BadOrderCode::SomethingElse));
        }
    }

    #[test]
    fn a_student_that_no_code_can_carry_gets_none() {
        let odd = Order {
            student: StudentRef::new("somebody"),
            ..order()
        };
        assert!(OrderCode::sign(&odd, BoothId::from_bytes([1; 16]), &code().1).is_none());
    }
}
