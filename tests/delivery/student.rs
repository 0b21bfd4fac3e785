//! A student's file: with the service, without it, and after the school has added somebody.

use crate::booth::{Booth, changes, collection, student};
use crate::scripted::{Asked, Reply, Scripted, free_address};
use gradbooth::domain::standing::{FileRequest, StudentFile};
use gradbooth::domain::{Eligibility, Entitlement, EntitlementSource, Language, RequestId};
use gradbooth::session::{
    Answer, Effect, QuestionId, RequestAbout, ServiceRequestKind, StoreTrouble,
};
use gradbooth::wire::{
    Admission, Changes, Cursor, KnownStudent, RequestState, RequestStatus, Roster, RosterMark,
    paths,
};
use gradbooth::workers::service::ServiceFact;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn file() -> FileRequest {
    FileRequest {
        student: student(1),
        student_number: "2022050107".into(),
        institution: collection().institution,
        category: collection().category,
    }
}

fn hears_file(booth: &mut Booth, question: QuestionId) -> Result<StudentFile, StoreTrouble> {
    booth.hears(|fact| match fact {
        ServiceFact::Answer(asked, Answer::File(file)) if *asked == question => Some(file.clone()),
        _ => None,
    })
}

fn load(booth: &mut Booth) -> Result<StudentFile, StoreTrouble> {
    let question = booth.questions.draw();
    booth.workers.execute(
        Effect::LoadFile {
            question,
            file: file(),
        },
        Language::Chinese,
    );
    hears_file(booth, question)
}

fn verify(booth: &mut Booth) -> Result<StudentFile, StoreTrouble> {
    let question = booth.questions.draw();
    booth.workers.execute(
        Effect::VerifyAgain {
            question,
            file: file(),
        },
        Language::Chinese,
    );
    hears_file(booth, question)
}

fn roster(number: &str, cursor: &str) -> Changes {
    let collection = collection().id;
    let members = vec![RosterMark::of(&collection, number)];
    let rosters = vec![Roster {
        collection,
        admission: Admission::Listed { members },
    }];
    Changes {
        rosters,
        cursor: Cursor::new(cursor),
        ..changes()
    }
}

fn known(asked: &Asked) -> Reply {
    assert!(asked.path.starts_with(&paths::student(&student(1))));
    Reply::known(asked, &entitled())
}

fn entitled() -> KnownStudent {
    let source = EntitlementSource::NothingDue;
    let entitlement = Entitlement {
        student: student(1),
        collection: collection().id,
        source,
    };
    KnownStudent {
        student: student(1),
        entitlements: vec![entitlement],
        submissions: vec![],
    }
}

#[test]
fn what_somebody_else_says_of_a_student_is_not_believed() {
    let service = Scripted::start(|asked| {
        if asked.path.starts_with("/v1/students/") {
            return Reply::json(200, &entitled());
        }
        Reply::changes(asked, &roster("2022050107", "1"))
    });
    let mut booth = Booth::new(service.address());
    booth.hears_status(|status| status.online);
    let file = load(&mut booth).unwrap();
    assert!(file.standings[0].entitlement.is_none());
    assert!(verify(&mut booth).is_err(), "nobody was heard");
}

#[test]
fn verifying_again_asks_the_service_and_a_student_added_by_the_school_is_eligible() {
    let added = Arc::new(AtomicBool::new(false));
    let is_added = Arc::clone(&added);
    let service = Scripted::start(move |asked| {
        if asked.path.starts_with("/v1/students/") {
            return known(asked);
        }
        let number = if is_added.load(Ordering::SeqCst) {
            "2022050107"
        } else {
            "1"
        };
        Reply::changes(asked, &roster(number, "1"))
    });
    let mut booth = Booth::new(service.address());
    booth.hears_status(|status| status.online);
    let first = load(&mut booth).unwrap();
    assert_eq!(first.standings[0].eligibility, Eligibility::NotOnRoster);
    assert!(
        first.standings[0].entitlement.is_some(),
        "from another booth, by way of the service"
    );
    added.store(true, Ordering::SeqCst);
    assert_eq!(
        verify(&mut booth).unwrap().standings[0].eligibility,
        Eligibility::Eligible
    );
}

#[test]
fn without_the_service_the_file_is_the_booths_own_and_verifying_says_why() {
    let mut booth = Booth::new(free_address());
    booth.store.apply(&changes(), crate::booth::now()).unwrap();
    assert_eq!(
        load(&mut booth).unwrap().standings[0].eligibility,
        Eligibility::Provisional
    );
    assert_eq!(verify(&mut booth), Err(StoreTrouble::ServiceAway));
}

#[test]
fn a_request_waits_for_the_service_and_is_sent_once() {
    let address = free_address();
    let mut booth = Booth::new(address);
    let question = booth.questions.draw();
    let id = RequestId::from_bytes([6; 16]);
    let about = RequestAbout {
        institution: Some(collection().institution),
        ..RequestAbout::default()
    };
    let kind = ServiceRequestKind::AddToRoster;
    booth.workers.execute(
        Effect::FileServiceRequest {
            question,
            id,
            kind,
            about: Box::new(about),
        },
        Language::Chinese,
    );
    booth.hears(|fact| match fact {
        ServiceFact::Answer(asked, Answer::RequestFiled(Ok(()))) if *asked == question => Some(()),
        _ => None,
    });
    assert_eq!(booth.store.unsent_requests().unwrap().len(), 1);
    let _service = Scripted::start_at(address, move |asked| {
        if asked.path == paths::REQUESTS {
            return Reply::json(
                200,
                &RequestStatus {
                    id,
                    state: RequestState::Open,
                    answer: String::new(),
                },
            );
        }
        Reply::changes(asked, &changes())
    });
    booth.until(|booth| booth.store.unsent_requests().unwrap().is_empty());
    assert_eq!(booth.store.open_requests().unwrap(), [id]);
}
