//! What the service knows of a student, signed for the booth that asked, and the picture that the student has sent from
//! a phone.

use super::answer::{Refused, Wire, signed};
use super::booth::Asking;
use crate::domain::{CollectionId, StudentRef};
use crate::review::serve::Service;
use crate::review::store::{albums, entitlements, submissions};
use crate::wire::feed::StudentQuestion;
use crate::wire::{AlbumPicture, KnownStudent, RefusalCode};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
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
    signed(&service.keys.receipts, &question, &known)
}

pub(super) async fn album(
    State(service): State<Service>,
    _booth: Asking,
    Path((student, collection)): Path<(String, String)>,
) -> Result<Wire<AlbumPicture>, Refused> {
    let (student, collection) = (StudentRef::new(student), CollectionId(collection));
    let found = service
        .store
        .read(move |tx| albums::find(tx, &student, &collection))
        .await?;
    found.map(Wire).ok_or_else(|| {
        Refused::new(
            RefusalCode::NotFound,
            "no picture of this student waits here",
        )
    })
}
