//! What the service knows of a student, and the picture that the student has sent from a phone.

use super::answer::{Refused, Wire};
use super::booth::Asking;
use crate::domain::{CollectionId, StudentRef};
use crate::review::serve::Service;
use crate::review::store::{albums, entitlements, submissions};
use crate::wire::{AlbumPicture, KnownStudent, RefusalCode};
use axum::extract::{Path, State};

pub(super) async fn known(
    State(service): State<Service>,
    _booth: Asking,
    Path(student): Path<String>,
) -> Result<Wire<KnownStudent>, Refused> {
    let student = StudentRef::new(student);
    let known = service.store.read(move |tx| {
        Ok(KnownStudent {
            entitlements: entitlements::of_student(tx, &student)?,
            submissions: submissions::of_student(tx, &student)?,
            student,
        })
    });
    Ok(Wire(known.await?))
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
