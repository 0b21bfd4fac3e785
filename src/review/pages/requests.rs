//! Requests of students as lines of a page, and the answers to them. A school answers only what asks to be on its
//! list; customer service is answered at the service desk.

use super::answer::{OrPage, PageError};
use super::form::Form;
use super::person::Person;
use super::review_view::time;
use super::words::Words;
use crate::domain::InstitutionCode;
use crate::review::serve::Service;
use crate::review::store::requests::Asked;
use crate::review::store::{StoreError, institutions, requests};
use crate::wire::{RequestKind, RequestState, ServiceRequest};
use rusqlite::Transaction;

/// Longest answer, in characters.
const LONGEST_ANSWER: usize = 300;

/// A request on a page.
pub(super) struct RequestLine {
    pub(super) id: String,
    pub(super) booth: String,
    /// Nobody stands at the booth and waits.
    pub(super) from_phone: bool,
    pub(super) student_number: String,
    pub(super) school: String,
    pub(super) category: String,
    pub(super) collection: String,
    /// Of the submission that it is about, for a link; empty where it is about none.
    pub(super) submission: String,
    pub(super) note: String,
    pub(super) made: String,
}

/// The open requests of a kind, the oldest first; of one school where one is named.
pub(super) fn lines(
    tx: &Transaction<'_>,
    w: Words,
    kind: RequestKind,
    code: Option<InstitutionCode>,
) -> Result<Vec<RequestLine>, StoreError> {
    let schools = institutions::all(tx)?;
    let school = |code: InstitutionCode| {
        let known = schools.iter().find(|school| school.code == code);
        known.map_or_else(
            || code.to_string(),
            |school| w.of(&school.name_zh, &school.name_en).to_owned(),
        )
    };
    let line = |Asked {
                    booth,
                    from_phone,
                    request,
                }| RequestLine {
        booth,
        from_phone,
        id: request.id.to_string(),
        student_number: request.student_number.unwrap_or_default(),
        school: request.institution.map(school).unwrap_or_default(),
        category: request
            .category
            .map(|category| w.word("category", &category))
            .unwrap_or_default(),
        collection: request.collection.map(|id| id.0).unwrap_or_default(),
        submission: request
            .submission
            .map(|id| id.to_string())
            .unwrap_or_default(),
        note: request.note,
        made: time(request.made_at),
    };
    let open = requests::open(tx, kind, code)?;
    Ok(open.into_iter().map(line).collect())
}

/// Answers the request that a form names, if it is one of those that this page `may_answer`.
pub(super) async fn answer(
    service: &Service,
    person: &Person,
    form: &Form,
    may_answer: impl Fn(&ServiceRequest) -> bool + Send + 'static,
) -> Result<(), PageError> {
    person.check(form)?;
    let state = match form.get("answer") {
        "grant" => RequestState::Granted,
        "refuse" => RequestState::Refused,
        _ => return Err(PageError::stale(person.words)),
    };
    let id = form.get("request").to_owned();
    let words: String = form
        .get("words")
        .trim()
        .chars()
        .take(LONGEST_ANSWER)
        .collect();
    let actor = person.user.name.clone();
    let answered = service.store.write(move |tx| {
        let Some((request, _)) =
            requests::find(tx, &id)?.filter(|(request, _)| may_answer(request))
        else {
            return Ok(None);
        };
        requests::answer(tx, &request, state, &words, &actor).map(Some)
    });
    let found = answered.await.or_page(person.words)?;
    found
        .map(drop)
        .ok_or_else(|| PageError::not_found(person.words))
}
