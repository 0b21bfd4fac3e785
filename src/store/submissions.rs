//! Submissions made at this booth, from Submit on: manifest, photo and capture in one transaction.
//!
//! A submission without an entitlement, or beside another one that stands, is refused here too, whatever the
//! screens thought. The other half, sending them, is in [`super::queue`].

use super::row::{from_word, json};
use super::{Store, StoreError, entitlements};
use crate::domain::{CollectionId, StudentRef, SubmissionId, SubmissionState};
use crate::wire::{Digest, Manifest};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// What Submit makes durable. The store gives the sequence; everything else is as it will be signed for.
pub struct NewSubmission<'a> {
    /// Everything but the pictures; its `sequence` is overwritten.
    pub manifest: Manifest,
    /// The standard photo: the very bytes that were confirmed.
    pub photo: &'a [u8],
    /// The untouched capture.
    pub capture: &'a [u8],
}

impl std::fmt::Debug for NewSubmission<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewSubmission({:?})", self.manifest)
    }
}

impl Store {
    /// Queues a submission; when this returns, it survives the plug. The same id again changes nothing.
    pub fn confirm(&self, new: NewSubmission<'_>, at: Timestamp) -> Result<(), StoreError> {
        let NewSubmission {
            mut manifest,
            photo,
            capture,
        } = new;
        let hashes = (Digest::of(photo), Digest::of(capture));
        if hashes != (manifest.photo_sha256, manifest.capture_sha256) {
            return Err(StoreError::Unlawful(
                "the pictures are not those of the manifest",
            ));
        }
        self.write(|sql| {
            if exists(sql, manifest.id)? {
                return Ok(());
            }
            refuse_unlawful(sql, &manifest)?;
            manifest.sequence = next_sequence(sql)?;
            let bytes = manifest
                .to_bytes()
                .map_err(|_| StoreError::Unreadable("manifest"))?;
            insert(sql, &manifest, &bytes, at)?;
            sql.execute(
                "INSERT INTO submission_pictures (submission, photo, capture) VALUES (?, ?, ?)",
                params![manifest.id.to_string(), photo, capture],
            )?;
            Ok(())
        })
    }

    /// Where a submission of this booth stands; `None` if it was never confirmed here.
    pub fn submission_state(
        &self,
        id: SubmissionId,
    ) -> Result<Option<SubmissionState>, StoreError> {
        self.read(|sql| {
            let state: Option<String> = sql
                .query_row(
                    "SELECT state FROM submissions WHERE id = ?",
                    [id.to_string()],
                    |row| row.get(0),
                )
                .optional()?;
            state
                .map(|state| from_word(&state, "submission state"))
                .transpose()
        })
    }
}

fn exists(sql: &Connection, id: SubmissionId) -> Result<bool, StoreError> {
    Ok(sql.query_row(
        "SELECT EXISTS (SELECT 1 FROM submissions WHERE id = ?)",
        [id.to_string()],
        |row| row.get(0),
    )?)
}

fn refuse_unlawful(sql: &Connection, manifest: &Manifest) -> Result<(), StoreError> {
    let entitlement = entitlements::entitlement(sql, &manifest.student, &manifest.collection)?
        .ok_or(StoreError::Unlawful(
            "nobody is entitled to this submission",
        ))?;
    if json(&entitlement.source)? != json(&manifest.entitlement)? {
        return Err(StoreError::Unlawful(
            "the manifest names another entitlement",
        ));
    }
    if waits_here(sql, &manifest.student, &manifest.collection)? {
        return Err(StoreError::Unlawful(
            "a submission of this student already waits",
        ));
    }
    Ok(())
}

/// A submission that the service has not signed for yet: it stands, whatever the service knows.
pub(super) fn waits_here(
    sql: &Connection,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<bool, StoreError> {
    Ok(sql.query_row(
        "SELECT EXISTS (SELECT 1 FROM submissions WHERE student = ? AND collection = ? AND state IN ('queued', 'held'))",
        params![student.as_str(), collection.0],
        |row| row.get(0),
    )?)
}

fn next_sequence(sql: &Connection) -> Result<u64, StoreError> {
    let next: i64 = sql.query_row(
        "UPDATE booth SET last_sequence = last_sequence + 1 RETURNING last_sequence",
        [],
        |row| row.get(0),
    )?;
    u64::try_from(next).map_err(|_| StoreError::Unreadable("sequence"))
}

fn insert(
    sql: &Connection,
    manifest: &Manifest,
    bytes: &[u8],
    at: Timestamp,
) -> Result<(), StoreError> {
    sql.execute(
        "INSERT INTO submissions (id, sequence, student, collection, state, submitted_at, manifest)
         VALUES (?, ?, ?, ?, 'queued', ?, ?)",
        params![
            manifest.id.to_string(),
            manifest.sequence.cast_signed(),
            manifest.student.as_str(),
            manifest.collection.0,
            at.to_string(),
            bytes,
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::samples::{CAPTURE, PHOTO, at, entitled_store, new_submission, store};
    use super::*;

    #[test]
    fn what_is_confirmed_is_there_after_a_restart_byte_for_byte() {
        let (store, folder) = entitled_store();
        store.confirm(new_submission(1), at(0)).unwrap();
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        let parts = store.parts(SubmissionId::from_bytes([1; 16])).unwrap();
        assert_eq!(
            (parts.photo.as_slice(), parts.capture.as_slice()),
            (PHOTO, CAPTURE)
        );
        let manifest: Manifest = serde_json::from_slice(&parts.manifest).unwrap();
        assert_eq!(
            manifest,
            Manifest {
                sequence: 1,
                ..new_submission(1).manifest
            }
        );
    }

    #[test]
    fn confirming_twice_queues_once_and_the_sequence_has_no_gap() {
        let (store, _folder) = entitled_store();
        store.confirm(new_submission(1), at(0)).unwrap();
        store.confirm(new_submission(1), at(1)).unwrap();
        assert_eq!(store.waiting().unwrap().len(), 1);
        // a second one for the same student and collection is refused, and takes no number
        assert!(matches!(
            store.confirm(new_submission(2), at(2)),
            Err(StoreError::Unlawful(_))
        ));
        let last: i64 = store
            .read(|sql| Ok(sql.query_row("SELECT last_sequence FROM booth", [], |r| r.get(0))?))
            .unwrap();
        assert_eq!(last, 1);
    }

    #[test]
    fn nothing_enters_the_queue_without_an_entitlement_or_with_other_pictures() {
        let (store, _folder) = store();
        assert!(matches!(
            store.confirm(new_submission(1), at(0)),
            Err(StoreError::Unlawful(_))
        ));
        let (store, _folder) = entitled_store();
        let other = NewSubmission {
            photo: b"another",
            ..new_submission(1)
        };
        assert!(matches!(
            store.confirm(other, at(0)),
            Err(StoreError::Unlawful(_))
        ));
        assert!(store.waiting().unwrap().is_empty());
    }

    #[test]
    fn debug_does_not_name_the_student() {
        let text = format!("{:?}", new_submission(1));
        assert!(
            !text.contains("2022050107") && !text.contains('周'),
            "{text}"
        );
    }
}
