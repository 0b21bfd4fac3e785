//! What booths decided about money by themselves. Each is kept; what fits the books enters them, what does not is for
//! somebody to look at.

use super::columns::{first, now};
use super::settlement::{self, Evidence};
use super::{StoreError, audit, catalogue, debts, entitlements, orders, vouchers};
use crate::domain::{BoothId, EntitlementSource, Order, OrderState};
use crate::wire::{Digest, PaymentReport};
use rusqlite::{Transaction, params};

/// Takes a report; tells whether it fits. The same one again changes nothing.
pub fn take(
    tx: &Transaction<'_>,
    booth: BoothId,
    report: &PaymentReport,
) -> Result<bool, StoreError> {
    let body = serde_json::to_string(report)?;
    let digest = Digest::of(format!("{booth}\n{body}").as_bytes()).to_string();
    let mut known = tx.prepare_cached("SELECT fits FROM payment_reports WHERE digest = ?1")?;
    if let Some(fits) = first(known.query([&digest])?, |row| Ok(row.get("fits")?))? {
        return Ok(fits);
    }
    let fits = enter(tx, booth, report)?;
    tx.execute(
        "INSERT INTO payment_reports (digest, booth, body, order_id, fits, came_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            digest,
            booth.to_string(),
            body,
            order_of(report).map(|order| order.id.to_string()),
            fits,
            now().as_millisecond()
        ],
    )?;
    if !fits {
        audit::note(tx, &booth.to_string(), "report does not fit", &digest, "")?;
    }
    Ok(fits)
}

fn order_of(report: &PaymentReport) -> Option<&Order> {
    match report {
        PaymentReport::Settled { order, .. } | PaymentReport::Cash { order, .. } => Some(order),
        PaymentReport::Voucher { .. } | PaymentReport::PayLater { .. } => None,
    }
}

fn enter(tx: &Transaction<'_>, booth: BoothId, report: &PaymentReport) -> Result<bool, StoreError> {
    match report {
        // the booth says that it let somebody in; only the provider's money makes it so here
        PaymentReport::Settled { order, .. } => Ok(orders::find(tx, order.id)?
            .is_some_and(|kept| kept.order == *order && kept.state == OrderState::Settled)),
        PaymentReport::Voucher {
            voucher,
            student,
            collection,
        } => vouchers::spend(tx, *voucher, student, collection),
        PaymentReport::Cash {
            order,
            receipt_number,
            taken_at,
        } => {
            let Some((collection, _)) = catalogue::find(tx, &order.collection)? else {
                return Ok(false);
            };
            match orders::find(tx, order.id)? {
                Some(kept) if kept.order != *order => return Ok(false),
                Some(_) => {}
                None => orders::insert_taken(tx, order, booth)?,
            }
            let evidence = Evidence {
                gateway: super::refunds::CASH,
                provider_number: receipt_number.clone(),
                amount: order.fee,
                paid_at: *taken_at,
            };
            settlement::settle(tx, order.id, &evidence)?;
            Ok(collection.terms.cash)
        }
        PaymentReport::PayLater {
            student,
            collection,
        } => {
            let Some((known, _)) = catalogue::find(tx, collection)? else {
                return Ok(false);
            };
            if !known.terms.pay_later {
                return Ok(false);
            }
            if entitlements::give(tx, student, collection, EntitlementSource::PayLater)? {
                debts::owe(tx, student, collection)?;
            }
            Ok(true)
        }
    }
}
