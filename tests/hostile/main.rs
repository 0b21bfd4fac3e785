//! Everything that reads bytes from outside, fed with broken ones: it may refuse, it may not panic.
//!
//! The default run mutates a few good inputs from a fixed seed. `HOSTILE_RUNS=100000` tries more;
//! `tests/fuzz` drives the same entries by coverage, for as long as one likes.

mod entries;
mod mutate;

use entries::{ENTRIES, Entry};
use mutate::mutated;
use std::env;
use std::panic::catch_unwind;

fn feed(entry: &Entry, runs: usize) {
    let seeds = (entry.seeds)();
    let mut dice = fastrand::Rng::with_seed(0x6772_6164);
    for seed in &seeds {
        (entry.run)(seed);
    }
    for run in 0..runs {
        let bytes = mutated(&seeds, &mut dice);
        let outcome = catch_unwind(|| (entry.run)(&bytes));
        assert!(
            outcome.is_ok(),
            "{} panicked in run {run} on {}",
            entry.name,
            hex(&bytes)
        );
    }
}

/// Enough to play it again; a picture is too long to print whole.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let shown = bytes.len().min(2_000);
    let mut text = format!("{} bytes: ", bytes.len());
    for byte in &bytes[..shown] {
        let _written = write!(text, "{byte:02x}");
    }
    text
}

#[test]
fn nothing_from_outside_makes_a_parser_panic() {
    let asked = env::var("HOSTILE_RUNS")
        .ok()
        .map(|runs| runs.parse().unwrap());
    for entry in ENTRIES {
        feed(entry, asked.unwrap_or(entry.usual_runs));
    }
}

#[test]
fn every_seed_is_read() {
    for entry in ENTRIES {
        let seeds = (entry.seeds)();
        assert!(
            !seeds.is_empty() && seeds.iter().all(|seed| !seed.is_empty()),
            "{}",
            entry.name
        );
    }
}

#[test]
fn every_entry_is_a_fuzz_target() {
    let targets: Vec<_> = include_str!("../fuzz/Cargo.toml")
        .split("[[bin]]\nname = \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let entries: Vec<_> = ENTRIES.iter().map(|entry| entry.name).collect();
    assert_eq!(targets, entries);
}
