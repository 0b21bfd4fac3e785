//! Customer service on the phone: how to reach it, a form, and the answers. What is asked here belongs to the order
//! whose address the phone holds, goes to the service desk with the student's submission, and is answered here.

use super::answer::{OrPage, PageError, page_of, see};
use super::form::Form;
use super::review_view::time;
use super::status::OrderFile;
use super::words::Words;
use crate::domain::{CollectionId, EducationCategory, InstitutionCode, RequestId};
use crate::review::random;
use crate::review::serve::Service;
use crate::review::store::columns::now;
use crate::review::store::requests::{self, LONGEST_NOTE};
use crate::review::store::{StoreError, catalogue, decisions};
use crate::wire::{RequestKind, RequestState, RequestStatus, ServiceInfo, ServiceRequest};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::Transaction;

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    w: Words,
    file: OrderFile,
    info: ServiceInfo,
    asked: Vec<(ServiceRequest, RequestStatus)>,
    /// Of the request that the form would make: sent twice, it is one request.
    request: RequestId,
    /// What was written and could not be taken, so that it is not lost.
    written: String,
    trouble: Option<Trouble>,
}

/// Why a request was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Empty,
    TooLong,
    TooMany,
}

impl Trouble {
    const fn status(self) -> StatusCode {
        match self {
            Self::Empty => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Empty => "help-empty",
            Self::TooLong => "help-too-long",
            Self::TooMany => "help-too-many",
        }
    }
}

impl Help {
    fn hours(&self) -> &str {
        self.w.of(&self.info.hours_zh, &self.info.hours_en)
    }

    /// The number without what only people read.
    fn dialled(&self) -> String {
        let is_dialled = |c: &char| c.is_ascii_digit() || *c == '+';
        self.info.phone.chars().filter(is_dialled).collect()
    }

    fn made(request: &ServiceRequest) -> String {
        time(request.made_at)
    }

    fn state(&self, status: &RequestStatus) -> String {
        self.w.say(match status.state {
            RequestState::Open => "help-waiting",
            RequestState::Granted => "help-done",
            RequestState::Refused => "help-refused",
        })
    }

    fn trouble_text(&self) -> Option<String> {
        self.trouble.map(|trouble| self.w.say(trouble.word()))
    }
}

async fn show(
    service: &Service,
    w: Words,
    file: OrderFile,
    refused: Option<(Trouble, String)>,
) -> Result<Response, PageError> {
    let id = file.kept.order.id;
    let read = service
        .store
        .read(move |tx| Ok((catalogue::service_info(tx)?, requests::of_order(tx, id)?)));
    let (info, asked) = read.await.or_page(w)?;
    let trouble = refused.as_ref().map(|(trouble, _)| *trouble);
    let mut response = page_of(&Help {
        w,
        file,
        info,
        asked,
        request: RequestId::from_bytes(random::bytes().or_page(w)?),
        written: refused.map(|(_, written)| written).unwrap_or_default(),
        trouble,
    });
    if let Some(trouble) = trouble {
        *response.status_mut() = trouble.status();
    }
    Ok(response)
}

pub(super) async fn page(
    State(service): State<Service>,
    w: Words,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let file = OrderFile::open(&service, w, &id).await?;
    show(&service, w, file, None).await
}

pub(super) async fn ask(
    State(service): State<Service>,
    w: Words,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let file = OrderFile::open(&service, w, &id).await?;
    let request: RequestId = form
        .get("request")
        .parse()
        .map_err(|_| PageError::stale(w))?;
    // browsers send a new line as two characters and count it as one
    let note = form.get("note").replace("\r\n", "\n").trim().to_owned();
    let trouble = match note.chars().count() {
        0 => Some(Trouble::Empty),
        1..=LONGEST_NOTE => None,
        _ => Some(Trouble::TooLong),
    };
    if let Some(trouble) = trouble {
        return show(&service, w, file, Some((trouble, note))).await;
    }
    let (order, booth) = (file.kept.order.id, file.kept.booth);
    let body = request_of(&service, w, &file, request, note.clone()).await?;
    let taken = service
        .store
        .write(move |tx| requests::put_of_order(tx, booth, order, &body));
    if taken.await.or_page(w)? {
        return Ok(see(&format!("/p/{order}/help")));
    }
    show(&service, w, file, Some((Trouble::TooMany, note))).await
}

/// The request with all that the order tells about who asks.
async fn request_of(
    service: &Service,
    w: Words,
    file: &OrderFile,
    id: RequestId,
    note: String,
) -> Result<ServiceRequest, PageError> {
    let order = &file.kept.order;
    let collection = order.collection.clone();
    let about = file.submission.as_ref().map(|known| known.submission);
    let read = service.store.read(move |tx| {
        let number = match about {
            Some(id) => decisions::find(tx, id)?.map(|waiting| waiting.student_number),
            None => None,
        };
        Ok((school(tx, &collection)?, number))
    });
    let (school, student_number) = read.await.or_page(w)?;
    Ok(ServiceRequest {
        id,
        kind: RequestKind::CustomerService,
        institution: school.map(|(institution, _)| institution),
        category: school.map(|(_, category)| category),
        collection: Some(order.collection.clone()),
        student: Some(order.student.clone()),
        student_number,
        submission: about,
        note,
        made_at: now(),
    })
}

fn school(
    tx: &Transaction<'_>,
    collection: &CollectionId,
) -> Result<Option<(InstitutionCode, EducationCategory)>, StoreError> {
    let found = catalogue::find(tx, collection)?;
    Ok(found.map(|(collection, _)| (collection.institution, collection.category)))
}
