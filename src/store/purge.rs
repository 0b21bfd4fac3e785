//! Erasing what the service has signed for, after the retention delay. Nothing else is ever erased.
//!
//! Overwriting means little on a flash disk, which keeps old pages out of reach. What makes a left-over page worthless
//! is its key. Each submission is sealed with a key of its own (HPKE): the half that this booth drew was never stored;
//! the half that the service's key needs stands in the first 32 bytes of the sealed contents, and is overwritten with
//! the row (`secure_delete`, then the log is truncated). Left-over pages without those bytes open for nobody any more,
//! not even for the service, and with them for the service's key alone, which no booth has. A further key for each row
//! in the same file would lie on the same old pages, so it would protect nothing more.

use super::row::{column, parsed};
use super::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

impl Store {
    /// Erases what the service has signed for longer than `retention` ago. The line stays, so that the student's
    /// file still knows of the submission. What a disk may keep of it is sealed, and the one-time key that would
    /// open it (with the service's) is overwritten with it.
    pub fn purge(&self, retention: SignedDuration, now: Timestamp) -> Result<u32, StoreError> {
        let ids = self.read(|sql| due_for_purge(sql, retention, now))?;
        for id in &ids {
            self.write(|sql| {
                sql.execute("DELETE FROM sealed_submissions WHERE submission = ?", [id])?;
                sql.execute("DELETE FROM submission_pictures WHERE submission = ?", [id])?;
                sql.execute(
                    "UPDATE submissions SET manifest = NULL, purged_at = ? WHERE id = ?",
                    params![now.to_string(), id],
                )?;
                Ok(())
            })?;
        }
        if !ids.is_empty() {
            // the log still holds the pages as they were
            self.read(|sql| Ok(sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?))?;
        }
        Ok(ids.len() as u32)
    }
}

fn due_for_purge(
    sql: &Connection,
    retention: SignedDuration,
    now: Timestamp,
) -> Result<Vec<String>, StoreError> {
    let mut query = sql.prepare(
        "SELECT id, delivered_at FROM submissions
         WHERE receipt IS NOT NULL AND purged_at IS NULL AND state NOT IN ('queued', 'held') ORDER BY sequence",
    )?;
    let mut rows = query.query([])?;
    let mut due = Vec::new();
    while let Some(row) = rows.next()? {
        let delivered_at: Timestamp = parsed(row, "delivered_at")?;
        if now.duration_since(delivered_at) >= retention {
            due.push(column(row, "id")?);
        }
    }
    Ok(due)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        at, entitled_store, new_submission, receipt, review_key, sealed, sealer,
    };
    use super::*;
    use crate::domain::{SubmissionId, SubmissionState};

    fn id(n: u8) -> SubmissionId {
        SubmissionId::from_bytes([n; 16])
    }

    #[test]
    fn only_what_is_signed_for_is_purged_and_only_after_the_retention() {
        let (store, folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        let day = SignedDuration::from_hours(24);
        assert_eq!(store.purge(day, at(1_000_000)).unwrap(), 0);
        store.delivered(&receipt(&store, id(1)), at(10)).unwrap();
        assert_eq!(store.purge(day, at(10 + 86_399)).unwrap(), 0);
        let sealed = sealed(&store, id(1));
        assert!(
            lies_in(folder.path(), &sealed.contents) && lies_in(folder.path(), &sealed.envelope)
        );
        assert_eq!(store.purge(day, at(10 + 86_400)).unwrap(), 1);
        assert!(store.confirmed(id(1)).is_err());
        assert_eq!(
            store.submission_state(id(1)).unwrap(),
            Some(SubmissionState::Delivered)
        );
        // neither the sealed contents with their one-time key nor the envelope is left in the files
        assert!(!lies_in(folder.path(), &sealed.contents[..40]));
        assert!(!lies_in(folder.path(), &sealed.envelope[..40]));
    }

    #[test]
    fn without_its_own_key_what_is_left_of_a_submission_opens_for_nobody() {
        let (store, _folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        let left = sealed(&store, id(1));
        assert!(opens(&left));
        let mut without = left.clone();
        without.contents[..32].fill(0);
        assert!(!opens(&without));
        // nor does the half of another submission open it
        store.delivered(&receipt(&store, id(1)), at(1)).unwrap();
        store.confirm(new_submission(2), &sealer(), at(2)).unwrap();
        without.contents[..32].copy_from_slice(&sealed(&store, id(2)).contents[..32]);
        assert!(!opens(&without));
    }

    /// For whoever has the service's key.
    fn opens(sealed: &crate::wire::Sealed) -> bool {
        let envelope = crate::wire::Envelope::read(&sealed.envelope).unwrap();
        let opened = review_key().open(&envelope.purpose(), &sealed.contents);
        opened.is_ok()
    }

    fn lies_in(folder: &std::path::Path, needle: &[u8]) -> bool {
        let has = |bytes: Vec<u8>| bytes.windows(needle.len()).any(|window| window == needle);
        std::fs::read_dir(folder)
            .unwrap()
            .any(|entry| has(std::fs::read(entry.unwrap().path()).unwrap()))
    }
}
