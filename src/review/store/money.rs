//! The books against each other: the provider's money, the orders, the rights. What does not agree is found, owned by
//! somebody and dated, and stays on the list until it agrees.

use super::books::BILLED_UNTIL;
use super::columns::{collect, now, time_at};
use super::{StoreError, meta};
use crate::domain::OrderId;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Transaction, params};

/// What does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Kind of it: `paid_without_right`.
    pub what: String,
    /// An order, a payment, a report.
    pub subject: String,
    /// The order that it is about, where our books have one.
    pub order: Option<OrderId>,
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
const CHECKS: [Check; 10] = [
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
        what: "bill_refund_unknown",
        owner: "finance",
        days: 7,
        subjects: "SELECT gateway || ' ' || provider_number FROM bill_lines WHERE refunded_fen > coalesce(
                       (SELECT sum(amount_fen) FROM refunds WHERE refunds.gateway = bill_lines.gateway
                        AND refunds.provider_number = bill_lines.provider_number), 0)",
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
    // a subject is an order, a report, or two words: gateway and number, student and collection
    let mut select = connection.prepare_cached(
        "WITH split AS (SELECT *, substr(subject, 1, instr(subject, ' ') - 1) AS left_part,
                 substr(subject, instr(subject, ' ') + 1) AS right_part FROM mismatches WHERE settled_ms IS NULL)
         SELECT *, coalesce((SELECT id FROM orders WHERE id = subject),
             (SELECT order_id FROM payments WHERE gateway = left_part AND provider_number = right_part),
             (SELECT order_id FROM refunds WHERE gateway = left_part AND provider_number = right_part),
             (SELECT order_id FROM payment_reports WHERE digest = subject
                 AND EXISTS (SELECT 1 FROM orders WHERE orders.id = order_id)),
             (SELECT id FROM orders WHERE student = left_part AND collection = right_part ORDER BY made_ms DESC)) AS about
         FROM split ORDER BY due_ms, what, subject LIMIT 1000",
    )?;
    collect(select.query([])?, |row| {
        let about: Option<String> = row.get("about")?;
        Ok(Mismatch {
            what: row.get("what")?,
            subject: row.get("subject")?,
            order: about.and_then(|id| id.parse().ok()),
            owner: row.get("owner")?,
            found_at: time_at(row, "found_ms")?,
            due_at: time_at(row, "due_ms")?,
        })
    })
}
