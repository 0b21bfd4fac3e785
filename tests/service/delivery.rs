//! Submissions in, receipts out, verdicts down.

use crate::bench::{Bench, refused, student, verified};
use gradbooth::domain::{DecisionId, NotApprovedReason, ReviewDecision, SubmissionState};
use gradbooth::review::store::{begin_epoch, decisions};
use gradbooth::wire::{Cursor, KnownStudent, paths};

#[test]
fn the_same_submission_gets_the_same_receipt_bytes_and_is_there_once() {
    let bench = Bench::new();
    let manifest = bench.manifest(1);
    let first = bench.put(&manifest);
    assert_eq!(first.status(), 200);
    let first = first.bytes().unwrap();
    let receipt = verified(&bench, &manifest, &first);
    assert_eq!(receipt.epoch, bench.changes(&Cursor::default()).epoch);
    for _ in 0..3 {
        assert_eq!(bench.put(&manifest).bytes().unwrap(), first);
    }
    assert_eq!(
        (bench.rows("submissions"), bench.rows("submission_parts")),
        (1, 1)
    );
}

#[test]
fn another_manifest_under_the_same_id_is_refused_and_kept_for_audit() {
    let bench = Bench::new();
    let manifest = bench.manifest(1);
    let first = bench.put(&manifest).bytes().unwrap();
    let mut other = manifest.clone();
    other.sequence = 99;
    for _ in 0..2 {
        assert_eq!(refused(bench.put(&other), 409), "conflict");
    }
    assert_eq!(
        (
            bench.rows("submissions"),
            bench.rows("conflicting_manifests")
        ),
        (1, 1)
    );
    assert_eq!(bench.put(&manifest).bytes().unwrap(), first);
}

#[test]
fn sixty_four_deliveries_at_once_make_one_row_and_one_receipt() {
    let bench = Bench::new();
    let manifest = bench.manifest(1);
    let receipts: Vec<_> = std::thread::scope(|scope| {
        let puts: Vec<_> = (0..64)
            .map(|_| scope.spawn(|| bench.put(&manifest).bytes().unwrap()))
            .collect();
        puts.into_iter().map(|put| put.join().unwrap()).collect()
    });
    verified(&bench, &manifest, &receipts[0]);
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    assert_eq!(
        (bench.rows("submissions"), bench.rows("submission_parts")),
        (1, 1)
    );
}

#[test]
fn a_standing_submission_stops_another_and_a_not_approved_one_does_not() {
    let bench = Bench::new();
    let first = bench.manifest(1);
    assert_eq!(bench.put(&first).status(), 200);
    let mut second = bench.manifest(2);
    second.student = student(1);
    assert_eq!(refused(bench.put(&second), 409), "already_submitted");
    let no = ReviewDecision::NotApproved {
        reasons: vec![NotApprovedReason::Glasses],
        note: String::new(),
    };
    bench
        .store()
        .write_now(|tx| {
            decisions::decide(
                tx,
                DecisionId::from_bytes([1; 16]),
                first.id,
                &no,
                "reviewer",
            )
        })
        .unwrap();
    assert_eq!(bench.put(&second).status(), 200);
    let known: KnownStudent = bench.get(&paths::student(&student(1)));
    let states: Vec<_> = known
        .submissions
        .iter()
        .map(|submission| submission.state)
        .collect();
    assert_eq!(
        states,
        [SubmissionState::UnderReview, SubmissionState::NotApproved]
    );
    assert_eq!(known.entitlements.len(), 1);
}

#[test]
fn a_verdict_comes_down_once_and_the_first_one_stands() {
    let bench = Bench::new();
    let manifest = bench.manifest(1);
    bench.put(&manifest);
    let before = bench.changes(&Cursor::default());
    assert_eq!(before.submissions[0].state, SubmissionState::UnderReview);
    assert!(
        bench.changes(&before.cursor).submissions.is_empty(),
        "nothing new"
    );
    let decide = |byte, decision: &ReviewDecision| {
        let id = DecisionId::from_bytes([byte; 16]);
        bench
            .store()
            .write_now(|tx| decisions::decide(tx, id, manifest.id, decision, "reviewer"))
            .unwrap()
    };
    let no = ReviewDecision::NotApproved {
        reasons: vec![NotApprovedReason::Light],
        note: "影".into(),
    };
    assert_eq!(decide(1, &no), decisions::Outcome::Decided);
    assert_eq!(
        decide(1, &no),
        decisions::Outcome::Decided,
        "the same key twice"
    );
    assert_eq!(
        decide(2, &ReviewDecision::Approved),
        decisions::Outcome::TooLate
    );
    let after = bench.changes(&before.cursor);
    assert_eq!(after.decisions.len(), 1);
    assert_eq!(
        (after.decisions[0].submission, &after.decisions[0].decision),
        (manifest.id, &no)
    );
    assert_eq!(after.submissions[0].decision, Some(no));
    assert!(after.catalogue.is_none() && after.institutions.is_none());
    assert_eq!(bench.rows("decisions"), 1);
}

#[test]
fn a_booth_is_told_everything_it_needs_and_no_names() {
    let bench = Bench::new();
    let changes = bench.changes(&Cursor::default());
    let regular = bench.collection(gradbooth::domain::EducationCategory::Regular);
    let roster = changes
        .rosters
        .iter()
        .find(|roster| roster.collection == regular.id)
        .unwrap();
    assert!(roster.admits("2023050101") && !roster.admits("2023050199"));
    assert!(changes.catalogue.unwrap().collections.len() >= 4);
    assert!(changes.institutions.unwrap().len() >= 150);
    assert!(changes.working_days.is_some() && changes.service.is_some() && !changes.more);
    let raw = bench
        .booth("GET", paths::CHANGES)
        .send()
        .unwrap()
        .text()
        .unwrap();
    assert!(!raw.contains("2023050101"), "rosters go out as marks");
}

#[test]
fn after_a_restore_everything_is_told_again() {
    let bench = Bench::new();
    let cursor = bench.changes(&Cursor::default()).cursor;
    assert!(bench.changes(&cursor).catalogue.is_none());
    bench.store().write_now(begin_epoch).unwrap();
    let again = Bench::serve_folder(bench.folder);
    let changes = again.changes(&cursor);
    assert!(changes.catalogue.is_some() && !changes.cursor.as_str().is_empty());
}
