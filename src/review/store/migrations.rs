//! Numbered steps from one form of the database to the next. A step is never edited once it was released.

use super::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// Marks the file as ours ("GBRV").
const APPLICATION_ID: i32 = 0x4742_5256;
const STEPS: [&str; 8] = [
    include_str!("migrations/001_first.sql"),
    include_str!("migrations/002_sealed.sql"),
    include_str!("migrations/003_invitations.sql"),
    include_str!("migrations/004_payments.sql"),
    include_str!("migrations/005_requests_of_phones.sql"),
    include_str!("migrations/006_finance.sql"),
    include_str!("migrations/007_albums.sql"),
    include_str!("migrations/008_console.sql"),
];

/// Brings the database to the newest form, each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let form: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = STEPS.len() as u32;
    if form > known {
        return Err(StoreError::Newer { found: form, known });
    }
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: u32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(StoreError::Foreign);
    }
    for (step, number) in STEPS.iter().zip(1_u32..).skip(form as usize) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_or_foreign_database_is_refused_and_left_alone() {
        let mut newer = Connection::open_in_memory().unwrap();
        migrate(&mut newer).unwrap();
        migrate(&mut newer).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(
            migrate(&mut newer),
            Err(StoreError::Newer { found: 99, .. })
        ));
        let mut foreign = Connection::open_in_memory().unwrap();
        foreign
            .execute_batch("CREATE TABLE notes (text TEXT)")
            .unwrap();
        assert!(matches!(migrate(&mut foreign), Err(StoreError::Foreign)));
        let tables: u32 = foreign
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 1);
    }
}
