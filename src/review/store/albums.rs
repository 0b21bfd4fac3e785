//! Pictures from phones, for the booth where their student stands. One a student and collection, the latest; each is
//! forgotten after an hour, used or not.

use super::StoreError;
use super::columns::{first, now, parsed_at};
use crate::domain::{CollectionId, StudentRef};
use crate::wire::AlbumPicture;
use jiff::SignedDuration;
use jiff::civil::Date;
use rusqlite::{Connection, Transaction, params};

/// So long a picture waits for a booth.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// So often another picture may take the place of the one that waits.
const MOST_TIMES: u32 = 12;

/// Keeps a picture instead of the one before; `false` when too many came already.
pub fn put(
    tx: &Transaction<'_>,
    student: &StudentRef,
    collection: &CollectionId,
    taken: Date,
    jpeg: &[u8],
) -> Result<bool, StoreError> {
    forget_old(tx)?;
    let kept = tx.execute(
        "INSERT INTO album_pictures (student, collection, taken, jpeg, times, sent_ms) VALUES (?1, ?2, ?3, ?4, 1, ?5)
         ON CONFLICT DO UPDATE SET taken = excluded.taken, jpeg = excluded.jpeg, times = times + 1,
             sent_ms = excluded.sent_ms WHERE times < ?6",
        params![
            student.as_str(),
            collection.0,
            taken.to_string(),
            jpeg,
            now().as_millisecond(),
            MOST_TIMES
        ],
    )?;
    Ok(kept > 0)
}

/// The picture that waits for this student.
pub fn find(
    connection: &Connection,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<Option<AlbumPicture>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT taken, jpeg FROM album_pictures WHERE student = ?1 AND collection = ?2 AND sent_ms > ?3",
    )?;
    let since = (now() - KEPT).as_millisecond();
    first(
        select.query(params![student.as_str(), collection.0, since])?,
        |row| {
            let jpeg: Vec<u8> = row.get("jpeg")?;
            Ok(AlbumPicture::new(parsed_at(row, "taken")?, &jpeg))
        },
    )
}

/// Forgets what waited long enough.
pub fn forget_old(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let since = (now() - KEPT).as_millisecond();
    tx.execute("DELETE FROM album_pictures WHERE sent_ms <= ?1", [since])?;
    Ok(())
}
