//! Invitations for booths: made at the console, answered by one booth, confirmed by a person who compared four words.

use super::columns::{first, now};
use super::{StoreError, audit, booths};
use crate::domain::BoothId;
use crate::wire::invitation::EnrolRequest;
use crate::wire::{Digest, RefusalCode};
use jiff::SignedDuration;
use rusqlite::{Connection, Transaction, params};

/// Long enough to walk to the booth, too short to be found on a desk the next day.
pub const VALID_FOR: SignedDuration = SignedDuration::from_hours(1);

/// How an invitation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What the code says, as long as no booth has answered.
    pub token: Option<[u8; 16]>,
    /// What people will call the booth.
    pub name: String,
    /// The booth that answered.
    pub request: Option<EnrolRequest>,
    /// It is enrolled.
    pub booth: Option<BoothId>,
}

fn hash(token: &str) -> String {
    Digest::of(token.as_bytes()).to_string()
}

/// Makes an invitation, and gives its place; what expired is forgotten.
pub fn make(tx: &Transaction<'_>, token: &str, name: &str) -> Result<String, StoreError> {
    let at = now();
    tx.execute(
        "DELETE FROM invitations WHERE expires_ms < ?1",
        [at.as_millisecond()],
    )?;
    tx.execute(
        "INSERT INTO invitations (token_sha256, name, expires_ms, token) VALUES (?1, ?2, ?3, ?4)",
        params![hash(token), name, (at + VALID_FOR).as_millisecond(), token],
    )?;
    Ok(hash(token))
}

/// Where an invitation stands; `None` if there is none, or it has expired.
pub fn standing(connection: &Connection, token: &str) -> Result<Option<Standing>, StoreError> {
    standing_at(connection, &hash(token))
}

/// [`standing`] of the invitation with this place.
pub fn standing_at(connection: &Connection, at: &str) -> Result<Option<Standing>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT name, request, booth, token FROM invitations WHERE token_sha256 = ?1 AND expires_ms >= ?2",
    )?;
    let rows = select.query(params![at, now().as_millisecond()])?;
    first(rows, |row| {
        let (request, booth): (Option<String>, Option<String>) =
            (row.get("request")?, row.get("booth")?);
        let token: Option<String> = row.get("token")?;
        let unreadable = |_| StoreError::Unreadable("booth".into());
        Ok(Standing {
            token: token
                .and_then(|text| u128::from_str_radix(&text, 16).ok().map(u128::to_be_bytes)),
            name: row.get("name")?,
            request: request
                .map(|text| serde_json::from_str(&text))
                .transpose()?,
            booth: booth
                .map(|text| text.parse())
                .transpose()
                .map_err(unreadable)?,
        })
    })
}

/// A booth answers. The first one is heard; another one is refused, and a person has to make a new invitation.
pub fn answer(tx: &Transaction<'_>, request: &EnrolRequest) -> Result<Standing, StoreError> {
    let gone = StoreError::Refused(
        RefusalCode::NotFound,
        "there is no such invitation, or it has expired",
    );
    let standing = standing(tx, &request.token)?.ok_or(gone)?;
    match &standing.request {
        Some(first) if first == request => Ok(standing),
        Some(_) => Err(StoreError::Refused(
            RefusalCode::Conflict,
            "another booth answered this invitation",
        )),
        None => {
            tx.execute(
                "UPDATE invitations SET request = ?2, token = NULL WHERE token_sha256 = ?1",
                params![hash(&request.token), serde_json::to_string(request)?],
            )?;
            Ok(Standing {
                token: None,
                request: Some(request.clone()),
                ..standing
            })
        }
    }
}

/// A person saw the same four words on both sides: the booth is enrolled with its own key.
pub fn confirm(tx: &Transaction<'_>, token: &str, id: BoothId) -> Result<(), StoreError> {
    confirm_at(tx, &hash(token), id, "command line")
}

/// [`confirm`] of the invitation with this place, by `actor`.
pub fn confirm_at(
    tx: &Transaction<'_>,
    at: &str,
    id: BoothId,
    actor: &str,
) -> Result<(), StoreError> {
    let refused = |why| StoreError::Refused(RefusalCode::NotFound, why);
    let standing = standing_at(tx, at)?.ok_or(refused("the invitation has expired"))?;
    let request = standing.request.ok_or(refused("no booth has answered"))?;
    if standing.booth.is_some() {
        return Ok(());
    }
    let key = request
        .verify()
        .map_err(|_| StoreError::Unreadable("enrol request".into()))?;
    booths::enrol_hashed(tx, id, &standing.name, (request.bearer_sha256, &key), actor)?;
    tx.execute(
        "UPDATE invitations SET booth = ?2 WHERE token_sha256 = ?1",
        params![at, id.to_string()],
    )?;
    Ok(())
}

/// The words differ, or nobody is to be enrolled: the invitation is void. One that was confirmed stays.
pub fn refuse_at(tx: &Transaction<'_>, at: &str, actor: &str) -> Result<(), StoreError> {
    let gone = tx.execute(
        "DELETE FROM invitations WHERE token_sha256 = ?1 AND booth IS NULL",
        [at],
    )?;
    if gone > 0 {
        audit::note(tx, actor, "refuse invitation", at, "")?;
    }
    Ok(())
}
