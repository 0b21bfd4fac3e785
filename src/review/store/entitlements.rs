//! Rights to be photographed. One a student and collection, whoever gave it first.

use super::StoreError;
use super::columns::{collect, first, json_at, now};
use super::feed::{self, Kind};
use crate::domain::{CollectionId, Entitlement, EntitlementSource, StudentRef};
use rusqlite::{Connection, Row, Transaction, params};

fn read(row: &Row<'_>) -> Result<Entitlement, StoreError> {
    Ok(Entitlement {
        student: StudentRef::new(row.get::<_, String>("student")?),
        collection: CollectionId(row.get("collection")?),
        source: json_at(row, "source")?,
    })
}

/// Gives a right; tells whether the student had none before.
pub fn give(
    tx: &Transaction<'_>,
    student: &StudentRef,
    collection: &CollectionId,
    source: EntitlementSource,
) -> Result<bool, StoreError> {
    let given = tx.execute(
        "INSERT OR IGNORE INTO entitlements (student, collection, source, given_ms) VALUES (?1, ?2, ?3, ?4)",
        params![
            student.as_str(),
            collection.0,
            serde_json::to_string(&source)?,
            now().as_millisecond()
        ],
    )? > 0;
    if given {
        feed::changed(
            tx,
            Kind::Entitlement,
            &format!("{} {collection}", student.as_str()),
        )?;
    }
    Ok(given)
}

/// The right stays and has another source now: a debt was paid.
pub fn replace(
    tx: &Transaction<'_>,
    student: &StudentRef,
    collection: &CollectionId,
    source: EntitlementSource,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE entitlements SET source = ?3 WHERE student = ?1 AND collection = ?2",
        params![
            student.as_str(),
            collection.0,
            serde_json::to_string(&source)?
        ],
    )?;
    feed::changed(
        tx,
        Kind::Entitlement,
        &format!("{} {collection}", student.as_str()),
    )
}

/// The right that came of this source ends; one of another source stays.
pub fn take_back(
    tx: &Transaction<'_>,
    student: &StudentRef,
    collection: &CollectionId,
    source: EntitlementSource,
) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM entitlements WHERE student = ?1 AND collection = ?2 AND source = ?3",
        params![
            student.as_str(),
            collection.0,
            serde_json::to_string(&source)?
        ],
    )?;
    Ok(())
}

/// The right of a student in a collection.
pub fn find(
    connection: &Connection,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<Option<Entitlement>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT student, collection, source FROM entitlements WHERE student = ?1 AND collection = ?2",
    )?;
    first(select.query(params![student.as_str(), collection.0])?, read)
}

/// Every right of a student.
pub fn of_student(
    connection: &Connection,
    student: &StudentRef,
) -> Result<Vec<Entitlement>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT student, collection, source FROM entitlements WHERE student = ?1 ORDER BY collection",
    )?;
    collect(select.query([student.as_str()])?, read)
}
