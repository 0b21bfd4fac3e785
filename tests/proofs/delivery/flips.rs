//! A flipped byte anywhere in the booth's file: noticed, never delivered as if it were right, and never in the way of
//! the other submissions.

use super::child::{self, Enough, Errand};
use super::kills::{PATIENCE, drawn};
use super::office::office;
use super::thief;
use crate::plan::Plan;
use fastrand::Rng;
use gradbooth::store::DATABASE_NAME;

#[test]
fn a_flipped_byte_is_never_delivered_and_the_rest_is_salvaged() {
    let office = office();
    let (folder, booth) = office.enrols();
    let mut dice = Rng::with_seed(Plan::asked(0).seed);
    let errand = Errand {
        confirm: (0..4).map(|_| drawn(&mut dice, booth)).collect(),
        ..Errand::default()
    };
    assert!(child::run(folder.path(), &office.url(), &errand).finished);
    let path = folder.path().join("state").join(DATABASE_NAME);
    let whole = std::fs::read(&path).unwrap();
    let flips = Plan::asked(25).histories;
    let (mut delivered, mut refused, mut salvaged) = (0, 0, 0);
    for _ in 0..flips {
        let mut flipped = whole.clone();
        let at = dice.usize(..flipped.len());
        flipped[at] ^= 1 << dice.u8(0..8);
        std::fs::write(&path, &flipped).unwrap();
        for suffix in ["-wal", "-shm"] {
            let _none =
                std::fs::remove_file(folder.path().join(format!("state/{DATABASE_NAME}{suffix}")));
        }
        let bundles = folder.path().join("salvaged");
        let _none = std::fs::remove_dir_all(&bundles);
        let found = gradbooth::store::salvage(&folder.path().join("state"), &bundles).unwrap();
        // of four at most one is hurt: by its own bytes, or by its row
        assert!(
            found.saved.len() >= 3,
            "byte {at}: only {} of 4 salvaged",
            found.saved.len()
        );
        salvaged += found.saved.len();
        if found.saved.len() == 4 {
            delivered += 1;
        } else {
            refused += 1;
        }
        thief::finds_nothing(
            folder.path(),
            &errand.confirm,
            &format!("flipped byte {at}"),
        );
    }
    // and what has a flipped byte in its contents is not sent as if it were right: the others are
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    std::fs::write(&path, &flipped).unwrap();
    let deliver = Errand {
        deliver: Some(PATIENCE),
        enough: Enough::Waiting(1),
        ..Errand::default()
    };
    let came = child::run(folder.path(), &office.url(), &deliver);
    let there = super::verdict::arrived(&office, booth);
    assert!(there >= 3, "only {there} of 4 arrived; {}", came.said);
    println!(
        "{flips} flipped bytes: {delivered} hit nothing that is sent, {refused} were noticed, {salvaged} submissions salvaged"
    );
}
