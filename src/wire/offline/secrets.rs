//! What booth and service share beside the token: the key that signs the booth's order codes, and the one that makes nine
//! digits. Both follow from the booth's token, so that enrolling stays one file; the service keeps the first one's
//! public half and the second. Whoever has a booth's token speaks as that booth, with a network and without.

use ed25519_dalek::{SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// The secrets that follow from a booth's token.
#[derive(Clone)]
pub struct BoothSecrets {
    /// Signs order codes.
    pub orders: SigningKey,
    /// Makes nine digits.
    pub digits: Zeroizing<[u8; 32]>,
}

impl BoothSecrets {
    /// Those of the booth with this token.
    pub fn of_token(token: &str) -> Self {
        Self {
            orders: SigningKey::from_bytes(&derived(token, "gradbooth order codes 1")),
            digits: derived(token, "gradbooth nine digits 1"),
        }
    }

    /// Verifies the booth's order codes.
    pub fn verifying_key(&self) -> VerifyingKey {
        self.orders.verifying_key()
    }
}

impl fmt::Debug for BoothSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BoothSecrets(..)")
    }
}

fn derived(token: &str, what_for: &str) -> Zeroizing<[u8; 32]> {
    keyed(&Sha256::digest(token).into(), &[what_for.as_bytes()])
}

/// HMAC-SHA256 with a key of 32 bytes.
pub(super) fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    // HMAC pads a short key with zeros to the block of its hash; done here, so that nothing can fail
    let mut block = Zeroizing::new([0; 64]);
    let (start, _) = block.split_at_mut(32);
    start.copy_from_slice(key);
    let mut mac = <Hmac<Sha256>>::new(&(*block).into());
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_token_gives_the_same_secrets_and_says_none() {
        let (one, again) = (BoothSecrets::of_token("t"), BoothSecrets::of_token("t"));
        assert_eq!(one.orders.to_bytes(), again.orders.to_bytes());
        assert_ne!(one.orders.to_bytes(), *one.digits);
        assert_ne!(BoothSecrets::of_token("u").digits, one.digits);
        assert_eq!(format!("{one:?}"), "BoothSecrets(..)");
    }
}
