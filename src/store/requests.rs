//! Requests to the school ("add me to your list") and to customer service, kept until the service has them.

use super::row::{column, from_json, json, parsed, word};
use super::{Store, StoreError};
use crate::domain::RequestId;
use crate::wire::{RequestStatus, ServiceRequest};
use rusqlite::{Connection, params};

impl Store {
    /// Keeps a request until it is sent. The same id again changes nothing.
    pub fn file_request(&self, request: &ServiceRequest) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "INSERT INTO requests (id, made_at, body, state, place)
                 VALUES (?1, ?2, sealed('request ' || ?1, ?3), 'waiting', (SELECT coalesce(max(place), 0) + 1 FROM requests)) ON CONFLICT DO NOTHING",
                params![request.id.to_string(), request.made_at.to_string(), json(request)?],
            )?;
            Ok(())
        })
    }

    /// Requests that the service does not have yet, oldest first.
    pub fn unsent_requests(&self) -> Result<Vec<ServiceRequest>, StoreError> {
        self.read(|sql| {
            let mut query =
                sql.prepare("SELECT opened('request ' || id, body) AS body FROM requests WHERE state = 'waiting' ORDER BY place")?;
            let mut rows = query.query([])?;
            let mut requests = Vec::new();
            while let Some(row) = rows.next()? {
                requests.push(from_json(&column::<String>(row, "body")?, "request")?);
            }
            Ok(requests)
        })
    }

    /// The service has a request, and this is where it stands.
    pub fn request_answered(&self, status: &RequestStatus) -> Result<(), StoreError> {
        self.write(|sql| answer(sql, status))
    }

    /// Requests that nobody has answered yet.
    pub fn open_requests(&self) -> Result<Vec<RequestId>, StoreError> {
        self.read(|sql| {
            let mut query = sql.prepare(
                "SELECT id FROM requests WHERE state IN ('waiting', 'open') ORDER BY place",
            )?;
            let mut rows = query.query([])?;
            let mut ids = Vec::new();
            while let Some(row) = rows.next()? {
                ids.push(parsed(row, "id")?);
            }
            Ok(ids)
        })
    }
}

/// Takes over where a request stands; what it said is erased, for the service has it now.
pub(super) fn answer(sql: &Connection, status: &RequestStatus) -> Result<(), StoreError> {
    sql.execute(
        "UPDATE requests SET state = ?1, answer = sealed('answer ' || ?3, ?2), body = '' WHERE id = ?3",
        [
            word(&status.state)?,
            status.answer.clone(),
            status.id.to_string(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::samples::{request, store};
    use super::*;
    use crate::wire::RequestState;

    #[test]
    fn a_request_is_sent_once_and_forgotten_once_answered() {
        let (store, _folder) = store();
        store.file_request(&request(4)).unwrap();
        store.file_request(&request(4)).unwrap();
        store.file_request(&request(3)).unwrap();
        let unsent: Vec<_> = store
            .unsent_requests()
            .unwrap()
            .iter()
            .map(|request| request.id)
            .collect();
        assert_eq!(unsent, [request(4).id, request(3).id]);
        let status = |state| RequestStatus {
            id: request(4).id,
            state,
            answer: String::new(),
        };
        store.request_answered(&status(RequestState::Open)).unwrap();
        assert_eq!(store.unsent_requests().unwrap(), [request(3)]);
        assert_eq!(store.open_requests().unwrap().len(), 2);
        store
            .request_answered(&status(RequestState::Granted))
            .unwrap();
        assert_eq!(store.open_requests().unwrap(), [request(3).id]);
    }
}
