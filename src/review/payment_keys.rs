//! The keys that sign receipts and vouchers, and the root that signs the list of them.
//!
//! `payment.key` beside the database signs every day. `payment-root.key` signs only when the key is changed: it belongs
//! on a stick in a safe, and the service runs without it. Booths got the root's public half when they were enrolled.

use super::keys::{KeysError, write_secret};
use super::random;
use super::store::{PAYMENT_KEYS, Store, StoreError, audit, feed, meta, set_meta};
use crate::wire::offline::Keyset;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{SigningKey, VerifyingKey};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a key that is replaced has signed counts so much longer.
const OVERLAP_S: u32 = 90 * 24 * 60 * 60;
const ROOT: &str = "payment_root";
const SIGNING_FILE: &str = "payment.key";

/// Where the root lies as long as nobody has put it away.
pub fn root_file(data: &Path) -> PathBuf {
    data.join("payment-root.key")
}

/// Signs receipts and vouchers, and knows who vouches for that.
pub struct PaymentKeys {
    /// Signs.
    pub signing: SigningKey,
    /// Vouches.
    pub root: VerifyingKey,
}

impl PaymentKeys {
    /// The keys of a data folder; made, with a first list, where there are none.
    pub fn open(data: &Path, store: &Store) -> Result<Self, KeysError> {
        if let Some(root) = store.read_now(|tx| meta(tx, ROOT))? {
            let damaged = || KeysError::Damaged(data.join(SIGNING_FILE));
            let root = bytes(&root).and_then(|root| VerifyingKey::from_bytes(&root).ok());
            return Ok(Self {
                signing: read(&data.join(SIGNING_FILE))?,
                root: root.ok_or_else(damaged)?,
            });
        }
        let root = made(&root_file(data))?;
        let text = STANDARD.encode(root.verifying_key().to_bytes());
        store.write_now(|tx| set_meta(tx, ROOT, &text).map(drop))?;
        Self::rotate(data, store, &root_file(data), false)?;
        Self::open(data, store)
    }

    /// Another key signs from now on. `revoke` takes the others off the list at once: for a key that was stolen.
    pub fn rotate(
        data: &Path,
        store: &Store,
        root: &Path,
        revoke: bool,
    ) -> Result<String, KeysError> {
        let root = read(root)?;
        let own = store.read_now(|tx| meta(tx, ROOT))?;
        if own != Some(STANDARD.encode(root.verifying_key().to_bytes())) {
            return Err(KeysError::OtherRoot);
        }
        let kept = store.read_now(|tx| meta(tx, PAYMENT_KEYS))?;
        let kept = kept.and_then(|text| Keyset::open(&text, &root.verifying_key()).ok());
        let kept = kept.unwrap_or(Keyset {
            number: 0,
            keys: Vec::new(),
        });
        let new = SigningKey::from_bytes(&random::bytes()?);
        let now = u32::try_from(crate::clock::utc().as_second()).unwrap_or(u32::MAX);
        let text = kept
            .rotated(new.verifying_key(), now, OVERLAP_S, revoke)
            .sign(&root);
        // the list first: a key that signs before it is listed would make receipts that nobody believes
        store.write_now(|tx| {
            set_meta(tx, PAYMENT_KEYS, &text)?;
            feed::changed(tx, feed::Kind::PaymentKeys, "")?;
            let number = (kept.number + 1).to_string();
            audit::note(
                tx,
                "command line",
                "payment keys",
                &number,
                if revoke { "revoked" } else { "" },
            )
        })?;
        let (file, part) = (data.join(SIGNING_FILE), data.join("payment.key.part"));
        let in_file = |error| KeysError::File(data.join(SIGNING_FILE), error);
        drop(fs::remove_file(&part));
        write_secret(&part, &STANDARD.encode(new.to_bytes())).map_err(in_file)?;
        fs::rename(part, file).map_err(in_file)?;
        Ok(text)
    }

    /// The signed list, for booths.
    pub fn list(store: &Store) -> Result<Option<String>, StoreError> {
        store.read_now(|tx| meta(tx, PAYMENT_KEYS))
    }
}

fn read(path: &Path) -> Result<SigningKey, KeysError> {
    let text = fs::read_to_string(path).map_err(|error| KeysError::File(path.to_owned(), error))?;
    let seed = bytes(text.trim()).ok_or_else(|| KeysError::Damaged(path.to_owned()))?;
    Ok(SigningKey::from_bytes(&seed))
}

fn made(path: &Path) -> Result<SigningKey, KeysError> {
    let seed: [u8; 32] = random::bytes()?;
    match write_secret(path, &STANDARD.encode(seed)) {
        Ok(()) => Ok(SigningKey::from_bytes(&seed)),
        // an earlier start was interrupted between file and database
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(path),
        Err(error) => Err(KeysError::File(path.to_owned(), error)),
    }
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::store::in_memory;
    use crate::wire::offline::KeyId;

    #[test]
    fn the_root_may_be_put_away_and_only_it_changes_the_keys() {
        let (store, folder) = in_memory();
        let data = folder.path();
        let first = PaymentKeys::open(data, &store).unwrap();
        let id = KeyId::of(&first.signing.verifying_key());
        let away = folder.path().join("stick.key");
        fs::rename(root_file(data), &away).unwrap();
        let again = PaymentKeys::open(data, &store).unwrap();
        assert_eq!(again.signing.to_bytes(), first.signing.to_bytes());
        let text = PaymentKeys::rotate(data, &store, &away, false).unwrap();
        let keys = Keyset::open(&text, &first.root).unwrap();
        assert_eq!((keys.number, keys.keys.len()), (2, 2));
        let now = PaymentKeys::open(data, &store).unwrap();
        assert!(keys.key(KeyId::of(&now.signing.verifying_key())).is_some());
        let text = PaymentKeys::rotate(data, &store, &away, true).unwrap();
        assert!(Keyset::open(&text, &first.root).unwrap().key(id).is_none());
        let other = folder.path().join("other.key");
        made(&other).unwrap();
        assert!(matches!(
            PaymentKeys::rotate(data, &store, &other, false),
            Err(KeysError::OtherRoot)
        ));
    }
}
