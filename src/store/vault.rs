//! What names a person lies sealed in the columns: SQL functions that a connection has only with the state key.
//!
//! | function | gives |
//! |---|---|
//! | `mark(text)` | a keyed hash: the same text is found again, and cannot be read back |
//! | `sealed(place, text)` | the text, encrypted for this place (`request 00ff…`) |
//! | `opened(place, text)` | what `sealed` made for the same place |
//!
//! Columns and not the whole file (SQLCipher): `SQLCipher` brings OpenSSL, whose licence of two and minutes of building
//! `deny.toml` keeps out, lags behind SQLite's fixes, and reads a photo five times slower; what is large here
//! (photo and capture) is sealed to the service anyway. Schools, prices and states stay readable, which is what
//! salvaging a damaged file needs.

use super::StateKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Error};
use sha2::Sha256;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;
/// Of a mark: 128 bits, so that two students never share one.
const MARK_BYTES: usize = 16;

/// A value that the state key does not open: another key, or a changed file.
#[derive(Debug, thiserror::Error)]
#[error("a sealed value does not open with this key")]
pub struct DoesNotOpen;

/// Keys of this file: one for reading back, one for finding again.
#[derive(Clone)]
pub(super) struct Vault {
    sealing: Zeroizing<[u8; 32]>,
    marking: Zeroizing<[u8; 32]>,
}

impl Vault {
    pub fn new(key: &StateKey) -> Self {
        let derived = |purpose: &str| Zeroizing::new(hmac(key.bytes(), purpose.as_bytes()));
        Self {
            sealing: derived("gradbooth state: sealing"),
            marking: derived("gradbooth state: marking"),
        }
    }

    /// Gives the connection the three functions. Only our own SQL may call them, no view or trigger of a file.
    pub fn install(&self, connection: &Connection) -> rusqlite::Result<()> {
        let ours = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
        let vault = self.clone();
        connection.create_scalar_function(
            "mark",
            1,
            ours | FunctionFlags::SQLITE_DETERMINISTIC,
            move |context| {
                let text = context.get::<Option<String>>(0)?;
                Ok(text.map(|text| vault.mark(&text)))
            },
        )?;
        let vault = self.clone();
        connection.create_scalar_function("sealed", 2, ours, move |context| {
            on_text(context, |place, text| vault.seal(place, text))
        })?;
        let vault = self.clone();
        connection.create_scalar_function("opened", 2, ours, move |context| {
            on_text(context, |place, text| vault.open(place, text))
        })
    }

    fn mark(&self, text: &str) -> String {
        let hash = hmac(&self.marking, text.as_bytes());
        hash.iter()
            .take(MARK_BYTES)
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.sealing))
    }

    fn seal(&self, place: &str, text: &str) -> Result<String, DoesNotOpen> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| DoesNotOpen)?;
        let payload = Payload {
            msg: text.as_bytes(),
            aad: place.as_bytes(),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| DoesNotOpen)?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    fn open(&self, place: &str, text: &str) -> Result<String, DoesNotOpen> {
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| DoesNotOpen)?;
        let (nonce, sealed) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(DoesNotOpen)?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let opened = self
            .cipher()
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| DoesNotOpen)?;
        String::from_utf8(opened).map_err(|_| DoesNotOpen)
    }
}

/// `NULL` stays `NULL`.
fn on_text(
    context: &Context<'_>,
    work: impl Fn(&str, &str) -> Result<String, DoesNotOpen>,
) -> rusqlite::Result<Option<String>> {
    let place = context.get::<String>(0)?;
    let text = context.get::<Option<String>>(1)?.map(Zeroizing::new);
    text.map(|text| work(&place, &text))
        .transpose()
        .map_err(|error| Error::UserFunctionError(error.into()))
}

fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // HMAC pads a short key with zeros to the block of its hash
    let mut block = Zeroizing::new([0; 64]);
    if let Some(front) = block.first_chunk_mut::<32>() {
        *front = *key;
    }
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&(*block).into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(key: u8) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        Vault::new(&StateKey::from_bytes([key; 32]))
            .install(&connection)
            .unwrap();
        connection
    }

    fn asked(connection: &Connection, sql: &str, text: &str) -> rusqlite::Result<Option<String>> {
        connection.query_row(sql, [text], |row| row.get(0))
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_with_its_key_and_nowhere_else() {
        let (ours, theirs) = (connection(1), connection(2));
        let sealed = asked(&ours, "SELECT sealed('a', ?)", "周*")
            .unwrap()
            .unwrap();
        assert!(!sealed.contains('周'));
        assert_eq!(
            asked(&ours, "SELECT opened('a', ?)", &sealed)
                .unwrap()
                .as_deref(),
            Some("周*")
        );
        assert!(asked(&ours, "SELECT opened('b', ?)", &sealed).is_err());
        assert!(asked(&theirs, "SELECT opened('a', ?)", &sealed).is_err());
        assert_ne!(
            asked(&ours, "SELECT sealed('a', ?)", "周*")
                .unwrap()
                .unwrap(),
            sealed
        );
        assert_eq!(asked(&ours, "SELECT opened(?, NULL)", "a").unwrap(), None);
    }

    #[test]
    fn a_mark_is_the_same_again_and_another_under_another_key() {
        let mark = |key| {
            asked(&connection(key), "SELECT mark(?)", "00ff")
                .unwrap()
                .unwrap()
        };
        assert_eq!(mark(1), mark(1));
        assert_ne!(mark(1), mark(2));
        assert_eq!(mark(1).len(), 32);
    }
}
