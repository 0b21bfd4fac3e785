//! What is new for a booth, signed for the booth that asked.

use super::answer::{Refused, Wire, signed};
use super::booth::Asking;
use crate::review::serve::Service;
use crate::review::store::{booths, changes};
use crate::wire::feed::{Head, Question};
use crate::wire::{Changes, Cursor, Digest, RefusalCode};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default, rename = "after")]
    from: String,
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
        from: after,
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
    signed(&service.keys.receipts, &question, &changes)
}
