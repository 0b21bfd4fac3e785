//! What is new for a booth, signed for the booth that asked.

use super::answer::{Refused, Wire};
use super::booth::Asking;
use crate::review::serve::Service;
use crate::review::store::{StoreError, booths, changes};
use crate::wire::feed::{Head, Question, SIGNATURE_HEADER};
use crate::wire::{Changes, Cursor, Digest, RefusalCode};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: String,
    /// With it the answer is signed; booths of the first version have none.
    nonce: Option<String>,
    sequence: Option<u64>,
    envelope: Option<Digest>,
}

pub(super) async fn after(
    State(service): State<Service>,
    Asking(booth): Asking,
    query: Result<Query<After>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(After {
        after,
        nonce,
        sequence,
        envelope,
    }) = query.map_err(|_| Refused::new(RefusalCode::BadBody, "the query cannot be read"))?;
    let (epoch, cursor) = (service.epoch, Cursor::new(after));
    let from = cursor.clone();
    let changes: Changes = service
        .store
        .read(move |tx| changes::after(tx, epoch, &from, booth.id))
        .await?;
    let (Some(nonce), Some(sequence), Some(envelope)) = (nonce, sequence, envelope) else {
        return Ok(Wire(changes).into_response());
    };
    let head = Head { sequence, envelope };
    service
        .store
        .write(move |tx| booths::heard(tx, booth.id, head))
        .await?;
    let question = Question {
        booth: booth.id,
        cursor,
        nonce,
        head,
    };
    let answer = serde_json::to_vec(&changes).map_err(StoreError::from)?;
    let signature = question.sign(&service.keys.receipts, &answer);
    let headers = [
        (header::CONTENT_TYPE.as_str(), "application/json"),
        (header::CACHE_CONTROL.as_str(), "no-store"),
        (SIGNATURE_HEADER, &signature),
    ];
    Ok((headers, answer).into_response())
}
