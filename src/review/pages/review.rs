//! The reviewers' queue and the page on which one submission is decided.

use super::answer::{OrPage, PageError, page_of, see};
use super::form::Form;
use super::person::Person;
use super::review_view::{Chip, Line, ReasonKey, chips, reasons, record_lines, verdict};
use super::words::Words;
use crate::domain::standing::day_in_china;
use crate::domain::{DecisionId, NotApprovedReason, ReviewDecision, SubmissionId, SubmissionState};
use crate::review::photos::CaptureKind;
use crate::review::random;
use crate::review::serve::Service;
use crate::review::store::columns::{from_word, now};
use crate::review::store::decisions::{self, Outcome};
use crate::review::store::submissions::{self, Part};
use crate::review::store::{StoreError, catalogue, rosters, withdrawals};
use crate::wire::{Manifest, RefusalCode};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use rusqlite::Transaction;

const QUEUE_SHOWN: u32 = 200;
const LONGEST_NOTE: usize = 500;

#[derive(Template)]
#[template(path = "queue.html")]
struct Queue {
    w: Words,
    person: Person,
    lines: Vec<Line>,
    waiting: u32,
    overdue: u32,
    decided_today: u32,
}

pub(super) async fn queue(
    State(service): State<Service>,
    person: Person,
) -> Result<Response, PageError> {
    person.must_review()?;
    let w = person.words;
    let read = service.store.read(move |tx| {
        let calendar = catalogue::working_days(tx)?;
        let queue = decisions::queue(tx, QUEUE_SHOWN)?;
        let lines = queue
            .into_iter()
            .map(|waiting| Line::of(w, waiting, &calendar))
            .collect();
        let day_ago = now() - SignedDuration::from_hours(24);
        Ok((lines, decisions::counts(tx, day_in_china(now()), day_ago)?))
    });
    let (lines, [waiting, overdue, decided_today]) = read.await.or_page(w)?;
    Ok(page_of(&Queue {
        w,
        person,
        lines,
        waiting,
        overdue,
        decided_today,
    }))
}

#[derive(Template)]
#[template(path = "review.html")]
struct Review {
    w: Words,
    person: Person,
    line: Line,
    captured: String,
    attendant_notes: Vec<String>,
    to_look_at: Vec<Chip>,
    passed: Vec<Chip>,
    record: Vec<(String, String)>,
    /// Photo pixels per capture pixel, for the comparison at the same size.
    scale: f64,
    is_on_roster: bool,
    verdict: Option<(String, String)>,
    state: SubmissionState,
    previous: Option<SubmissionId>,
    next: Option<SubmissionId>,
    waiting: u32,
    decision_id: DecisionId,
    reasons: Vec<ReasonKey>,
    was_too_late: bool,
}

impl Review {
    fn is_open(&self) -> bool {
        self.state == SubmissionState::UnderReview
    }

    fn is_withdrawn(&self) -> bool {
        self.state == SubmissionState::Withdrawn
    }
}

pub(super) async fn page(
    State(service): State<Service>,
    person: Person,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    person.must_review()?;
    let w = person.words;
    let id: SubmissionId = id.parse().map_err(|_| PageError::not_found(w))?;
    let was_too_late = query.is_some_and(|query| query.contains("late=1"));
    let read = service
        .store
        .read(move |tx| view(tx, person, id, was_too_late))
        .await
        .or_page(w)?;
    Ok(page_of(&read.ok_or_else(|| PageError::not_found(w))?))
}

fn view(
    tx: &Transaction<'_>,
    person: Person,
    id: SubmissionId,
    was_too_late: bool,
) -> Result<Option<Review>, StoreError> {
    let w = person.words;
    let (Some(waiting), Some(manifest)) = (
        decisions::find(tx, id)?,
        submissions::part(tx, id, Part::Manifest)?,
    ) else {
        return Ok(None);
    };
    let manifest: Manifest = serde_json::from_slice(&manifest)?;
    let [previous, next] = decisions::neighbours(tx, &waiting)?;
    let (to_look_at, passed) = chips(w, &manifest);
    let given = decisions::of_submission(tx, id)?;
    Ok(Some(Review {
        w,
        person,
        captured: super::review_view::time(manifest.captured_at),
        to_look_at,
        passed,
        record: record_lines(&manifest.record),
        scale: manifest
            .record
            .pointer("/corrections/scale")
            .and_then(serde_json::Value::as_f64)
            .unwrap_or(1.0),
        attendant_notes: manifest.attendant_notes,
        is_on_roster: rosters::admits(tx, &waiting.collection, &waiting.student_number)?,
        verdict: given.map(|(decision, reviewer)| (verdict(w, &decision), reviewer)),
        state: waiting.state,
        previous,
        next,
        waiting: decisions::counts(tx, day_in_china(now()), now())?[0],
        decision_id: DecisionId::from_bytes(random::bytes()?),
        reasons: reasons(w),
        was_too_late,
        line: Line::of(w, waiting, &catalogue::working_days(tx)?),
    }))
}

pub(super) async fn decide(
    State(service): State<Service>,
    person: Person,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    person.must_review()?;
    person.check(&form)?;
    let w = person.words;
    let id: SubmissionId = id.parse().map_err(|_| PageError::not_found(w))?;
    let decision_id: DecisionId = form
        .get("decision")
        .parse()
        .map_err(|_| PageError::stale(w))?;
    let decision = read_decision(&form).ok_or_else(|| PageError::stale(w))?;
    let reviewer = person.user.name.clone();
    let decided = service.store.write(move |tx| {
        let Some(waiting) = decisions::find(tx, id)? else {
            return Ok(None);
        };
        let outcome = decisions::decide(tx, decision_id, id, &decision, &reviewer)?;
        let [previous, next] = decisions::neighbours(tx, &waiting)?;
        Ok(Some((outcome, next.or(previous))))
    });
    let (outcome, next) = decided
        .await
        .or_page(w)?
        .ok_or_else(|| PageError::not_found(w))?;
    Ok(match (outcome, next) {
        (Outcome::TooLate, _) => see(&format!("/review/{id}?late=1")),
        (Outcome::Decided, Some(next)) => see(&format!("/review/{next}")),
        (Outcome::Decided, None) => see("/review"),
    })
}

/// The service desk takes a submission back (M8.2); what was decided on meanwhile stays decided.
pub(super) async fn withdraw(
    State(service): State<Service>,
    person: Person,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    person.must_serve()?;
    person.check(&form)?;
    let w = person.words;
    let id: SubmissionId = id.parse().map_err(|_| PageError::not_found(w))?;
    let by = person.user.name;
    let withdrawn = service
        .store
        .write(move |tx| withdrawals::withdraw(tx, id, &by))
        .await;
    match withdrawn {
        Err(StoreError::Refused(RefusalCode::Conflict, _)) => {
            Ok(see(&format!("/review/{id}?late=1")))
        }
        other => {
            other.or_page(w)?;
            Ok(see(&format!("/review/{id}")))
        }
    }
}

/// The verdict of the form; `None` when it says nothing that could be a verdict.
fn read_decision(form: &Form) -> Option<ReviewDecision> {
    match form.get("verdict") {
        "approved" => Some(ReviewDecision::Approved),
        "not_approved" => {
            let mut reasons: Vec<NotApprovedReason> = form
                .all("reason")
                .map(|word| from_word(word.to_owned()).ok())
                .collect::<Option<_>>()?;
            reasons.sort_unstable();
            reasons.dedup();
            let note: String = form.get("note").trim().chars().take(LONGEST_NOTE).collect();
            (!reasons.is_empty()).then_some(ReviewDecision::NotApproved { reasons, note })
        }
        _ => None,
    }
}

pub(super) async fn photo(
    State(service): State<Service>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    picture(&service, &person, &id, Part::Photo).await
}

pub(super) async fn capture(
    State(service): State<Service>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    picture(&service, &person, &id, Part::Capture).await
}

async fn picture(
    service: &Service,
    person: &Person,
    id: &str,
    part: Part,
) -> Result<Response, PageError> {
    person.must_review()?;
    let w = person.words;
    let id: SubmissionId = id.parse().map_err(|_| PageError::not_found(w))?;
    let bytes = service
        .store
        .read(move |tx| submissions::part(tx, id, part))
        .await
        .or_page(w)?;
    let bytes = bytes.ok_or_else(|| PageError::not_found(w))?;
    let kind = CaptureKind::of(&bytes).unwrap_or(CaptureKind::Jpeg);
    // kept for a moment, so that the next page shows what was fetched ahead
    let headers = [
        (header::CONTENT_TYPE, kind.media_type()),
        (header::CACHE_CONTROL, "private, max-age=120"),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_needs_reasons_and_knows_them() {
        let read = |body: &str| read_decision(&Form::parse(body.as_bytes()));
        assert_eq!(read("verdict=approved"), Some(ReviewDecision::Approved));
        assert_eq!(read("verdict=not_approved"), None);
        assert_eq!(read("verdict=not_approved&reason=ugly"), None);
        assert_eq!(read("verdict=maybe&reason=eyes"), None);
        let reasons = vec![NotApprovedReason::Eyes, NotApprovedReason::Light];
        let expected = ReviewDecision::NotApproved {
            reasons,
            note: "n".into(),
        };
        assert_eq!(
            read("verdict=not_approved&reason=light&reason=eyes&reason=light&note=+n+"),
            Some(expected)
        );
    }
}
