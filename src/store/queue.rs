//! Sending what waits: the arrows after Submit. Only a verified receipt moves a submission out of the queue, and
//! nothing is ever deleted but pictures that the service has signed for.

use super::row::{column, from_word, json, parsed};
use super::{Store, StoreError};
use crate::domain::{CollectionId, SubmissionId, SubmissionState};
use crate::wire::{Digest, Receipt, Sealed};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// A submission that waits to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub id: SubmissionId,
    /// Its place in the order of confirming.
    pub sequence: u64,
}

/// So many of what waits are read at once.
const PAGE: u32 = 64;

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

/// A line of the attendant's view of the queue. Knows nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueItem {
    /// Which.
    pub id: SubmissionId,
    /// Its place in the order of confirming.
    pub sequence: u64,
    /// For which collection.
    pub collection: CollectionId,
    /// Where it stands.
    pub state: SubmissionState,
    /// When Submit was pressed, by the booth's clock.
    pub submitted_at: Timestamp,
    /// Tries so far.
    pub tries: u32,
    /// Why it is still here: the refusal of a held one, else the trouble of the last try.
    pub because: Option<String>,
}

/// The queue in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Waiting to be sent.
    pub queued: u32,
    /// Refused by the service; an attendant has to look.
    pub held: u32,
    /// When the oldest of both was submitted.
    pub oldest: Option<Timestamp>,
}

impl Store {
    /// Some of what waits behind a place in the order of confirming, oldest first, by sequence and no clock; empty only
    /// where nothing is left.
    pub fn waiting_after(&self, sequence: u64) -> Result<Vec<Waiting>, StoreError> {
        self.read(|sql| {
            let mut query = sql.prepare_cached(
                "SELECT id, sequence FROM submissions WHERE state = 'queued' AND sequence > ? ORDER BY sequence LIMIT ?",
            )?;
            let mut rows = query.query(params![sequence.cast_signed(), PAGE])?;
            let mut waiting = Vec::new();
            while let Some(row) = rows.next()? {
                let sequence = column::<i64>(row, "sequence")?.cast_unsigned();
                waiting.push(Waiting { id: parsed(row, "id")?, sequence });
            }
            Ok(waiting)
        })
    }

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

    /// The queue as the attendant sees it: what waits and what is held, oldest first.
    pub fn queue(&self) -> Result<Vec<QueueItem>, StoreError> {
        self.read(|sql| {
            let mut query = sql.prepare(
                "SELECT id, sequence, collection, state, submitted_at, tries, coalesce(held_because, last_trouble) AS because
                 FROM submissions WHERE state IN ('queued', 'held') ORDER BY sequence",
            )?;
            let mut rows = query.query([])?;
            let mut items = Vec::new();
            while let Some(row) = rows.next()? {
                items.push(QueueItem {
                    id: parsed(row, "id")?,
                    sequence: column::<i64>(row, "sequence")?.cast_unsigned(),
                    collection: CollectionId(column(row, "collection")?),
                    state: from_word(&column::<String>(row, "state")?, "submission state")?,
                    submitted_at: parsed(row, "submitted_at")?,
                    tries: column(row, "tries")?,
                    because: column(row, "because")?,
                });
            }
            Ok(items)
        })
    }

    /// The queue in figures.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        self.read(|sql| {
            let count = |state: &str| {
                sql.query_row("SELECT count(*) FROM submissions WHERE state = ?", [state], |row| row.get(0))
            };
            let oldest: Option<String> = sql
                .query_row(
                    "SELECT submitted_at FROM submissions WHERE state IN ('queued', 'held') ORDER BY sequence LIMIT 1",
                    [],
                    |row| row.get(0),
                )
                .optional()?;
            let oldest = oldest.map(|text| text.parse()).transpose();
            let oldest = oldest.map_err(|_| StoreError::Unreadable("submitted_at"))?;
            Ok(Counts { queued: count("queued")?, held: count("held")?, oldest })
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
    use crate::domain::Epoch;

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
