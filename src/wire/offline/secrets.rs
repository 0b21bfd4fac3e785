//! What booth and service share for nine digits: it follows from the booth's token, so that enrolling stays one file. The
//! service learns it when the booth first presents the token. Whoever has a booth's token speaks as that booth, with a
//! network and without.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Makes the nine digits of the booth with this token.
pub fn digits_secret(token: &str) -> Zeroizing<[u8; 32]> {
    keyed(&Sha256::digest(token).into(), &[b"gradbooth nine digits 1"])
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
    fn each_token_has_a_secret_of_its_own() {
        assert_eq!(digits_secret("t"), digits_secret("t"));
        assert_ne!(digits_secret("t"), digits_secret("u"));
    }
}
