//! Enrolled booths. Of a booth's token only the hash is kept, and what its orders are proved with.

use super::columns::{first, now, parsed_at};
use super::{StoreError, audit};
use crate::domain::BoothId;
use crate::wire::Digest;
use crate::wire::offline::BoothSecrets;
use ed25519_dalek::VerifyingKey;
use rusqlite::{Connection, Transaction, params};

/// A booth as the service knows one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booth {
    /// Its id.
    pub id: BoothId,
    /// What people call it.
    pub name: String,
    /// Its order codes can be proved.
    pub has_secrets: bool,
}

/// Enrols a booth with the token that it will present.
pub fn enrol(tx: &Transaction<'_>, id: BoothId, name: &str, token: &str) -> Result<(), StoreError> {
    let secrets = BoothSecrets::of_token(token);
    tx.execute(
        "INSERT INTO booths (id, name, token_sha256, enrolled_ms, order_key, digits_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            id.to_string(),
            name,
            Digest::of(token.as_bytes()).to_string(),
            now().as_millisecond(),
            Digest::from_bytes(secrets.verifying_key().to_bytes()).to_string(),
            Digest::from_bytes(*secrets.digits).to_string()
        ],
    )?;
    audit::note(tx, "command line", "enrol booth", &id.to_string(), name)
}

/// The booth that holds this token and was not revoked.
pub fn with_token(connection: &Connection, token: &str) -> Result<Option<Booth>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id, name, order_key IS NOT NULL AS has_secrets FROM booths WHERE token_sha256 = ?1 AND revoked_ms IS NULL",
    )?;
    let rows = select.query([Digest::of(token.as_bytes()).to_string()])?;
    first(rows, |row| {
        Ok(Booth {
            id: parsed_at(row, "id")?,
            name: row.get("name")?,
            has_secrets: row.get("has_secrets")?,
        })
    })
}

/// What the token of a booth makes: for booths that were enrolled before it was kept, when they are next seen.
pub fn keep_secrets(tx: &Transaction<'_>, token: &str) -> Result<(), StoreError> {
    let secrets = BoothSecrets::of_token(token);
    tx.execute(
        "UPDATE booths SET order_key = ?2, digits_key = ?3 WHERE token_sha256 = ?1 AND order_key IS NULL",
        params![
            Digest::of(token.as_bytes()).to_string(),
            Digest::from_bytes(secrets.verifying_key().to_bytes()).to_string(),
            Digest::from_bytes(*secrets.digits).to_string()
        ],
    )?;
    Ok(())
}

/// What proves that an order code is of this booth; `None` for one that is unknown, revoked or not seen yet.
pub fn order_key(connection: &Connection, id: BoothId) -> Result<Option<VerifyingKey>, StoreError> {
    let key = key_of(connection, "order_key", id)?;
    Ok(key.and_then(|key| VerifyingKey::from_bytes(&key).ok()))
}

/// What makes nine digits for orders of this booth.
pub fn digits_key(connection: &Connection, id: BoothId) -> Result<Option<[u8; 32]>, StoreError> {
    key_of(connection, "digits_key", id)
}

fn key_of(
    connection: &Connection,
    column: &'static str,
    id: BoothId,
) -> Result<Option<[u8; 32]>, StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT {column} FROM booths WHERE id = ?1 AND revoked_ms IS NULL"
    ))?;
    let key = first(select.query([id.to_string()])?, |row| {
        let key: Option<String> = row.get(0)?;
        key.map(|key| key.parse::<Digest>())
            .transpose()
            .map_err(|_| StoreError::Unreadable(column.into()))
    })?;
    Ok(key.flatten().map(|key| *key.as_bytes()))
}

/// The booth is or was enrolled here.
pub fn is_known(connection: &Connection, id: BoothId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM booths WHERE id = ?1")?
        .exists([id.to_string()])?)
}
