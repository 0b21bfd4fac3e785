//! Who may be photographed in a collection: marks of student numbers, or everyone. Never a name.

use super::StoreError;
use crate::domain::CollectionId;
use crate::wire::{Admission, Roster, RosterMark};
use rusqlite::{Connection, OptionalExtension, params};

/// Takes a roster over whole.
pub(super) fn replace(sql: &Connection, roster: &Roster) -> Result<(), StoreError> {
    let collection = &roster.collection.0;
    sql.execute("DELETE FROM rosters WHERE collection = ?", [collection])?;
    let everyone = matches!(roster.admission, Admission::Everyone);
    sql.execute(
        "INSERT INTO rosters (collection, everyone) VALUES (?, ?)",
        params![collection, everyone],
    )?;
    if let Admission::Listed { members } = &roster.admission {
        let mut insert = sql
            .prepare("INSERT OR IGNORE INTO roster_marks (collection, mark) VALUES (?, mark(?))")?;
        for mark in members {
            insert.execute([collection, mark.as_str()])?;
        }
    }
    Ok(())
}

/// What the roster of a collection says of a student number; `None` if no roster is known.
pub(super) fn admits(
    sql: &Connection,
    id: &CollectionId,
    student_number: &str,
) -> Result<Option<bool>, StoreError> {
    let everyone: Option<bool> = sql
        .query_row(
            "SELECT everyone FROM rosters WHERE collection = ?",
            [&id.0],
            |row| row.get(0),
        )
        .optional()?;
    let Some(false) = everyone else {
        return Ok(everyone);
    };
    let mark = RosterMark::of(id, student_number);
    let listed = sql.query_row(
        "SELECT EXISTS (SELECT 1 FROM roster_marks WHERE collection = ? AND mark = mark(?))",
        [id.0.as_str(), mark.as_str()],
        |row| row.get(0),
    )?;
    Ok(Some(listed))
}
