//! Students who were photographed before they paid, because their school allows it. A debt ends with the payment.

use super::StoreError;
use super::columns::{first, now};
use crate::domain::{CollectionId, StudentRef};
use rusqlite::{Connection, Transaction, params};

/// This student pays later.
pub fn owe(
    tx: &Transaction<'_>,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR IGNORE INTO debts (student, collection, since_ms) VALUES (?1, ?2, ?3)",
        params![student.as_str(), collection.0, now().as_millisecond()],
    )?;
    Ok(())
}

/// Something is owed.
pub fn owes(
    connection: &Connection,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<bool, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT 1 AS one FROM debts WHERE student = ?1 AND collection = ?2")?;
    let rows = select.query(params![student.as_str(), collection.0])?;
    Ok(first(rows, |_| Ok(()))?.is_some())
}

/// The fee was paid; tells whether it was owed.
pub fn pay(
    tx: &Transaction<'_>,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<bool, StoreError> {
    let paid = tx.execute(
        "DELETE FROM debts WHERE student = ?1 AND collection = ?2",
        params![student.as_str(), collection.0],
    )?;
    Ok(paid > 0)
}
