//! Random ids and secrets, from the system and nowhere else.

use super::store::StoreError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Random bytes.
pub(super) fn bytes<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::NoRandomness)?;
    Ok(bytes)
}

/// A secret of 256 bits, as text that fits into a header or a cookie.
pub(super) fn secret() -> Result<String, StoreError> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// A number below `limit`, each as likely as the other.
pub(super) fn below(limit: u32) -> Result<u32, StoreError> {
    let limit = limit.max(1);
    let last_fair = u32::MAX - u32::MAX % limit;
    loop {
        let number = u32::from_be_bytes(bytes()?);
        if number < last_fair {
            return Ok(number % limit);
        }
    }
}

/// A password that a person can copy from paper: five groups of four, 100 bits, nothing that looks alike.
pub(super) fn password() -> Result<String, StoreError> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789i";
    let text = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups = bytes::<20>()?;
    let groups: Vec<String> = groups
        .chunks(4)
        .map(|group| group.iter().map(text).collect())
        .collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_easy_to_copy_and_never_the_same() {
        let (one, two) = (password().unwrap(), password().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 24);
        assert!((0..200).all(|_| below(6).unwrap() < 6));
    }
}
