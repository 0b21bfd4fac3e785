//! Submissions that the service desk takes back (M8.2): only while they are under review. An approved one is frozen; one
//! that was not approved stands in nobody's way.

use super::columns::{first, parsed_at, word_at};
use super::feed::{self, Kind};
use super::{StoreError, audit};
use crate::domain::{CollectionId, StudentRef, SubmissionId, SubmissionState};
use crate::wire::RefusalCode;
use rusqlite::{Connection, Transaction, params};

/// The submission of a student that stands in a collection: under review or approved.
pub fn standing(
    connection: &Connection,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<Option<(SubmissionId, SubmissionState)>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id, state FROM submissions WHERE student = ?1 AND collection = ?2 AND state IN ('under_review', 'approved')",
    )?;
    first(
        select.query(params![student.as_str(), collection.0])?,
        |row| Ok((parsed_at(row, "id")?, word_at(row, "state")?)),
    )
}

/// Takes a submission back; the student may hand in another one by the same right. Again changes nothing.
pub fn withdraw(tx: &Transaction<'_>, id: SubmissionId, by: &str) -> Result<(), StoreError> {
    let id = id.to_string();
    let changed = tx.execute(
        "UPDATE submissions SET state = 'withdrawn' WHERE id = ?1 AND state = 'under_review'",
        [&id],
    )?;
    if changed > 0 {
        feed::changed(tx, Kind::Submission, &id)?;
        return audit::note(tx, by, "withdrawn", &id, "");
    }
    let mut select = tx.prepare_cached("SELECT state FROM submissions WHERE id = ?1")?;
    match first(select.query([&id])?, |row| word_at(row, "state"))? {
        Some(SubmissionState::Withdrawn) => Ok(()),
        Some(_) => Err(StoreError::Refused(
            RefusalCode::Conflict,
            "a reviewer has decided on this submission",
        )),
        None => Err(StoreError::Refused(
            RefusalCode::NotFound,
            "no submission has this id",
        )),
    }
}
