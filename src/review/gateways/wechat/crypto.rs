//! RSA-SHA256 signatures and AES-256-GCM, both by ring, which is linked for TLS already and works in constant time.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::rand::SystemRandom;
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{PrivatePkcs8KeyDer, SubjectPublicKeyInfoDer};
use thiserror::Error;

/// Why a key cannot be used.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum UnusableKey {
    /// The merchant's private key.
    #[error("the merchant's private key is no RSA key in PEM (PKCS 8)")]
    Merchant,
    /// The platform's public key.
    #[error("the platform's public key is no RSA key in PEM")]
    Platform,
    /// No client could be made: no TLS on this machine, or a serial number that fits no header.
    #[error("no connection to the payment provider can be made")]
    Client,
}

/// Signs what the merchant says.
pub struct Merchant {
    key: RsaKeyPair,
    random: SystemRandom,
}

impl Merchant {
    /// A merchant with this private key.
    pub fn new(pem: &[u8]) -> Result<Self, UnusableKey> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|_| UnusableKey::Merchant)?;
        let key =
            RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).map_err(|_| UnusableKey::Merchant)?;
        Ok(Self {
            key,
            random: SystemRandom::new(),
        })
    }

    /// The signature, in Base64. `None` if the system gives no random numbers.
    pub fn sign(&self, text: &str) -> Option<String> {
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &self.random,
                text.as_bytes(),
                &mut signature,
            )
            .ok()?;
        Some(STANDARD.encode(signature))
    }
}

/// Believes what the platform says.
pub struct Platform {
    id: String,
    key: Vec<u8>,
}

impl Platform {
    /// A platform with this public key, named so.
    pub fn new(id: &str, pem: &[u8]) -> Result<Self, UnusableKey> {
        let der =
            SubjectPublicKeyInfoDer::from_pem_slice(pem).map_err(|_| UnusableKey::Platform)?;
        let key = rsa_key(&der).ok_or(UnusableKey::Platform)?.to_vec();
        Ok(Self {
            id: id.to_owned(),
            key,
        })
    }

    /// The platform signed `timestamp \n nonce \n body \n` with the key of this name.
    pub fn has_signed(
        &self,
        id: &str,
        [timestamp, nonce, signature]: [&str; 3],
        body: &[u8],
    ) -> bool {
        let Ok(signature) = STANDARD.decode(signature) else {
            return false;
        };
        let signed = [
            timestamp.as_bytes(),
            b"\n",
            nonce.as_bytes(),
            b"\n",
            body,
            b"\n",
        ]
        .concat();
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.key);
        id == self.id && key.verify(&signed, &signature).is_ok()
    }
}

/// The `RSAPublicKey` inside a `SubjectPublicKeyInfo`: two sequences, the name of the algorithm, a bit string.
fn rsa_key(info: &[u8]) -> Option<&[u8]> {
    const ALGORITHM: &[u8] = &[
        0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let (info, _) = der_value(info, 0x30)?;
    let (algorithm, rest) = der_value(info, 0x30)?;
    let (bits, _) = der_value(rest, 0x03)?;
    let (&unused, key) = bits.split_first()?;
    (algorithm == ALGORITHM && unused == 0).then_some(key)
}

/// The value of this tag, and what follows it.
fn der_value(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[first, length], rest) = bytes.split_first_chunk::<2>()?;
    if first != tag {
        return None;
    }
    let (length, rest) = match length {
        short @ 0..=0x7f => (usize::from(short), rest),
        0x81 => rest
            .split_first()
            .map(|(length, rest)| (usize::from(*length), rest))?,
        0x82 => rest
            .split_first_chunk::<2>()
            .map(|(length, rest)| (usize::from(u16::from_be_bytes(*length)), rest))?,
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// Opens what was sealed with AES-256-GCM under the merchant's `APIv3` key.
pub(super) fn unseal(
    key: &[u8; 32],
    nonce: &str,
    associated: &str,
    sealed: &str,
) -> Option<Vec<u8>> {
    let mut bytes = STANDARD.decode(sealed).ok()?;
    let nonce = Nonce::assume_unique_for_key(nonce.as_bytes().try_into().ok()?);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).ok()?);
    let plain = key
        .open_in_place(nonce, Aad::from(associated.as_bytes()), &mut bytes)
        .ok()?;
    Some(plain.to_vec())
}
