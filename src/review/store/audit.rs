//! Who did what, for ever. Written in the transaction of the deed itself; the database refuses to change it.

use super::StoreError;
use super::columns::{collect, now, time_at};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

/// Adds a line. `subject` is an id and `detail` a word or a figure, never about the person.
pub fn note(
    tx: &Transaction<'_>,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO audit (at_ms, actor, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![now().as_millisecond(), actor, action, subject, detail],
    )?;
    Ok(())
}

/// A line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// Who: a person's login, a booth, a gateway, the service itself.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// A word or a figure about it.
    pub detail: String,
}

/// What was done about a subject, the oldest first.
pub fn of(connection: &Connection, subject: &str) -> Result<Vec<Deed>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT at_ms, actor, action, detail FROM audit WHERE subject = ?1 ORDER BY seq LIMIT 200",
    )?;
    collect(select.query([subject])?, |row| {
        Ok(Deed {
            at: time_at(row, "at_ms")?,
            actor: row.get("actor")?,
            action: row.get("action")?,
            detail: row.get("detail")?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_added_and_nothing_else() {
        let (store, _folder) = super::super::in_memory();
        store
            .write_now(|tx| note(tx, "admin", "tested", "00", ""))
            .unwrap();
        for change in ["DELETE FROM audit", "UPDATE audit SET actor = 'nobody'"] {
            assert!(store.write_now(|tx| Ok(tx.execute_batch(change)?)).is_err());
        }
    }
}
