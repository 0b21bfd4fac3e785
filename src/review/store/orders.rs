//! Orders: asked for by booths, opened at the provider, closed there. What the provider says is brought here by
//! `gateways`; this room only keeps it, each arrow in one transaction. Their money is in `settlement`.

use super::columns::{collect, first, now, parsed_at, time_at, word, word_at};
use super::{StoreError, audit, catalogue, debts, entitlements};
use crate::domain::standing::day_in_china;
use crate::domain::{BoothId, CollectionId, Fee, Order, OrderId, OrderState, StudentRef};
use crate::wire::{OrderStatus, RefusalCode};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Row, Transaction, params};

/// An order as the service keeps it.
#[derive(Debug, Clone)]
pub struct KeptOrder {
    /// As the booth asked.
    pub order: Order,
    /// The booth that asked.
    pub booth: BoothId,
    /// Its name, for the phone page.
    pub booth_name: String,
    /// Where it stands.
    pub state: OrderState,
    /// What is drawn as a code.
    pub payment_url: String,
    /// When it was made here.
    pub made_at: Timestamp,
    /// When the code stops working.
    pub expires_at: Timestamp,
    /// On the student's receipt.
    pub receipt_number: Option<String>,
}

impl KeptOrder {
    /// What the booth is told of it.
    pub fn status(self, payee: &str) -> OrderStatus {
        let is_open = self.state == OrderState::Open;
        OrderStatus {
            id: self.order.id,
            state: self.state,
            payment_url: is_open.then_some(self.payment_url),
            expires_at: is_open.then_some(self.expires_at),
            payee: payee.to_owned(),
            receipt_number: self.receipt_number,
        }
    }

    /// A phone brought it from a booth without a network.
    pub fn is_long_lived(&self) -> bool {
        self.expires_at.duration_since(self.made_at) >= SignedDuration::from_hours(12)
    }
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
        booth: parsed_at(row, "booth")?,
        booth_name: row.get("booth_name")?,
        state: word_at(row, "state")?,
        payment_url: row.get("payment_url")?,
        made_at: time_at(row, "made_ms")?,
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
    let owes = debts::owes(connection, &order.student, &order.collection)?;
    if !owes && entitlements::find(connection, &order.student, &order.collection)?.is_some() {
        return refuse(
            RefusalCode::AlreadyEntitled,
            "the student has already paid or owes nothing",
        );
    }
    let asked = (order.fee, order.price_version);
    let is_the_price = asked == (collection.fee, collection.price_version);
    if order.fee.is_nothing() || !(is_the_price || catalogue::was_the_price(connection, order)?) {
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
    keep(tx, order, booth, payment_url, validity)
}

/// Keeps an order that a booth has taken cash for: whatever the rules say, the money is there.
pub fn insert_taken(tx: &Transaction<'_>, order: &Order, booth: BoothId) -> Result<(), StoreError> {
    keep(tx, order, booth, "", SignedDuration::ZERO)
}

fn keep(
    tx: &Transaction<'_>,
    order: &Order,
    booth: BoothId,
    payment_url: &str,
    validity: SignedDuration,
) -> Result<(), StoreError> {
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

/// When the money for an order came.
pub fn paid_at(connection: &Connection, id: OrderId) -> Result<Option<Timestamp>, StoreError> {
    let mut select =
        connection.prepare_cached("SELECT paid_ms FROM payments WHERE order_id = ?1")?;
    first(select.query([id.to_string()])?, |row| {
        time_at(row, "paid_ms")
    })
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
