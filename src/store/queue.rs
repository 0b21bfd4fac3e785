//! Sending what waits: the arrows after Submit. Only a verified receipt moves a submission out of the queue, and
//! nothing is ever deleted but pictures that the service has signed for.

use super::row::json;
use super::{Store, StoreError};
use crate::domain::SubmissionId;
use crate::wire::{Digest, Receipt, Sealed};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// A submission as it was confirmed, for sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// Sealed to the review service.
    Sealed(Sealed),
    /// Of a booth of the first version: it is sent as it is, because the service may have signed for exactly that.
    Plain(Parts),
}

impl Confirmed {
    /// What the receipt has to be over.
    pub fn signed_for(&self) -> Digest {
        match self {
            Self::Sealed(sealed) => Digest::of(&sealed.envelope),
            Self::Plain(parts) => Digest::of(&parts.manifest),
        }
    }
}

/// The bytes of a submission that was not sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Parts {
    /// The manifest.
    pub manifest: Vec<u8>,
    /// The standard photo.
    pub photo: Vec<u8>,
    /// The capture.
    pub capture: Vec<u8>,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Parts({} + {} + {} bytes)",
            self.manifest.len(),
            self.photo.len(),
            self.capture.len()
        )
    }
}

impl Store {
    /// The bytes to send.
    pub fn confirmed(&self, id: SubmissionId) -> Result<Confirmed, StoreError> {
        self.read(|sql| {
            if let Some(sealed) = sealed(sql, id)? {
                return Ok(Confirmed::Sealed(sealed));
            }
            let plain = plain(sql, id)?.map(Confirmed::Plain);
            plain.ok_or(StoreError::Unlawful(
                "this submission is not at the booth any more",
            ))
        })
    }

    /// The service has signed for it. The receipt must have been verified. Doing it again changes nothing.
    pub fn delivered(&self, receipt: &Receipt, at: Timestamp) -> Result<(), StoreError> {
        self.write(|sql| {
            let id = receipt.submission.to_string();
            let changed = sql.execute(
                "UPDATE submissions SET state = 'delivered', receipt = ?, receipt_epoch = ?, delivered_at = ?,
                 last_trouble = NULL, held_because = NULL WHERE id = ? AND state IN ('queued', 'held')",
                params![json(receipt)?, receipt.epoch.to_string(), at.to_string(), id],
            )?;
            if changed == 0 && !row_exists(sql, receipt.submission)? {
                return Err(StoreError::Unlawful("a receipt for a submission of another booth"));
            }
            // from now on it is one of those that the service knows, dated by the service's clock
            sql.execute(
                "INSERT INTO known_submissions (submission, student, collection, state, received_at)
                 SELECT id, student, collection, state, ? FROM submissions WHERE id = ? ON CONFLICT DO NOTHING",
                [receipt.received_at.to_string(), id],
            )?;
            Ok(())
        })
    }

    /// A try failed for a reason of the world: it stays queued.
    pub fn try_failed(&self, id: SubmissionId, trouble: &str) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "UPDATE submissions SET tries = tries + 1, last_trouble = ? WHERE id = ? AND state = 'queued'",
                params![trouble, id.to_string()],
            )?;
            Ok(())
        })
    }

    /// The service refuses it, and sending it again cannot help: kept for the attendant.
    pub fn hold(&self, id: SubmissionId, because: &str) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "UPDATE submissions SET state = 'held', held_because = ?, tries = tries + 1
                 WHERE id = ? AND state = 'queued'",
                params![because, id.to_string()],
            )?;
            Ok(())
        })
    }

    /// The attendant wants a held one tried again.
    pub fn release(&self, id: SubmissionId) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "UPDATE submissions SET state = 'queued' WHERE id = ? AND state = 'held'",
                [id.to_string()],
            )?;
            Ok(())
        })
    }
}

fn sealed(sql: &Connection, id: SubmissionId) -> Result<Option<Sealed>, StoreError> {
    let read = "SELECT envelope, signature, contents FROM sealed_submissions WHERE submission = ?";
    let whole = |row: &rusqlite::Row<'_>| {
        Ok(Sealed {
            envelope: row.get(0)?,
            signature: row.get(1)?,
            contents: row.get(2)?,
        })
    };
    Ok(sql.query_row(read, [id.to_string()], whole).optional()?)
}

fn plain(sql: &Connection, id: SubmissionId) -> Result<Option<Parts>, StoreError> {
    let read = "SELECT manifest, photo, capture FROM submissions JOIN submission_pictures ON submission = id
                WHERE id = ? AND manifest IS NOT NULL";
    let whole = |row: &rusqlite::Row<'_>| {
        Ok(Parts {
            manifest: row.get(0)?,
            photo: row.get(1)?,
            capture: row.get(2)?,
        })
    };
    Ok(sql.query_row(read, [id.to_string()], whole).optional()?)
}

fn row_exists(sql: &Connection, id: SubmissionId) -> Result<bool, StoreError> {
    Ok(sql.query_row(
        "SELECT EXISTS (SELECT 1 FROM submissions WHERE id = ?)",
        [id.to_string()],
        |row| row.get(0),
    )?)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, entitled_store, new_submission, receipt, sealer, service_key};
    use super::*;
    use crate::domain::{Epoch, SubmissionState};
    use crate::store::{Counts, Waiting};

    fn id(n: u8) -> SubmissionId {
        SubmissionId::from_bytes([n; 16])
    }

    #[test]
    fn a_receipt_takes_it_out_of_the_queue_and_again_changes_nothing() {
        let (store, _folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        store.try_failed(id(1), "no network").unwrap();
        let waits = Waiting {
            id: id(1),
            sequence: 1,
        };
        assert_eq!(store.waiting_after(0).unwrap(), [waits]);
        assert_eq!(store.waiting_after(1).unwrap(), []);
        assert_eq!(store.queue().unwrap()[0].tries, 1);
        let receipt = receipt(&store, id(1));
        store.delivered(&receipt, at(1)).unwrap();
        store.delivered(&receipt, at(9)).unwrap();
        assert_eq!(
            store.submission_state(id(1)).unwrap(),
            Some(SubmissionState::Delivered)
        );
        assert_eq!(store.counts().unwrap(), Counts::default());
        let stranger = Receipt::sign(
            &service_key(),
            id(7),
            Digest::of(b""),
            at(0),
            Epoch::from_bytes([9; 16]),
        );
        assert!(matches!(
            store.delivered(&stranger, at(2)),
            Err(StoreError::Unlawful(_))
        ));
    }

    #[test]
    fn a_held_one_says_why_waits_for_nobody_and_is_released_by_the_attendant() {
        let (store, _folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        store.hold(id(1), "photo_not_standard").unwrap();
        assert!(store.waiting_after(0).unwrap().is_empty());
        assert_eq!(
            store.counts().unwrap(),
            Counts {
                queued: 0,
                held: 1,
                oldest: Some(at(0))
            }
        );
        assert_eq!(
            store.queue().unwrap()[0].because.as_deref(),
            Some("photo_not_standard")
        );
        store.release(id(1)).unwrap();
        assert_eq!(store.waiting_after(0).unwrap().len(), 1);
        assert!(store.confirmed(id(1)).is_ok());
    }
}
