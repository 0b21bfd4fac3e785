//! What the queue costs: Submit to durable beside a plain `INSERT`, growth of the file, delivering beside the bare line
//! with the live view on. Printed, not asserted. The file lies in the target folder, so that syncing is this machine's
//! real syncing.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a bench prints its figures, and shares the proofs' service and line"
)]

#[path = "../../tests/proofs/delivery/booth.rs"]
#[allow(dead_code, reason = "the proofs use more of it")]
mod booth;
mod drain;
#[path = "../../tests/fakecam/mod.rs"]
#[allow(dead_code, reason = "the tests of the camera use more of it")]
mod fakecam;
#[path = "../../tests/proofs/delivery/line.rs"]
#[allow(dead_code, reason = "the proofs use more of it")]
mod line;
#[path = "../../tests/proofs/delivery/office.rs"]
#[allow(dead_code, reason = "the proofs use more of it")]
mod office;

use gradbooth::clock;
use gradbooth::domain::{BoothId, SubmissionId};
use gradbooth::store::{DATABASE_NAME, StateKey, Store};
use gradbooth::wire::BoothKey;
use office::Office;
use rusqlite::{Connection, params};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

const SUBMISSIONS: u8 = 50;
/// A capture of a 1080p webcam.
const CAPTURE_BYTES: usize = 900_000;

struct Made {
    office: Arc<Office>,
    store: Store,
    key: BoothKey,
    folder: tempfile::TempDir,
    booth: tempfile::TempDir,
}

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --all-targets` runs benches as tests: nothing to measure then
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    if let Some(camera) = fakecam::FakeCamera::of_this_process() {
        return drain::beside_the_live_view(&camera);
    }
    costs()?;
    drain::again_under_the_camera()?;
    Ok(())
}

impl Made {
    fn new() -> Result<Self, Box<dyn Error>> {
        let office = office::office();
        let (booth, _) = office.enrols();
        let key = std::fs::read_to_string(booth.path().join("booth.key"))?;
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let store = Store::open(folder.path(), &StateKey::from_bytes([3; 32]))?;
        Ok(Self {
            office,
            store,
            key: toml::from_str(&key)?,
            folder,
            booth,
        })
    }

    /// All submissions confirmed; gives how long each took.
    fn confirm_all(&self) -> Result<Vec<Duration>, Box<dyn Error>> {
        (0..SUBMISSIONS).map(|n| confirm(self, n)).collect()
    }

    /// Bytes of all photos and captures.
    fn bytes(&self) -> Result<u64, Box<dyn Error>> {
        let photo = std::fs::metadata(self.booth.path().join("photo.jpg"))?.len();
        let one = |n| photo + capture(self, n).len() as u64;
        Ok((0..SUBMISSIONS).map(one).sum())
    }
}

fn costs() -> Result<(), Box<dyn Error>> {
    let made = Made::new()?;
    let mut took = made.confirm_all()?;
    report("Submit to durable: seal, sign, store", &mut took);
    let mut took = plain_inserts(&made)?;
    report("the same bytes by a plain INSERT", &mut took);
    // with what still stands in the log beside the file
    let file = Connection::open(made.folder.path().join(DATABASE_NAME))?;
    let size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let grown: i64 = file.query_row(size, [], |row| row.get(0))?;
    println!(
        "file growth: {:.3} bytes a byte of photo and capture",
        grown as f64 / made.bytes()? as f64
    );
    Ok(())
}

fn report(what: &str, took: &mut [Duration]) {
    took.sort();
    let at = |share: f64| {
        took.get(((took.len() - 1) as f64 * share) as usize)
            .copied()
            .unwrap_or_default()
    };
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{what}: p50 {:.1} ms, p99 {:.1} ms",
        ms(at(0.5)),
        ms(at(0.99))
    );
}

fn capture(made: &Made, n: u8) -> Vec<u8> {
    let mut bytes = office::capture_of(made.booth.path(), SubmissionId::from_bytes([n; 16]));
    // more comments of noise, until it has a webcam's size
    while bytes.len() < CAPTURE_BYTES {
        let comment = bytes.get(2..2 + 65_537).unwrap_or_default().to_vec();
        bytes.splice(2..2, comment);
    }
    bytes
}

fn id_of(n: u8) -> SubmissionId {
    SubmissionId::from_bytes([n; 16])
}

fn confirm(made: &Made, n: u8) -> Result<Duration, Box<dyn Error>> {
    let booth = (made.booth.path(), &made.key);
    Ok(booth::confirms(
        &made.store,
        booth,
        (unique(id_of(n), made.key.booth), &capture(made, n)),
    )?)
}

fn unique(id: SubmissionId, booth: BoothId) -> SubmissionId {
    SubmissionId::from_bytes(
        (u128::from_be_bytes(*id.as_bytes()) ^ u128::from_be_bytes(*booth.as_bytes()))
            .to_be_bytes(),
    )
}

/// What is least: one row of the same size, with the same durability.
fn plain_inserts(made: &Made) -> Result<Vec<Duration>, Box<dyn Error>> {
    let database = Connection::open(made.folder.path().join("plain.sqlite"))?;
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "FULL")?;
    database.execute_batch("CREATE TABLE queue (id TEXT PRIMARY KEY, photo BLOB, capture BLOB)")?;
    let photo = std::fs::read(made.booth.path().join("photo.jpg"))?;
    let mut took = Vec::new();
    for n in 0..SUBMISSIONS {
        let capture = capture(made, n);
        let begun = clock::now();
        database.execute(
            "INSERT INTO queue VALUES (?, ?, ?)",
            params![format!("{n:032x}"), photo, capture],
        )?;
        took.push(begun.elapsed());
    }
    Ok(took)
}
