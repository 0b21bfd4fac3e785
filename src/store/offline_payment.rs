//! Rights that the booth gives on proof that needs no network: a receipt, nine digits, a voucher, an attendant's word
//! for cash, a school that lets students pay later. Each is one transaction of right, report to the service, and audit.

use super::entitlements::{entitlement, grant};
use super::orders::{self, SettledBy};
use super::row::{from_json, json};
use super::{Store, StoreError, catalogue};
use crate::domain::{
    CollectionId, Entitlement, EntitlementSource, Order, OrderId, OrderState, StudentRef, VoucherId,
};
use crate::wire::PaymentReport;
use crate::wire::offline::{PaymentReceipt, PaymentReceiptError};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

/// What the booth decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redeemed {
    /// This right stands.
    Entitled(Entitlement),
    /// The receipt says something else than this booth asked.
    Receipt(PaymentReceiptError),
    /// The money was paid back.
    Refunded,
    /// Somebody else has spent the voucher.
    Spent,
    /// The attendant may take no more cash today.
    OverTheLimit,
    /// This collection does not allow it.
    NotAllowed,
}

impl Store {
    /// A receipt that one of the payment keys has signed is shown by this student, for this collection. It need not be
    /// of an order of this booth. Shown again it gives the same.
    pub fn redeem_receipt(
        &self,
        receipt: &PaymentReceipt,
        student: &StudentRef,
        collection: &CollectionId,
        at: Timestamp,
    ) -> Result<Redeemed, StoreError> {
        self.write(|sql| {
            let known = orders::order(sql, receipt.order)?;
            let asked = match &known {
                Some((order, _)) => Some(order.fee),
                None => catalogue::collection(sql, collection)?.and_then(|c| receipt.asked_by(&c)),
            };
            if let Err(error) = receipt.check(student, collection, asked) {
                return Ok(Redeemed::Receipt(error));
            }
            let is_refunded = matches!(&known, Some((_, OrderState::Refunded)));
            if is_refunded || is_refunded_anywhere(sql, receipt.order)? {
                return Ok(Redeemed::Refunded);
            }
            let of_another_booth = || Order {
                id: receipt.order,
                student: student.clone(),
                collection: collection.clone(),
                fee: receipt.amount,
                price_version: receipt.price_version,
            };
            let order = known.map_or_else(of_another_booth, |(order, _)| order);
            settled(sql, order, SettledBy::Receipt, at)
        })
    }

    /// Nine digits that fit an order of this booth were typed.
    pub fn redeem_digits(&self, id: OrderId, at: Timestamp) -> Result<Redeemed, StoreError> {
        self.write(|sql| {
            let (order, state) = orders::known(sql, id)?;
            if state == OrderState::Refunded {
                return Ok(Redeemed::Refunded);
            }
            settled(sql, order, SettledBy::Digits, at)
        })
    }

    /// A voucher that one of the payment keys has signed is spent by this student. Who is entitled already keeps it.
    pub fn spend_voucher(
        &self,
        voucher: VoucherId,
        student: &StudentRef,
        collection: &CollectionId,
        at: Timestamp,
    ) -> Result<Redeemed, StoreError> {
        self.write(|sql| {
            if let Some(standing) = entitlement(sql, student, collection)? {
                return Ok(Redeemed::Entitled(standing));
            }
            let source = EntitlementSource::Voucher { voucher };
            let is_spent = sql
                .prepare("SELECT 1 FROM entitlements WHERE source = ?")?
                .exists([json(&source)?])?;
            if is_spent {
                return Ok(Redeemed::Spent);
            }
            let (student, collection) = (student.clone(), collection.clone());
            report(
                sql,
                &PaymentReport::Voucher {
                    voucher,
                    student: student.clone(),
                    collection: collection.clone(),
                },
            )?;
            audit(sql, "spend voucher", &voucher.short(), at)?;
            entitled(sql, student, collection, source, at)
        })
    }

    /// An attendant has taken the fee of an order of this booth in cash. `limit_fen` is what one booth may take on
    /// `day`; `booth` begins the number on the student's slip.
    pub fn take_cash(
        &self,
        id: OrderId,
        (day, limit_fen): (Date, u32),
        booth: &str,
        at: Timestamp,
    ) -> Result<(Redeemed, Option<String>), StoreError> {
        self.write(|sql| {
            let (order, state) = orders::known(sql, id)?;
            if let Some(standing) = entitlement(sql, &order.student, &order.collection)? {
                return Ok((Redeemed::Entitled(standing), cash_number(sql, id, booth)?));
            }
            if state == OrderState::Refunded {
                return Ok((Redeemed::Refunded, None));
            }
            let is_allowed = catalogue::collection(sql, &order.collection)?
                .is_some_and(|collection| collection.terms.cash);
            if !is_allowed {
                return Ok((Redeemed::NotAllowed, None));
            }
            let taken: i64 = sql.query_row(
                "SELECT coalesce(sum(fee_fen), 0) FROM cash WHERE day = ?",
                [day.to_string()],
                |row| row.get(0),
            )?;
            if taken + i64::from(order.fee.fen()) > i64::from(limit_fen) {
                return Ok((Redeemed::OverTheLimit, None));
            }
            sql.execute(
                "INSERT INTO cash (order_id, fee_fen, day) VALUES (?, ?, ?)",
                params![id.to_string(), order.fee.fen(), day.to_string()],
            )?;
            let number = cash_number(sql, id, booth)?.unwrap_or_default();
            report(
                sql,
                &PaymentReport::Cash {
                    order: order.clone(),
                    receipt_number: number.clone(),
                    taken_at: at,
                },
            )?;
            audit(sql, "take cash", &number, at)?;
            settled(sql, order, SettledBy::Cash, at).map(|redeemed| (redeemed, Some(number)))
        })
    }

    /// The right of a student whose school lets them pay later.
    pub fn grant_pay_later(
        &self,
        student: &StudentRef,
        collection: &CollectionId,
        at: Timestamp,
    ) -> Result<Redeemed, StoreError> {
        self.write(|sql| {
            if let Some(standing) = entitlement(sql, student, collection)? {
                return Ok(Redeemed::Entitled(standing));
            }
            let is_allowed = catalogue::collection(sql, collection)?
                .is_some_and(|collection| collection.terms.pay_later);
            if !is_allowed {
                return Ok(Redeemed::NotAllowed);
            }
            let (student, collection) = (student.clone(), collection.clone());
            report(
                sql,
                &PaymentReport::PayLater {
                    student: student.clone(),
                    collection: collection.clone(),
                },
            )?;
            entitled(sql, student, collection, EntitlementSource::PayLater, at)
        })
    }

    /// An order was paid back, wherever it was made: it entitles nobody, here and from now on.
    pub fn order_refunded(&self, id: OrderId, at: Timestamp) -> Result<(), StoreError> {
        self.write(|sql| refunded(sql, id, at))
    }

    /// What the service has not been told yet, in its order: place and report.
    pub fn unsent_payment_reports(&self) -> Result<Vec<(i64, PaymentReport)>, StoreError> {
        self.read(|sql| {
            let mut query = sql.prepare(
                "SELECT place, opened('payment report ' || mark, body) FROM payment_reports
                 WHERE sent_at IS NULL ORDER BY place LIMIT 100",
            )?;
            let mut rows = query.query([])?;
            let mut reports = Vec::new();
            while let Some(row) = rows.next()? {
                let body: String = row.get(1)?;
                reports.push((row.get(0)?, from_json(&body, "payment report")?));
            }
            Ok(reports)
        })
    }

    /// The service has this report.
    pub fn payment_report_sent(&self, place: i64, at: Timestamp) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "UPDATE payment_reports SET sent_at = ? WHERE place = ? AND sent_at IS NULL",
                params![at.to_string(), place],
            )?;
            Ok(())
        })
    }
}

fn settled(
    sql: &Connection,
    order: Order,
    by: SettledBy,
    at: Timestamp,
) -> Result<Redeemed, StoreError> {
    let id = order.id;
    let was = entitlement(sql, &order.student, &order.collection)?;
    orders::end_settled(sql, id, by, at)?;
    let source = EntitlementSource::Order { order: id };
    if was.is_none() {
        let digits = by == SettledBy::Digits;
        if by != SettledBy::Cash {
            report(
                sql,
                &PaymentReport::Settled {
                    order: order.clone(),
                    digits,
                },
            )?;
        }
        audit(sql, by.word(), &id.short(), at)?;
    }
    entitled(sql, order.student, order.collection, source, at)
}

/// The right stands from here on, or has stood before.
fn entitled(
    sql: &Connection,
    student: StudentRef,
    collection: CollectionId,
    source: EntitlementSource,
    at: Timestamp,
) -> Result<Redeemed, StoreError> {
    let right = Entitlement {
        student,
        collection,
        source,
    };
    grant(sql, &right, at).map(Redeemed::Entitled)
}

/// Takes back what an order gave.
pub(super) fn refunded(sql: &Connection, id: OrderId, at: Timestamp) -> Result<(), StoreError> {
    sql.execute(
        "INSERT OR IGNORE INTO refunded_orders (id) VALUES (?)",
        [id.to_string()],
    )?;
    orders::end(sql, id, OrderState::Refunded, at)?;
    sql.execute(
        "DELETE FROM entitlements WHERE source = ?",
        [json(&EntitlementSource::Order { order: id })?],
    )?;
    Ok(())
}

fn is_refunded_anywhere(sql: &Connection, id: OrderId) -> Result<bool, StoreError> {
    Ok(sql
        .prepare("SELECT 1 FROM refunded_orders WHERE id = ?")?
        .exists([id.to_string()])?)
}

fn cash_number(sql: &Connection, id: OrderId, booth: &str) -> Result<Option<String>, StoreError> {
    let number: Option<i64> = sql
        .query_row(
            "SELECT number FROM cash WHERE order_id = ?",
            [id.to_string()],
            |row| row.get(0),
        )
        .optional()?;
    Ok(number.map(|number| format!("C-{booth}-{number:04}")))
}

fn report(sql: &Connection, report: &PaymentReport) -> Result<(), StoreError> {
    sql.execute(
        "INSERT OR IGNORE INTO payment_reports (mark, body)
         VALUES (mark(?1), sealed('payment report ' || mark(?1), ?1))",
        [json(report)?],
    )?;
    Ok(())
}

fn audit(sql: &Connection, what: &str, about: &str, at: Timestamp) -> Result<(), StoreError> {
    sql.execute(
        "INSERT INTO audit (at, what, about) VALUES (?, ?, ?)",
        params![at.to_string(), what, about],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;
