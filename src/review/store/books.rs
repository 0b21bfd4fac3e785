//! The three books side by side, order by order: the provider's money, our orders, the rights. Reads them and keeps the
//! provider's bill; judges nothing (that is `money`) and moves no money (that is `settlement`).

use super::columns::{collect, parsed_at, time_at, word_at};
use super::{StoreError, set_meta};
use crate::domain::{OrderId, OrderState};
use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

/// Until when the provider's bill was read, in milliseconds.
pub const BILLED_UNTIL: &str = "billed_until";

/// A line of the provider's bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// The provider's own number.
    pub provider_number: String,
    /// Ours.
    pub order: String,
    /// What came in.
    pub paid_fen: i64,
    /// What went back.
    pub refunded_fen: i64,
}

/// Keeps the lines of a bill; of a line that came before the larger figures stay.
pub fn keep_bill(
    tx: &Transaction<'_>,
    gateway: &str,
    lines: &[BillLine],
    until: Timestamp,
) -> Result<(), StoreError> {
    for line in lines {
        tx.execute(
            "INSERT INTO bill_lines (gateway, provider_number, order_id, paid_fen, refunded_fen) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET paid_fen = max(paid_fen, excluded.paid_fen),
                 refunded_fen = max(refunded_fen, excluded.refunded_fen)",
            params![gateway, line.provider_number, line.order, line.paid_fen, line.refunded_fen],
        )?;
    }
    set_meta(tx, BILLED_UNTIL, &until.as_millisecond().to_string())?;
    Ok(())
}

/// An order in the three books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRow {
    /// Our order number, the provider's too.
    pub order: OrderId,
    /// On the student's receipt; empty while nothing is paid.
    pub receipt_number: String,
    /// For which collection.
    pub collection: String,
    /// When the order was made.
    pub made_at: Timestamp,
    /// What was asked.
    pub asked_fen: i64,
    /// Through which gateway money came; empty while none did.
    pub gateway: String,
    /// The provider's number.
    pub provider_number: String,
    /// What came in, by the provider's evidence.
    pub paid_fen: i64,
    /// When.
    pub paid_at: Option<Timestamp>,
    /// What came in, by the provider's bill; `None` where no bill has it.
    pub billed_fen: Option<i64>,
    /// Where the order stands.
    pub state: OrderState,
    /// What the student's right came from: `order`, `voucher`, `pay_later`, `nothing_due`; empty without a right.
    pub right_by: String,
    /// What goes back or went back.
    pub refund_fen: i64,
    /// How far that is, a word a refund.
    pub refund_state: String,
}

const ROWS: &str = "SELECT orders.id, coalesce(receipt_number, '') AS receipt_number, orders.collection, made_ms, fee_fen,
         coalesce(payments.gateway, '') AS gateway, coalesce(payments.provider_number, '') AS provider_number,
         coalesce(payments.amount_fen, 0) AS paid_fen, paid_ms, bill_lines.paid_fen AS billed_fen, orders.state,
         coalesce(json_extract(entitlements.source, '$.by'), '') AS right_by,
         coalesce((SELECT sum(amount_fen) FROM refunds WHERE refunds.order_id = orders.id), 0) AS refund_fen,
         coalesce((SELECT group_concat(refunds.state, ' ') FROM refunds WHERE refunds.order_id = orders.id), '')
             AS refund_state
     FROM orders LEFT JOIN payments ON payments.order_id = orders.id
     LEFT JOIN bill_lines ON bill_lines.gateway = payments.gateway
         AND bill_lines.provider_number = payments.provider_number
     LEFT JOIN entitlements ON entitlements.student = orders.student AND entitlements.collection = orders.collection";

fn read(row: &Row<'_>) -> Result<BookRow, StoreError> {
    let paid: Option<i64> = row.get("paid_ms")?;
    Ok(BookRow {
        order: parsed_at(row, "id")?,
        receipt_number: row.get("receipt_number")?,
        collection: row.get("collection")?,
        made_at: time_at(row, "made_ms")?,
        asked_fen: row.get("fee_fen")?,
        gateway: row.get("gateway")?,
        provider_number: row.get("provider_number")?,
        paid_fen: row.get("paid_fen")?,
        paid_at: paid.and_then(|at| Timestamp::from_millisecond(at).ok()),
        billed_fen: row.get("billed_fen")?,
        state: word_at(row, "state")?,
        right_by: row.get("right_by")?,
        refund_fen: row.get("refund_fen")?,
        refund_state: row.get("refund_state")?,
    })
}

/// Every order, oldest first: what the finance office files.
pub fn all(connection: &Connection) -> Result<Vec<BookRow>, StoreError> {
    let mut select = connection.prepare_cached(&format!("{ROWS} ORDER BY made_ms, orders.id"))?;
    collect(select.query([])?, read)
}

/// The newest orders whose order number begins with `sought`, or whose receipt or provider's number it is; of every order
/// where it is empty.
pub fn newest(
    connection: &Connection,
    sought: &str,
    limit: u32,
) -> Result<Vec<BookRow>, StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "{ROWS} WHERE ?1 = '' OR substr(orders.id, 1, length(?1)) = lower(?1) OR receipt_number = ?1
             OR payments.provider_number = ?1 ORDER BY made_ms DESC, orders.id LIMIT ?2"
    ))?;
    collect(select.query(params![sought, limit])?, read)
}

/// Sums over all books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// What came in.
    pub paid_fen: i64,
    /// What is back.
    pub returned_fen: i64,
    /// What is on its way back.
    pub returning_fen: i64,
}

/// What came in and what went back, of all time.
pub fn totals(connection: &Connection) -> Result<Totals, StoreError> {
    // money that came for an order beside its payment is in no payment, only in the refund that it caused
    let sums = "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM payments)
             + (SELECT coalesce(sum(amount_fen), 0) FROM refunds WHERE NOT EXISTS (SELECT 1 FROM payments
                 WHERE payments.gateway = refunds.gateway AND payments.provider_number = refunds.provider_number)),
         (SELECT coalesce(sum(amount_fen), 0) FROM refunds WHERE state = 'done'),
         (SELECT coalesce(sum(amount_fen), 0) FROM refunds WHERE state <> 'done')";
    Ok(connection.prepare_cached(sums)?.query_row([], |row| {
        Ok(Totals {
            paid_fen: row.get(0)?,
            returned_fen: row.get(1)?,
            returning_fen: row.get(2)?,
        })
    })?)
}
