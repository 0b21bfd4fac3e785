//! A provider that takes no money: its own book, its own states, its own race between paying and closing.
//!
//! It behaves as a real one does towards the service (open, query, close by order number; an order that was
//! closed cannot be paid, one that was paid cannot be closed); only the phone page's "pay now" is a button.

use super::{PaymentGateway, Proof, Silent};
use crate::domain::{Fee, Order, OrderId};
use crate::review::random;
use crate::review::store::columns::{first, now, time_at};
use crate::review::store::refunds::{Refund, RefundState};
use crate::review::store::settlement::Evidence;
use crate::review::store::{Store, StoreError};
use rusqlite::{Transaction, params};

/// Name in payments and audit.
const NAME: &str = "simulated";

/// The simulated provider.
#[derive(Clone)]
pub struct Simulated {
    store: Store,
    public_url: String,
}

impl Simulated {
    /// A provider whose phone page is at `public_url`.
    pub fn new(store: Store, public_url: String) -> Self {
        Self { store, public_url }
    }

    /// What the button on the phone page does: true when the order is paid, now or before.
    pub fn pay(&self, id: OrderId) -> Result<bool, StoreError> {
        let number = format!("SIM{:016x}", u64::from_be_bytes(random::bytes()?));
        self.store.write_now(|tx| {
            tx.execute(
                "UPDATE simulated_provider SET state = 'paid', provider_number = ?2, paid_ms = ?3
                 WHERE order_id = ?1 AND state = 'not_paid'",
                params![id.to_string(), number, now().as_millisecond()],
            )?;
            Ok(matches!(proof(tx, id)?, Proof::Paid(_)))
        })
    }
}

impl PaymentGateway for Simulated {
    fn name(&self) -> &'static str {
        NAME
    }

    fn open_on_phone(&self, order: &Order, _phone: &str) -> Result<Option<String>, Silent> {
        self.open(order).map(|_| None)
    }

    fn refund(&self, refund: &Refund) -> Result<(RefundState, String), Silent> {
        self.store.write_now(|tx| {
            tx.execute(
                "INSERT OR IGNORE INTO simulated_refunds (order_id, amount_fen, refunded_ms) VALUES (?1, ?2, ?3)",
                params![refund.order.to_string(), refund.amount.fen(), now().as_millisecond()],
            )?;
            Ok(())
        })?;
        Ok((RefundState::Done, String::new()))
    }

    fn open(&self, order: &Order) -> Result<String, Silent> {
        self.store.write_now(|tx| {
            tx.execute(
                "INSERT OR IGNORE INTO simulated_provider (order_id, amount_fen, state) VALUES (?1, ?2, 'not_paid')",
                params![order.id.to_string(), order.fee.fen()],
            )?;
            Ok(())
        })?;
        Ok(format!("{}/p/{}", self.public_url, order.id))
    }

    fn query(&self, id: OrderId) -> Result<Proof, Silent> {
        Ok(self.store.read_now(|tx| proof(tx, id))?)
    }

    fn close(&self, id: OrderId) -> Result<Proof, Silent> {
        Ok(self.store.write_now(|tx| {
            tx.execute(
                "UPDATE simulated_provider SET state = 'closed' WHERE order_id = ?1 AND state = 'not_paid'",
                [id.to_string()],
            )?;
            proof(tx, id)
        })?)
    }
}

fn proof(tx: &Transaction<'_>, id: OrderId) -> Result<Proof, StoreError> {
    let mut select = tx.prepare_cached("SELECT * FROM simulated_provider WHERE order_id = ?1")?;
    let known = first(select.query([id.to_string()])?, |row| {
        Ok(match row.get::<_, String>("state")?.as_str() {
            "paid" => Proof::Paid(Evidence {
                gateway: NAME,
                provider_number: row.get("provider_number")?,
                amount: Fee::from_fen(row.get("amount_fen")?),
                paid_at: time_at(row, "paid_ms")?,
            }),
            "closed" => Proof::Closed,
            _ => Proof::NotPaid,
        })
    })?;
    // an order that the provider never heard of cannot be paid there
    Ok(known.unwrap_or(Proof::Closed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CollectionId, StudentRef};
    use crate::review::store::in_memory;

    #[test]
    fn what_is_closed_cannot_be_paid_and_what_is_paid_cannot_be_closed() {
        let (store, _folder) = in_memory();
        let gateway = Simulated::new(store, "http://localhost".into());
        let order = |byte| Order {
            id: OrderId::from_bytes([byte; 16]),
            student: StudentRef::new("00ff"),
            collection: CollectionId("c".into()),
            fee: Fee::from_fen(2000),
            price_version: 1,
        };
        for byte in [1, 2] {
            gateway.open(&order(byte)).unwrap();
        }
        let [paid, closed] = [1, 2].map(|byte| order(byte).id);
        assert!(gateway.pay(paid).unwrap());
        let Proof::Paid(evidence) = gateway.close(paid).unwrap() else {
            panic!("closed after paying")
        };
        assert!(gateway.pay(paid).unwrap());
        assert_eq!(
            gateway.query(paid).unwrap(),
            Proof::Paid(evidence),
            "paid once, with one number"
        );
        assert_eq!(gateway.close(closed).unwrap(), Proof::Closed);
        assert!(!gateway.pay(closed).unwrap());
        assert!(!gateway.pay(OrderId::from_bytes([3; 16])).unwrap());
    }
}
