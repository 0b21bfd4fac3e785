//! The service desk: everyone who called for help at a booth, the oldest first, from every school and from before a
//! school was chosen.

use super::answer::{OrPage, PageError, page_of, see};
use super::form::Form;
use super::person::Person;
use super::requests::{self, RequestLine};
use super::words::Words;
use crate::review::serve::Service;
use crate::wire::{RequestKind, ServiceRequest};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "desk.html")]
struct Desk {
    w: Words,
    person: Person,
    list: Vec<RequestLine>,
}

pub(super) async fn page(
    State(service): State<Service>,
    person: Person,
) -> Result<Response, PageError> {
    let w = person.words;
    person.must_serve()?;
    let read = service
        .store
        .read(move |tx| requests::lines(tx, w, RequestKind::CustomerService, None));
    let list = read.await.or_page(w)?;
    Ok(page_of(&Desk { w, person, list }))
}

pub(super) async fn answer(
    State(service): State<Service>,
    person: Person,
    form: Form,
) -> Result<Response, PageError> {
    person.must_serve()?;
    let at_the_desk = |request: &ServiceRequest| request.kind == RequestKind::CustomerService;
    requests::answer(&service, &person, &form, at_the_desk).await?;
    Ok(see("/desk"))
}
