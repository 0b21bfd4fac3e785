//! What a student lives through: the way that goes well, and the ways that do not.

use crate::booth::Booth;
use crate::people;
use gradbooth::domain::acquisition_code::CodeError;
use gradbooth::domain::standing::{Eligibility, Standing};
use gradbooth::domain::{NotApprovedReason, ReviewDecision, SubmissionState};
use gradbooth::session::{
    Answer, CapturingIntent, ChoosingIntent, CodeText, DetailsIntent, Event, Intent,
    NotEligibleIntent, PhonePage, PhotoImport, PictureProblem, PreparingIntent, ReadingCodeIntent,
    Settings, SignInNews, SignedIn, StandingIntent, Step,
};
use gradbooth::vision::capture::Capture;
use std::sync::Arc;
use std::time::Duration;

#[test]
fn the_way_to_the_camera_with_a_phone() {
    let mut booth = Booth::new();
    booth.starts();
    let page = PhonePage {
        url: "https://s/1".into(),
        expires: booth.now + Duration::from_mins(2),
    };
    let phone = SignedIn {
        masked: "138****0107".into(),
        phone_ref: "p".into(),
    };
    booth
        .answer(Answer::SignIn(SignInNews::Shown(page)))
        .answer(Answer::SignIn(SignInNews::Scanned))
        .answer(Answer::SignIn(SignInNews::Confirmed {
            phone,
            returning: Vec::new(),
        }))
        .chooses_school()
        .shows_code()
        .types("175x")
        .is_found_with(people::new_student())
        .chooses_collection()
        .pays_now();
    let code = people::payment_code(booth.now);
    booth
        .answer(Answer::Payment(gradbooth::session::PaymentNews::Offered(
            code,
        )))
        .answer(Answer::Payment(gradbooth::session::PaymentNews::Settled(
            people::paid(),
        )))
        .reads_requirements()
        .on(Event::Camera(gradbooth::session::CameraView::Live))
        .on(Event::Guidance(people::tilted()))
        .on(Event::Guidance(people::all_right()))
        .wait(1.5)
        .on(Event::Guidance(people::tilted()))
        .on(Event::Guidance(people::all_right()))
        .wait(3.1)
        .answer(Answer::Captured(Ok(people::capture())));
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn three_shots_are_kept_to_choose_from() {
    let mut booth = Booth::new();
    booth
        .identified(people::handed_in(SubmissionState::Withdrawn, None))
        .chooses_collection();
    booth.reads_requirements();
    for kept in [1, 2, 3, 3] {
        booth.is_photographed();
        let Step::Choosing(choosing) = booth.session.step() else {
            panic!("{}", booth.transcript())
        };
        assert_eq!(choosing.shots.len(), kept);
        booth.touch(Intent::Choosing(ChoosingIntent::Retake));
    }
    booth.stands_at("Capturing");
}

#[test]
fn a_blink_does_not_stop_the_countdown() {
    let mut booth = Booth::new();
    booth
        .identified(people::handed_in(SubmissionState::Withdrawn, None))
        .chooses_collection();
    booth
        .reads_requirements()
        .on(Event::Camera(gradbooth::session::CameraView::Live))
        .on(Event::Guidance(people::all_right()))
        .wait(2.0)
        .on(Event::Guidance(people::blinking()))
        .on(Event::Guidance(people::all_right()))
        .wait(1.1)
        .answer(Answer::Captured(Ok(people::capture())));
    booth.stands_at("Choosing");
}

#[test]
fn the_shutter_is_the_students_after_a_while() {
    let mut booth = Booth::new();
    booth
        .identified(people::handed_in(SubmissionState::Withdrawn, None))
        .chooses_collection();
    booth.reads_requirements().told_already();
    booth
        .on(Event::Camera(gradbooth::session::CameraView::Live))
        .on(Event::Guidance(people::tilted()))
        .touch(Intent::Capturing(CapturingIntent::TakeNow))
        .wait(20.0)
        .touch(Intent::Capturing(CapturingIntent::TakeNow))
        .on(Event::Guidance(people::tilted()))
        .wait(3.0)
        .wait(8.1);
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn who_walks_away_is_asked_and_then_forgotten() {
    let mut booth = Booth::new();
    booth.identified(people::new_student()).told_already();
    booth.wait(59.0).wait(2.0);
    booth.touch(Intent::Anywhere(gradbooth::session::AnywhereIntent::Touch));
    booth.wait(61.0).wait(31.0);
    booth.nothing_is_left();
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn what_was_photographed_is_gone_with_the_person() {
    let mut booth = Booth::new();
    booth
        .identified(people::handed_in(SubmissionState::Withdrawn, None))
        .chooses_collection();
    booth.reads_requirements().is_photographed();
    let Step::Choosing(choosing) = booth.session.step() else {
        panic!("{}", booth.transcript())
    };
    let photographed = std::sync::Arc::downgrade(&choosing.shots[0]);
    booth.effects.clear();
    booth.leaves().touch(Intent::Overlay(
        gradbooth::session::OverlayIntent::ReallyLeave,
    ));
    booth.nothing_is_left();
    assert!(photographed.upgrade().is_none());
}

#[test]
fn a_face_in_the_picture_is_a_sign_of_life() {
    let mut booth = Booth::new();
    booth
        .identified(people::handed_in(SubmissionState::Withdrawn, None))
        .chooses_collection();
    booth
        .reads_requirements()
        .on(Event::Camera(gradbooth::session::CameraView::Live));
    for _ in 0..30 {
        booth.on(Event::Guidance(people::tilted())).wait(10.0);
    }
    booth.stands_at("Capturing");
    for _ in 0..16 {
        booth.on(Event::Guidance(people::nobody())).wait(10.0);
    }
    booth.nothing_is_left();
}

#[test]
fn codes_that_identify_nobody_say_why() {
    let mut booth = Booth::new();
    booth.starts().uses_code().chooses_school().told_already();
    let seen = |text: &str| Event::Seen(CodeText::new(text.into()));
    booth
        .on(seen("https://example.org/"))
        .on(seen("https://example.org/"))
        .on(seen("wxp://f2f0abc"))
        .on(seen(people::CODE))
        .answer(Answer::Decoded(Err(CodeError::NotGenuine)))
        .on(seen(people::CODE))
        .touch(Intent::ReadingCode(ReadingCodeIntent::TryAgain))
        .on(seen(people::CODE))
        .answer(Answer::Decoded(Err(CodeError::OtherCampus)))
        .touch(Intent::ReadingCode(ReadingCodeIntent::FromPicture))
        .answer(Answer::PictureScanned(Ok(None)))
        .touch(Intent::ReadingCode(ReadingCodeIntent::Tutorial));
    let mut other = people::zhou();
    other.status.institution = "10558".parse().unwrap();
    booth
        .on(seen("GBA1:ANOTHER"))
        .answer(Answer::Decoded(Ok(Box::new(other))))
        .touch(Intent::ReadingCode(ReadingCodeIntent::UseItsSchool));
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn wrong_last_four_three_times_needs_an_attendant_even_after_coming_back() {
    let mut booth = Booth::new();
    booth
        .starts()
        .uses_code()
        .chooses_school()
        .shows_code()
        .told_already();
    booth
        .types("0000")
        .types("00")
        .types("1111")
        .types("2222")
        .types("175x");
    booth.leaves().touch(Intent::Overlay(
        gradbooth::session::OverlayIntent::ReallyLeave,
    ));
    booth
        .starts()
        .uses_code()
        .chooses_school()
        .shows_code()
        .types("175x");
    booth.stands_at("EnteringLastFour");
    booth.on(Event::Forgive).types("175x");
    booth.stands_at("CheckingStatus");
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn who_was_collected_is_told_so_before_paying() {
    for state in [
        SubmissionState::Queued,
        SubmissionState::UnderReview,
        SubmissionState::Approved,
    ] {
        let mut booth = Booth::new();
        booth.identified(people::handed_in(state, None));
        booth.stands_at("Standing");
        booth.touch(Intent::Standing(StandingIntent::Retake));
        booth.stands_at("Standing");
    }
}

#[test]
fn a_retake_after_not_approved_is_free() {
    let decision = ReviewDecision::NotApproved {
        reasons: vec![NotApprovedReason::Eyes],
        note: String::new(),
    };
    let mut booth = Booth::new();
    booth
        .identified(people::handed_in(
            SubmissionState::NotApproved,
            Some(decision),
        ))
        .told_already();
    booth
        .touch(Intent::Standing(StandingIntent::Retake))
        .reads_requirements();
    booth.stands_at("Capturing");
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn who_is_not_on_the_list_verifies_again_or_asks_the_school() {
    let not_listed = Standing {
        eligibility: Eligibility::NotOnRoster,
        ..people::standing(people::collection())
    };
    let mut booth = Booth::new();
    booth
        .identified(people::file(vec![not_listed.clone()]))
        .told_already()
        .chooses_collection();
    let verify = || Intent::NotEligible(NotEligibleIntent::VerifyAgain);
    booth
        .touch(verify())
        .touch(verify())
        .answer(Answer::File(Ok(people::file(vec![not_listed]))))
        .touch(Intent::NotEligible(NotEligibleIntent::AskSchool))
        .touch(Intent::NotEligible(NotEligibleIntent::AskSchool))
        .answer(Answer::RequestFiled(Ok(())))
        .touch(verify())
        .answer(Answer::File(Ok(people::new_student())))
        .touch(Intent::Details(DetailsIntent::Next));
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn a_picture_brought_along_has_to_be_as_young_as_the_collection_asks() {
    let brought = |days: &[i64]| {
        let mut booth = Booth::with(Settings {
            photo_import: PhotoImport::On,
            ..crate::booth::settings()
        });
        booth
            .identified(people::file(vec![people::standing(
                people::free_collection(),
            )]))
            .chooses_collection()
            .touch(Intent::Details(DetailsIntent::Next))
            .answer(Answer::NothingDue(Ok(people::paid())))
            .touch(Intent::Preparing(PreparingIntent::FromAlbum));
        let picture = |days: i64| {
            let age = jiff::SignedDuration::from_hours(24 * days);
            Arc::new(Capture {
                imported: true,
                taken_at: jiff::Timestamp::UNIX_EPOCH - age,
                ..(*people::capture()).clone()
            })
        };
        let pictures = days.iter().map(|days| picture(*days)).collect();
        booth.answer(Answer::Imported(Ok(pictures)));
        booth
    };
    let offered = |booth: &Booth| match booth.session.step() {
        Step::Choosing(step) => step.shots.len(),
        _ => 0,
    };
    assert_eq!(offered(&brought(&[364])), 1);
    assert_eq!(offered(&brought(&[366])), 0);
    brought(&[366]).stands_at("Preparing");
    assert!(brought(&[366]).transcript().contains("PictureTooOld"));
    // of several only those that are young enough can be chosen
    assert_eq!(offered(&brought(&[1, 30, 400, 364])), 3);
}

#[test]
fn an_album_picture_comes_from_a_stick_or_else_from_the_students_phone() {
    let at_preparing = |album: bool| {
        let mut booth = Booth::with(Settings {
            photo_import: PhotoImport::On,
            ..crate::booth::settings()
        });
        let collection = gradbooth::domain::Collection {
            album,
            ..people::free_collection()
        };
        booth
            .identified(people::file(vec![people::standing(collection)]))
            .chooses_collection()
            .touch(Intent::Details(DetailsIntent::Next))
            .answer(Answer::NothingDue(Ok(people::paid())))
            .touch(Intent::Preparing(PreparingIntent::FromAlbum))
            .answer(Answer::Imported(Err(PictureProblem::NotFound)));
        booth
    };
    // a collection that takes none from phones asks for a stick
    let stick_only = at_preparing(false);
    assert!(stick_only.transcript().contains("PictureNotFound"));
    let mut nothing_sent = at_preparing(true);
    nothing_sent.answer(Answer::Imported(Err(PictureProblem::NotSent)));
    nothing_sent.stands_at("Preparing");
    assert!(nothing_sent.transcript().contains("PictureNotSent"));
    let mut sent = at_preparing(true);
    let picture = Capture {
        imported: true,
        ..(*people::capture()).clone()
    };
    sent.answer(Answer::Imported(Ok(vec![Arc::new(picture)])));
    sent.stands_at("Choosing");
}

#[test]
fn who_pays_nothing_goes_straight_to_the_requirements() {
    let mut booth = Booth::new();
    let file = people::file(vec![people::standing(people::free_collection())]);
    booth.identified(file).told_already().chooses_collection();
    booth
        .touch(Intent::Details(DetailsIntent::Next))
        .answer(Answer::NothingDue(Ok(people::paid())));
    insta::assert_snapshot!(booth.transcript());
}
