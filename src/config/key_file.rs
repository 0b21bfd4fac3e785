//! The booth's key, as `gradbooth-review enrol-booth` writes it. What is in it is never quoted, not even in a fault.

use crate::wire::BoothKey;
use crate::wire::enrolment::BadBoothKey;
use std::path::Path;
use thiserror::Error;

/// Why the key cannot be used.
#[derive(Debug, Error)]
pub enum KeyFault {
    /// The file cannot be read.
    #[error("the booth key cannot be read")]
    File(#[source] std::io::Error),
    /// Not what enrolment writes.
    #[error("the booth key is not as enrolment writes it")]
    NotAKey,
    /// A key in it is damaged.
    #[error("the booth key is damaged")]
    Damaged(#[source] BadBoothKey),
}

/// Reads and checks the booth's key. The flag says that others than its owner may read the file.
pub fn load_booth_key(path: &Path) -> Result<(BoothKey, bool), KeyFault> {
    let text = zeroize::Zeroizing::new(std::fs::read_to_string(path).map_err(KeyFault::File)?);
    let key: BoothKey = toml::from_str(&text).map_err(|_| KeyFault::NotAKey)?;
    key.service_key().map_err(KeyFault::Damaged)?;
    key.campus_key().map_err(KeyFault::Damaged)?;
    key.sealer().map_err(KeyFault::Damaged)?;
    Ok((key, others_may_read(path)))
}

#[cfg(unix)]
fn others_may_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_may_read(_path: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BoothId;
    use ed25519_dalek::SigningKey;

    #[test]
    fn what_enrolment_writes_is_read_and_loose_permissions_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("booth.key");
        let public = SigningKey::from_bytes(&[1; 32]).verifying_key();
        let booth = (BoothId::from_bytes([7; 16]), "图书馆 1");
        let review = crate::wire::ReviewSecretKey::from_bytes(&[4; 32])
            .unwrap()
            .public();
        let own = ("token".into(), &SigningKey::from_bytes(&[2; 32]));
        let key = BoothKey::new(booth, own, (&public, &review), (3, &[9; 32]), &public);
        std::fs::write(&path, toml::to_string(&key).unwrap()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let set = |mode| {
                std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            };
            set(0o600);
            assert_eq!(load_booth_key(&path).unwrap(), (key.clone(), false));
            set(0o644);
            assert_eq!(load_booth_key(&path).unwrap(), (key, true));
        }
    }

    #[test]
    fn a_damaged_key_is_refused_without_quoting_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("booth.key");
        assert!(matches!(load_booth_key(&path), Err(KeyFault::File(_))));
        std::fs::write(&path, "token = 5 # secret").unwrap();
        let fault = load_booth_key(&path).unwrap_err();
        assert!(matches!(fault, KeyFault::NotAKey));
        assert!(!format!("{fault:?} {fault}").contains("secret"));
    }
}
