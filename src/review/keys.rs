//! The service's own secrets: made once, kept in `service.key` beside the database, readable by its owner only.
//!
//! Losing the file means that booths no longer believe new receipts: it belongs in the backup, apart from the
//! database.

use super::random;
use super::store::StoreError;
use crate::domain::acquisition_code::CampusKey;
use crate::wire::{PhoneRef, ReviewSecretKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit as _, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Number of the campus key that this version makes.
const CAMPUS_KEY_NUMBER: u8 = 1;

/// Why there are no keys.
#[derive(Debug, Error)]
pub enum KeysError {
    /// The file cannot be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// The file is damaged.
    #[error(
        "{0} is damaged; take it from the backup, a new one would not verify what was signed before"
    )]
    Damaged(PathBuf),
    /// The root is not the one that booths believe.
    #[error("this is not the root that the booths were enrolled with")]
    OtherRoot,
    /// The database, or the system gave no random numbers.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    receipts: String,
    issuer: String,
    campus: String,
    phone: String,
}

/// The service's secrets.
pub struct Keys {
    /// Signs receipts.
    pub receipts: SigningKey,
    /// Opens what booths have sealed.
    pub review: ReviewSecretKey,
    /// Signs acquisition codes; in production its holder is the authority, not this service.
    pub issuer: SigningKey,
    campus: [u8; 32],
    phone: [u8; 32],
}

impl Keys {
    /// Reads the keys of a data folder, or makes them.
    pub fn open(data: &Path) -> Result<Self, KeysError> {
        let path = data.join("service.key");
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, review_key(data)?).ok_or(KeysError::Damaged(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(data, &path),
            Err(error) => Err(KeysError::File(path, error)),
        }
    }

    fn parse(text: &str, review: ReviewSecretKey) -> Option<Self> {
        let file: KeyFile = toml::from_str(text).ok()?;
        let bytes = |text: &str| STANDARD.decode(text).ok()?.try_into().ok();
        Some(Self {
            receipts: SigningKey::from_bytes(&bytes(&file.receipts)?),
            issuer: SigningKey::from_bytes(&bytes(&file.issuer)?),
            campus: bytes(&file.campus)?,
            phone: bytes(&file.phone)?,
            review,
        })
    }

    fn make(data: &Path, path: &Path) -> Result<Self, KeysError> {
        let secret = || random::bytes::<32>().map(|bytes| STANDARD.encode(bytes));
        let file = KeyFile {
            receipts: secret()?,
            issuer: secret()?,
            campus: secret()?,
            phone: secret()?,
        };
        let text = toml::to_string(&file).map_err(|_| KeysError::Damaged(path.to_owned()))?;
        write_secret(path, &text).map_err(|error| KeysError::File(path.to_owned(), error))?;
        Self::parse(&text, review_key(data)?).ok_or_else(|| KeysError::Damaged(path.to_owned()))
    }

    /// Number and secret of the campus key, for enrolling a booth.
    pub const fn campus(&self) -> (u8, &[u8; 32]) {
        (CAMPUS_KEY_NUMBER, &self.campus)
    }

    /// Decodes and makes acquisition codes.
    pub fn campus_key(&self) -> CampusKey {
        CampusKey::new(CAMPUS_KEY_NUMBER, self.campus, self.issuer.verifying_key())
    }

    /// The reference of a phone number: the same for the same number, meaningless without the key.
    pub fn phone_ref(&self, number: &str) -> PhoneRef {
        // HMAC pads a short key with zeros to the block of its hash
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.phone);
        let mut mac = <Hmac<Sha256>>::new(&block.into());
        mac.update(number.as_bytes());
        let hash = mac.finalize().into_bytes();
        PhoneRef::new(
            hash.iter()
                .take(16)
                .fold(String::new(), |text, byte| format!("{text}{byte:02x}")),
        )
    }
}

/// The key to which booths seal, in `review.key`: a file of its own, because it is all that a backup of the database
/// needs to stay readable, and all that has to be guarded apart from it.
fn review_key(data: &Path) -> Result<ReviewSecretKey, KeysError> {
    let path = data.join("review.key");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = STANDARD.encode(random::bytes::<32>()?);
            write_secret(&path, &text).map_err(|error| KeysError::File(path.clone(), error))?;
            text
        }
        Err(error) => return Err(KeysError::File(path, error)),
    };
    let bytes = STANDARD
        .decode(text.trim())
        .ok()
        .and_then(|bytes| bytes.try_into().ok());
    bytes
        .and_then(|bytes| ReviewSecretKey::from_bytes(&bytes).ok())
        .ok_or(KeysError::Damaged(path))
}

/// Writes a file that only its owner may read; whole or not at all, and never over one that exists.
pub(super) fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    if let Err(error) = &written
        && error.kind() != io::ErrorKind::AlreadyExists
    {
        drop(fs::remove_file(path));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_a_damaged_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let made = Keys::open(folder.path()).unwrap();
        let read = Keys::open(folder.path()).unwrap();
        assert_eq!(made.receipts.to_bytes(), read.receipts.to_bytes());
        assert_eq!(
            made.phone_ref("+8613800000000"),
            read.phone_ref("+8613800000000")
        );
        let path = folder.path().join("service.key");
        fs::write(&path, "nonsense").unwrap();
        assert!(matches!(
            Keys::open(folder.path()),
            Err(KeysError::Damaged(_))
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), "nonsense");
    }

    #[test]
    fn a_reference_says_nothing_without_the_key() {
        let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let [one, other] = [one, other].map(|folder| Keys::open(folder.path()).unwrap());
        let number = "13800138000";
        assert_ne!(one.phone_ref(number), one.phone_ref("13800138001"));
        assert_ne!(one.phone_ref(number), other.phone_ref(number));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_a_secret() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        write_secret(&path, "s").unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(write_secret(&path, "t").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "s");
    }
}
