//! The finance office's page: what does not agree, whose it is and until when; the provider's money, our orders and the
//! rights side by side; all of it as CSV. Names nobody: an order has a number, a student none here.

use super::answer::{OrPage, PageError, page_of, see};
use super::person::Person;
use super::upload::Upload;
use super::words::Words;
use crate::domain::OrderId;
use crate::review::finance::{as_csv, bill_lines, yuan};
use crate::review::gateways::wechat;
use crate::review::serve::Service;
use crate::review::store::audit;
use crate::review::store::books::{self, BookRow};
use crate::review::store::columns::now;
use crate::review::store::money::{self, Mismatch};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeSet;

/// Orders on the page; the CSV has all of them.
const SHOWN: u32 = 100;

/// Longest number that is sought, in characters.
const LONGEST_VALUE: usize = 64;

/// Largest bill: a month of a large school.
pub(super) const LARGEST_BILL_BYTES: usize = 16 * 1024 * 1024;

#[derive(Template)]
#[template(path = "books.html")]
struct Books {
    w: Words,
    person: Person,
    sought: String,
    /// What came in, what is back, what is on its way back.
    totals: [String; 3],
    mismatches: Vec<MismatchLine>,
    rows: Vec<RowLine>,
    /// What became of the bill that was sent.
    said: Option<String>,
}

/// What does not agree, in words.
pub(super) struct MismatchLine {
    pub(super) what: String,
    pub(super) about: String,
    pub(super) order: Option<OrderId>,
    pub(super) owner: String,
    pub(super) since: String,
    pub(super) until: String,
    pub(super) is_overdue: bool,
}

impl MismatchLine {
    pub(super) fn of(w: Words, mismatch: &Mismatch) -> Self {
        let about = match mismatch.order {
            Some(order) => number(order),
            None => mismatch.subject.clone(),
        };
        Self {
            what: w.say(&format!("mismatch-{}", mismatch.what.replace('_', "-"))),
            about,
            order: mismatch.order,
            owner: w.say(&format!("owner-{}", mismatch.owner.replace('_', "-"))),
            since: moment(mismatch.found_at),
            until: moment(mismatch.due_at),
            is_overdue: mismatch.due_at < now(),
        }
    }
}

/// A row of the three books, in words.
pub(super) struct RowLine {
    pub(super) order: OrderId,
    pub(super) number: String,
    pub(super) row: BookRow,
    pub(super) made: String,
    pub(super) asked: String,
    /// What came in; empty while nothing did.
    pub(super) came: String,
    pub(super) gateway: String,
    /// When it came in.
    pub(super) paid: String,
    /// What came in by the provider's bill.
    pub(super) billed: Option<String>,
    pub(super) state: String,
    pub(super) right: String,
    pub(super) refund: String,
    pub(super) agrees: bool,
}

impl RowLine {
    pub(super) fn of(w: Words, row: BookRow, agrees: bool) -> Self {
        let state = |word: &str| w.say(&format!("refund-{}", word.replace('_', "-")));
        let refunds: Vec<String> = row.refund_state.split(' ').map(state).collect();
        let refund = if row.refund_fen == 0 {
            String::new()
        } else {
            format!("{} · {}", amount(row.refund_fen), refunds.join(" · "))
        };
        let right = if row.right_by.is_empty() {
            w.say("right-none")
        } else {
            w.say(&format!("right-{}", row.right_by.replace('_', "-")))
        };
        Self {
            order: row.order,
            number: number(row.order),
            made: moment(row.made_at),
            asked: amount(row.asked_fen),
            came: row
                .paid_at
                .map(|_| amount(row.paid_fen))
                .unwrap_or_default(),
            gateway: w.known("gateway", &row.gateway),
            paid: row.paid_at.map(moment).unwrap_or_default(),
            billed: row.billed_fen.map(amount),
            state: w.word("order", &row.state),
            right,
            refund,
            agrees,
            row,
        }
    }
}

/// `¥20.00`.
pub(super) fn amount(fen: i64) -> String {
    format!("¥{}", yuan(fen))
}

/// As on the booth's screen and on the student's receipt page.
pub(super) fn number(order: OrderId) -> String {
    order.short().to_uppercase()
}

/// `2026-11-24 16:00`, Beijing time.
pub(super) fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::fixed(Offset::constant(8)))
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

/// A value of the query: figures and letters of a number, whatever was written.
fn value(query: Option<&str>, name: &str) -> String {
    let found = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix(name)));
    let is_of_number = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let found = found.unwrap_or_default().chars().filter(is_of_number);
    found.take(LONGEST_VALUE).collect()
}

pub(super) async fn page(
    State(service): State<Service>,
    person: Person,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    person.must_keep_books()?;
    let w = person.words;
    let sought = value(query.as_deref(), "find=");
    let read: Option<u32> = value(query.as_deref(), "read=").parse().ok();
    let of = sought.clone();
    // compared now: who looks wants to know how it is, not how it was
    let compared = service.store.write(move |tx| {
        let mismatches = money::compare(tx)?;
        Ok((
            mismatches,
            books::newest(tx, &of, SHOWN)?,
            books::totals(tx)?,
        ))
    });
    let (mismatches, rows, totals) = compared.await.or_page(w)?;
    let wrong: BTreeSet<OrderId> = mismatches.iter().filter_map(|found| found.order).collect();
    let line = |row: BookRow| {
        let agrees = !wrong.contains(&row.order);
        RowLine::of(w, row, agrees)
    };
    Ok(page_of(&Books {
        w,
        person,
        sought,
        totals: [totals.paid_fen, totals.returned_fen, totals.returning_fen].map(amount),
        mismatches: mismatches
            .iter()
            .map(|mismatch| MismatchLine::of(w, mismatch))
            .collect(),
        rows: rows.into_iter().map(line).collect(),
        said: read.map(|count| w.count("bill-read", count)),
    }))
}

/// Every order with its money, right and refund.
pub(super) async fn csv(
    State(service): State<Service>,
    person: Person,
) -> Result<Response, PageError> {
    person.must_keep_books()?;
    let rows = service.store.read(|tx| books::all(tx));
    let text = as_csv(&rows.await.or_page(person.words)?);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"books.csv\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

/// Reads a bill of the provider and compares.
pub(super) async fn read_bill(
    State(service): State<Service>,
    person: Person,
    bill: Upload<LARGEST_BILL_BYTES>,
) -> Result<Response, PageError> {
    person.must_keep_books()?;
    person.check_token(bill.get("csrf"))?;
    let w = person.words;
    let Some(lines) = bill_lines(&String::from_utf8_lossy(&bill.file)) else {
        return Err(PageError::refused(w, "not-a-bill"));
    };
    let count = lines.len();
    let by = person.user.name.clone();
    let kept = service.store.write(move |tx| {
        books::keep_bill(tx, wechat::NAME, &lines, now())?;
        audit::note(tx, &by, "read bill", wechat::NAME, &count.to_string())
    });
    kept.await.or_page(w)?;
    Ok(see(&format!("/books?read={count}")))
}
