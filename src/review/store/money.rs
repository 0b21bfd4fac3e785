//! The books against each other: the provider's money, the orders, the rights. What does not agree is found, owned by
//! somebody and dated, and stays on the list until it agrees.

use super::columns::{collect, now, time_at};
use super::{StoreError, meta};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Transaction, params};

/// What does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Kind of it: `paid_without_right`.
    pub what: String,
    /// An order, a payment, a report.
    pub subject: String,
    /// Who has to settle it: `service_desk`, `finance`, `operator`, `school`.
    pub owner: String,
    /// Since when it is known.
    pub found_at: Timestamp,
    /// By when it is to be settled.
    pub due_at: Timestamp,
}

/// One way in which books can differ: a query that gives subjects, whose business it is, and for how long.
struct Check {
    what: &'static str,
    owner: &'static str,
    days: i64,
    subjects: &'static str,
}

/// `:now` is now, `:billed` is until when the provider's bill was read (milliseconds; 0 for never).
const CHECKS: [Check; 9] = [
    Check {
        what: "paid_without_right",
        owner: "service_desk",
        days: 1,
        subjects: "SELECT orders.id FROM orders JOIN payments ON payments.order_id = orders.id
                   WHERE state = 'settled' AND NOT EXISTS (SELECT 1 FROM entitlements
                       WHERE entitlements.student = orders.student AND entitlements.collection = orders.collection)",
    },
    Check {
        what: "right_without_payment",
        owner: "service_desk",
        days: 1,
        subjects: "SELECT student || ' ' || collection FROM entitlements
                   WHERE json_extract(source, '$.by') = 'order' AND NOT EXISTS (SELECT 1 FROM orders
                       JOIN payments ON payments.order_id = orders.id
                       WHERE orders.id = json_extract(source, '$.order') AND state = 'settled')",
    },
    Check {
        what: "report_does_not_fit",
        owner: "operator",
        days: 7,
        subjects: "SELECT digest FROM payment_reports WHERE fits = 0 AND NOT EXISTS (SELECT 1 FROM orders
                       WHERE orders.id = payment_reports.order_id AND state = 'settled')",
    },
    Check {
        what: "refund_late",
        owner: "finance",
        days: 7,
        subjects: "SELECT gateway || ' ' || provider_number FROM refunds
                   WHERE state IN ('wanted', 'asked') AND decided_ms < :now - 600000",
    },
    Check {
        what: "refund_failed",
        owner: "finance",
        days: 7,
        subjects: "SELECT gateway || ' ' || provider_number FROM refunds WHERE state = 'failed'",
    },
    Check {
        what: "refund_by_hand",
        owner: "operator",
        days: 7,
        subjects: "SELECT gateway || ' ' || provider_number FROM refunds WHERE state = 'by_hand'",
    },
    Check {
        what: "bill_without_payment",
        owner: "finance",
        days: 7,
        subjects: "SELECT gateway || ' ' || provider_number FROM bill_lines WHERE NOT EXISTS
                       (SELECT 1 FROM payments WHERE payments.gateway = bill_lines.gateway
                        AND payments.provider_number = bill_lines.provider_number AND amount_fen = paid_fen)
                   AND NOT EXISTS (SELECT 1 FROM refunds WHERE refunds.gateway = bill_lines.gateway
                        AND refunds.provider_number = bill_lines.provider_number)",
    },
    Check {
        what: "payment_not_on_bill",
        owner: "finance",
        days: 7,
        subjects: "SELECT gateway || ' ' || provider_number FROM payments WHERE paid_ms <= :billed
                   AND EXISTS (SELECT 1 FROM bill_lines WHERE bill_lines.gateway = payments.gateway)
                   AND NOT EXISTS (SELECT 1 FROM bill_lines WHERE bill_lines.gateway = payments.gateway
                        AND bill_lines.provider_number = payments.provider_number)",
    },
    Check {
        what: "pays_later",
        owner: "school",
        days: 30,
        subjects: "SELECT student || ' ' || collection FROM debts",
    },
];

/// Compares everything with everything; what agrees by now is settled, what is new gets its owner and its day.
pub fn compare(tx: &Transaction<'_>) -> Result<Vec<Mismatch>, StoreError> {
    let at = now();
    let billed: i64 = meta(tx, BILLED_UNTIL)?
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    for check in CHECKS {
        let due = at + SignedDuration::from_hours(24 * check.days);
        let subjects = check
            .subjects
            .replace(":now", &at.as_millisecond().to_string())
            .replace(":billed", &billed.to_string());
        tx.execute(
            &format!(
                "INSERT INTO mismatches (what, subject, owner, found_ms, due_ms)
                 SELECT ?1, found.subject, ?2, ?3, ?4 FROM (SELECT subject FROM (SELECT NULL AS subject WHERE 0
                     UNION {subjects})) AS found WHERE true
                 ON CONFLICT DO UPDATE SET settled_ms = NULL, found_ms = iif(settled_ms IS NULL, found_ms, ?3),
                     due_ms = iif(settled_ms IS NULL, due_ms, ?4)"
            ),
            params![check.what, check.owner, at.as_millisecond(), due.as_millisecond()],
        )?;
        tx.execute(
            &format!(
                "UPDATE mismatches SET settled_ms = ?2 WHERE what = ?1 AND settled_ms IS NULL
                     AND subject NOT IN ({subjects})"
            ),
            params![check.what, at.as_millisecond()],
        )?;
    }
    open(tx)
}

/// What does not agree, the most urgent first.
pub fn open(connection: &Connection) -> Result<Vec<Mismatch>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT * FROM mismatches WHERE settled_ms IS NULL ORDER BY due_ms, what, subject LIMIT 1000",
    )?;
    collect(select.query([])?, |row| {
        Ok(Mismatch {
            what: row.get("what")?,
            subject: row.get("subject")?,
            owner: row.get("owner")?,
            found_at: time_at(row, "found_ms")?,
            due_at: time_at(row, "due_ms")?,
        })
    })
}

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

/// Keeps the lines of a bill; a line that came before is replaced.
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
    super::set_meta(tx, BILLED_UNTIL, &until.as_millisecond().to_string())?;
    Ok(())
}

/// A row of the three books side by side, for the finance office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRow {
    /// Our order number, the provider's too.
    pub order: String,
    /// On the student's receipt.
    pub receipt_number: String,
    /// For which collection.
    pub collection: String,
    /// What was asked.
    pub asked_fen: i64,
    /// Through which gateway money came.
    pub gateway: String,
    /// The provider's number.
    pub provider_number: String,
    /// What came in.
    pub paid_fen: i64,
    /// When.
    pub paid_at: Option<Timestamp>,
    /// `open`, `settled`, `closed`, `refunded`.
    pub state: String,
    /// The student has the right, whatever it came from.
    pub has_right: bool,
    /// What goes back or went back.
    pub refund_fen: i64,
    /// How far that is.
    pub refund_state: String,
}

/// Every order with its money, its right and its refund, oldest first.
pub fn books(connection: &Connection) -> Result<Vec<BookRow>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT orders.id, coalesce(receipt_number, '') AS receipt_number, orders.collection, fee_fen,
             coalesce(payments.gateway, '') AS gateway, coalesce(payments.provider_number, '') AS provider_number,
             coalesce(payments.amount_fen, 0) AS paid_fen, paid_ms, orders.state,
             EXISTS (SELECT 1 FROM entitlements WHERE entitlements.student = orders.student
                 AND entitlements.collection = orders.collection) AS has_right,
             coalesce((SELECT sum(amount_fen) FROM refunds WHERE refunds.order_id = orders.id), 0) AS refund_fen,
             coalesce((SELECT group_concat(refunds.state, ' ') FROM refunds WHERE refunds.order_id = orders.id), '')
                 AS refund_state
         FROM orders LEFT JOIN payments ON payments.order_id = orders.id ORDER BY made_ms, orders.id",
    )?;
    collect(select.query([])?, |row| {
        let paid: Option<i64> = row.get("paid_ms")?;
        Ok(BookRow {
            order: row.get("id")?,
            receipt_number: row.get("receipt_number")?,
            collection: row.get("collection")?,
            asked_fen: row.get("fee_fen")?,
            gateway: row.get("gateway")?,
            provider_number: row.get("provider_number")?,
            paid_fen: row.get("paid_fen")?,
            paid_at: paid.and_then(|at| Timestamp::from_millisecond(at).ok()),
            state: row.get("state")?,
            has_right: row.get("has_right")?,
            refund_fen: row.get("refund_fen")?,
            refund_state: row.get("refund_state")?,
        })
    })
}
