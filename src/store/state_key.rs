//! The key of what the booth keeps: from systemd's credentials where there are some (sealed by the TPM, if the unit
//! says so), else from a file outside the state folder, made at the first start. Whoever copies the state folder has
//! no key with it. A key that is lost is never replaced: it would make the old records unreadable for good.

use super::StoreError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Name of the credential: `LoadCredentialEncrypted=gradbooth-state.key`.
pub const CREDENTIAL: &str = "gradbooth-state.key";
const KEY_BYTES: usize = 32;

/// 256 bits from the system's randomness.
#[derive(Clone)]
pub struct StateKey(Zeroizing<[u8; KEY_BYTES]>);

impl std::fmt::Debug for StateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StateKey(..)")
    }
}

/// Where the key comes from, for the status screen and `gradbooth doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyPlace {
    /// systemd's credentials: never on this disk in the clear.
    Credentials(PathBuf),
    /// A file that the booth's account can read.
    File(PathBuf),
}

impl KeyPlace {
    /// The credential, if the service manager gives one, else the file. `credentials` is `$CREDENTIALS_DIRECTORY`.
    pub fn find(credentials: Option<&Path>, file: &Path) -> Self {
        match credentials
            .map(|folder| folder.join(CREDENTIAL))
            .filter(|path| path.exists())
        {
            Some(path) => Self::Credentials(path),
            None => Self::File(file.to_owned()),
        }
    }

    /// [`KeyPlace::find`] in this process's environment.
    pub fn of_this_process(file: &Path) -> Self {
        let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
        Self::find(credentials.as_deref(), file)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Credentials(path) | Self::File(path) => path,
        }
    }
}

impl StateKey {
    /// A key of these bytes.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// Reads the key.
    pub fn read(place: &KeyPlace) -> Result<Self, StoreError> {
        let trouble = |cause| StoreError::Key {
            path: place.path().to_owned(),
            cause,
        };
        let text = fs::read_to_string(place.path())
            .map(Zeroizing::new)
            .map_err(trouble)?;
        let damaged = || {
            trouble(io::Error::new(
                io::ErrorKind::InvalidData,
                "not 64 hexadecimal digits",
            ))
        };
        Self::parse(text.trim()).ok_or_else(damaged)
    }

    /// Reads the key, or makes it where no records need one yet.
    pub fn read_or_make(place: &KeyPlace, state_folder: &Path) -> Result<Self, StoreError> {
        if place.path().starts_with(state_folder) {
            let cause = io::Error::new(io::ErrorKind::InvalidInput, "lies beside what it protects");
            return Err(StoreError::Key {
                path: place.path().to_owned(),
                cause,
            });
        }
        let is_missing = !place.path().try_exists().map_err(StoreError::Folder)?;
        if is_missing && !super::opening::needs_key(state_folder)? {
            make(place.path()).map_err(|cause| StoreError::Key {
                path: place.path().to_owned(),
                cause,
            })?;
        }
        Self::read(place)
    }

    fn parse(text: &str) -> Option<Self> {
        if text.len() != KEY_BYTES * 2 || !text.is_ascii() {
            return None;
        }
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// Whole or not at all, readable by nobody but the booth's account, never over one that exists.
fn make(path: &Path) -> io::Result<()> {
    let mut bytes = Zeroizing::new([0; KEY_BYTES]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| io::Error::other("no randomness"))?;
    let text = bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let text = Zeroizing::new(text + "\n");
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let making = path.with_extension("making");
    drop(fs::remove_file(&making));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&making)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&making, path)?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn a_key_is_made_once_and_a_lost_one_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (state, file) = (folder.path().join("state"), folder.path().join("state.key"));
        let place = KeyPlace::find(None, &file);
        let key = StateKey::read_or_make(&place, &state).unwrap();
        assert_eq!(
            StateKey::read_or_make(&place, &state).unwrap().bytes(),
            key.bytes()
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(&file).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        drop(Store::open(&state, &key).unwrap());
        fs::remove_file(&file).unwrap();
        assert!(matches!(
            StateKey::read_or_make(&place, &state),
            Err(StoreError::Key { .. })
        ));
        assert!(!file.exists());
    }

    #[test]
    fn a_credential_goes_before_the_file_and_a_damaged_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.key");
        fs::write(folder.path().join(CREDENTIAL), "ab".repeat(32)).unwrap();
        let place = KeyPlace::find(Some(folder.path()), &file);
        assert!(matches!(place, KeyPlace::Credentials(_)));
        assert_eq!(StateKey::read(&place).unwrap().bytes(), &[0xab; 32]);
        for damaged in ["", "ab", &"zz".repeat(32), &"é".repeat(32)] {
            fs::write(&file, damaged).unwrap();
            assert!(
                StateKey::read(&KeyPlace::File(file.clone())).is_err(),
                "{damaged}"
            );
        }
    }

    #[test]
    fn a_key_beside_what_it_protects_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let place = KeyPlace::File(folder.path().join("state/state.key"));
        assert!(StateKey::read_or_make(&place, &folder.path().join("state")).is_err());
    }
}
