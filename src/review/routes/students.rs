//! What the service knows of a student.

use super::answer::{Refused, Wire};
use super::booth::Asking;
use crate::domain::StudentRef;
use crate::review::serve::Service;
use crate::review::store::{entitlements, submissions};
use crate::wire::KnownStudent;
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
