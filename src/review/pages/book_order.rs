//! One order in the books: where its money is, what became of the right, who did what; and what the finance office may do
//! about it. Giving money back takes the right back in the same transaction.

use super::answer::{OrPage, PageError, page_of, see};
use super::books::{MismatchLine, RowLine, amount, moment};
use super::form::Form;
use super::person::Person;
use super::words::Words;
use crate::domain::{OrderId, OrderState, SubmissionId, SubmissionState};
use crate::review::serve::Service;
use crate::review::store::audit::{self, Deed};
use crate::review::store::orders::KeptOrder;
use crate::review::store::refunds::{self, Refund, RefundReason, RefundState};
use crate::review::store::{StoreError, books, money, orders, settlement, withdrawals};
use crate::wire::RefusalCode;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rusqlite::Transaction;

#[derive(Template)]
#[template(path = "book_order.html")]
struct BookOrder {
    w: Words,
    person: Person,
    line: RowLine,
    mismatches: Vec<MismatchLine>,
    refunds: Vec<Refund>,
    deeds: Vec<Deed>,
    /// The submission that stands by this right.
    standing: Option<(SubmissionId, SubmissionState)>,
}

impl BookOrder {
    fn may_be_refunded(&self) -> bool {
        self.line.row.state == OrderState::Settled && !self.is_frozen()
    }

    /// An approved photo was made by this right: nothing goes back.
    fn is_frozen(&self) -> bool {
        matches!(self.standing, Some((_, SubmissionState::Approved)))
    }

    fn is_under_review(&self) -> bool {
        matches!(self.standing, Some((_, SubmissionState::UnderReview)))
    }

    fn why(&self, refund: &Refund) -> String {
        self.w.word("why", &refund.why)
    }

    fn state(&self, refund: &Refund) -> String {
        self.w.word("refund", &refund.state)
    }

    fn is(refund: &Refund, word: &str) -> bool {
        matches!(
            (refund.state, word),
            (RefundState::ByHand, "by_hand") | (RefundState::Failed, "failed")
        )
    }

    fn at(deed: &Deed) -> String {
        moment(deed.at)
    }

    fn action(&self, deed: &Deed) -> String {
        self.w.known("deed", &deed.action)
    }

    /// A figure is an amount, a word a reason; the provider's own words stay.
    fn detail(&self, deed: &Deed) -> String {
        match deed.detail.parse::<i64>() {
            Ok(fen) => amount(fen),
            Err(_) => self.w.known("why", &deed.detail),
        }
    }
}

fn parse(w: Words, id: &str) -> Result<OrderId, PageError> {
    id.parse().map_err(|_| PageError::not_found(w))
}

pub(super) async fn page(
    State(service): State<Service>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    person.must_keep_books()?;
    let w = person.words;
    let id = parse(w, &id)?;
    let read = service.store.write(move |tx| view(tx, person, id));
    let view = read.await.or_page(w)?;
    Ok(page_of(&view.ok_or_else(|| PageError::not_found(w))?))
}

fn view(
    tx: &Transaction<'_>,
    person: Person,
    id: OrderId,
) -> Result<Option<BookOrder>, StoreError> {
    let w = person.words;
    let Some(kept) = orders::find(tx, id)? else {
        return Ok(None);
    };
    let found = books::newest(tx, &id.to_string(), 1)?;
    let Some(row) = found.into_iter().next() else {
        return Ok(None);
    };
    let mismatches: Vec<MismatchLine> = money::compare(tx)?
        .iter()
        .filter(|mismatch| mismatch.order == Some(id))
        .map(|mismatch| MismatchLine::of(w, mismatch))
        .collect();
    Ok(Some(BookOrder {
        w,
        person,
        line: RowLine::of(w, row, mismatches.is_empty()),
        mismatches,
        refunds: refunds::of_order(tx, id)?,
        deeds: named(audit::of(tx, &id.to_string())?, &kept),
        standing: withdrawals::standing(tx, &kept.order.student, &kept.order.collection)?,
    }))
}

/// The booth goes by its name.
fn named(mut deeds: Vec<Deed>, kept: &KeptOrder) -> Vec<Deed> {
    let booth = kept.booth.to_string();
    for deed in deeds.iter_mut().filter(|deed| deed.actor == booth) {
        deed.actor.clone_from(&kept.booth_name);
    }
    deeds
}

/// What the finance office does.
#[derive(Debug, Clone, Copy)]
enum Deeds {
    /// Gives the money back.
    Refund(RefundReason),
    /// Has handed cash back.
    HandedBack,
    /// Asks a provider again that refused.
    AskAgain,
}

impl Deeds {
    fn read(word: &str, form: &Form) -> Option<Self> {
        match (word, form.get("why")) {
            ("refund", "unusable") => Some(Self::Refund(RefundReason::Unusable)),
            ("refund", "withdrawn") => Some(Self::Refund(RefundReason::Withdrawn)),
            ("handed-back", _) => Some(Self::HandedBack),
            ("ask-again", _) => Some(Self::AskAgain),
            _ => None,
        }
    }

    fn is_done(self, tx: &Transaction<'_>, id: OrderId, by: &str) -> Result<(), StoreError> {
        let (from, to) = match self {
            Self::Refund(why) => return settlement::refund(tx, id, why, by),
            Self::HandedBack => (RefundState::ByHand, RefundState::Done),
            Self::AskAgain => (RefundState::Failed, RefundState::Wanted),
        };
        for refund in refunds::of_order(tx, id)? {
            if refund.state == from {
                refunds::became(tx, &refund, to, "", by)?;
            }
        }
        Ok(())
    }
}

pub(super) async fn act(
    State(service): State<Service>,
    person: Person,
    Path((id, deed)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    person.must_keep_books()?;
    person.check(&form)?;
    let w = person.words;
    let id = parse(w, &id)?;
    let deed = Deeds::read(&deed, &form).ok_or_else(|| PageError::stale(w))?;
    let by = person.user.name;
    let done = service.store.write(move |tx| deed.is_done(tx, id, &by));
    match done.await {
        Err(StoreError::Refused(RefusalCode::AlreadySubmitted, _)) => {
            Err(PageError::refused(w, "refund-stands"))
        }
        Err(StoreError::Refused(RefusalCode::Conflict, _)) => {
            Err(PageError::refused(w, "refund-unpaid"))
        }
        done => {
            done.or_page(w)?;
            Ok(see(&format!("/books/{id}")))
        }
    }
}
