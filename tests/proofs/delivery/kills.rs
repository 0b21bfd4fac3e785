//! `kill -9` at every operation of the disk from the first start to purging, and the power cut there.

use super::child::{self, Errand};
use super::disk::Disk;
use super::office::{Office, office};
use super::verdict::{When, check};
use crate::plan::Plan;
use fastrand::Rng;
use gradbooth::domain::{BoothId, SubmissionId};
use std::collections::BTreeSet;
use std::time::Duration;

/// Longer than draining takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);
/// No path has so many; reached only if a killed process never gets to its end.
const MOST_OPERATIONS: u64 = 2_000;
/// A whole path takes about so long: a kill comes anywhere in it.
const MOST_US: u64 = 60_000;
/// So many random kills at one service.
const KILLS_TOGETHER: u64 = 200;
/// So many kills on the path at one service: a booth hears of what all the others have sent, and on a busy machine the
/// path would grow faster than the operation at which it is cut.
const PATHS_TOGETHER: u64 = 40;
/// In the default run: every so many operations.
const USUAL_STEP: u64 = 7;

/// An id that no other booth draws in the same history.
pub fn drawn(dice: &mut Rng, booth: BoothId) -> SubmissionId {
    SubmissionId::from_bytes((u128::from_be_bytes(*booth.as_bytes()) ^ dice.u128(..)).to_be_bytes())
}

/// The whole path: two submissions, confirmed, delivered, purged.
fn path(dice: &mut Rng, booth: BoothId) -> Errand {
    Errand {
        confirm: vec![drawn(dice, booth), drawn(dice, booth)],
        deliver: Some(PATIENCE),
        purge: true,
        ..Errand::default()
    }
}

/// Goes the path with a fault at each operation; `after` is what the machine does before the booth starts again.
fn at_every_operation(
    kind: &str,
    step: u64,
    mut after: impl FnMut(&std::path::Path, &mut Rng),
) -> (u64, u64) {
    let mut office = Office::opens();
    let (mut at, mut killed) = (1 + Plan::asked(0).seed % step, 0);
    while at < MOST_OPERATIONS {
        if killed % PATHS_TOGETHER == PATHS_TOGETHER - 1 {
            office = Office::opens();
        }
        let history = format!("{kind} at operation {at}");
        let mut dice = Rng::with_seed(at);
        let (folder, booth) = office.enrols();
        let log = folder.path().join("disk.log");
        let mut errand = path(&mut dice, booth);
        errand.variables = vec![
            ("FAULT_KIND", kind.to_owned()),
            ("FAULT_AT", at.to_string()),
            ("FAULT_LOG", log.display().to_string()),
        ];
        let came = child::run(folder.path(), &office.url(), &errand);
        if came.finished {
            return (at, killed);
        }
        killed += 1;
        after(folder.path(), &mut dice);
        let promised: BTreeSet<_> = came.promised.into_iter().collect();
        check(
            &office,
            folder.path(),
            booth,
            &promised,
            When::Midway,
            &history,
        );
        // nobody repairs anything: the booth starts again, confirms what it had not, delivers and purges
        let again = Errand {
            variables: vec![],
            ..errand
        };
        let came = child::run(folder.path(), &office.url(), &again);
        assert!(came.finished, "REPAIR needed: {}; {history}", came.said);
        let promised = again.confirm.into_iter().collect();
        check(
            &office,
            folder.path(),
            booth,
            &promised,
            When::AtTheEnd,
            &history,
        );
        at += step;
    }
    panic!("the path never came to its end");
}

/// Every operation when histories are asked for, else some.
fn step() -> u64 {
    if Plan::asked(0).histories > 0 {
        1
    } else {
        USUAL_STEP
    }
}

#[test]
fn killed_at_every_operation_nothing_is_lost() {
    for kind in ["kill", "torn"] {
        let (operations, killed) = at_every_operation(kind, step(), |_, _| {});
        assert!(killed > 3);
        println!(
            "{kind}: {operations} operations from first start to purge, killed at {killed} of them, 0 broken"
        );
    }
}

#[test]
fn killed_at_random_moments_nothing_is_lost() {
    let plan = Plan::asked(30);
    let groups = plan.goes_through(KILLS_TOGETHER, Office::opens, |office, seeds| {
        let (mut left, mut lives, mut promised) = (seeds, 0, 0);
        while let Some(first) = left.first() {
            let mut dice = Rng::with_seed(*first);
            let (folder, booth) = office.enrols();
            let errand = path(&mut dice, booth);
            let (mut safe, mut ended) = (BTreeSet::new(), false);
            while !ended {
                // one seed a kill; after the last one the booth is left alone
                let seed = left.split_off_first();
                let killed_after = seed
                    .map(|seed| Duration::from_micros(Rng::with_seed(*seed).u64(1_000..MOST_US)));
                let came = child::run(
                    folder.path(),
                    &office.url(),
                    &Errand {
                        killed_after,
                        ..errand.clone()
                    },
                );
                let history = format!("random kills from PROOF_SEED={first}");
                assert!(
                    came.finished || killed_after.is_some(),
                    "REPAIR needed: {}; {history}",
                    came.said
                );
                ended = came.finished;
                lives += 1;
                safe.extend(came.promised);
                let when = if ended { When::AtTheEnd } else { When::Midway };
                check(office, folder.path(), booth, &safe, when, &history);
            }
            promised += safe.len();
        }
        (lives, promised)
    });
    let lives: u64 = groups.iter().map(|(lives, _)| lives).sum();
    let promised: usize = groups.iter().map(|(_, promised)| promised).sum();
    println!(
        "{lives} lives of a booth, {} ended at a random moment, {promised} submissions promised: 0 lost, 0 doubled, \
         0 repaired by hand",
        plan.histories
    );
}

#[test]
fn the_power_is_cut_at_every_operation_and_nothing_is_lost() {
    let (operations, cut) = at_every_operation("kill", step(), |folder, dice| {
        // the booth was new: all that is there it has written itself
        let mut disk = Disk::default();
        disk.replay(&folder.join("disk.log"));
        disk.cut(&folder.join("state"), dice);
    });
    assert!(cut > 3);
    println!(
        "power cut: {operations} operations, cut at {cut} of them, un-synced writes lost or torn, 0 broken"
    );
}

#[test]
fn two_processes_never_work_on_one_queue() {
    let office = office();
    let (folder, booth) = office.enrols();
    let mut dice = Rng::with_seed(1);
    let first = Errand {
        confirm: vec![drawn(&mut dice, booth)],
        ..path(&mut dice, booth)
    };
    let promised: BTreeSet<_> = std::thread::scope(|scope| {
        let booths: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| child::run(folder.path(), &office.url(), &first)))
            .collect();
        let came: Vec<_> = booths
            .into_iter()
            .map(|booth| booth.join().unwrap())
            .collect();
        // those that came while another was at work say so, and touch nothing
        assert!(came.iter().any(|came| came.finished));
        assert!(
            came.iter()
                .all(|came| came.finished || came.said.contains("in use by another")),
            "{came:?}"
        );
        came.into_iter().flat_map(|came| came.promised).collect()
    });
    check(
        &office,
        folder.path(),
        booth,
        &promised,
        When::AtTheEnd,
        "three processes",
    );
}
