//! Requests of students to their school or to customer service, and the answers.

use super::columns::{collect, first, json_at, now, word, word_at};
use super::feed::{self, Kind};
use super::{StoreError, audit, rosters};
use crate::domain::{BoothId, InstitutionCode};
use crate::wire::{RefusalCode, RequestKind, RequestState, RequestStatus, ServiceRequest};
use rusqlite::{Connection, Row, Transaction, params};

fn status(row: &Row<'_>, request: &ServiceRequest) -> Result<RequestStatus, StoreError> {
    Ok(RequestStatus {
        id: request.id,
        state: word_at(row, "state")?,
        answer: row.get("answer")?,
    })
}

/// As the column has it: empty where no school was chosen yet, so that no school's page lists it.
fn school(request: &ServiceRequest) -> String {
    request
        .institution
        .map(|code| code.to_string())
        .unwrap_or_default()
}

/// Takes in a request; the same again finds what is there, another one under its id is refused.
pub fn put(
    tx: &Transaction<'_>,
    booth: BoothId,
    request: &ServiceRequest,
) -> Result<RequestStatus, StoreError> {
    let added = tx.execute(
        "INSERT OR IGNORE INTO requests (id, booth, institution, kind, body, state, came_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?6)",
        params![
            request.id.to_string(),
            booth.to_string(),
            school(request),
            word(&request.kind)?,
            serde_json::to_string(request)?,
            now().as_millisecond()
        ],
    )?;
    if added > 0 {
        audit::note(
            tx,
            &booth.to_string(),
            "request",
            &request.id.to_string(),
            &word(&request.kind)?,
        )?;
    }
    match find(tx, &request.id.to_string())? {
        Some((kept, status)) if kept == *request => Ok(status),
        Some(_) => Err(StoreError::Refused(
            RefusalCode::Conflict,
            "another request has this id",
        )),
        None => Err(StoreError::Unreadable("request".into())),
    }
}

/// A request and its status.
pub fn find(
    connection: &Connection,
    id: &str,
) -> Result<Option<(ServiceRequest, RequestStatus)>, StoreError> {
    let mut select =
        connection.prepare_cached("SELECT body, state, answer FROM requests WHERE id = ?1")?;
    first(select.query([id])?, |row| {
        let request = json_at(row, "body")?;
        let status = status(row, &request)?;
        Ok((request, status))
    })
}

/// The answer to a request, for the booth that made it.
pub fn for_booth(
    connection: &Connection,
    id: &str,
    booth: BoothId,
) -> Result<Option<RequestStatus>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT body, state, answer FROM requests WHERE id = ?1 AND booth = ?2")?;
    first(select.query([id, &booth.to_string()])?, |row| {
        status(row, &json_at(row, "body")?)
    })
}

/// Open requests of a kind, the oldest first; of one school where one is named.
pub fn open(
    connection: &Connection,
    kind: RequestKind,
    institution: Option<InstitutionCode>,
) -> Result<Vec<ServiceRequest>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT body FROM requests WHERE state = 'open' AND kind = ?1 AND (?2 IS NULL OR institution = ?2)
         ORDER BY came_ms LIMIT 200",
    )?;
    let code = institution.map(|code| code.to_string());
    collect(select.query(params![word(&kind)?, code])?, |row| {
        json_at(row, "body")
    })
}

/// Answers a request; granting a roster request adds the number in the same transaction.
pub fn answer(
    tx: &Transaction<'_>,
    request: &ServiceRequest,
    state: RequestState,
    words: &str,
    actor: &str,
) -> Result<bool, StoreError> {
    let id = request.id.to_string();
    let changed = tx.execute(
        "UPDATE requests SET state = ?2, answer = ?3, answered_by = ?4, answered_ms = ?5 WHERE id = ?1 AND state = 'open'",
        params![id, word(&state)?, words, actor, now().as_millisecond()],
    )?;
    if changed == 0 {
        return Ok(false);
    }
    let adds = state == RequestState::Granted && request.kind == RequestKind::AddToRoster;
    if let (true, Some(collection), Some(number)) =
        (adds, &request.collection, &request.student_number)
    {
        rosters::add(tx, collection, std::slice::from_ref(number), actor)?;
    }
    feed::changed(tx, Kind::Request, &id)?;
    audit::note(tx, actor, "answer request", &id, &word(&state)?)?;
    Ok(true)
}
