//! `COSE_Sign1` (RFC 9052) with Ed25519 and nothing else: the algorithm is pinned, the key is looked up and never taken
//! from the message, and each kind of message is signed in a context of its own, so that none passes for another.

use super::cbor::{Reader, Writer};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

const TAG: u64 = 18;
const ALGORITHM: u64 = 1;
/// `EdDSA` is -8.
const EDDSA_BELOW: u64 = 7;
const KEY_ID: u64 = 4;

/// Names a key: the first four bytes of its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId([u8; 4]);

impl KeyId {
    /// The name of a key.
    pub fn of(key: &VerifyingKey) -> Self {
        let hash: [u8; 32] = Sha256::digest(key.as_bytes()).into();
        let [a, b, c, d, ..] = hash;
        Self([a, b, c, d])
    }
}

/// Why a message proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unproved {
    /// Damaged, edited, of another algorithm, or not signed by the key it names.
    NotGenuine,
    /// Its key is not among those that count.
    UnknownKey,
}

pub(super) fn sign(key: &SigningKey, context: &str, payload: &[u8]) -> Vec<u8> {
    let protected = protected(KeyId::of(&key.verifying_key()));
    let signature = key.sign(&to_be_signed(&protected, context, payload));
    let message = Writer::default().tag(TAG).array(4).bytes(&protected).map(0);
    message.bytes(payload).bytes(&signature.to_bytes()).done()
}

/// The payload, once its signature holds. `key` gives the key of a name.
pub(super) fn open<'a>(
    message: &'a [u8],
    context: &str,
    key: impl FnOnce(KeyId) -> Option<VerifyingKey>,
) -> Result<(KeyId, &'a [u8]), Unproved> {
    let (protected, payload, signature) = parts(message).ok_or(Unproved::NotGenuine)?;
    let id = key_id(protected).ok_or(Unproved::NotGenuine)?;
    let key = key(id).ok_or(Unproved::UnknownKey)?;
    key.verify_strict(&to_be_signed(protected, context, payload), &signature)
        .map_err(|_| Unproved::NotGenuine)?;
    Ok((id, payload))
}

fn parts(message: &[u8]) -> Option<(&[u8], &[u8], Signature)> {
    let mut reader = Reader::new(message);
    reader.tag(TAG)?;
    reader.array(4)?;
    let protected = reader.bytes()?;
    reader.map(0)?;
    let payload = reader.bytes()?;
    let signature = Signature::from_bytes(&reader.exactly()?);
    reader.end()?;
    Some((protected, payload, signature))
}

fn protected(key: KeyId) -> Vec<u8> {
    let header = Writer::default()
        .map(2)
        .number(ALGORITHM)
        .below(EDDSA_BELOW);
    header.number(KEY_ID).bytes(&key.0).done()
}

fn key_id(protected: &[u8]) -> Option<KeyId> {
    let mut reader = Reader::new(protected);
    reader.map(2)?;
    reader.key(ALGORITHM)?;
    reader.key_below(EDDSA_BELOW)?;
    reader.key(KEY_ID)?;
    let id = reader.exactly()?;
    reader.end()?;
    Some(KeyId(id))
}

fn to_be_signed(protected: &[u8], context: &str, payload: &[u8]) -> Vec<u8> {
    let structure = Writer::default()
        .array(4)
        .text("Signature1")
        .bytes(protected);
    structure.bytes(context.as_bytes()).bytes(payload).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_proves_its_payload_in_its_own_context_only() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let message = sign(&key, "one", b"payload");
        let known = |_| Some(key.verifying_key());
        let id = KeyId::of(&key.verifying_key());
        assert_eq!(open(&message, "one", known), Ok((id, &b"payload"[..])));
        assert_eq!(open(&message, "two", known), Err(Unproved::NotGenuine));
        assert_eq!(open(&message, "one", |_| None), Err(Unproved::UnknownKey));
        let other = SigningKey::from_bytes(&[8; 32]).verifying_key();
        assert_eq!(
            open(&message, "one", |_| Some(other)),
            Err(Unproved::NotGenuine)
        );
        assert_eq!(
            open(&[&message[..], &[0]].concat(), "one", known),
            Err(Unproved::NotGenuine)
        );
    }

    #[test]
    fn every_changed_bit_is_noticed() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let message = sign(&key, "one", b"payload");
        for bit in 0..message.len() * 8 {
            let mut changed = message.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(
                open(&changed, "one", |_| Some(key.verifying_key())).is_err(),
                "bit {bit}"
            );
        }
    }

    #[test]
    fn another_algorithm_is_not_read_at_all() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let message = sign(&key, "one", b"payload");
        let swapped: Vec<u8> = message
            .iter()
            .enumerate()
            .map(|(at, byte)| if at == 5 { 0x26 } else { *byte }) // -8 (EdDSA) to -7 (ES256)
            .collect();
        assert_eq!(message[5], 0x27);
        assert_eq!(
            open(&swapped, "one", |_| Some(key.verifying_key())),
            Err(Unproved::NotGenuine)
        );
    }
}
