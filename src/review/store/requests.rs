//! Requests of students to their school or to customer service, and the answers.

use super::columns::{collect, first, json_at, now, word, word_at};
use super::feed::{self, Kind};
use super::{StoreError, audit, rosters};
use crate::domain::{BoothId, InstitutionCode, OrderId};
use crate::wire::{RefusalCode, RequestKind, RequestState, RequestStatus, ServiceRequest};
use jiff::SignedDuration;
use rusqlite::{Connection, Row, Transaction, params};

/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

/// So many requests of one order may wait for an answer.
const MOST_OPEN_OF_ORDER: u32 = 3;

/// So many requests of one order are taken within 24 hours, answered or not.
const MOST_A_DAY_OF_ORDER: u32 = 6;

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

/// Keeps a request, unless there is one under its id.
fn insert(
    tx: &Transaction<'_>,
    booth: BoothId,
    order: Option<OrderId>,
    request: &ServiceRequest,
) -> Result<(), StoreError> {
    let added = tx.execute(
        "INSERT OR IGNORE INTO requests (id, booth, order_id, institution, kind, body, state, came_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7)",
        params![
            request.id.to_string(),
            booth.to_string(),
            order.map(|order| order.to_string()),
            school(request),
            word(&request.kind)?,
            serde_json::to_string(request)?,
            now().as_millisecond()
        ],
    )?;
    if added > 0 {
        audit::note(
            tx,
            &order.map_or_else(|| booth.to_string(), |order| order.to_string()),
            "request",
            &request.id.to_string(),
            &word(&request.kind)?,
        )?;
    }
    Ok(())
}

/// Takes in a request; the same again finds what is there, another one under its id is refused.
pub fn put(
    tx: &Transaction<'_>,
    booth: BoothId,
    request: &ServiceRequest,
) -> Result<RequestStatus, StoreError> {
    insert(tx, booth, None, request)?;
    match find(tx, &request.id.to_string())? {
        Some((kept, status)) if kept == *request => Ok(status),
        Some(_) => Err(StoreError::Refused(
            RefusalCode::Conflict,
            "another request has this id",
        )),
        None => Err(StoreError::Unreadable("request".into())),
    }
}

/// Takes in a request from the page of an order, which was made at `booth`. `false` if that order has asked enough for
/// now. A form that is sent twice is one request.
pub fn put_of_order(
    tx: &Transaction<'_>,
    booth: BoothId,
    order: OrderId,
    request: &ServiceRequest,
) -> Result<bool, StoreError> {
    if find(tx, &request.id.to_string())?.is_some() {
        return Ok(true);
    }
    let day_ago = now() - SignedDuration::from_hours(24);
    let (open, today): (u32, u32) = tx
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE state = 'open'), count(*) FILTER (WHERE came_ms > ?2)
             FROM requests WHERE order_id = ?1",
        )?
        .query_row(
            params![order.to_string(), day_ago.as_millisecond()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
    if open >= MOST_OPEN_OF_ORDER || today >= MOST_A_DAY_OF_ORDER {
        return Ok(false);
    }
    insert(tx, booth, Some(order), request)?;
    Ok(true)
}

/// The latest requests from the page of an order with their answers, the newest first.
pub fn of_order(
    connection: &Connection,
    order: OrderId,
) -> Result<Vec<(ServiceRequest, RequestStatus)>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT body, state, answer FROM requests WHERE order_id = ?1 ORDER BY came_ms DESC, id LIMIT 20",
    )?;
    collect(select.query([order.to_string()])?, |row| {
        let request = json_at(row, "body")?;
        let status = status(row, &request)?;
        Ok((request, status))
    })
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
        .prepare_cached(
            "SELECT body, state, answer FROM requests WHERE id = ?1 AND booth = ?2 AND order_id IS NULL",
        )?;
    first(select.query([id, &booth.to_string()])?, |row| {
        status(row, &json_at(row, "body")?)
    })
}

/// A request with the name of the booth that it was made at.
pub struct Asked {
    /// What people call the booth.
    pub booth: String,
    /// From a phone: nobody stands at the booth and waits.
    pub from_phone: bool,
    /// The request.
    pub request: ServiceRequest,
}

/// Open requests of a kind, the oldest first; of one school where one is named.
pub fn open(
    connection: &Connection,
    kind: RequestKind,
    institution: Option<InstitutionCode>,
) -> Result<Vec<Asked>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT booths.name AS booth_name, order_id IS NOT NULL AS from_phone, body FROM requests JOIN booths ON booths.id = requests.booth
         WHERE state = 'open' AND kind = ?1 AND (?2 IS NULL OR institution = ?2) ORDER BY came_ms LIMIT 200",
    )?;
    let code = institution.map(|code| code.to_string());
    collect(select.query(params![word(&kind)?, code])?, |row| {
        Ok(Asked {
            booth: row.get("booth_name")?,
            from_phone: row.get("from_phone")?,
            request: json_at(row, "body")?,
        })
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
