//! The phone's page that says where the photo of a paid order stands. Whoever holds the order's address, which cannot
//! be guessed, sees a state and nothing else: no name, no number, no picture. Before something is paid there is only
//! the page of the order.

use super::answer::{OrPage, PageError, page_of, see};
use super::words::Words;
use crate::clock;
use crate::domain::standing::day_in_china;
use crate::domain::{
    Collection, EntitlementSource, OrderId, OrderState, ReviewDecision, SubmissionState,
};
use crate::review::serve::Service;
use crate::review::store::orders::KeptOrder;
use crate::review::store::{StoreError, catalogue, entitlements, orders, submissions};
use crate::wire::KnownSubmission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use rusqlite::Transaction;

/// What the holder of an order's address may know.
pub(super) struct OrderFile {
    pub(super) kept: KeptOrder,
    /// Title of the collection, Chinese and English.
    pub(super) titles: [String; 2],
    /// Money came for this order, or the student has the right by another one.
    pub(super) is_paid: bool,
    /// The right to be photographed is there: a retake costs nothing.
    pub(super) has_right: bool,
    /// The latest of the student in the collection; only where the order is paid.
    pub(super) submission: Option<KnownSubmission>,
    /// A picture may be sent from the phone.
    pub(super) takes_album: bool,
}

impl OrderFile {
    /// The file of an order; `None` where there is no such order.
    pub(super) fn find(tx: &Transaction<'_>, id: OrderId) -> Result<Option<Self>, StoreError> {
        let Some(kept) = orders::find(tx, id)? else {
            return Ok(None);
        };
        let (student, collection) = (&kept.order.student, &kept.order.collection);
        let right = entitlements::find(tx, student, collection)?;
        let by_order = right
            .as_ref()
            .is_some_and(|right| matches!(right.source, EntitlementSource::Order { .. }));
        let is_paid = kept.receipt_number.is_some() || by_order;
        let submission = if is_paid {
            submissions::of_student(tx, student)?
                .into_iter()
                .find(|submission| submission.collection == *collection)
        } else {
            None
        };
        let known = catalogue::find(tx, collection)?.map(|(collection, _)| collection);
        let mut file = Self {
            titles: known
                .as_ref()
                .map(|known| [known.title_zh.clone(), known.title_en.clone()])
                .unwrap_or_default(),
            is_paid,
            has_right: right.is_some(),
            submission,
            takes_album: false,
            kept,
        };
        file.takes_album = known.is_some_and(|known| file.may_send_album(&known));
        Ok(Some(file))
    }

    /// A picture from the album of a phone may be sent: the school takes one, and nothing stands in its way.
    fn may_send_album(&self, collection: &Collection) -> bool {
        let stands = |submission: &KnownSubmission| submission.state.is_standing();
        collection.album
            && self.is_paid
            && self.has_right
            && !self.submission.as_ref().is_some_and(stands)
    }

    /// Reads the file of the order in an address.
    pub(super) async fn open(service: &Service, w: Words, id: &str) -> Result<Self, PageError> {
        let id: OrderId = id.parse().map_err(|_| PageError::not_found(w))?;
        let read = service.store.read(move |tx| Self::find(tx, id)).await;
        read.or_page(w)?.ok_or_else(|| PageError::not_found(w))
    }

    /// Of the collection, in the reader's language.
    pub(super) fn title(&self, w: Words) -> &str {
        let [chinese, english] = &self.titles;
        w.of(chinese, english)
    }
}

#[derive(Template)]
#[template(path = "status.html")]
struct Status {
    w: Words,
    file: OrderFile,
    stage: Stage,
}

impl Status {
    fn received(submission: &KnownSubmission) -> String {
        super::review_view::time(submission.received_at)
    }
}

/// What the page draws.
#[derive(Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing was handed in.
    Nothing,
    UnderReview {
        /// The promised day has passed.
        is_late: bool,
    },
    Approved,
    NotApproved {
        reasons: Vec<String>,
        note: String,
    },
    Withdrawn,
    /// Nothing stands, and the money went back.
    PaidBack,
}

impl Stage {
    fn of(w: Words, file: &OrderFile, today: Date) -> Self {
        let stage = file
            .submission
            .as_ref()
            .map_or(Self::Nothing, |submission| match submission.state {
                SubmissionState::Queued
                | SubmissionState::Delivered
                | SubmissionState::Held
                | SubmissionState::UnderReview => Self::UnderReview {
                    is_late: submission.due < today,
                },
                SubmissionState::Approved => Self::Approved,
                SubmissionState::NotApproved => Self::not_approved(w, submission.decision.as_ref()),
                SubmissionState::Withdrawn => Self::Withdrawn,
            });
        let is_refunded = file.kept.state == OrderState::Refunded && !file.has_right;
        if stage == Self::Nothing && is_refunded {
            return Self::PaidBack;
        }
        stage
    }

    fn not_approved(w: Words, decision: Option<&ReviewDecision>) -> Self {
        let (reasons, note) = match decision {
            Some(ReviewDecision::NotApproved { reasons, note }) => (
                reasons.iter().map(|reason| w.reason(*reason)).collect(),
                note.clone(),
            ),
            Some(ReviewDecision::Approved) | None => (Vec::new(), String::new()),
        };
        Self::NotApproved { reasons, note }
    }
}

pub(super) async fn page(
    State(service): State<Service>,
    w: Words,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let file = OrderFile::open(&service, w, &id).await?;
    if !file.is_paid {
        return Ok(see(&format!("/p/{}", file.kept.order.id)));
    }
    Ok(page_of(&Status {
        stage: Stage::of(w, &file, day_in_china(clock::utc())),
        w,
        file,
    }))
}
