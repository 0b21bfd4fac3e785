//! Money that has to go back: each piece once, whoever decides it, and kept until the provider has said it is back.

use super::columns::{collect, first, now, parsed_at, time_at, word, word_at};
use super::{StoreError, audit};
use crate::domain::{Fee, OrderId};
use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// The student had paid already, or owed nothing.
    PaidTwice,
    /// Not the amount that was asked.
    OtherAmount,
    /// Paid, and of no use to the student.
    Unusable,
    /// The student has withdrawn.
    Withdrawn,
}

/// How far a refund is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// Decided; the provider is to be asked.
    Wanted,
    /// The provider has taken the request.
    Asked,
    /// Cash: somebody hands it back.
    ByHand,
    /// The money is back.
    Done,
    /// The provider refuses: somebody has to look.
    Failed,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Which gateway had the money.
    pub gateway: String,
    /// The provider's own number of the payment.
    pub provider_number: String,
    /// The order.
    pub order: OrderId,
    /// How much goes back: all of it.
    pub amount: Fee,
    /// Why.
    pub why: RefundReason,
    /// How far it is.
    pub state: RefundState,
    /// Since when.
    pub decided_at: Timestamp,
    /// What the provider said when it refused.
    pub trouble: String,
}

/// Cash has no provider: it is paid back by hand.
pub const CASH: &str = "cash";

fn read(row: &Row<'_>) -> Result<Refund, StoreError> {
    Ok(Refund {
        gateway: row.get("gateway")?,
        provider_number: row.get("provider_number")?,
        order: parsed_at(row, "order_id")?,
        amount: Fee::from_fen(row.get("amount_fen")?),
        why: word_at(row, "why")?,
        state: word_at(row, "state")?,
        decided_at: time_at(row, "decided_ms")?,
        trouble: row.get("trouble")?,
    })
}

/// A payment that has to go back.
pub struct Owed<'a> {
    /// Which gateway had the money.
    pub gateway: &'a str,
    /// The provider's own number of the payment.
    pub provider_number: &'a str,
    /// The order.
    pub order: OrderId,
    /// How much.
    pub amount: Fee,
    /// Why.
    pub why: RefundReason,
    /// Who decided it.
    pub by: &'a str,
}

/// This money goes back. Deciding it again changes nothing.
pub fn owe(tx: &Transaction<'_>, owed: &Owed<'_>) -> Result<(), StoreError> {
    let state = if owed.gateway == CASH {
        RefundState::ByHand
    } else {
        RefundState::Wanted
    };
    let owes = tx.execute(
        "INSERT OR IGNORE INTO refunds (gateway, provider_number, order_id, amount_fen, why, state, decided_by, decided_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            owed.gateway,
            owed.provider_number,
            owed.order.to_string(),
            owed.amount.fen(),
            word(&owed.why)?,
            word(&state)?,
            owed.by,
            now().as_millisecond()
        ],
    )?;
    if owes > 0 {
        audit::note(
            tx,
            owed.by,
            "refund",
            &owed.order.to_string(),
            &word(&owed.why)?,
        )?;
    }
    Ok(())
}

/// Money of this gateway that is to go back, the oldest first.
pub fn open(connection: &Connection, gateway: &str) -> Result<Vec<Refund>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT * FROM refunds WHERE gateway = ?1 AND state IN ('wanted', 'asked') ORDER BY decided_ms LIMIT 100",
    )?;
    collect(select.query([gateway])?, read)
}

/// The refunds of an order.
pub fn of_order(connection: &Connection, id: OrderId) -> Result<Vec<Refund>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT * FROM refunds WHERE order_id = ?1 ORDER BY decided_ms")?;
    collect(select.query([id.to_string()])?, read)
}

/// What the provider, or whoever pays cash back, says of a refund. One that is done stays done.
pub fn became(
    tx: &Transaction<'_>,
    refund: &Refund,
    state: RefundState,
    trouble: &str,
    by: &str,
) -> Result<(), StoreError> {
    let ended = matches!(state, RefundState::Done | RefundState::Failed);
    let changed = tx.execute(
        "UPDATE refunds SET state = ?3, trouble = ?4, ended_ms = ?5
         WHERE gateway = ?1 AND provider_number = ?2 AND state <> 'done' AND state <> ?3",
        params![
            refund.gateway,
            refund.provider_number,
            word(&state)?,
            trouble,
            ended.then(|| now().as_millisecond())
        ],
    )?;
    if changed > 0 {
        let what = format!("refund {}", word(&state)?);
        audit::note(tx, by, &what, &refund.order.to_string(), trouble)?;
    }
    Ok(())
}

/// This piece of money is in the books already.
pub fn is_known_money(
    connection: &Connection,
    gateway: &str,
    provider_number: &str,
) -> Result<bool, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT 1 AS one FROM payments WHERE gateway = ?1 AND provider_number = ?2
         UNION ALL SELECT 1 FROM refunds WHERE gateway = ?1 AND provider_number = ?2",
    )?;
    Ok(first(select.query(params![gateway, provider_number])?, |_| Ok(()))?.is_some())
}
