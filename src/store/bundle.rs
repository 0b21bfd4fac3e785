//! When the network never comes: what waits or is held, copied to a stick by the attendant. Still sealed, a file each,
//! and nothing leaves the queue for it: only a receipt does. Importing it and delivering it later is the same thing
//! twice, which the service answers with the same receipt.

use super::queue::Confirmed;
use super::{Store, StoreError, bundle_name};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What was copied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// Submissions on the stick.
    pub saved: u32,
    /// Submissions that stay here alone: not sealed, because a booth of the first version confirmed them.
    pub left: u32,
}

impl Store {
    /// Copies everything that is not delivered into `folder`; what is there already stays as it is.
    pub fn export(&self, folder: &Path) -> Result<Exported, StoreError> {
        fs::create_dir_all(folder).map_err(StoreError::Folder)?;
        let mut exported = Exported::default();
        for item in self.queue()? {
            match self.confirmed(item.id)? {
                Confirmed::Plain(_) => exported.left += 1,
                Confirmed::Sealed(sealed) => {
                    let path = folder.join(bundle_name(item.sequence, &item.id.short()));
                    write_whole(&path, &sealed.to_bytes()).map_err(StoreError::Folder)?;
                    exported.saved += 1;
                }
            }
        }
        // a stick that is pulled out right after must have it all
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(StoreError::Folder)?;
        Ok(exported)
    }
}

/// Under its name only once it is whole.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let making = path.with_extension("part");
    let written = File::create(&making).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&making, path))
}

/// Sticks that are plugged in: what is mounted below the given folders, at most two levels down (`/media/NAME`,
/// `/run/media/ACCOUNT/NAME`).
pub fn sticks(folders: &[PathBuf]) -> Vec<PathBuf> {
    let below = |folder: &PathBuf| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path())
            .filter(|path| path.is_dir())
            .collect()
    };
    let first: Vec<PathBuf> = folders.iter().flat_map(below).collect();
    let second: Vec<PathBuf> = first.iter().flat_map(below).collect();
    let is_mounted = |path: &PathBuf| {
        let device = |path: &Path| rustix::fs::stat(path).ok().map(|stat| stat.st_dev);
        path.parent()
            .is_some_and(|parent| device(path) != device(parent))
    };
    first.into_iter().chain(second).filter(is_mounted).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, entitled_store, new_submission, receipt, sealed, sealer};
    use super::*;
    use crate::domain::SubmissionId;

    #[test]
    fn what_waits_or_is_held_is_copied_sealed_and_stays_in_the_queue() {
        let (store, folder) = entitled_store();
        let id = SubmissionId::from_bytes([1; 16]);
        let stick = folder.path().join("stick");
        assert_eq!(store.export(&stick).unwrap(), Exported::default());
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        store.hold(id, "not_open").unwrap();
        for _ in 0..2 {
            assert_eq!(
                store.export(&stick).unwrap(),
                Exported { saved: 1, left: 0 }
            );
        }
        let file = fs::read(stick.join("000001-010101.gbs2")).unwrap();
        assert_eq!(file, sealed(&store, id).to_bytes());
        assert_eq!(store.counts().unwrap().held, 1);
        store.delivered(&receipt(&store, id), at(1)).unwrap();
        assert_eq!(store.export(&stick).unwrap().saved, 0);
    }

    #[test]
    fn an_ordinary_folder_is_no_stick() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("photos")).unwrap();
        assert!(sticks(&[folder.path().to_owned()]).is_empty());
    }
}
