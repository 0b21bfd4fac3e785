//! Rosters: student numbers that a school admits to a collection. Never a name, never an ID number.

use super::catalogue::{self, Admits};
use super::columns::{collect, now};
use super::feed::{self, Kind};
use super::{StoreError, audit};
use crate::domain::CollectionId;
use crate::wire::{Admission, Roster, RosterMark};
use rusqlite::{Connection, Transaction, params};

/// Longest student number.
pub const LONGEST_STUDENT_NUMBER: usize = 32;

/// Adds student numbers; tells how many were new.
pub fn add(
    tx: &Transaction<'_>,
    collection: &CollectionId,
    numbers: &[String],
    actor: &str,
) -> Result<usize, StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO rosters (collection, student_number, added_by, added_ms) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let mut added = 0;
    for number in numbers {
        added += insert.execute(params![collection.0, number, actor, now().as_millisecond()])?;
    }
    if added > 0 {
        feed::changed(tx, Kind::Roster, &collection.0)?;
        audit::note(
            tx,
            actor,
            "add to roster",
            &collection.0,
            &added.to_string(),
        )?;
    }
    Ok(added)
}

/// How many are on the list.
pub fn count(connection: &Connection, collection: &CollectionId) -> Result<u32, StoreError> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM rosters WHERE collection = ?1")?
        .query_row([&collection.0], |row| row.get(0))?)
}

/// This student number is admitted.
pub fn admits(
    connection: &Connection,
    collection: &CollectionId,
    number: &str,
) -> Result<bool, StoreError> {
    Ok(match catalogue::find(connection, collection)? {
        None => false,
        Some((_, Admits::Everyone)) => true,
        Some((_, Admits::Listed)) => connection
            .prepare_cached("SELECT 1 FROM rosters WHERE collection = ?1 AND student_number = ?2")?
            .exists(params![collection.0, number])?,
    })
}

/// The roster as booths receive it: hashed marks.
pub fn for_booths(
    connection: &Connection,
    id: &CollectionId,
) -> Result<Option<Roster>, StoreError> {
    let Some((collection, admits)) = catalogue::find(connection, id)? else {
        return Ok(None);
    };
    let admission = match admits {
        Admits::Everyone => Admission::Everyone,
        Admits::Listed => {
            let mut select = connection
                .prepare_cached("SELECT student_number FROM rosters WHERE collection = ?1")?;
            let mark = |row: &rusqlite::Row<'_>| Ok(RosterMark::of(id, &row.get::<_, String>(0)?));
            let mut members = collect(select.query([&id.0])?, mark)?;
            members.sort_unstable();
            Admission::Listed { members }
        }
    };
    Ok(Some(Roster {
        collection: collection.id,
        admission,
    }))
}
