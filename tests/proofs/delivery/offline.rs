//! A month without a network: everything is confirmed first, then all of it drains. As many submissions as
//! `PROOF_HISTORIES` says; a campus has some five thousand.

use super::child::{self, Errand};
use super::kills::drawn;
use super::office::office;
use super::verdict::{When, check};
use crate::plan::Plan;
use fastrand::Rng;
use std::time::{Duration, Instant};

/// More than one process confirms in a run, so that nothing hangs on one life of it.
const PER_LIFE: u64 = 100;

#[test]
fn a_month_offline_drains_whole_and_in_order() {
    let plan = Plan::asked(12);
    let office = office();
    let (folder, booth) = office.enrols();
    let mut dice = Rng::with_seed(plan.seed);
    let mut promised = std::collections::BTreeSet::new();
    let mut left = plan.histories.min(5_000);
    while left > 0 {
        let life = left.min(PER_LIFE);
        left -= life;
        let errand = Errand {
            confirm: (0..life).map(|_| drawn(&mut dice, booth)).collect(),
            ..Errand::default()
        };
        // nobody listens there
        let came = child::run(folder.path(), "http://127.0.0.1:9", &errand);
        assert!(came.finished, "{}", came.said);
        promised.extend(came.promised);
    }
    let begun = now();
    let drain = Errand {
        deliver: Some(Duration::from_hours(1)),
        purge: true,
        ..Errand::default()
    };
    let came = child::run(folder.path(), &office.url(), &drain);
    assert!(came.finished, "{}", came.said);
    let took = begun.elapsed();
    check(
        &office,
        folder.path(),
        booth,
        &promised,
        When::AtTheEnd,
        "a month offline",
    );
    println!(
        "{} submissions offline drained in {:.1} s over loopback, 0 lost, 0 doubled",
        promised.len(),
        took.as_secs_f64()
    );
}

fn now() -> Instant {
    gradbooth::clock::now()
}
