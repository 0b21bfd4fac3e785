//! What is shown to a booth without a network: digits with their limits, lists of keys, receipts under them.

use super::{Line, OfflinePayment, Work};
use crate::domain::{BoothId, Order, OrderId, OrderState, StudentRef};
use crate::session::{
    Answer, CodeText, PayProblem, PaymentNews, PaymentProof, QuestionId, Questions,
};
use crate::store::{StateKey, Store};
use crate::wire::offline::keyset::{Keyset, PaymentKey};
use crate::wire::offline::{PaymentReceipt, digits, digits_secret};
use crate::wire::{BoothKey, KnownStudent, OrderStatus, ReviewSecretKey};
use crate::workers::Facts;
use crate::workers::backoff::Pace;
use crate::workers::http::Trouble;
use crate::workers::service::{Rhythm, ServiceFact};
use ed25519_dalek::SigningKey;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

const TOKEN: &str = "token";
const CAMPUS: u8 = 1;
const NOW: u32 = 1_800_000_000;

/// The line to the service; without a network until somebody says otherwise.
#[derive(Clone, Default)]
struct Wire(Arc<AtomicBool>);

impl Wire {
    fn answer(&self, id: OrderId) -> Result<OrderStatus, Trouble> {
        if !self.0.load(Ordering::SeqCst) {
            return Err(Trouble::Unreachable);
        }
        Ok(OrderStatus {
            id,
            state: OrderState::Open,
            payment_url: Some("weixin://wxpay/1".into()),
            expires_at: None,
            payee: String::new(),
            receipt_number: None,
        })
    }
}

impl Line for Wire {
    fn put(&self, order: &Order) -> Result<OrderStatus, Trouble> {
        self.answer(order.id)
    }
    fn state(&self, id: OrderId) -> Result<OrderStatus, Trouble> {
        self.answer(id)
    }
    fn close(&self, id: OrderId) -> Result<OrderStatus, Trouble> {
        self.answer(id)
    }
    fn student(&self, _: &StudentRef) -> Result<KnownStudent, Trouble> {
        Err(Trouble::Unreachable)
    }
}

fn root() -> SigningKey {
    SigningKey::from_bytes(&[8; 32])
}

/// The key that signs receipts after so many rotations.
fn signing(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[20 + n; 32])
}

fn list(number: u32, keys: &[u8]) -> Keyset {
    let key = |n: &u8| PaymentKey {
        public: signing(*n).verifying_key(),
        from: NOW - 1000,
        until: u32::MAX,
    };
    Keyset {
        number,
        keys: keys.iter().map(key).collect(),
    }
}

struct Booth {
    folder: tempfile::TempDir,
    store: Store,
    work: Work<Wire>,
    wire: Wire,
    facts: Receiver<ServiceFact>,
    questions: Questions,
}

impl Booth {
    fn new() -> Self {
        Self::on(tempfile::tempdir().unwrap())
    }

    fn on(folder: tempfile::TempDir) -> Self {
        let booth = SigningKey::from_bytes(&[2; 32]);
        let public = booth.verifying_key();
        let review = ReviewSecretKey::from_bytes(&[6; 32]).unwrap().public();
        let key = BoothKey::new(
            (BoothId::from_bytes([1; 16]), "booth"),
            (TOKEN.into(), &booth),
            (&public, &review),
            (CAMPUS, &[1; 32]),
            &public,
        )
        .believing(&root().verifying_key(), list(1, &[1]).sign(&root()));
        let store = Store::open(folder.path(), &StateKey::from_bytes([3; 32])).unwrap();
        let (sender, facts) = sync_channel(64);
        let offline = OfflinePayment::of(&key, "https://photos.example.edu", 0).unwrap();
        let facts_out = Facts::new(sender, Arc::new(|| {}));
        let rhythm = Rhythm {
            poll: Duration::ZERO,
            unattended_poll: Duration::ZERO,
            pull: Duration::ZERO,
            retry: Pace {
                least: Duration::ZERO,
                most: Duration::ZERO,
            },
        };
        let wire = Wire::default();
        let work = Work::new(store.clone(), wire.clone(), facts_out, rhythm, offline);
        Self {
            folder,
            store,
            work,
            wire,
            facts,
            questions: Questions::default(),
        }
    }

    /// The plug is pulled and put back.
    fn restarted(self) -> Self {
        let Self {
            folder,
            store,
            work,
            facts,
            ..
        } = self;
        drop((store, work, facts));
        Self::on(folder)
    }

    fn proves(&mut self, order: &Order, proof: &PaymentProof) -> PaymentNews {
        let question = self.questions.draw();
        self.work.prove(question, order, proof);
        self.hears(question).unwrap()
    }

    /// The last that the worker has told about a question.
    fn hears(&self, question: QuestionId) -> Option<PaymentNews> {
        let news = self.facts.try_iter().filter_map(|fact| {
            let ServiceFact::Answer(asked, Answer::Payment(news)) = fact else {
                return None;
            };
            (asked == question).then_some(news)
        });
        news.last()
    }

    fn types(&mut self, order: &Order, typed: &str) -> PaymentNews {
        let typed = CodeText::new(typed.to_owned());
        self.proves(order, &PaymentProof::Digits(typed))
    }

    fn sees(&mut self, order: &Order, text: &str) -> PaymentNews {
        let seen = CodeText::new(text.to_owned());
        self.proves(order, &PaymentProof::Scanned(seen))
    }

    fn asked(&self, n: u8) -> Order {
        let order = Order {
            id: OrderId::from_bytes([n; 16]),
            student: StudentRef::new(format!("{n:02x}").repeat(8)),
            ..crate::store::samples::order(1)
        };
        self.store
            .open_order(&order, crate::store::samples::at(0))
            .unwrap();
        order
    }
}

fn right(order: &Order) -> String {
    digits::of_order(&digits_secret(TOKEN), order)
}

/// Nine digits that are not those of the order.
fn wrong(order: &Order) -> String {
    let right = right(order);
    let last = if right.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &right[..8])
}

fn refusal(news: &PaymentNews) -> Option<PayProblem> {
    let PaymentNews::NotTaken(problem) = news else {
        return None;
    };
    Some(*problem)
}

#[test]
fn attack_guessed_digits_end_after_five_and_a_restart_gives_no_try_back() {
    let mut booth = Booth::new();
    let order = booth.asked(1);
    for left in [4, 3] {
        let news = booth.types(&order, &wrong(&order));
        assert_eq!(refusal(&news), Some(PayProblem::WrongDigits(left)));
    }
    let mut booth = booth.restarted();
    for left in [2, 1] {
        let news = booth.types(&order, &wrong(&order));
        assert_eq!(refusal(&news), Some(PayProblem::WrongDigits(left)));
    }
    let mut booth = booth.restarted();
    let fifth = booth.types(&order, &wrong(&order));
    assert_eq!(refusal(&fifth), Some(PayProblem::DigitsLocked));
    let mut booth = booth.restarted();
    // the right ones come too late
    let late = booth.types(&order, &right(&order));
    assert_eq!(refusal(&late), Some(PayProblem::DigitsLocked));
    assert_eq!(
        booth
            .store
            .entitlement(&order.student, &order.collection)
            .unwrap(),
        None
    );
    // another order is not held up by it
    let other = booth.asked(2);
    let news = booth.types(&other, &right(&other));
    assert!(matches!(news, PaymentNews::Settled(_)), "{news:?}");
}

#[test]
fn attack_guesses_over_many_orders_end_after_thirty_at_one_booth() {
    let mut booth = Booth::new();
    let mut guesses = 0;
    for n in 1..=8 {
        let order = booth.asked(n);
        for _ in 0..4 {
            let news = booth.types(&order, &wrong(&order));
            if matches!(refusal(&news), Some(PayProblem::WrongDigits(_))) {
                guesses += 1;
            } else {
                assert_eq!(refusal(&news), Some(PayProblem::DigitsLocked));
            }
        }
        booth = booth.restarted();
    }
    assert_eq!(guesses, digits::TRIES_AN_HOUR);
    let last = booth.asked(9);
    let news = booth.types(&last, &right(&last));
    assert_eq!(refusal(&news), Some(PayProblem::DigitsLocked));
}

#[test]
fn the_right_digits_pay_and_those_of_another_order_do_not() {
    let mut booth = Booth::new();
    let (own, other) = (booth.asked(1), booth.asked(2));
    let news = booth.types(&own, &right(&other));
    assert_eq!(refusal(&news), Some(PayProblem::WrongDigits(4)));
    let spaced = format!(
        "{} {} {}",
        &right(&own)[..3],
        &right(&own)[3..6],
        &right(&own)[6..]
    );
    assert!(matches!(
        booth.types(&own, &spaced),
        PaymentNews::Settled(_)
    ));
}

#[test]
fn a_list_of_keys_held_up_at_a_booth_that_never_syncs_is_taken_and_kept() {
    let mut booth = Booth::new();
    let order = booth.asked(1);
    let receipt = PaymentReceipt::of(&order, CAMPUS, NOW)
        .unwrap()
        .sign(&signing(2));
    assert_eq!(
        refusal(&booth.sees(&order, &receipt)),
        Some(PayProblem::OldKey),
        "signed by a key that this booth never heard of"
    );
    let forged = list(2, &[2]).sign(&SigningKey::from_bytes(&[9; 32]));
    assert_eq!(
        refusal(&booth.sees(&order, &forged)),
        Some(PayProblem::NotGenuine)
    );
    let newer = list(3, &[2]).sign(&root());
    assert_eq!(
        refusal(&booth.sees(&order, &newer)),
        Some(PayProblem::KeysTaken)
    );
    // an older list, genuine as it is, is a way back for a stolen key
    let older = list(2, &[1, 2]).sign(&root());
    assert_eq!(
        refusal(&booth.sees(&order, &older)),
        Some(PayProblem::OldKey)
    );
    let mut booth = booth.restarted();
    assert_eq!(
        refusal(&booth.sees(&order, &older)),
        Some(PayProblem::OldKey)
    );
    let revoked = PaymentReceipt::of(&order, CAMPUS, NOW)
        .unwrap()
        .sign(&signing(1));
    assert_eq!(
        refusal(&booth.sees(&order, &revoked)),
        Some(PayProblem::OldKey),
        "the first key is on the list no more"
    );
    let news = booth.sees(&order, &receipt);
    assert!(matches!(news, PaymentNews::Settled(_)), "{news:?}");
}

#[test]
fn network_gone_after_the_code_was_shown_is_the_normal_case_for_the_same_order() {
    let mut booth = Booth::new();
    booth.wire.0.store(true, Ordering::SeqCst);
    let order = Order {
        id: OrderId::from_bytes([1; 16]),
        ..crate::store::samples::order(1)
    };
    let question = booth.questions.draw();
    booth.work.open(question, &order);
    booth.work.ask_due();
    let shown = booth.hears(question);
    assert!(matches!(shown, Some(PaymentNews::Offered(_))), "{shown:?}");
    booth.wire.0.store(false, Ordering::SeqCst);
    for _ in 0..3 {
        booth.work.ask_due();
    }
    let Some(PaymentNews::Offline(code)) = booth.hears(question) else {
        panic!("the phone has a network of its own")
    };
    assert!(code.url.contains("/O/"), "{}", code.url);
    let open = booth.store.open_orders().unwrap();
    assert_eq!(open.len(), 1, "no second order");
    assert_eq!(open[0].order.id, order.id);
    // what the phone brings back settles it, still without a network
    let receipt = PaymentReceipt::of(&order, CAMPUS, NOW)
        .unwrap()
        .sign(&signing(1));
    let news = booth.sees(&order, &receipt);
    assert!(matches!(news, PaymentNews::Settled(_)), "{news:?}");
}
