//! Fees asked, and the entitlements that come of them.
//!
//! An order is durable before its payment code is drawn. Settling makes the entitlement in the same
//! transaction. Nobody is asked twice: not while an order is open, not when the entitlement is there.

use super::entitlements::{entitlement, grant};
use super::row::{column, from_word, json, parsed, word};
use super::{Store, StoreError};
use crate::domain::{
    CollectionId, Entitlement, EntitlementSource, Fee, Order, OrderId, OrderState, StudentRef,
};
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

/// An order that is still asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrder {
    /// The order.
    pub order: Order,
    /// Its payment code was shown, or was about to be: somebody may have paid.
    pub was_offered: bool,
}

/// What stands after asking for a fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// This order is open: the one asked for, or the one that was open already and stays in force.
    Open(OpenOrder),
    /// Nothing is to be paid any more.
    Entitled(Entitlement),
}

impl Store {
    /// Makes an order durable, unless one is open or the student is entitled already.
    pub fn open_order(&self, order: &Order, at: Timestamp) -> Result<Asked, StoreError> {
        self.write(|sql| {
            if let Some(entitlement) = entitlement(sql, &order.student, &order.collection)? {
                return Ok(Asked::Entitled(entitlement));
            }
            if let Some(open) = open_order(sql, &order.student, &order.collection)? {
                return Ok(Asked::Open(open));
            }
            sql.execute(
                "INSERT INTO orders (id, student, student_sealed, collection, fee_fen, price_version, state, opened_at)
                 VALUES (?1, mark(?2), sealed('order ' || ?1, ?2), ?3, ?4, ?5, 'open', ?6)",
                params![
                    order.id.to_string(),
                    order.student.as_str(),
                    order.collection.0,
                    order.fee.fen(),
                    order.price_version,
                    at.to_string(),
                ],
            )?;
            Ok(Asked::Open(OpenOrder { order: order.clone(), was_offered: false }))
        })
    }

    /// The payment code is about to be shown. Until this is durable nobody can have paid.
    pub fn order_offered(&self, id: OrderId, at: Timestamp) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "UPDATE orders SET offered_at = ? WHERE id = ? AND offered_at IS NULL",
                [at.to_string(), id.to_string()],
            )?;
            Ok(())
        })
    }

    /// Where an order stands; `None` if it was never opened here.
    pub fn order_state(&self, id: OrderId) -> Result<Option<OrderState>, StoreError> {
        self.read(|sql| Ok(order(sql, id)?.map(|(_, state)| state)))
    }

    /// Paid, by the provider's evidence: the entitlement, in the same transaction. Doing it again gives the
    /// same. Money that arrives for a closed order still entitles.
    pub fn settle_order(&self, id: OrderId, at: Timestamp) -> Result<Entitlement, StoreError> {
        self.write(|sql| {
            let (order, state) =
                order(sql, id)?.ok_or(StoreError::Unlawful("this order was never opened"))?;
            match state {
                OrderState::Refunded => {
                    return Err(StoreError::Unlawful("a refunded order entitles nobody"));
                }
                OrderState::Open | OrderState::Closed | OrderState::Settled => {}
            }
            end(sql, id, OrderState::Settled, at)?;
            let entitlement = Entitlement {
                student: order.student,
                collection: order.collection,
                source: EntitlementSource::Order { order: id },
            };
            grant(sql, &entitlement, at)
        })
    }

    /// Closed at the provider, unpaid. Says where the order stands now: a settled one stays settled.
    pub fn close_order(&self, id: OrderId, at: Timestamp) -> Result<OrderState, StoreError> {
        self.write(|sql| {
            let (_, state) =
                order(sql, id)?.ok_or(StoreError::Unlawful("this order was never opened"))?;
            if state == OrderState::Open {
                end(sql, id, OrderState::Closed, at)?;
                return Ok(OrderState::Closed);
            }
            Ok(state)
        })
    }

    /// Paid back: the order entitles nobody any more.
    pub fn refund_order(&self, id: OrderId, at: Timestamp) -> Result<(), StoreError> {
        self.write(|sql| {
            let (order, _) =
                order(sql, id)?.ok_or(StoreError::Unlawful("this order was never opened"))?;
            end(sql, id, OrderState::Refunded, at)?;
            sql.execute(
                "DELETE FROM entitlements WHERE student = mark(?) AND collection = ? AND source = ?",
                params![
                    order.student.as_str(),
                    order.collection.0,
                    json(&EntitlementSource::Order { order: id })?
                ],
            )?;
            Ok(())
        })
    }

    /// Orders that are still asked: taken up again after a restart.
    pub fn open_orders(&self) -> Result<Vec<OpenOrder>, StoreError> {
        self.read(|sql| {
            let mut query = sql.prepare(&format!(
                "{ORDERS} WHERE state = 'open' ORDER BY opened_at, id"
            ))?;
            let mut rows = query.query([])?;
            let mut orders = Vec::new();
            while let Some(row) = rows.next()? {
                orders.push(read_open(row)?);
            }
            Ok(orders)
        })
    }
}

/// Orders with their student, who is marked in `student` and sealed beside it.
const ORDERS: &str =
    "SELECT *, opened('order ' || id, student_sealed) AS student_opened FROM orders";

pub(super) fn open_order(
    sql: &Connection,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<Option<OpenOrder>, StoreError> {
    let mut query = sql.prepare(&format!(
        "{ORDERS} WHERE student = mark(?) AND collection = ? AND state = 'open'"
    ))?;
    let mut rows = query.query(params![student.as_str(), collection.0])?;
    rows.next()?.map(read_open).transpose()
}

fn order(sql: &Connection, id: OrderId) -> Result<Option<(Order, OrderState)>, StoreError> {
    let mut query = sql.prepare(&format!("{ORDERS} WHERE id = ?"))?;
    let mut rows = query.query([id.to_string()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let state = from_word(&column::<String>(row, "state")?, "order state")?;
    Ok(Some((read_order(row)?, state)))
}

fn end(sql: &Connection, id: OrderId, state: OrderState, at: Timestamp) -> Result<(), StoreError> {
    sql.execute(
        "UPDATE orders SET state = ?1, ended_at = ?2 WHERE id = ?3 AND state <> ?1",
        params![word(&state)?, at.to_string(), id.to_string()],
    )?;
    Ok(())
}

fn read_open(row: &Row<'_>) -> Result<OpenOrder, StoreError> {
    let offered_at: Option<String> = column(row, "offered_at")?;
    Ok(OpenOrder {
        order: read_order(row)?,
        was_offered: offered_at.is_some(),
    })
}

fn read_order(row: &Row<'_>) -> Result<Order, StoreError> {
    Ok(Order {
        id: parsed(row, "id")?,
        student: StudentRef::new(column::<String>(row, "student_opened")?),
        collection: CollectionId(column(row, "collection")?),
        fee: Fee::from_fen(column(row, "fee_fen")?),
        price_version: column(row, "price_version")?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, order, state_key, store, student};
    use super::*;

    fn open(order: &Order) -> Asked {
        Asked::Open(OpenOrder {
            order: order.clone(),
            was_offered: false,
        })
    }

    fn offered(order: &Order) -> Asked {
        Asked::Open(OpenOrder {
            order: order.clone(),
            was_offered: true,
        })
    }

    #[test]
    fn settling_gives_the_entitlement_once_and_again_the_same() {
        let (store, _folder) = store();
        let order = order(1);
        assert_eq!(store.open_order(&order, at(0)).unwrap(), open(&order));
        assert_eq!(
            store
                .entitlement(&order.student, &order.collection)
                .unwrap(),
            None
        );
        let entitlement = store.settle_order(order.id, at(1)).unwrap();
        assert_eq!(
            entitlement.source,
            EntitlementSource::Order { order: order.id }
        );
        assert_eq!(store.settle_order(order.id, at(2)).unwrap(), entitlement);
        assert_eq!(
            store.close_order(order.id, at(3)).unwrap(),
            OrderState::Settled
        );
        assert!(store.open_orders().unwrap().is_empty());
        assert_eq!(
            store
                .open_order(&super::super::samples::order(2), at(4))
                .unwrap(),
            Asked::Entitled(entitlement)
        );
    }

    #[test]
    fn an_open_order_stays_in_force_across_a_restart_and_a_second_asking() {
        let (store, folder) = store();
        let first = order(1);
        store.open_order(&first, at(0)).unwrap();
        store.order_offered(first.id, at(0)).unwrap();
        drop(store);
        let store = Store::open(folder.path(), &state_key()).unwrap();
        assert_eq!(
            store.open_orders().unwrap(),
            vec![OpenOrder {
                order: first.clone(),
                was_offered: true
            }]
        );
        assert_eq!(store.open_order(&order(2), at(1)).unwrap(), offered(&first));
    }

    #[test]
    fn a_closed_order_makes_room_for_another_and_late_money_still_entitles() {
        let (store, _folder) = store();
        store.open_order(&order(1), at(0)).unwrap();
        assert_eq!(
            store.close_order(order(1).id, at(1)).unwrap(),
            OrderState::Closed
        );
        assert_eq!(store.open_order(&order(2), at(2)).unwrap(), open(&order(2)));
        let late = store.settle_order(order(1).id, at(3)).unwrap();
        // the second order is still open: if it is paid too, the service pays it back
        assert_eq!(store.settle_order(order(2).id, at(4)).unwrap(), late);
    }

    #[test]
    fn a_refund_takes_the_entitlement_back() {
        let (store, _folder) = store();
        store.open_order(&order(1), at(0)).unwrap();
        store.settle_order(order(1).id, at(1)).unwrap();
        store.refund_order(order(1).id, at(2)).unwrap();
        assert_eq!(
            store.entitlement(&student(), &order(1).collection).unwrap(),
            None
        );
        assert!(matches!(
            store.settle_order(order(1).id, at(3)),
            Err(StoreError::Unlawful(_))
        ));
    }

    #[test]
    fn an_order_that_was_never_opened_entitles_nobody() {
        let (store, _folder) = store();
        assert!(matches!(
            store.settle_order(order(9).id, at(0)),
            Err(StoreError::Unlawful(_))
        ));
    }
}
