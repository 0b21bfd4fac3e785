//! What the service knows of a student, signed for the booth that asked.

use super::answer::{Refused, Wire};
use super::booth::Asking;
use crate::domain::StudentRef;
use crate::review::serve::Service;
use crate::review::store::{StoreError, entitlements, submissions};
use crate::wire::feed::{SIGNATURE_HEADER, StudentQuestion};
use crate::wire::{KnownStudent, RefusalCode};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// With it the answer is signed; booths of the first version have none.
    nonce: Option<String>,
}

pub(super) async fn known(
    State(service): State<Service>,
    Asking(booth): Asking,
    Path(student): Path<String>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(Asked { nonce }) =
        query.map_err(|_| Refused::new(RefusalCode::NotFound, "the query cannot be read"))?;
    let student = StudentRef::new(student);
    let asked = student.clone();
    let known = service.store.read(move |tx| {
        Ok(KnownStudent {
            entitlements: entitlements::of_student(tx, &asked)?,
            submissions: submissions::of_student(tx, &asked)?,
            student: asked,
        })
    });
    let known = known.await?;
    let Some(nonce) = nonce else {
        return Ok(Wire(known).into_response());
    };
    let question = StudentQuestion {
        booth: booth.id,
        student,
        nonce,
    };
    let answer = serde_json::to_vec(&known).map_err(StoreError::from)?;
    let signature = question.sign(&service.keys.receipts, &answer);
    let headers = [
        (header::CONTENT_TYPE.as_str(), "application/json"),
        (header::CACHE_CONTROL.as_str(), "no-store"),
        (SIGNATURE_HEADER, &signature),
    ];
    Ok((headers, answer).into_response())
}
