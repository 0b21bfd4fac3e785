//! The service is away: the acquisition code is the way in, what nobody could check is provisional, and
//! nothing that needs the service pretends.

use crate::booth::{Booth, settings};
use crate::people;
use gradbooth::domain::standing::{Eligibility, Standing};
use gradbooth::session::{
    Answer, DetailsIntent, Event, Intent, NotEligibleIntent, PausedReason, ServiceView,
    SigningInIntent, StoreTrouble, WelcomeIntent,
};

fn service(online: bool) -> Event {
    Event::Service(ServiceView {
        online,
        as_of: None,
    })
}

#[test]
fn a_guest_goes_on_and_pays_without_the_service() {
    let provisional = Standing {
        eligibility: Eligibility::Provisional,
        ..people::standing(people::collection())
    };
    let mut booth = Booth::with(settings());
    booth
        .starts()
        .touch(Intent::SigningIn(SigningInIntent::NewCode));
    booth
        .uses_code()
        .chooses_school()
        .shows_code()
        .types("175x");
    booth
        .is_found_with(people::file(vec![provisional]))
        .chooses_collection();
    // no network is no reason not to pay: the phone has its own
    booth.pays_now().on(service(true));
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn verifying_again_says_that_the_service_is_away() {
    let not_listed = Standing {
        eligibility: Eligibility::NotOnRoster,
        ..people::standing(people::collection())
    };
    let mut booth = Booth::with(settings());
    booth
        .starts()
        .uses_code()
        .chooses_school()
        .shows_code()
        .types("175x");
    booth
        .is_found_with(people::file(vec![not_listed]))
        .chooses_collection()
        .told_already();
    booth
        .touch(Intent::NotEligible(NotEligibleIntent::VerifyAgain))
        .answer(Answer::File(Err(StoreTrouble::ServiceAway)))
        .touch(Intent::NotEligible(NotEligibleIntent::Back))
        .touch(Intent::Details(DetailsIntent::Next));
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn faults_that_can_wait_wait_for_the_running_session_and_others_do_not() {
    let mut booth = Booth::new();
    booth.identified(people::new_student()).told_already();
    booth.on(Event::Pause(PausedReason::DiskLow));
    booth.stands_at("Collections");
    booth.wait(61.0).wait(31.0);
    booth.touch(Intent::Welcome(WelcomeIntent::Start));
    booth.on(Event::WorkerLost("camera".into()));
    booth.on(Event::Resolve(PausedReason::DiskLow));
    booth.on(Event::Resolve(PausedReason::WorkerLost("camera".into())));
    booth.starts().on(Event::WorkerLost("studio".into()));
    insta::assert_snapshot!(booth.transcript());
}
