//! The order in which things changed, for booths that pull.

use super::StoreError;
use rusqlite::{Connection, Transaction, params};

/// What can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The list of collections.
    Catalogue,
    /// The list of schools.
    Institutions,
    /// The calendar.
    WorkingDays,
    /// How to reach customer service.
    Service,
    /// The roster of a collection.
    Roster,
    /// A decision.
    Decision,
    /// A submission.
    Submission,
    /// An entitlement; its key is `student collection`.
    Entitlement,
    /// The answer to a request.
    Request,
    /// An order that was paid back.
    Refund,
    /// Which payment keys count.
    PaymentKeys,
    /// What is decided for all booths.
    BoothSettings,
}

const ALL: [(Kind, &str); 12] = [
    (Kind::Catalogue, "catalogue"),
    (Kind::Institutions, "institutions"),
    (Kind::WorkingDays, "working_days"),
    (Kind::Service, "service"),
    (Kind::Roster, "roster"),
    (Kind::Decision, "decision"),
    (Kind::Submission, "submission"),
    (Kind::Entitlement, "entitlement"),
    (Kind::Request, "request"),
    (Kind::Refund, "refund"),
    (Kind::PaymentKeys, "payment_keys"),
    (Kind::BoothSettings, "booth_settings"),
];

/// Notes that something changed, in the transaction that changed it.
pub fn changed(tx: &Transaction<'_>, kind: Kind, key: &str) -> Result<(), StoreError> {
    let word = ALL
        .iter()
        .find(|(k, _)| *k == kind)
        .map_or("", |(_, word)| word);
    tx.execute(
        "INSERT OR REPLACE INTO feed (kind, key) VALUES (?1, ?2)",
        params![word, key],
    )?;
    Ok(())
}

/// One change.
pub struct Change {
    /// Its place in the order.
    pub seq: i64,
    /// What changed.
    pub kind: Kind,
    /// Which one.
    pub key: String,
}

/// The next changes after a place, at most `limit`.
pub fn after(connection: &Connection, seq: i64, limit: u32) -> Result<Vec<Change>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT seq, kind, key FROM feed WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
    super::columns::collect(select.query(params![seq, limit])?, |row| {
        let word: String = row.get("kind")?;
        let kind = ALL.iter().find(|(_, w)| *w == word).map(|(kind, _)| *kind);
        Ok(Change {
            seq: row.get("seq")?,
            kind: kind.ok_or(StoreError::Unreadable("kind".into()))?,
            key: row.get("key")?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_that_changes_again_moves_to_the_end() {
        let (store, _folder) = super::super::in_memory();
        let order = store
            .write_now(|tx| {
                for key in ["a", "b", "a"] {
                    changed(tx, Kind::Roster, key)?;
                }
                after(tx, 0, 10)
            })
            .unwrap();
        let keys: Vec<_> = order
            .iter()
            .map(|change| (change.seq, change.key.as_str()))
            .collect();
        assert_eq!(keys, [(2, "b"), (3, "a")]);
    }
}
