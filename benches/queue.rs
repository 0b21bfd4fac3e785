//! What the queue costs: Submit to durable beside a plain `INSERT`, delivering beside the bare line, growth of the file.
//! Printed, not asserted. The file lies in the target folder, so that syncing is this machine's real syncing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a bench prints its figures, and shares the proofs' service and line"
)]

#[path = "../tests/proofs/delivery/booth.rs"]
#[allow(dead_code, reason = "the proofs use more of it")]
mod booth;
#[path = "../tests/proofs/delivery/line.rs"]
#[allow(dead_code, reason = "the proofs use more of it")]
mod line;
#[path = "../tests/proofs/delivery/office.rs"]
#[allow(dead_code, reason = "the proofs use more of it")]
mod office;

use gradbooth::camera::{CameraSource, Purpose, RecordingFolder};
use gradbooth::clock;
use gradbooth::domain::{BoothId, SubmissionId};
use gradbooth::store::{DATABASE_NAME, StateKey, Store};
use gradbooth::wire::BoothKey;
use gradbooth::workers::VisionWorkers;
use gradbooth::workers::service::Rhythm;
use line::{Fault, Line};
use office::Office;
use rusqlite::{Connection, params};
use std::error::Error;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const SUBMISSIONS: u8 = 30;
/// A capture of a 1080p webcam.
const CAPTURE_BYTES: usize = 900_000;
/// Each piece of 16 kB takes so long: about 2 MB a second.
const PIECE_MS: u64 = 8;
/// One way to a service in another city.
const AWAY_MS: u64 = 20;
/// How long the live view is looked at with nothing beside it.
const ALONE: Duration = Duration::from_secs(8);

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
    let office = office::office();
    let (booth, _) = office.enrols();
    let key: BoothKey = toml::from_str(&std::fs::read_to_string(booth.path().join("booth.key"))?)?;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let store = Store::open(folder.path(), &StateKey::from_bytes([3; 32]))?;
    let made = Made {
        office,
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

/// Everything over a slow line, beside the bare line with the same bytes, with somebody in front of the camera.
fn deliver(made: &Made, bytes: u64) -> Result<(), Box<dyn Error>> {
    let slow = || std::iter::repeat_n(Fault::Slow(PIECE_MS, AWAY_MS), 4000);
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

    let eyes = live()?;
    let alone_until = clock::now() + ALONE;
    let mut alone = gaps(&eyes, || clock::now() >= alone_until);
    let line = Line::to(made.office.port);
    line.fails(slow());
    let begun = clock::now();
    let workers = booth::workers(&made.store, &made.key, &line.url(), Rhythm::default());
    let mut beside = gaps(&eyes, || {
        workers.facts().for_each(drop);
        let is_empty = made.store.counts().is_ok_and(|counts| counts.queued == 0);
        is_empty || begun.elapsed() > Duration::from_mins(5)
    });
    let took_s = begun.elapsed().as_secs_f64();
    let left = made.store.counts()?;
    if left.queued + left.held > 0 {
        return Err(format!("not delivered: {left:?}").into());
    }
    println!(
        "delivering {SUBMISSIONS} submissions over a slow line, {AWAY_MS} ms away: {:.2} MB/s, {:.1} % of the bare line's {:.2} MB/s",
        bytes as f64 / took_s / 1e6,
        bare_s / took_s * 100.0,
        bytes as f64 / bare_s / 1e6
    );
    rate("live view alone", &mut alone);
    rate("live view beside the delivering", &mut beside);
    Ok(())
}

/// The recorded student in front of the real camera and analysis workers.
fn live() -> Result<VisionWorkers, Box<dyn Error>> {
    let source = CameraSource::Recording(RecordingFolder {
        folder: Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo"),
        code_page: None,
    });
    let eyes = VisionWorkers::start(source, &(Arc::new(|| {}) as _))?;
    eyes.open(Purpose::Portrait);
    let begun = clock::now();
    while eyes.frame().is_none() {
        if begun.elapsed() > Duration::from_secs(20) {
            return Err("no frame came".into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(eyes)
}

/// Times between frames, as a window that is drawn at once would show them.
fn gaps(eyes: &VisionWorkers, ends: impl Fn() -> bool) -> Vec<Duration> {
    let (mut gaps, mut last) = (Vec::new(), clock::now());
    while !ends() {
        eyes.facts().for_each(drop);
        drop(eyes.findings());
        if eyes.frame().is_some() {
            gaps.push(last.elapsed());
            last = clock::now();
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    gaps
}

fn rate(what: &str, gaps: &mut [Duration]) {
    let total: Duration = gaps.iter().sum();
    println!(
        "{what}: {:.1} frames a second",
        gaps.len() as f64 / total.as_secs_f64()
    );
    report("  between two frames", gaps);
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
