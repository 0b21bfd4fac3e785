use super::super::samples::{
    at, changes, decided, entitled_store, file_request, known, new_submission, order,
    paid_collection, receipt, sealer, store,
};
use super::*;
use crate::domain::{NotApprovedReason, ReviewDecision};
use crate::wire::{Admission, Changes, Roster, RosterMark};

fn paid(store: &Store) -> Standing {
    let file = store.student_file(&file_request(), 2).unwrap();
    file.standing(&paid_collection().id).unwrap().clone()
}

fn id(n: u8) -> SubmissionId {
    SubmissionId::from_bytes([n; 16])
}

fn with_members(numbers: &[&str]) -> Changes {
    let collection = paid_collection().id;
    let members = numbers
        .iter()
        .map(|number| RosterMark::of(&collection, number))
        .collect();
    Changes {
        rosters: vec![Roster {
            collection,
            admission: Admission::Listed { members },
        }],
        ..changes()
    }
}

#[test]
fn eligibility_follows_the_roster_and_without_one_is_provisional() {
    let (store, _folder) = store();
    assert_eq!(paid(&store).eligibility, Eligibility::Provisional);
    store.apply(&with_members(&["1", "2"]), at(1)).unwrap();
    assert_eq!(paid(&store).eligibility, Eligibility::NotOnRoster);
    store
        .apply(&with_members(&["1", "2022050107"]), at(2))
        .unwrap();
    assert_eq!(paid(&store).eligibility, Eligibility::Eligible);
    let everyone = Roster {
        collection: paid_collection().id,
        admission: Admission::Everyone,
    };
    store
        .apply(
            &Changes {
                rosters: vec![everyone],
                ..changes()
            },
            at(3),
        )
        .unwrap();
    assert_eq!(paid(&store).eligibility, Eligibility::Eligible);
}

#[test]
fn an_open_order_and_then_the_entitlement_are_in_the_file() {
    let (store, _folder) = store();
    assert_eq!(
        (paid(&store).open_order, paid(&store).entitlement),
        (None, None)
    );
    store.open_order(&order(1), at(0)).unwrap();
    assert_eq!(paid(&store).open_order, Some(order(1)));
    let entitlement = store.settle_order(order(1).id, at(1)).unwrap();
    assert_eq!(
        (paid(&store).open_order, paid(&store).entitlement),
        (None, Some(entitlement))
    );
}

#[test]
fn a_submission_goes_from_queued_to_not_approved_and_may_then_be_taken_again() {
    let (store, _folder) = entitled_store();
    assert!(paid(&store).submission.is_none());
    store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
    let standing = paid(&store);
    let queued = standing.submission.clone().unwrap();
    assert_eq!(
        (queued.state, queued.submitted_at),
        (SubmissionState::Queued, at(0))
    );
    assert!(standing.is_handed_in() && !standing.may_retake());

    store.delivered(&receipt(&store, id(1)), at(1)).unwrap();
    assert_eq!(
        paid(&store).submission.unwrap().state,
        SubmissionState::Delivered
    );

    let under_review = known(1, SubmissionState::UnderReview, at(1));
    store
        .apply(
            &Changes {
                submissions: vec![under_review.clone()],
                ..changes()
            },
            at(3),
        )
        .unwrap();
    let reviewed = paid(&store).submission.unwrap();
    assert_eq!(
        (reviewed.state, reviewed.due),
        (SubmissionState::UnderReview, under_review.due)
    );

    let verdict = ReviewDecision::NotApproved {
        reasons: vec![NotApprovedReason::Glasses],
        note: String::new(),
    };
    store
        .apply(
            &Changes {
                decisions: vec![decided(1, verdict.clone())],
                ..changes()
            },
            at(4),
        )
        .unwrap();
    let standing = paid(&store);
    assert_eq!(
        standing.submission.as_ref().unwrap().decision,
        Some(verdict)
    );
    assert!(standing.may_retake() && !standing.is_handed_in());

    // the free retake stands before the old verdict
    store.confirm(new_submission(2), &sealer(), at(5)).unwrap();
    assert_eq!(paid(&store).submission.unwrap().id, id(2));
    store.delivered(&receipt(&store, id(2)), at(6)).unwrap();
    assert_eq!(paid(&store).submission.unwrap().id, id(2));
}

#[test]
fn another_booths_submission_stands_here_too() {
    let (store, _folder) = entitled_store();
    let approved = known(9, SubmissionState::Approved, at(0));
    store
        .apply(
            &Changes {
                submissions: vec![approved],
                ..changes()
            },
            at(1),
        )
        .unwrap();
    assert!(paid(&store).is_handed_in());
}

#[test]
fn the_promise_is_in_working_days() {
    let (store, _folder) = entitled_store();
    // a Friday evening in China
    store
        .confirm(
            new_submission(1),
            &sealer(),
            "2026-11-20T12:00:00Z".parse().unwrap(),
        )
        .unwrap();
    assert_eq!(
        paid(&store).submission.unwrap().due,
        jiff::civil::date(2026, 11, 24)
    );
}

#[test]
fn other_schools_are_not_in_the_file() {
    let (store, _folder) = store();
    let elsewhere = FileRequest {
        institution: "10001".parse().unwrap(),
        ..file_request()
    };
    assert!(
        store
            .student_file(&elsewhere, 2)
            .unwrap()
            .standings
            .is_empty()
    );
}
