//! Orders and the money that arrived for them. What the provider says is brought here by `gateways`; this
//! room only keeps it, each arrow in one transaction.

use super::columns::{collect, first, now, parsed_at, time_at, word, word_at};
use super::{StoreError, audit, catalogue, entitlements};
use crate::domain::standing::day_in_china;
use crate::domain::{
    BoothId, CollectionId, EntitlementSource, Fee, Order, OrderId, OrderState, StudentRef,
};
use crate::wire::RefusalCode;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Row, Transaction, params};

/// An order as the service keeps it.
#[derive(Debug, Clone)]
pub struct KeptOrder {
    /// As the booth asked.
    pub order: Order,
    /// Name of the booth, for the phone page.
    pub booth_name: String,
    /// Where it stands.
    pub state: OrderState,
    /// What is drawn as a code.
    pub payment_url: String,
    /// When the code stops working.
    pub expires_at: Timestamp,
    /// On the student's receipt.
    pub receipt_number: Option<String>,
}

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

const SELECT: &str = "SELECT orders.*, booths.name AS booth_name FROM orders JOIN booths ON booths.id = orders.booth";

fn read(row: &Row<'_>) -> Result<KeptOrder, StoreError> {
    Ok(KeptOrder {
        order: Order {
            id: parsed_at(row, "id")?,
            student: StudentRef::new(row.get::<_, String>("student")?),
            collection: CollectionId(row.get("collection")?),
            fee: Fee::from_fen(row.get("fee_fen")?),
            price_version: row.get("price_version")?,
        },
        booth_name: row.get("booth_name")?,
        state: word_at(row, "state")?,
        payment_url: row.get("payment_url")?,
        expires_at: time_at(row, "expires_ms")?,
        receipt_number: row.get("receipt_number")?,
    })
}

/// The order of an id.
pub fn find(connection: &Connection, id: OrderId) -> Result<Option<KeptOrder>, StoreError> {
    let mut select = connection.prepare_cached(&format!("{SELECT} WHERE orders.id = ?1"))?;
    first(select.query([id.to_string()])?, read)
}

/// Open orders of the same student and collection beside this one: closed before a second code is shown.
pub fn open_beside(connection: &Connection, order: &Order) -> Result<Vec<OrderId>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id FROM orders WHERE student = ?1 AND collection = ?2 AND id <> ?3 AND state = 'open'",
    )?;
    let rows = select.query(params![
        order.student.as_str(),
        order.collection.0,
        order.id.to_string()
    ])?;
    collect(rows, |row| parsed_at(row, "id"))
}

/// Open orders whose code no longer works.
pub fn expired(connection: &Connection) -> Result<Vec<OrderId>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id FROM orders WHERE state = 'open' AND expires_ms <= ?1 LIMIT 100",
    )?;
    collect(select.query([now().as_millisecond()])?, |row| {
        parsed_at(row, "id")
    })
}

/// The rules that a new order has to keep.
pub fn check_new(connection: &Connection, order: &Order) -> Result<(), StoreError> {
    let refuse = |code, why| Err(StoreError::Refused(code, why));
    let Some((collection, _)) = catalogue::find(connection, &order.collection)? else {
        return refuse(
            RefusalCode::UnknownCollection,
            "the service does not know this collection",
        );
    };
    if entitlements::find(connection, &order.student, &order.collection)?.is_some() {
        return refuse(
            RefusalCode::AlreadyEntitled,
            "the student has already paid or owes nothing",
        );
    }
    if collection.fee.is_nothing()
        || (collection.fee, collection.price_version) != (order.fee, order.price_version)
    {
        return refuse(
            RefusalCode::FeeChanged,
            "the fee of the collection is another one",
        );
    }
    if !collection.is_open(day_in_china(now())) {
        return refuse(RefusalCode::NotOpen, "the collection is not open today");
    }
    Ok(())
}

/// Keeps a new order.
pub fn insert(
    tx: &Transaction<'_>,
    order: &Order,
    booth: BoothId,
    payment_url: &str,
    validity: SignedDuration,
) -> Result<(), StoreError> {
    check_new(tx, order)?;
    let made = now();
    tx.execute(
        "INSERT INTO orders (id, booth, student, collection, fee_fen, price_version, state, payment_url, made_ms, expires_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7, ?8, ?9)",
        params![
            order.id.to_string(),
            booth.to_string(),
            order.student.as_str(),
            order.collection.0,
            order.fee.fen(),
            order.price_version,
            payment_url,
            made.as_millisecond(),
            made.as_millisecond() + validity.as_millis() as i64
        ],
    )?;
    audit::note(
        tx,
        &booth.to_string(),
        "open order",
        &order.id.to_string(),
        &order.fee.fen().to_string(),
    )
}

/// The provider has the money: payment, state, receipt number and entitlement together, once.
pub fn settle(tx: &Transaction<'_>, id: OrderId, evidence: &Evidence) -> Result<(), StoreError> {
    let Some(kept) = find(tx, id)? else {
        return Ok(());
    };
    if matches!(kept.state, OrderState::Settled | OrderState::Refunded) {
        return Ok(());
    }
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
        "UPDATE orders SET state = 'settled', receipt_number = ?2 WHERE id = ?1",
        params![id.to_string(), format!("{day}-{number:06}")],
    )?;
    audit::note(
        tx,
        evidence.gateway,
        "settle order",
        &id.to_string(),
        &evidence.amount.fen().to_string(),
    )?;
    if evidence.amount != kept.order.fee {
        // money of another amount gives no right; reconciliation finds the line
        return audit::note(
            tx,
            evidence.gateway,
            "amount differs",
            &id.to_string(),
            &kept.order.fee.fen().to_string(),
        );
    }
    let source = EntitlementSource::Order { order: id };
    if !entitlements::give(tx, &kept.order.student, &kept.order.collection, source)? {
        // a second payment of the same student: the refund belongs to reconciliation
        audit::note(
            tx,
            evidence.gateway,
            "paid twice",
            &id.to_string(),
            "to be refunded",
        )?;
    }
    Ok(())
}

/// The provider will take no money for it any more.
pub fn close(tx: &Transaction<'_>, id: OrderId) -> Result<(), StoreError> {
    let closed = tx.execute(
        "UPDATE orders SET state = ?2 WHERE id = ?1 AND state = 'open'",
        params![id.to_string(), word(&OrderState::Closed)?],
    )?;
    if closed > 0 {
        audit::note(tx, "service", "close order", &id.to_string(), "")?;
    }
    Ok(())
}
