//! Submit, with a real photo: from what the student confirmed to what the service has signed for.

use crate::booth::{Booth, Desk, changes, collection, now, opened, student};
use crate::scripted::Scripted;
use gradbooth::domain::student::{IdKind, Level};
use gradbooth::domain::{
    Entitlement, EntitlementSource, Language, LastFour, StudentStatus, SubmissionId,
};
use gradbooth::photo::{Options, StandardPhoto, standardize};
use gradbooth::session::{
    Answer, ConfirmedSubmission, ConsentGiven, Effect, Identity, SignedIn, StoreTrouble, Visitor,
};
use gradbooth::standard::GRADUATION;
use gradbooth::store::Confirmed;
use gradbooth::vision::rules::{Finding, Rule, Verdict};
use gradbooth::vision::{Capture, Nets, Picture};
use gradbooth::wire::{Changes, Digest, Manifest, Packet, RecordedVerdict, SealedPacket};
use gradbooth::workers::service::ServiceFact;
use std::sync::Arc;

/// The last frame of the recorded student, who is nobody.
fn made() -> (Capture, StandardPhoto) {
    let jpeg: Arc<[u8]> = Arc::from(include_bytes!("../../assets/demo/frames/0048.jpg").as_slice());
    let picture = Picture::decode(&jpeg).unwrap();
    let sha256 = *Digest::of(&jpeg).as_bytes();
    let nets = Nets::load().unwrap();
    let photo = standardize(
        &picture,
        sha256,
        &nets,
        &GRADUATION,
        &Options::default(),
        &mut |_| {},
    )
    .unwrap();
    (
        Capture {
            jpeg,
            picture,
            sha256,
            imported: false,
            taken_at: now(),
        },
        photo,
    )
}

fn confirmed() -> ConfirmedSubmission {
    let (capture, photo) = made();
    let collection = collection();
    let phone = SignedIn {
        masked: "138****5678".into(),
        phone_ref: "ab12".into(),
    };
    ConfirmedSubmission {
        id: SubmissionId::from_bytes([5; 16]),
        identity: Identity {
            visitor: Visitor {
                consent: ConsentGiven {
                    version: "2".into(),
                    at: now(),
                },
                phone: Some(phone),
            },
            status: StudentStatus {
                student: student(1),
                masked_name: "周*".into(),
                id_kind: IdKind::ResidentId,
                institution: collection.institution,
                category: collection.category,
                level: Level::Bachelor,
                student_number: "2022050107".into(),
            },
            last_four: LastFour::parse("175X").unwrap(),
        },
        entitlement: Entitlement {
            student: student(1),
            collection: collection.id.clone(),
            source: EntitlementSource::NothingDue,
        },
        collection,
        capture: Arc::new(capture),
        photo: Arc::new(photo),
        findings: vec![Finding {
            rule: Rule::HeadRoll,
            verdict: Verdict::Warn,
            value: Some(2.5),
            limit: Some(3.0),
            score: Some(0.8),
            unit: "deg",
        }],
        at: now(),
        due: "2026-11-24".parse().unwrap(),
    }
}

fn hears_saved(
    booth: &mut Booth,
    submission: &ConfirmedSubmission,
) -> Result<SubmissionId, StoreTrouble> {
    let question = booth.questions.draw();
    let submission = Box::new(submission.clone());
    booth.workers.execute(
        Effect::Confirm {
            question,
            submission,
        },
        Language::Chinese,
    );
    booth.hears(|fact| match fact {
        ServiceFact::Answer(asked, Answer::Saved(saved)) if *asked == question => Some(*saved),
        _ => None,
    })
}

#[test]
fn what_was_confirmed_is_stored_once_sent_and_says_how_it_came_about() {
    let desk = Desk::default();
    let answering = desk.clone();
    let service = Scripted::start(move |asked| answering.answer(asked));
    let mut booth = Booth::new(service.address());
    let submission = confirmed();
    // without an entitlement in the records nothing is stored, whatever the screens thought
    assert_eq!(
        hears_saved(&mut booth, &submission),
        Err(StoreTrouble::Broken)
    );
    let entitlements = vec![submission.entitlement.clone()];
    booth
        .store
        .apply(
            &Changes {
                entitlements,
                ..changes()
            },
            now(),
        )
        .unwrap();
    assert_eq!(hears_saved(&mut booth, &submission), Ok(submission.id));
    assert_eq!(
        hears_saved(&mut booth, &submission),
        Ok(submission.id),
        "a double tap does nothing"
    );
    booth.until(|_| desk.taken() == [submission.id]);
    booth.until(|booth| booth.store.counts().unwrap().queued == 0);

    let Confirmed::Sealed(sealed) = booth.store.confirmed(submission.id).unwrap() else {
        panic!("it was not sealed");
    };
    let head = sealed.head();
    let contents = opened(&SealedPacket::parse(&head).unwrap(), &sealed.contents);
    let packet = Packet::parse(&contents).unwrap();
    assert_eq!(packet.photo, submission.photo.jpeg());
    assert_eq!(*packet.capture, *submission.capture.jpeg);
    let manifest: Manifest = serde_json::from_slice(packet.manifest).unwrap();
    assert_eq!(
        (manifest.sequence, manifest.consent.text_version.as_str()),
        (1, "2")
    );
    assert_eq!(*manifest.photo_sha256.as_bytes(), submission.photo.sha256());
    assert_eq!(manifest.phone.unwrap().as_str(), "ab12");
    let finding = &manifest.findings[0];
    assert_eq!(
        (finding.rule.as_str(), finding.verdict, finding.value),
        ("head_roll", RecordedVerdict::Warn, Some(2.5))
    );
    assert!(manifest.record.is_object());
    // what was typed is nowhere
    assert!(!String::from_utf8_lossy(packet.manifest).contains("175X"));
}
