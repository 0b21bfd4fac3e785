//! The schema, step by step. A released migration is never edited: a new one is added.

use super::StoreError;
use rusqlite::{Connection, TransactionBehavior};

const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/001_first.sql"),
    include_str!("migrations/002_sealed.sql"),
    include_str!("migrations/003_offline_payment.sql"),
    include_str!("migrations/004_calibration.sql"),
];

/// The first schema in which something is sealed with the state key.
pub const FIRST_SEALED: i64 = 2;

/// The newest schema that this program knows.
pub const fn newest() -> i64 {
    MIGRATIONS.len().cast_signed() as i64
}

/// A schema that this program does not know is left alone.
pub fn refuse_newer(found: i64) -> Result<(), StoreError> {
    let known = newest();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(())
}

/// Brings a database up to [`newest`]: one transaction a step, so that a cut leaves a whole schema.
pub fn apply(connection: &mut Connection) -> Result<(), StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    refuse_newer(found)?;
    for (number, step) in (1..).zip(MIGRATIONS) {
        if number > found {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "user_version", number)?;
            transaction.commit()?;
        }
    }
    Ok(())
}
