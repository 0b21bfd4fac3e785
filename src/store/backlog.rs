//! What is not delivered yet, as the one who delivers it, the attendant and the status line see it. Changes nothing.

use super::row::{column, from_word, parsed};
use super::{Store, StoreError};
use crate::domain::{CollectionId, SubmissionId, SubmissionState};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

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
