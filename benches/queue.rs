//! What the queue costs: Submit to durable beside a plain `INSERT`, delivering beside the bare line, growth of the file.
//! Printed, not asserted. The file lies in the target folder, so that syncing is this machine's real syncing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a bench prints its figures, and shares the proofs' service and line"
)]

#[path = "../tests/proofs/delivery/line.rs"]
#[allow(dead_code, reason = "the proofs use more of it")]
mod line;
#[path = "../tests/proofs/delivery/office.rs"]
#[allow(dead_code, reason = "the proofs use more of it")]
mod office;

use gradbooth::clock;
use gradbooth::domain::{
    BoothId, CollectionId, EducationCategory, Entitlement, EntitlementSource, StudentRef,
    SubmissionId,
};
use gradbooth::store::{DATABASE_NAME, NewSubmission, StateKey, Store};
use gradbooth::wire::submission::MANIFEST_VERSION;
use gradbooth::wire::{BoothKey, Consent, Digest, KnownStudent, Manifest};
use gradbooth::workers::http::ServiceClient;
use gradbooth::workers::service::{Enrolled, OfflinePayment, Rhythm, ServiceWorkers};
use line::{Fault, Line};
use rusqlite::{Connection, params};
use std::error::Error;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SUBMISSIONS: u8 = 30;
/// A capture of a 1080p webcam.
const CAPTURE_BYTES: usize = 900_000;
/// Each piece of 16 kB takes so long: about 2 MB a second.
const SLOW_MS: u64 = 8;

struct Made {
    store: Store,
    key: BoothKey,
    folder: tempfile::TempDir,
    booth: tempfile::TempDir,
}

fn main() -> Result<(), Box<dyn Error>> {
    let office = office::office();
    let (booth, _) = office.enrols();
    let key: BoothKey = toml::from_str(&std::fs::read_to_string(booth.path().join("booth.key"))?)?;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let store = Store::open(folder.path(), &StateKey::from_bytes([3; 32]))?;
    let made = Made {
        store,
        key,
        folder,
        booth,
    };
    let mut took = Vec::new();
    for n in 0..SUBMISSIONS {
        took.push(confirm(&made, n)?);
    }
    report("Submit to durable: seal, sign, store", &mut took);
    report(
        "the same bytes by a plain INSERT",
        &mut plain_inserts(&made)?,
    );
    let grown = std::fs::metadata(made.folder.path().join(DATABASE_NAME))?.len();
    let sealed = u64::from(SUBMISSIONS) * (CAPTURE_BYTES as u64 + 12_000);
    println!(
        "file growth: {:.3} bytes a byte of photo and capture",
        grown as f64 / sealed as f64
    );
    deliver(&made, sealed)
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

/// Everything over a slow line, beside the bare line with the same bytes.
fn deliver(made: &Made, bytes: u64) -> Result<(), Box<dyn Error>> {
    let slow = || std::iter::repeat_n(Fault::Slow(SLOW_MS), 4000);
    let sink = TcpListener::bind("127.0.0.1:0")?;
    let bare = Line::to(sink.local_addr()?.port());
    bare.fails(slow());
    let begun = clock::now();
    let reading = std::thread::Builder::new()
        .name("sink".into())
        .spawn(move || drain(&sink))?;
    send(bare.port, bytes)?;
    reading.join().map_err(|_| "the sink ended early")??;
    let bare_s = begun.elapsed().as_secs_f64();

    let line = Line::to(office::office().port);
    line.fails(slow());
    let begun = clock::now();
    let _workers = workers(made, &line.url())?;
    wait_until_empty(&made.store, begun)?;
    let took_s = begun.elapsed().as_secs_f64();
    println!(
        "delivering {SUBMISSIONS} submissions over a slow line: {:.2} MB/s, {:.1} % of the bare line's {:.2} MB/s",
        bytes as f64 / took_s / 1e6,
        bare_s / took_s * 100.0,
        bytes as f64 / bare_s / 1e6
    );
    Ok(())
}

fn drain(sink: &TcpListener) -> std::io::Result<()> {
    let (mut stream, _) = sink.accept()?;
    let mut piece = vec![0; 65_536];
    while stream.read(&mut piece)? > 0 {}
    Ok(())
}

fn send(port: u16, bytes: u64) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    let piece = vec![7; 65_536];
    for _ in 0..bytes / 65_536 {
        stream.write_all(&piece)?;
    }
    Ok(())
}

fn workers(made: &Made, url: &str) -> Result<ServiceWorkers, Box<dyn Error>> {
    let key = &made.key;
    let enrolled = Enrolled {
        booth: key.booth,
        sealer: key.sealer()?,
        service_key: key.service_key()?,
        campus_key: None,
        retention: jiff::SignedDuration::from_hours(24),
        review_days: 2,
        offline: OfflinePayment::of(key, url, 0)?,
    };
    let client = ServiceClient::new(url, key)?;
    Ok(ServiceWorkers::start(
        &made.store,
        client,
        enrolled,
        Rhythm::default(),
        &(Arc::new(|| {}) as _),
    )?)
}

fn wait_until_empty(store: &Store, begun: Instant) -> Result<(), Box<dyn Error>> {
    while store.counts()?.queued > 0 {
        if begun.elapsed() > Duration::from_mins(5) {
            return Err("the queue did not drain".into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let held = store.counts()?.held;
    if held > 0 {
        Err(format!("{held} were refused").into())
    } else {
        Ok(())
    }
}
