//! Requests to the schools and to customer service.

use super::answer::{Refused, Wire};
use super::booth::{Asking, Sent};
use crate::review::serve::Service;
use crate::review::store::{requests, rosters};
use crate::wire::{RefusalCode, RequestStatus, ServiceRequest};
use axum::extract::State;

pub(super) async fn put(
    State(service): State<Service>,
    Asking(booth): Asking,
    Sent(request): Sent<ServiceRequest>,
) -> Result<Wire<RequestStatus>, Refused> {
    let number_is_long = request
        .student_number
        .as_ref()
        .is_some_and(|number| number.len() > rosters::LONGEST_STUDENT_NUMBER);
    if number_is_long || request.note.chars().count() > requests::LONGEST_NOTE {
        return Err(Refused::new(
            RefusalCode::TooLarge,
            "the note or the student number is too long",
        ));
    }
    Ok(Wire(
        service
            .store
            .write(move |tx| requests::put(tx, booth.id, &request))
            .await?,
    ))
}
