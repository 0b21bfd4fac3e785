//! Enrolled booths. Only the hash of a booth's token is kept.

use super::columns::{first, now, parsed_at};
use super::{StoreError, audit};
use crate::domain::BoothId;
use crate::wire::Digest;
use rusqlite::{Connection, Transaction, params};

/// A booth as the service knows one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booth {
    /// Its id.
    pub id: BoothId,
    /// What people call it.
    pub name: String,
}

/// Enrols a booth with the token that it will present.
pub fn enrol(tx: &Transaction<'_>, id: BoothId, name: &str, token: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO booths (id, name, token_sha256, enrolled_ms) VALUES (?1, ?2, ?3, ?4)",
        params![
            id.to_string(),
            name,
            Digest::of(token.as_bytes()).to_string(),
            now().as_millisecond()
        ],
    )?;
    audit::note(tx, "command line", "enrol booth", &id.to_string(), name)
}

/// The booth that holds this token and was not revoked.
pub fn with_token(connection: &Connection, token: &str) -> Result<Option<Booth>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id, name FROM booths WHERE token_sha256 = ?1 AND revoked_ms IS NULL",
    )?;
    let rows = select.query([Digest::of(token.as_bytes()).to_string()])?;
    first(rows, |row| {
        Ok(Booth {
            id: parsed_at(row, "id")?,
            name: row.get("name")?,
        })
    })
}

/// The booth is or was enrolled here.
pub fn is_known(connection: &Connection, id: BoothId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM booths WHERE id = ?1")?
        .exists([id.to_string()])?)
}
