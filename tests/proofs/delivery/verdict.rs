//! What is true, read from the two databases: nothing lost, nothing doubled, nothing purged without a verified receipt,
//! nothing stuck; and from the files of the booth: nothing that a thief could read.

use super::office::{Office, capture_of};
use super::thief;
use gradbooth::domain::{BoothId, SubmissionId};
use gradbooth::store::DATABASE_NAME;
use gradbooth::wire::{Digest, Receipt};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the booth's database says of one submission.
struct AtBooth {
    state: String,
    because: Option<String>,
    receipt: Option<String>,
    purged: bool,
    sealed: Option<Vec<u8>>,
}

/// What the service's database says of one.
struct AtService {
    signed_for: Digest,
    capture: Digest,
}

/// In the middle of a history, or at its end, when everything has to be delivered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum When {
    Midway,
    AtTheEnd,
}

/// Panics with what was broken; `history` says how to play it again.
pub fn check(
    office: &Office,
    folder: &Path,
    booth: BoothId,
    promised: &BTreeSet<SubmissionId>,
    when: When,
    history: &str,
) {
    let at_booth = read_booth(&folder.join("state").join(DATABASE_NAME));
    let at_service = read_service(&office.database, booth, history);
    for id in promised {
        assert!(
            at_booth.contains_key(id),
            "LOST at the booth: {id} was promised; {history}"
        );
    }
    for id in at_service.keys() {
        assert!(
            at_booth.contains_key(id),
            "LOST at the booth: {id} is at the service only; {history}"
        );
    }
    for (id, line) in &at_booth {
        let delivered = at_service.get(id);
        if let Some(sealed) = &line.sealed {
            assert!(
                delivered.is_none_or(|there| there.signed_for == Digest::of(sealed)),
                "ANOTHER at the service: {id}; {history}"
            );
        } else {
            assert!(
                line.purged,
                "LOST at the booth: the bytes of {id}; {history}"
            );
        }
        if line.purged || !matches!(line.state.as_str(), "queued" | "held") {
            let receipt: Receipt = serde_json::from_str(
                line.receipt.as_deref().unwrap_or_default(),
            )
            .unwrap_or_else(|_| panic!("PURGED or delivered without a receipt: {id}; {history}"));
            let there = delivered
                .unwrap_or_else(|| panic!("LOST at the service: {id} was signed for; {history}"));
            assert!(
                receipt
                    .verify(&office.service_key, *id, there.signed_for)
                    .is_ok(),
                "FORGED receipt: {id}; {history}"
            );
        }
        if when == When::AtTheEnd {
            assert!(
                !matches!(line.state.as_str(), "queued" | "held"),
                "STUCK: {id} is {} because of {:?}; {history}",
                line.state,
                line.because
            );
        }
    }
    for (id, there) in &at_service {
        assert_eq!(
            there.capture,
            Digest::of(&capture_of(folder, *id)),
            "ANOTHER picture: {id}; {history}"
        );
    }
    thief::finds_nothing(folder, &at_booth.into_keys().collect::<Vec<_>>(), history);
}

fn open(path: &Path) -> Connection {
    // the log of a killed process is part of the database: reading it writes the shared memory file beside
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
}

fn read_booth(path: &Path) -> BTreeMap<SubmissionId, AtBooth> {
    if !path.exists() {
        return BTreeMap::new();
    }
    let database = open(path);
    // killed before its first table, it has none
    let Ok(mut query) = database.prepare(
        "SELECT id, state, coalesce(held_because, last_trouble), receipt, purged_at IS NOT NULL, envelope FROM submissions
         LEFT JOIN sealed_submissions ON submission = id",
    ) else {
        return BTreeMap::new();
    };
    let line = |row: &rusqlite::Row<'_>| {
        let at_booth = AtBooth {
            state: row.get(1)?,
            because: row.get(2)?,
            receipt: row.get(3)?,
            purged: row.get(4)?,
            sealed: row.get(5)?,
        };
        Ok((row.get::<_, String>(0)?.parse().unwrap(), at_booth))
    };
    query
        .query_map([], line)
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

fn read_service(path: &Path, booth: BoothId, history: &str) -> BTreeMap<SubmissionId, AtService> {
    let database = open(path);
    database
        .busy_timeout(std::time::Duration::from_secs(20))
        .unwrap();
    let mut query = database
        .prepare(
            "SELECT id, sequence, manifest_sha256, capture FROM submissions JOIN submission_parts ON submission = id
             WHERE booth = ? ORDER BY sequence",
        )
        .unwrap();
    let mut sequences = BTreeSet::new();
    let line = |row: &rusqlite::Row<'_>| {
        let signed_for: String = row.get(2)?;
        let capture: Vec<u8> = row.get(3)?;
        let there = AtService {
            signed_for: signed_for.parse().unwrap(),
            capture: Digest::of(&capture),
        };
        Ok((
            row.get::<_, i64>(1)?,
            row.get::<_, String>(0)?.parse().unwrap(),
            there,
        ))
    };
    let mut found = BTreeMap::new();
    for (sequence, id, there) in query
        .query_map([booth.to_string()], line)
        .unwrap()
        .map(Result::unwrap)
    {
        assert!(
            sequences.insert(sequence),
            "DOUBLED: two submissions no. {sequence}; {history}"
        );
        found.insert(id, there);
    }
    found
}

/// How many of a booth's submissions are at the service.
pub fn arrived(office: &Office, booth: BoothId) -> usize {
    read_service(&office.database, booth, "").len()
}

/// What the attendant is told of one that waits.
pub fn waits_because(folder: &Path, id: SubmissionId) -> Option<String> {
    let database = open(&folder.join("state").join(DATABASE_NAME));
    let waits = "SELECT last_trouble FROM submissions WHERE id = ? AND state = 'queued'";
    database
        .query_row(waits, [id.to_string()], |row| row.get(0))
        .unwrap()
}
