//! Money that arrived for orders, and money that goes back with the right it had bought. Each arrow is one transaction:
//! nobody has paid without a right, has a right that went back, or is charged twice and not told.

use super::feed::{self, Kind};
use super::orders::find;
use super::refunds::{self, Owed, RefundReason};
use super::{StoreError, audit, debts, entitlements, vouchers, withdrawals};
use crate::domain::standing::day_in_china;
use crate::domain::{EntitlementSource, Fee, Order, OrderId, OrderState, SubmissionState};
use crate::wire::RefusalCode;
use jiff::Timestamp;
use rusqlite::{Transaction, params};

/// What the provider proves about a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Which gateway says so.
    pub gateway: &'static str,
    /// The provider's own number.
    pub provider_number: String,
    /// How much arrived.
    pub amount: Fee,
    /// When.
    pub paid_at: Timestamp,
}

/// The provider has the money: payment, state, receipt number and entitlement together, once. Money that gives no
/// right (another amount, or the student has one already) goes back, decided in the same transaction.
pub fn settle(tx: &Transaction<'_>, id: OrderId, evidence: &Evidence) -> Result<(), StoreError> {
    let Some(kept) = find(tx, id)? else {
        return Err(StoreError::Refused(
            RefusalCode::NotFound,
            "no order has this id",
        ));
    };
    if refunds::is_known_money(tx, evidence.gateway, &evidence.provider_number)? {
        return Ok(());
    }
    if matches!(kept.state, OrderState::Settled | OrderState::Refunded) {
        // other money for an order that has ended: cash and a phone, say
        return owe(tx, id, evidence, RefundReason::PaidTwice);
    }
    keep_payment(tx, id, evidence)?;
    let Order {
        student,
        collection,
        fee,
        ..
    } = &kept.order;
    let source = EntitlementSource::Order { order: id };
    let why = if evidence.amount != *fee {
        Some(RefundReason::OtherAmount)
    } else if entitlements::give(tx, student, collection, source)? {
        None
    } else if debts::pay(tx, student, collection)? {
        entitlements::replace(tx, student, collection, source)?;
        None
    } else {
        Some(RefundReason::PaidTwice)
    };
    if let Some(why) = why {
        become_refunded(tx, id)?;
        return owe(tx, id, evidence, why);
    }
    tx.execute(
        "UPDATE orders SET state = 'settled' WHERE id = ?1",
        [id.to_string()],
    )?;
    Ok(())
}

fn keep_payment(tx: &Transaction<'_>, id: OrderId, evidence: &Evidence) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO payments (order_id, gateway, provider_number, amount_fen, paid_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id.to_string(),
            evidence.gateway,
            evidence.provider_number,
            evidence.amount.fen(),
            evidence.paid_at.as_millisecond()
        ],
    )?;
    let number: i64 = tx.query_row("SELECT count(*) FROM payments", [], |row| row.get(0))?;
    let day = day_in_china(evidence.paid_at)
        .strftime("%Y%m%d")
        .to_string();
    tx.execute(
        "UPDATE orders SET receipt_number = ?2 WHERE id = ?1",
        params![id.to_string(), format!("{day}-{number:06}")],
    )?;
    audit::note(
        tx,
        evidence.gateway,
        "settle order",
        &id.to_string(),
        &evidence.amount.fen().to_string(),
    )
}

fn owe(
    tx: &Transaction<'_>,
    order: OrderId,
    evidence: &Evidence,
    why: RefundReason,
) -> Result<(), StoreError> {
    refunds::owe(
        tx,
        &Owed {
            gateway: evidence.gateway,
            provider_number: &evidence.provider_number,
            order,
            amount: evidence.amount,
            why,
            by: "service",
        },
    )
}

/// The order entitles nobody any more, and every booth is told.
fn become_refunded(tx: &Transaction<'_>, id: OrderId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE orders SET state = 'refunded' WHERE id = ?1",
        [id.to_string()],
    )?;
    feed::changed(tx, Kind::Refund, &id.to_string())
}

/// Somebody of the service gives a settled order's money back: with the right, and not while a submission made by that
/// right still stands. Who withdraws takes a submission that is under review along; an approved one is frozen.
pub fn refund(
    tx: &Transaction<'_>,
    id: OrderId,
    why: RefundReason,
    by: &str,
) -> Result<(), StoreError> {
    let refuse = |code, why| Err(StoreError::Refused(code, why));
    let Some(kept) = find(tx, id)? else {
        return refuse(RefusalCode::NotFound, "no order has this id");
    };
    match kept.state {
        OrderState::Refunded => return Ok(()),
        OrderState::Settled => {}
        OrderState::Open | OrderState::Closed => {
            return refuse(RefusalCode::Conflict, "nobody has paid this order");
        }
    }
    let Order {
        student,
        collection,
        ..
    } = &kept.order;
    match withdrawals::standing(tx, student, collection)? {
        Some((submission, SubmissionState::UnderReview)) if why == RefundReason::Withdrawn => {
            withdrawals::withdraw(tx, submission, by)?;
        }
        Some(_) => {
            return refuse(
                RefusalCode::AlreadySubmitted,
                "a submission made by this right still stands",
            );
        }
        None => {}
    }
    entitlements::take_back(
        tx,
        student,
        collection,
        EntitlementSource::Order { order: id },
    )?;
    vouchers::stand_in(tx, student, collection)?;
    become_refunded(tx, id)?;
    let (gateway, provider_number, amount): (String, String, u32) = tx.query_row(
        "SELECT gateway, provider_number, amount_fen FROM payments WHERE order_id = ?1",
        [id.to_string()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let (gateway, provider_number) = (gateway.as_str(), provider_number.as_str());
    let amount = Fee::from_fen(amount);
    refunds::owe(
        tx,
        &Owed {
            gateway,
            provider_number,
            order: id,
            amount,
            why,
            by,
        },
    )
}
