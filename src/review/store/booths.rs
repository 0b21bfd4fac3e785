//! Enrolled booths. Of a booth's secrets only the hash of its token and the public half of its key are kept.

use super::columns::{first, now, parsed_at};
use super::{StoreError, audit};
use crate::domain::BoothId;
use crate::wire::Digest;
use ed25519_dalek::VerifyingKey;
use rusqlite::{Connection, Transaction, params};

/// A booth as the service knows one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booth {
    /// Its id.
    pub id: BoothId,
    /// What people call it.
    pub name: String,
}

/// Enrols a booth with the token that it will present and the key that it signs with.
pub fn enrol(
    tx: &Transaction<'_>,
    id: BoothId,
    name: &str,
    (token, key): (&str, &VerifyingKey),
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO booths (id, name, token_sha256, public_key, enrolled_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id.to_string(),
            name,
            Digest::of(token.as_bytes()).to_string(),
            key.as_bytes(),
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

/// The key that a booth signs with, also after it was revoked: what it had confirmed before stays genuine. `None` for
/// a booth that is not known or was enrolled before booths had keys.
pub fn public_key(
    connection: &Connection,
    id: BoothId,
) -> Result<Option<VerifyingKey>, StoreError> {
    let mut select = connection.prepare_cached("SELECT public_key FROM booths WHERE id = ?1")?;
    let key: Option<Option<[u8; 32]>> = first(select.query([id.to_string()])?, |row| {
        Ok(row.get("public_key")?)
    })?;
    Ok(key
        .flatten()
        .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok()))
}

/// The booth is or was enrolled here.
pub fn is_known(connection: &Connection, id: BoothId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM booths WHERE id = ?1")?
        .exists([id.to_string()])?)
}

/// Two booths speak with this one's key, or its disk was set back: written down for an administrator, who revokes it.
/// What it sends is still taken, because students confirmed it.
pub fn note_fork(tx: &Transaction<'_>, id: BoothId, why: &str) -> Result<(), StoreError> {
    let noted = tx.execute(
        "UPDATE booths SET forked_ms = ?2 WHERE id = ?1 AND forked_ms IS NULL",
        params![id.to_string(), now().as_millisecond()],
    )?;
    if noted > 0 {
        tracing::warn!(booth = id.short(), why, "a booth was cloned or set back");
        audit::note(tx, "service", "cloned booth", &id.to_string(), why)?;
    }
    Ok(())
}
