//! Signing in by phone.

use crate::booth::{Booth, changes, now};
use crate::scripted::{Asked, Reply, Scripted, free_address};
use gradbooth::domain::{Language, SignInId};
use gradbooth::session::{Answer, Effect, QuestionId, SignInNews};
use gradbooth::wire::{PhoneRef, SignInOffer, SignInState, paths};
use gradbooth::workers::service::ServiceFact;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const ID: SignInId = SignInId::from_bytes([4; 16]);

fn begins(booth: &mut Booth) -> QuestionId {
    let question = booth.questions.draw();
    booth
        .workers
        .execute(Effect::StartSignIn { question, id: ID }, Language::English);
    question
}

fn hears_news(
    booth: &mut Booth,
    question: QuestionId,
    wanted: fn(&SignInNews) -> bool,
) -> SignInNews {
    booth.hears(|fact| match fact {
        ServiceFact::Answer(asked, Answer::SignIn(news)) if *asked == question && wanted(news) => {
            Some(news.clone())
        }
        _ => None,
    })
}

fn answers(states: Vec<SignInState>) -> impl FnMut(&Asked) -> Reply {
    let mut states = states.into_iter();
    let mut last = SignInState::Waiting;
    move |asked| {
        if asked.path.starts_with(paths::CHANGES) {
            return Reply::changes(asked, &changes());
        }
        if asked.path == paths::SIGN_INS {
            assert!(String::from_utf8_lossy(&asked.body).contains("\"en\""));
            let expires_at = now() + jiff::SignedDuration::from_mins(5);
            return Reply::json(
                200,
                &SignInOffer {
                    page_url: "https://phone.example/s".into(),
                    expires_at,
                },
            );
        }
        last = states.next().unwrap_or_else(|| last.clone());
        Reply::json(200, &last)
    }
}

#[test]
fn a_phone_scans_and_confirms() {
    let phone_ref = PhoneRef::new("ab12");
    let confirmed = SignInState::Confirmed {
        phone_masked: "138****5678".into(),
        phone_ref,
        returning: vec![],
    };
    let states = vec![
        SignInState::Waiting,
        SignInState::Scanned,
        SignInState::Scanned,
        confirmed,
    ];
    let service = Scripted::start(answers(states));
    let mut booth = Booth::new(service.address());
    let question = begins(&mut booth);
    let SignInNews::Shown(page) = hears_news(&mut booth, question, |news| {
        matches!(news, SignInNews::Shown(_))
    }) else {
        unreachable!()
    };
    assert_eq!(page.url, "https://phone.example/s");
    let left = page.expires - gradbooth::clock::now();
    assert!(left > Duration::from_mins(4) && left <= Duration::from_mins(5));
    let confirmed = hears_news(&mut booth, question, |news| {
        matches!(news, SignInNews::Confirmed { .. })
    });
    assert!(matches!(confirmed, SignInNews::Confirmed { phone, .. } if phone.phone_ref == "ab12"));
    let scanned = |fact: &&ServiceFact| {
        matches!(
            fact,
            ServiceFact::Answer(_, Answer::SignIn(SignInNews::Scanned))
        )
    };
    assert_eq!(booth.seen.iter().filter(scanned).count(), 1, "told once");
}

#[test]
fn without_the_service_it_is_unavailable_and_comes_when_the_service_does() {
    let address = free_address();
    let mut booth = Booth::new(address);
    let question = begins(&mut booth);
    hears_news(&mut booth, question, |news| {
        *news == SignInNews::Unavailable
    });
    let _service = Scripted::start_at(address, answers(vec![SignInState::Refused]));
    hears_news(&mut booth, question, |news| {
        matches!(news, SignInNews::Shown(_))
    });
    hears_news(&mut booth, question, |news| *news == SignInNews::Refused);
}

#[test]
fn a_cancelled_one_is_not_asked_after() {
    let asked_after = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked_after);
    let mut answer = answers(vec![]);
    let service = Scripted::start(move |asked| {
        let is_after = asked.path == paths::sign_in(ID);
        counted.fetch_add(usize::from(is_after), Ordering::SeqCst);
        answer(asked)
    });
    let mut booth = Booth::new(service.address());
    let question = begins(&mut booth);
    hears_news(&mut booth, question, |news| {
        matches!(news, SignInNews::Shown(_))
    });
    booth.until(|_| asked_after.load(Ordering::SeqCst) > 0);
    booth
        .workers
        .execute(Effect::CancelSignIn { id: ID }, Language::English);
    // one question may be under way
    let most = asked_after.load(Ordering::SeqCst) + 1;
    booth.waits();
    booth.waits();
    assert!(asked_after.load(Ordering::SeqCst) <= most);
    assert!(
        !booth
            .workers
            .facts()
            .any(|fact| matches!(fact, ServiceFact::Answer(..)))
    );
}
