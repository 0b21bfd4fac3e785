//! Random histories over everything that goes wrong: the process, the disk, the power, the clock and the line, in any
//! order, and then one quiet day on which all that was promised has to arrive.

use super::child::{self, Errand};
use super::disk::Disk;
use super::kills::{PATIENCE, drawn};
use super::line::{Fault, Line};
use super::lines::PORTALS;
use super::office::Office;
use super::thief;
use super::verdict::{When, check};
use crate::plan::Plan;
use fastrand::Rng;
use gradbooth::domain::SubmissionId;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

const FOUR_YEARS_S: i64 = 126_000_000;

/// So many histories go on at one service.
const TOGETHER: u64 = 50;

#[test]
fn whatever_happens_nothing_is_lost_doubled_stuck_or_readable() {
    let plan = Plan::asked(12);
    let groups = plan.goes_through(TOGETHER, Office::opens, |office, seeds| {
        let mut happened = BTreeMap::new();
        let promised = seeds
            .iter()
            .map(|seed| history(office, *seed, &mut happened))
            .sum::<usize>();
        (promised, happened)
    });
    let promised: usize = groups.iter().map(|(promised, _)| promised).sum();
    let mut happened = BTreeMap::new();
    for (what, times) in groups.into_iter().flat_map(|(_, happened)| happened) {
        *happened.entry(what).or_insert(0) += times;
    }
    assert!(
        promised > 0,
        "histories in which nothing was promised prove nothing"
    );
    println!(
        "{} histories, {promised} submissions promised: 0 lost, 0 doubled, 0 purged without a verified receipt, \
         0 stuck, 0 repaired by hand, 0 readable at {} looks of a thief; {happened:?}",
        plan.histories,
        thief::looks()
    );
}

/// Gives how many submissions were promised.
fn history(office: &Office, seed: u64, happened: &mut BTreeMap<&'static str, u64>) -> usize {
    let mut dice = Rng::with_seed(seed);
    let told = format!("PROOF_SEED={seed} PROOF_HISTORIES=1");
    let line = Line::to(office.port);
    let (folder, booth) = office.enrols();
    let mut promised = BTreeSet::<SubmissionId>::new();
    let mut begun = Vec::new();
    for _ in 0..dice.u8(1..4) {
        let mut errand = Errand {
            confirm: (0..dice.u8(0..3))
                .map(|_| drawn(&mut dice, booth))
                .collect(),
            deliver: Some(Duration::from_millis(dice.u64(20..400))),
            purge: dice.bool(),
            looked_at: (0..dice.u8(0..3))
                .map(|_| Duration::from_micros(dice.u64(1_000..40_000)))
                .collect(),
            ..Errand::default()
        };
        // a student whose booth died under the finger comes back
        errand
            .confirm
            .extend(begun.iter().filter(|_| dice.bool()).copied());
        begun.clone_from(&errand.confirm);
        line.fails((0..dice.u8(0..8)).map(|_| fault_of_the_line(&mut dice)));
        let before = Disk::of(&folder.path().join("state"));
        let power = fault_of_the_booth(&mut errand, folder.path(), &mut dice, happened);
        let came = child::run(folder.path(), &line.url(), &errand);
        promised.extend(came.promised);
        if power && !came.finished {
            let mut disk = before;
            disk.replay(&folder.path().join("disk.log"));
            disk.cut(&folder.path().join("state"), &mut dice);
        }
        let _none_yet = std::fs::remove_file(folder.path().join("disk.log"));
        check(office, folder.path(), booth, &promised, When::Midway, &told);
    }
    line.fails([]);
    let quiet = Errand {
        deliver: Some(PATIENCE),
        purge: true,
        ..Errand::default()
    };
    let came = child::run(folder.path(), &line.url(), &quiet);
    assert!(came.finished, "REPAIR needed: {}; {told}", came.said);
    check(
        office,
        folder.path(),
        booth,
        &promised,
        When::AtTheEnd,
        &told,
    );
    promised.len()
}

/// Gives whether the power is cut when the process dies.
fn fault_of_the_booth(
    errand: &mut Errand,
    folder: &Path,
    dice: &mut Rng,
    happened: &mut BTreeMap<&'static str, u64>,
) -> bool {
    let at = dice.u64(1..160).to_string();
    let log = ("FAULT_LOG", folder.join("disk.log").display().to_string());
    let fails = |kind: &str, so_many: u64| {
        vec![
            ("FAULT_KIND", kind.to_owned()),
            ("FAULT_AT", at.clone()),
            ("FAULT_FOR", so_many.to_string()),
        ]
    };
    let so_many = dice.u64(1..30);
    let (name, variables) = match dice.u8(0..9) {
        0 => ("nothing", vec![]),
        1 => {
            errand.killed_after = Some(Duration::from_micros(dice.u64(3_000..120_000)));
            ("killed at some moment", vec![])
        }
        2 => ("killed at an operation", fails("kill", 0)),
        3 => ("killed in the middle of a write", fails("torn", 0)),
        4 => ("power cut", [fails("kill", 0), vec![log]].concat()),
        5 => ("disk full", fails("enospc", so_many)),
        6 => ("read-only", fails("erofs", so_many)),
        7 => ("input/output error", fails("eio", so_many)),
        _ => {
            let seconds = if dice.bool() {
                -14 * FOUR_YEARS_S
            } else {
                5 * FOUR_YEARS_S
            };
            ("wrong clock", vec![("FAULT_CLOCK", seconds.to_string())])
        }
    };
    *happened.entry(name).or_default() += 1;
    errand.variables = variables;
    name == "power cut"
}

fn fault_of_the_line(dice: &mut Rng) -> Fault {
    let at = if dice.bool() {
        dice.u64(..2_000)
    } else {
        dice.u64(..200_000)
    };
    match dice.u8(0..10) {
        0 => Fault::None,
        1 => Fault::Refused,
        2 | 3 => Fault::CutUp(at),
        4 => Fault::CutDown(dice.u64(..600)),
        5 => Fault::CorruptUp(at),
        6 => Fault::CorruptDown(dice.u64(..600)),
        7 => Fault::Stall(at, dice.u64(5..60)),
        8 => Fault::DoubledUp(at),
        _ if dice.bool() => Fault::Slow(1, dice.u64(..4)),
        _ => Fault::Answered(PORTALS[dice.usize(..PORTALS.len())]),
    }
}
