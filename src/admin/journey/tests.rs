//! An attendant at work, and somebody who is none.

use super::*;
use crate::admin::Overview;
use crate::domain::{SubmissionId, SubmissionState};

struct Counter {
    admin: Admin,
    now: Instant,
}

impl Counter {
    fn new(wrong: u32) -> Self {
        Self {
            admin: Admin::new(wrong),
            now: crate::clock::now(),
        }
    }

    fn on(&mut self, event: AdminEvent) -> Vec<AdminEffect> {
        let effects = self.admin.on(event, self.now);
        effects
            .into_iter()
            .filter(|effect| !matches!(effect, AdminEffect::WakeAt(_)))
            .collect()
    }

    fn touch(&mut self, intent: AdminIntent) -> Vec<AdminEffect> {
        self.on(AdminEvent::Intent(intent))
    }

    /// Types a PIN; the question about it, if one was asked.
    fn types(&mut self, pin: &str) -> Option<QuestionId> {
        for digit in pin.chars() {
            self.touch(AdminIntent::Digit(digit));
        }
        match self.touch(AdminIntent::Enter).as_slice() {
            [
                AdminEffect::VerifyPin {
                    question,
                    pin: typed,
                },
            ] => {
                assert_eq!(typed.0.as_str(), pin);
                Some(*question)
            }
            _ => None,
        }
    }

    fn told(&mut self, question: QuestionId, answer: AdminAnswer) -> Vec<AdminEffect> {
        self.on(AdminEvent::Answer(question, answer))
    }

    fn is_let_in(wrong: u32) -> Self {
        let mut counter = Self::new(wrong);
        counter.on(AdminEvent::Corner);
        let question = counter.types("246810").unwrap();
        counter.told(question, AdminAnswer::Pin(Ok(())));
        assert!(matches!(counter.admin.step(), AdminStep::Home(_)));
        counter
    }

    fn waits(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        self.on(AdminEvent::Tick);
    }
}

fn row(number: u8) -> QueueRow {
    QueueRow {
        id: SubmissionId::from_bytes([number; 16]),
        submitted_at: jiff::Timestamp::UNIX_EPOCH,
        state: SubmissionState::Held,
        tries: 3,
        why: "unknown collection".into(),
    }
}

#[test]
fn nothing_but_the_pin_opens_anything() {
    let mut counter = Counter::new(0);
    for intent in [
        AdminIntent::Home,
        AdminIntent::Queue,
        AdminIntent::ReallyQuit,
        AdminIntent::Camera,
    ] {
        assert_eq!(counter.touch(intent), []);
        assert_eq!(*counter.admin.step(), AdminStep::Away);
    }
    counter.on(AdminEvent::Corner);
    for intent in [
        AdminIntent::Home,
        AdminIntent::RetryAll,
        AdminIntent::OutOfService(true),
        AdminIntent::ReallyQuit,
    ] {
        assert_eq!(counter.touch(intent), []);
        assert!(matches!(counter.admin.step(), AdminStep::EnteringPin(_)));
    }
    assert_eq!(counter.types("123"), None, "too short to be one");
}

#[test]
fn the_sixth_try_waits_and_walking_away_does_not_end_the_wait() {
    let mut counter = Counter::new(0);
    counter.on(AdminEvent::Corner);
    for wrong in 1..=5 {
        let question = counter.types("111111").unwrap();
        counter.told(question, AdminAnswer::Pin(Err(wrong)));
    }
    assert_eq!(counter.types("246810"), None);
    counter.touch(AdminIntent::Leave);
    counter.on(AdminEvent::Corner);
    assert_eq!(counter.types("246810"), None);
    counter.waits(30);
    let question = counter.types("111111").unwrap();
    counter.told(question, AdminAnswer::Pin(Err(6)));
    counter.waits(59);
    assert_eq!(counter.types("246810"), None);
    counter.waits(1);
    assert!(counter.types("246810").is_some());
}

#[test]
fn neither_does_pulling_the_plug() {
    let mut counter = Counter::new(6);
    counter.on(AdminEvent::Corner);
    assert_eq!(counter.types("246810"), None);
    counter.waits(60);
    assert!(counter.types("246810").is_some());
}

#[test]
fn an_answer_to_an_earlier_try_opens_nothing() {
    let mut counter = Counter::new(0);
    counter.on(AdminEvent::Corner);
    let first = counter.types("246810").unwrap();
    assert_eq!(counter.types("246810"), None, "one question at a time");
    counter.touch(AdminIntent::Leave);
    counter.on(AdminEvent::Corner);
    counter.types("111111").unwrap();
    counter.told(first, AdminAnswer::Pin(Ok(())));
    assert!(matches!(counter.admin.step(), AdminStep::EnteringPin(_)));
}

#[test]
fn the_queue_is_seen_and_tried_again() {
    let mut counter = Counter::is_let_in(0);
    let effects = counter.touch(AdminIntent::Queue);
    let [AdminEffect::LoadQueue { question }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    counter.told(*question, AdminAnswer::Queue(vec![row(1), row(2)]));
    let effects = counter.touch(AdminIntent::Retry(1));
    let [
        AdminEffect::RetryNow(id),
        AdminEffect::LoadQueue { question },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(*id, row(2).id);
    assert_eq!(
        counter.admin.rows().len(),
        2,
        "the rows stay while the new ones are fetched"
    );
    counter.told(*question, AdminAnswer::Queue(Vec::new()));
    assert_eq!(counter.touch(AdminIntent::Retry(1)), []);
}

#[test]
fn the_kiosk_is_left_only_when_asked_twice() {
    let mut counter = Counter::is_let_in(4);
    assert_eq!(counter.touch(AdminIntent::ReallyQuit), []);
    counter.touch(AdminIntent::Quit);
    counter.touch(AdminIntent::NotYet);
    assert_eq!(counter.touch(AdminIntent::ReallyQuit), []);
    counter.touch(AdminIntent::Quit);
    assert!(
        counter
            .touch(AdminIntent::ReallyQuit)
            .contains(&AdminEffect::LeaveKiosk)
    );
}

#[test]
fn an_attendant_who_went_away_leaves_nothing_open() {
    let mut counter = Counter::is_let_in(0);
    assert_eq!(
        counter.touch(AdminIntent::Camera),
        [AdminEffect::OpenCamera]
    );
    counter.now += PATIENCE;
    assert_eq!(counter.on(AdminEvent::Tick), [AdminEffect::CloseCamera]);
    assert!(!counter.admin.is_here());
}

#[test]
fn the_queue_is_read_again_while_somebody_looks_at_it_and_what_was_copied_stays_said() {
    let mut counter = Counter::is_let_in(0);
    let effects = counter.touch(AdminIntent::Queue);
    let [AdminEffect::LoadQueue { question }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    counter.now += LOOK_AGAIN * 2;
    assert_eq!(counter.on(AdminEvent::Tick), [], "one question at a time");
    counter.told(*question, AdminAnswer::Queue(vec![row(1)]));
    let effects = counter.touch(AdminIntent::Export);
    let [AdminEffect::Export { question }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    counter.told(*question, AdminAnswer::Exported(Some((1, 0))));
    counter.now += LOOK_AGAIN;
    let effects = counter.on(AdminEvent::Tick);
    let [AdminEffect::LoadQueue { question }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    counter.told(*question, AdminAnswer::Queue(Vec::new()));
    let AdminStep::Queue(queue) = counter.admin.step() else {
        panic!()
    };
    assert_eq!(queue.rows.as_deref(), Some([].as_slice()));
    assert_eq!(queue.export, Export::Done { saved: 1, left: 0 });
    counter.touch(AdminIntent::Home);
    counter.now += LOOK_AGAIN * 2;
    assert_eq!(counter.on(AdminEvent::Tick), [], "nobody looks at it");
}

#[test]
fn what_helped_is_written_down_and_what_did_not_is_not() {
    let mut counter = Counter::is_let_in(0);
    let asked = counter.touch(AdminIntent::Help(Favour::HeadCovered));
    assert_eq!(asked, [AdminEffect::Help(Favour::HeadCovered)]);
    let written = counter.on(AdminEvent::Helped(Favour::HeadCovered));
    assert_eq!(written, [AdminEffect::Audit("head covering excused")]);
    // the records write it down where it is booked, and only if it is
    assert_eq!(counter.on(AdminEvent::Helped(Favour::Cash)), []);
    assert!(
        !counter.admin.is_here(),
        "the slip is on the student's screen"
    );
}

#[test]
fn figures_come_and_the_booth_is_taken_out_of_service() {
    let mut counter = Counter::is_let_in(0);
    let AdminStep::Home(home) = counter.admin.step().clone() else {
        panic!()
    };
    let overview = Overview {
        waiting: 2,
        ..Overview::default()
    };
    counter.told(home.question.unwrap(), AdminAnswer::Overview(overview));
    let effects = counter.touch(AdminIntent::OutOfService(true));
    assert_eq!(effects, [AdminEffect::MarkOutOfService(true)]);
    let AdminStep::Home(home) = counter.admin.step() else {
        panic!()
    };
    assert!(home.overview.as_ref().is_some_and(|o| o.waiting == 2));
}
