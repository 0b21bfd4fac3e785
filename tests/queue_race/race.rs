//! What making one submission durable costs in an existing Rust queue on SQLite, and by a plain `INSERT`, with the same
//! bytes on the same disk as `cargo bench --bench queue`. Printed, nothing is asserted. The other queue neither seals
//! nor signs, and is opened as its documentation says.

use effectum::{Job, Queue};
use rusqlite::{Connection, params};
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

const SUBMISSIONS: usize = 100;
/// Photo and capture of one submission.
const BYTES: usize = 912_000;

fn payload(n: usize) -> Vec<u8> {
    // xorshift: bytes that compress as little as a JPEG's
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 ^ (n as u64 + 1);
    let mut bytes = Vec::with_capacity(BYTES + 8);
    while bytes.len() < BYTES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes
}

fn report(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{what}: p50 {:.1} ms, p99 {:.1} ms", at(0.5), at(0.99));
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // on the disk of the build, as the bench is: syncing is this machine's real syncing
    let folder = tempfile::tempdir_in(std::env::current_exe()?.parent().ok_or("no folder")?)?;
    let file = folder.path().join("effectum.sqlite");
    let queue = Queue::new(&file).await?;
    let mut took = Vec::new();
    for n in 0..SUBMISSIONS {
        let job = Job::builder("submission").payload(payload(n)).build();
        let begun = Instant::now();
        queue.add_job(job).await?;
        took.push(begun.elapsed());
    }
    report("effectum, adding a job", took);
    settings_of(&file)?;
    for synchronous in ["FULL", "NORMAL"] {
        let took = plain(
            &folder.path().join(format!("{synchronous}.sqlite")),
            synchronous,
        )?;
        report(
            &format!("plain INSERT, WAL, synchronous={synchronous}"),
            took,
        );
    }
    Ok(())
}

/// How the other queue's file is kept: what survives a cut of the power depends on it.
fn settings_of(file: &Path) -> Result<(), Box<dyn Error>> {
    let mode: String =
        Connection::open(file)?.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    let bytes = std::fs::metadata(file)?.len() as f64 / (SUBMISSIONS * BYTES) as f64;
    println!("effectum's file: journal_mode {mode}, {bytes:.3} bytes a byte of payload");
    Ok(())
}

fn plain(file: &Path, synchronous: &str) -> rusqlite::Result<Vec<Duration>> {
    let database = Connection::open(file)?;
    // the mode is answered with a row, which this version of rusqlite takes for a mistake
    database.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    database.pragma_update(None, "synchronous", synchronous)?;
    database.execute_batch("CREATE TABLE queue (id INTEGER PRIMARY KEY, body BLOB)")?;
    let mut took = Vec::new();
    for n in 0..SUBMISSIONS {
        let body = payload(n);
        let begun = Instant::now();
        database.execute("INSERT INTO queue VALUES (?, ?)", params![n as i64, body])?;
        took.push(begun.elapsed());
    }
    Ok(took)
}
