//! What is shown to a booth without a network: digits with their limits, lists of keys, receipts under them. A booth of its
//! own for each test, and the line that is cut.

mod digits;
mod keys;

use super::{Line, OfflinePayment, Work};
use crate::domain::{BoothId, Order, OrderId, OrderState, StudentRef};
use crate::session::{
    Answer, CodeText, PayProblem, PaymentNews, PaymentProof, QuestionId, Questions,
};
use crate::store::{StateKey, Store};
use crate::wire::offline::keyset::{Keyset, PaymentKey};
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

fn refusal(news: &PaymentNews) -> Option<PayProblem> {
    let PaymentNews::NotTaken(problem) = news else {
        return None;
    };
    Some(*problem)
}
