//! From the start screen to the reviewer's verdict and back, through everything that is real.

use super::{Browser, PATIENCE, Phone, Whole, rhythm};
use gradbooth::clock;
use gradbooth::domain::{
    EducationCategory, EntitlementSource, NotApprovedReason, ReviewDecision, SubmissionState,
};
use gradbooth::session::{
    AnywhereIntent, ChoosingIntent, ChoosingServiceIntent, Event, Intent, NotEligibleIntent,
    Overlay, OverlayIntent, PayState, PhotoImport, PreparingIntent, RequestOutcome, Settings,
    StandingIntent, Step, What,
};
use gradbooth::workers::backoff::Pace;
use gradbooth::workers::service::Rhythm;

fn photo_sha256(whole: &Whole) -> [u8; 32] {
    let Step::Confirming(step) = whole.session.step() else {
        panic!("{}", whole.transcript())
    };
    step.photo.sha256()
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).into()
}

fn decision(whole: &Whole) -> Option<ReviewDecision> {
    let Step::Standing(step) = whole.session.step() else {
        panic!("{}", whole.transcript())
    };
    step.chosen.standing.submission.as_ref()?.decision.clone()
}

/// Comes back until the booth has heard the verdict.
#[track_caller]
fn comes_back_to(whole: &mut Whole, state: SubmissionState) {
    let end = clock::now() + PATIENCE;
    while clock::now() < end {
        whole.sync_now();
        whole.comes_back("2023050101", "175X");
        let Step::Standing(step) = whole.session.step() else {
            panic!("{}", whole.transcript())
        };
        if step.chosen.standing.submission.as_ref().map(|s| s.state) == Some(state) {
            return;
        }
        whole.touch(Intent::Anywhere(AnywhereIntent::Leave));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("never {state:?}\n{}", whole.transcript());
}

#[test]
fn from_the_start_screen_to_the_verdict_and_a_free_retake_to_approval() {
    let mut whole = Whole::new();
    whole
        .starts()
        .signs_in("13800000107")
        .chooses(EducationCategory::Regular);
    whole
        .shows_code("2023050101")
        .types("175X")
        .chooses_collection()
        .pays()
        .is_photographed();
    let shown = photo_sha256(&whole);
    whole
        .submits()
        .until("delivered", |whole| whole.service.submissions().len() == 1);

    let reviewer = Browser::of_a_reviewer(&whole.service);
    let (first, _) = whole.service.submissions().remove(0);
    assert!(reviewer.queue().contains(&first));
    assert_eq!(
        sha256(&reviewer.photo(&first)),
        shown,
        "reviewed is what was shown"
    );
    insta::assert_snapshot!("submitted", whole.transcript());

    reviewer.decides(&first, "not_approved&reason=eyes");
    comes_back_to(&mut whole, SubmissionState::NotApproved);
    let Some(ReviewDecision::NotApproved { reasons, .. }) = decision(&whole) else {
        panic!()
    };
    assert_eq!(reasons, [NotApprovedReason::Eyes]);

    // nothing is to be paid again
    whole
        .touch(Intent::Standing(StandingIntent::Retake))
        .is_photographed()
        .submits();
    whole.until("delivered", |whole| whole.service.submissions().len() == 2);
    let (second, _) = whole.service.submissions().remove(1);
    reviewer.decides(&second, "approved");
    comes_back_to(&mut whole, SubmissionState::Approved);
    assert_eq!(decision(&whole), Some(ReviewDecision::Approved));
    whole.touch(Intent::Standing(StandingIntent::Retake));
    assert_eq!(
        whole.session.step().name(),
        "Standing",
        "what is approved is final"
    );
}

#[test]
fn the_service_goes_away_and_everything_is_delivered_when_it_is_back() {
    let mut whole = Whole::new();
    whole.service.goes_away();
    whole.sync_now();
    whole.until("noticed", |whole| !whole.session.service().online);
    whole
        .starts()
        .uses_code()
        .chooses(EducationCategory::Postgraduate);
    whole
        .shows_code("2023050104")
        .types("2036")
        .chooses_collection()
        .until_at("Preparing");
    whole.is_photographed().submits();
    whole.until("queued", |whole| whole.status.queued == 1);
    assert!(!whole.session.service().online);
    insta::assert_snapshot!("without_the_service", whole.transcript());

    whole.service.comes_back();
    whole.sync_now();
    whole.until("delivered", |whole| {
        whole.status.queued == 0 && whole.session.service().online
    });
    assert_eq!(whole.service.submissions().len(), 1);
}

#[test]
fn who_pays_does_not_wait_longer_than_the_network_is_away() {
    let long = std::time::Duration::from_hours(1);
    let mut whole = Whole::in_rhythm(Rhythm {
        poll: long,
        unattended_poll: long,
        retry: Pace {
            least: long,
            most: long,
        },
        ..rhythm()
    });
    whole
        .starts()
        .uses_code()
        .chooses(EducationCategory::Regular);
    whole
        .shows_code("2023050102")
        .types("0021")
        .chooses_collection()
        .until_at("ChoosingService");
    whole.service.goes_away();
    whole.touch(Intent::ChoosingService(ChoosingServiceIntent::PayNow));
    let stands = |whole: &Whole| match whole.session.step() {
        Step::Paying(step) => Some(step.state),
        _ => None,
    };
    whole.until("no network", |whole| {
        matches!(stands(whole), Some(PayState::Offline | PayState::Checking))
    });
    whole.service.comes_back();
    whole.until("the provider's code", |whole| {
        stands(whole) == Some(PayState::Waiting)
    });
}

#[test]
fn who_is_not_on_the_list_is_let_in_once_the_school_has_added_them() {
    let mut whole = Whole::new();
    whole
        .starts()
        .uses_code()
        .chooses(EducationCategory::Regular);
    whole
        .shows_code("2023050199")
        .types("3307")
        .chooses_collection()
        .until_at("NotEligible");
    whole.touch(Intent::NotEligible(NotEligibleIntent::AskSchool));
    whole.until("asked", |whole| {
        matches!(whole.session.step(), Step::NotEligible(step)
            if step.asked == Some(RequestOutcome::Filed))
    });
    whole.service.adds_to_roster("2023050199");
    whole.touch(Intent::NotEligible(NotEligibleIntent::VerifyAgain));
    whole.until_at("Details");
}

#[test]
fn who_pays_and_walks_away_has_paid() {
    let mut whole = Whole::new();
    whole
        .starts()
        .uses_code()
        .chooses(EducationCategory::Regular);
    whole
        .shows_code("2023050102")
        .types("0021")
        .chooses_collection()
        .pays_on_the_phone();
    whole.touch(Intent::Anywhere(AnywhereIntent::Leave));
    whole.touch(Intent::Overlay(OverlayIntent::ReallyLeave));
    assert_eq!(whole.session.step().name(), "Welcome");
    // the booth's own worker hears of it; the student comes back and goes straight on
    let end = clock::now() + PATIENCE;
    while clock::now() < end {
        whole.comes_back("2023050102", "0021");
        whole.chooses_collection();
        if whole.session.step().name() == "Preparing" {
            return;
        }
        whole.touch(Intent::Anywhere(AnywhereIntent::Leave));
        whole.touch(Intent::Overlay(OverlayIntent::ReallyLeave));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("paid, and asked to pay again\n{}", whole.transcript());
}

#[test]
fn a_picture_from_the_album_of_the_phone_is_handed_in_and_marked_as_brought_along() {
    let mut whole = Whole::new();
    let settings = Settings {
        photo_import: PhotoImport::On,
        ..whole.session.settings().clone()
    };
    whole.on(Event::Settings(Box::new(settings)));
    whole
        .starts()
        .uses_code()
        .chooses(EducationCategory::Regular);
    whole
        .shows_code("2023050103")
        .types("4418")
        .chooses_collection()
        .pays();
    // nothing was sent yet: the booth says how
    whole.touch(Intent::Preparing(PreparingIntent::FromAlbum));
    whole.until("told", |whole| {
        *whole.session.overlay() == Overlay::message(What::PictureNotSent)
    });
    whole.touch(Intent::Overlay(OverlayIntent::Close));
    let Step::Preparing(step) = whole.session.step() else {
        panic!("{}", whole.transcript())
    };
    let EntitlementSource::Order { order } = step.ticket.entitlement.source else {
        panic!("{:?}", step.ticket.entitlement)
    };
    let sent = crate::studio::capture().jpeg.clone();
    let album = format!("{}/p/{order}/album", whole.service.url());
    Phone::new().sends_from_album(&album, &sent);
    whole
        .touch(Intent::Preparing(PreparingIntent::FromAlbum))
        .until_at("Choosing")
        .touch(Intent::Choosing(ChoosingIntent::Accept))
        .until_at("Confirming")
        .submits()
        .until("delivered", |whole| whole.service.submissions().len() == 1);
    assert_eq!(whole.service.brought_along(), [(true, sent.to_vec())]);
}

#[test]
fn nothing_confirmed_and_nothing_paid_is_lost_with_the_plug() {
    let mut whole = Whole::new();
    whole
        .starts()
        .uses_code()
        .chooses(EducationCategory::Regular);
    whole
        .shows_code("2023050103")
        .types("4418")
        .chooses_collection()
        .pays()
        .is_photographed();
    whole.service.goes_away();
    whole.submits();

    let mut whole = whole.restarts();
    whole.until("still queued", |whole| whole.status.queued == 1);
    assert!(!whole.status.online);
    assert!(
        whole.status.last_contact.is_some(),
        "it was in touch before the restart"
    );
    whole.comes_back("2023050103", "4418");
    let Step::Standing(step) = whole.session.step() else {
        panic!("{}", whole.transcript())
    };
    let submission = step.chosen.standing.submission.as_ref().unwrap();
    assert_eq!(submission.state, SubmissionState::Queued);
    assert!(step.chosen.standing.entitlement.is_some());

    whole.service.comes_back();
    whole.sync_now();
    whole.until("delivered", |whole| {
        whole.status.queued == 0 && whole.session.service().online
    });
    let mut whole = whole.restarts();
    whole.until("heard", |whole| whole.session.service().online);
    assert_eq!(
        whole.service.submissions().len(),
        1,
        "once, however often the booth begins anew"
    );
}

#[test]
fn the_recorded_student_walks_through_by_camera_alone() {
    let mut whole = Whole::new().with_recorded_camera("2023050105");
    whole
        .starts()
        .uses_code()
        .chooses(EducationCategory::Postgraduate);
    whole.until_at("EnteringLastFour").types("901X");
    whole
        .chooses_collection()
        .until_at("Preparing")
        .stands_before_the_camera();
    let shown = photo_sha256(&whole);
    whole
        .submits()
        .until("delivered", |whole| whole.service.submissions().len() == 1);
    let (_, photo) = whole.service.submissions().remove(0);
    assert_eq!(sha256(&photo), shown);
}
