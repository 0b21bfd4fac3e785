//! Which payment keys count: signed by the root, whose public half every booth got at enrolment. A newer list replaces an
//! older one, by its number and never by a date; a key that is on it no more is not believed any more. It travels with
//! the changes, or as a code that an attendant holds before the camera of a booth that never syncs.

use super::cbor::{Reader, Writer};
use super::cose::{self, KeyId, Unproved};
use crate::domain::base45;
use ed25519_dalek::{SigningKey, VerifyingKey};
use thiserror::Error;

/// How a keyset begins.
pub const PREFIX: &str = "GBK1:";

const CONTEXT: &str = "gradbooth keyset 1";
const MOST_KEYS: u64 = 4;
const LONGEST_TEXT: usize = 520;
const NUMBER: u64 = 1;
const KEYS: u64 = 2;

/// Why a keyset is not taken.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum BadKeyset {
    /// Not a keyset, damaged, or not signed by the root.
    #[error("the keyset is not signed by the root of this booth")]
    NotGenuine,
}

/// A key that signs receipts and vouchers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentKey {
    /// Verifies.
    pub public: VerifyingKey,
    /// What it signed from this second on counts (by the service's clock, as written in what it signed).
    pub from: u32,
    /// What it signed until this second counts.
    pub until: u32,
}

/// The keys that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyset {
    /// Goes up with every change.
    pub number: u32,
    /// At most four.
    pub keys: Vec<PaymentKey>,
}

impl Keyset {
    /// The text of the list, signed.
    pub fn sign(&self, root: &SigningKey) -> String {
        let mut payload = Writer::default()
            .map(2)
            .number(NUMBER)
            .number(self.number.into());
        payload = payload.number(KEYS).array(self.keys.len());
        for key in &self.keys {
            payload = payload.array(3).bytes(key.public.as_bytes());
            payload = payload.number(key.from.into()).number(key.until.into());
        }
        let message = cose::sign(root, CONTEXT, &payload.done());
        format!("{PREFIX}{}", base45::encode(&message))
    }

    /// Reads a list that the root has signed.
    pub fn open(text: &str, root: &VerifyingKey) -> Result<Self, BadKeyset> {
        let bytes = super::unwrapped(text, PREFIX, LONGEST_TEXT).ok_or(BadKeyset::NotGenuine)?;
        let by_root = |id| (id == KeyId::of(root)).then_some(*root);
        let (_, payload) =
            cose::open(&bytes, CONTEXT, by_root).map_err(|unproved| match unproved {
                Unproved::NotGenuine | Unproved::UnknownKey => BadKeyset::NotGenuine,
            })?;
        Self::read(payload).ok_or(BadKeyset::NotGenuine)
    }

    fn read(payload: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(payload);
        reader.map(2)?;
        reader.key(NUMBER)?;
        let number = reader.small()?;
        reader.key(KEYS)?;
        let count = reader.array_up_to(MOST_KEYS)?;
        let mut keys = Vec::new();
        for _ in 0..count {
            reader.array(3)?;
            let public = VerifyingKey::from_bytes(&reader.exactly()?).ok()?;
            let (from, until) = (reader.small()?, reader.small()?);
            keys.push(PaymentKey {
                public,
                from,
                until,
            });
        }
        reader.end()?;
        Some(Self { number, keys })
    }

    /// The key of a name.
    pub fn key(&self, id: KeyId) -> Option<&PaymentKey> {
        self.keys.iter().find(|key| KeyId::of(&key.public) == id)
    }

    /// The list after this one: a new key signs from `now` on; the others count for what they signed before, plus the
    /// overlap, unless `revoke` takes them off at once. The oldest make room.
    #[must_use]
    pub fn rotated(&self, new: VerifyingKey, now: u32, overlap: u32, revoke: bool) -> Self {
        let mut keys = vec![PaymentKey {
            public: new,
            from: now.saturating_sub(overlap),
            until: u32::MAX,
        }];
        if !revoke {
            let last = now.saturating_add(overlap);
            let kept = self.keys.iter().take(MOST_KEYS as usize - 1);
            keys.extend(kept.map(|key| PaymentKey {
                until: key.until.min(last),
                ..*key
            }));
        }
        Self {
            number: self.number.saturating_add(1),
            keys,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SigningKey {
        SigningKey::from_bytes(&[byte; 32])
    }

    fn first() -> Keyset {
        let none = Keyset {
            number: 0,
            keys: vec![],
        };
        none.rotated(key(1).verifying_key(), 1_000_000, 100, false)
    }

    #[test]
    fn a_keyset_fits_a_code_and_only_the_root_makes_one() {
        let root = key(9);
        let keyset = first().rotated(key(2).verifying_key(), 2_000_000, 100, false);
        let text = keyset.sign(&root);
        let code = qrcodegen::QrCode::encode_text(&text, qrcodegen::QrCodeEcc::Medium).unwrap();
        assert!(
            code.version().value() <= 11,
            "version {}",
            code.version().value()
        );
        assert_eq!(
            Keyset::open(&text, &root.verifying_key()),
            Ok(keyset.clone())
        );
        assert_eq!(
            Keyset::open(&keyset.sign(&key(8)), &root.verifying_key()),
            Err(BadKeyset::NotGenuine)
        );
        for cut in 0..text.len() {
            assert!(Keyset::open(&text[..cut], &root.verifying_key()).is_err());
        }
    }

    #[test]
    fn a_rotation_keeps_the_old_key_for_what_it_signed_and_a_revocation_does_not() {
        let old = KeyId::of(&key(1).verifying_key());
        let rotated = first().rotated(key(2).verifying_key(), 2_000_000, 100, false);
        assert_eq!(
            (rotated.number, rotated.key(old).unwrap().until),
            (2, 2_000_100)
        );
        let revoked = first().rotated(key(2).verifying_key(), 2_000_000, 100, true);
        assert!(revoked.key(old).is_none());
        let mut many = first();
        for byte in 2..9 {
            many = many.rotated(key(byte).verifying_key(), 2_000_000, 100, false);
        }
        assert_eq!((many.number, many.keys.len()), (8, 4));
    }
}
