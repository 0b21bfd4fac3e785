//! Submissions made at this booth, from Submit on: sealed to the review service and stored in one transaction, so
//! that from then on the booth itself cannot read manifest, photo or capture again.
//!
//! A submission without an entitlement, or beside another one that stands, is refused here too, whatever the
//! screens thought. The other half, sending them, is in [`super::queue`].

use super::row::{from_word, json};
use super::{Store, StoreError, entitlements};
use crate::domain::{CollectionId, StudentRef, SubmissionId, SubmissionState};
use crate::wire::{Digest, Manifest, Sealed, Sealer};
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
    pub fn confirm(
        &self,
        new: NewSubmission<'_>,
        sealer: &Sealer,
        at: Timestamp,
    ) -> Result<(), StoreError> {
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
            let previous;
            (manifest.sequence, previous) = next_in_order(sql)?;
            let sealed = sealer
                .seal(&manifest, (photo, capture), previous)
                .map_err(|_| StoreError::Unreadable("submission to seal"))?;
            insert(sql, &manifest, &sealed, at)
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
        "SELECT EXISTS (SELECT 1 FROM submissions WHERE student = mark(?) AND collection = ? AND state IN ('queued', 'held'))",
        params![student.as_str(), collection.0],
        |row| row.get(0),
    )?)
}

/// The next number, and the hash of the envelope before it: zeros where there is none.
fn next_in_order(sql: &Connection) -> Result<(u64, Digest), StoreError> {
    let (next, last): (i64, Option<String>) = sql.query_row(
        "UPDATE booth SET last_sequence = last_sequence + 1 RETURNING last_sequence, last_envelope",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let sequence = u64::try_from(next).map_err(|_| StoreError::Unreadable("sequence"))?;
    let last = last.map_or(Ok(Digest::from_bytes([0; 32])), |text| text.parse());
    Ok((
        sequence,
        last.map_err(|_| StoreError::Unreadable("last_envelope"))?,
    ))
}

fn insert(
    sql: &Connection,
    manifest: &Manifest,
    sealed: &Sealed,
    at: Timestamp,
) -> Result<(), StoreError> {
    sql.execute(
        "INSERT INTO submissions (id, sequence, student, collection, state, submitted_at)
         VALUES (?, ?, mark(?), ?, 'queued', ?)",
        params![
            manifest.id.to_string(),
            manifest.sequence.cast_signed(),
            manifest.student.as_str(),
            manifest.collection.0,
            at.to_string(),
        ],
    )?;
    sql.execute(
        "INSERT INTO sealed_submissions (submission, envelope, signature, contents) VALUES (?, ?, ?, ?)",
        params![manifest.id.to_string(), sealed.envelope, sealed.signature, sealed.contents],
    )?;
    sql.execute(
        "UPDATE booth SET last_envelope = ?",
        [Digest::of(&sealed.envelope).to_string()],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        CAPTURE, PHOTO, at, entitled_store, new_submission, opened, sealed, sealer, state_key,
        store,
    };
    use super::*;

    #[test]
    fn what_is_confirmed_is_there_after_a_restart_byte_for_byte() {
        let (store, folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        drop(store);
        let store = Store::open(folder.path(), &state_key()).unwrap();
        let packet = opened(&sealed(&store, SubmissionId::from_bytes([1; 16])));
        let packet = crate::wire::Packet::parse(&packet).unwrap();
        assert_eq!((packet.photo, packet.capture), (PHOTO, CAPTURE));
        let manifest: Manifest = serde_json::from_slice(packet.manifest).unwrap();
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
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        store.confirm(new_submission(1), &sealer(), at(1)).unwrap();
        assert_eq!(store.waiting_after(0).unwrap().len(), 1);
        // a second one for the same student and collection is refused, and takes no number
        assert!(matches!(
            store.confirm(new_submission(2), &sealer(), at(2)),
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
            store.confirm(new_submission(1), &sealer(), at(0)),
            Err(StoreError::Unlawful(_))
        ));
        let (store, _folder) = entitled_store();
        let other = NewSubmission {
            photo: b"another",
            ..new_submission(1)
        };
        assert!(matches!(
            store.confirm(other, &sealer(), at(0)),
            Err(StoreError::Unlawful(_))
        ));
        assert!(store.waiting_after(0).unwrap().is_empty());
    }

    #[test]
    fn debug_does_not_name_the_student() {
        let text = format!("{:?}", new_submission(1));
        assert!(
            !text.contains("2022050107") && !text.contains('周'),
            "{text}"
        );
    }

    #[test]
    fn each_envelope_names_the_one_before_it() {
        let (store, _folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        let first = sealed(&store, SubmissionId::from_bytes([1; 16]));
        store
            .delivered(
                &super::super::samples::receipt(&store, SubmissionId::from_bytes([1; 16])),
                at(1),
            )
            .unwrap();
        store.confirm(new_submission(2), &sealer(), at(2)).unwrap();
        let second = sealed(&store, SubmissionId::from_bytes([2; 16]));
        let previous = |sealed: &Sealed| {
            crate::wire::Envelope::read(&sealed.envelope)
                .unwrap()
                .previous
        };
        assert_eq!(previous(&first), Digest::from_bytes([0; 32]));
        assert_eq!(previous(&second), Digest::of(&first.envelope));
    }

    #[test]
    fn nothing_of_a_confirmed_submission_can_be_read_from_the_files() {
        let (store, folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        let manifest = new_submission(1).manifest;
        let secrets = [
            CAPTURE,
            manifest.student.as_str().as_bytes(),
            manifest.student_number.as_bytes(),
            manifest.masked_name.as_bytes(),
        ];
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            for secret in secrets {
                assert!(!bytes.windows(secret.len()).any(|window| window == secret));
            }
        }
    }
}
