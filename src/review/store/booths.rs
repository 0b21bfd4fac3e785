//! Enrolled booths. Of a booth's secrets only the hash of its token, the public half of its key and what its orders are
//! proved with are kept.

use super::columns::{first, now, parsed_at};
use super::{StoreError, audit};
use crate::domain::BoothId;
use crate::wire::Digest;
use crate::wire::feed::Head;
use crate::wire::offline::digits_secret;
use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

/// More than a booth waits for an answer.
const LONGEST_ON_ITS_WAY_MS: i64 = 120_000;

/// A booth as the service knows one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booth {
    /// Its id.
    pub id: BoothId,
    /// What people call it.
    pub name: String,
    /// What makes its nine digits is known.
    pub has_digits_key: bool,
}

/// Enrols a booth with the token that it will present and the key that it signs with.
pub fn enrol(
    tx: &Transaction<'_>,
    id: BoothId,
    name: &str,
    (token, key): (&str, &VerifyingKey),
) -> Result<(), StoreError> {
    let by = "command line";
    enrol_hashed(tx, id, name, (Digest::of(token.as_bytes()), key), by)?;
    keep_digits_key(tx, token)
}

/// [`enrol`] for a booth that keeps its token to itself until it presents it.
pub fn enrol_hashed(
    tx: &Transaction<'_>,
    id: BoothId,
    name: &str,
    (token_sha256, key): (Digest, &VerifyingKey),
    actor: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO booths (id, name, token_sha256, public_key, enrolled_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id.to_string(),
            name,
            token_sha256.to_string(),
            key.as_bytes(),
            now().as_millisecond()
        ],
    )?;
    audit::note(tx, actor, "enrol booth", &id.to_string(), name)
}

/// The booth that holds this token and was not revoked.
pub fn with_token(connection: &Connection, token: &str) -> Result<Option<Booth>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id, name, digits_key IS NOT NULL AS has_digits_key FROM booths WHERE token_sha256 = ?1 AND revoked_ms IS NULL",
    )?;
    let rows = select.query([Digest::of(token.as_bytes()).to_string()])?;
    first(rows, |row| {
        Ok(Booth {
            id: parsed_at(row, "id")?,
            name: row.get("name")?,
            has_digits_key: row.get("has_digits_key")?,
        })
    })
}

/// What makes nine digits for orders of the booth with this token: learned when the booth presents it.
pub fn keep_digits_key(tx: &Transaction<'_>, token: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE booths SET digits_key = ?2 WHERE token_sha256 = ?1 AND digits_key IS NULL",
        params![
            Digest::of(token.as_bytes()).to_string(),
            *digits_secret(token)
        ],
    )?;
    Ok(())
}

/// What makes nine digits for orders of this booth; `None` for one that was not seen yet.
pub fn digits_key(connection: &Connection, id: BoothId) -> Result<Option<[u8; 32]>, StoreError> {
    let mut select = connection.prepare_cached("SELECT digits_key FROM booths WHERE id = ?1")?;
    let key = first(select.query([id.to_string()])?, |row| Ok(row.get(0)?))?;
    Ok(key.flatten())
}

/// What proves that an order code is of this booth: its key, as long as it was not revoked.
pub fn order_key(connection: &Connection, id: BoothId) -> Result<Option<VerifyingKey>, StoreError> {
    let stands = connection
        .prepare_cached("SELECT 1 FROM booths WHERE id = ?1 AND revoked_ms IS NULL")?
        .exists([id.to_string()])?;
    if stands {
        public_key(connection, id)
    } else {
        Ok(None)
    }
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

/// Takes over how far a booth says that its own chain is, and notices one that is shorter than it was, or another one
/// of the same length: a copy of the booth, or a disk that was set back.
pub fn heard(tx: &Transaction<'_>, id: BoothId, head: Head) -> Result<(), StoreError> {
    let mut select = tx
        .prepare_cached("SELECT head_sequence, head_envelope, head_ms FROM booths WHERE id = ?1")?;
    let known = first(select.query([id.to_string()])?, |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, Option<String>>(1)?,
            row.get::<_, i64>(2)?,
        ))
    })?;
    let Some((sequence, envelope, heard_ms)) = known else {
        return Ok(());
    };
    let (now_ms, said) = (
        now().as_millisecond(),
        i64::try_from(head.sequence).unwrap_or(i64::MAX),
    );
    if said < sequence {
        // a question that was long on its way is older than the one that was answered after it
        let is_late = now_ms - heard_ms < LONGEST_ON_ITS_WAY_MS;
        return if is_late {
            Ok(())
        } else {
            note_fork(tx, id, "its chain is shorter than it was")
        };
    }
    if said == sequence {
        let is_same = envelope.is_none_or(|known| known == head.envelope.to_string());
        return if is_same {
            Ok(())
        } else {
            note_fork(tx, id, "two chains of one length")
        };
    }
    tx.execute(
        "UPDATE booths SET head_sequence = ?2, head_envelope = ?3, head_ms = ?4 WHERE id = ?1",
        params![id.to_string(), said, head.envelope.to_string(), now_ms],
    )?;
    Ok(())
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

/// A line of the list of booths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: BoothId,
    /// What people call it.
    pub name: String,
    /// Its token opens nothing any more.
    pub is_revoked: bool,
    /// A second booth with its key was noticed.
    pub is_forked: bool,
    /// How many submissions it has confirmed, as far as it said.
    pub confirmed: u64,
    /// When it was last heard with something new; `None` if it never confirmed anything.
    pub heard_at: Option<Timestamp>,
}

/// Every booth that was ever enrolled, by name.
pub fn all(connection: &Connection) -> Result<Vec<Listed>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id, name, revoked_ms IS NOT NULL AS revoked, forked_ms IS NOT NULL AS forked, head_sequence, head_ms
         FROM booths ORDER BY name, enrolled_ms",
    )?;
    super::columns::collect(select.query([])?, |row| {
        Ok(Listed {
            id: parsed_at(row, "id")?,
            name: row.get("name")?,
            is_revoked: row.get("revoked")?,
            is_forked: row.get("forked")?,
            confirmed: row.get::<_, i64>("head_sequence")?.cast_unsigned(),
            heard_at: Timestamp::from_millisecond(row.get("head_ms")?)
                .ok()
                .filter(|at| at.as_millisecond() > 0),
        })
    })
}

/// From now on nothing is taken from this booth. What it signed before stays genuine. Says whether there was one.
pub fn revoke(tx: &Transaction<'_>, id: BoothId, actor: &str) -> Result<bool, StoreError> {
    let revoked = tx.execute(
        "UPDATE booths SET revoked_ms = ?2 WHERE id = ?1 AND revoked_ms IS NULL",
        params![id.to_string(), now().as_millisecond()],
    )?;
    if revoked > 0 {
        audit::note(tx, actor, "revoke booth", &id.to_string(), "")?;
    }
    Ok(revoked > 0)
}
