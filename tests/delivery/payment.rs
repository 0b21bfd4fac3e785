//! Orders: paid once, whoever stands there, whatever the network does.

use crate::booth::{Booth, changes, collection, now, student};
use crate::scripted::{Asked, Reply, Scripted, free_address};
use gradbooth::domain::{EntitlementSource, Language, Order, OrderId, OrderState};
use gradbooth::session::{Answer, Effect, PaymentNews, QuestionId};
use gradbooth::store::Asked as OrderAsked;
use gradbooth::wire::{OrderStatus, paths};
use gradbooth::workers::service::ServiceFact;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

fn order(n: u8) -> Order {
    let collection = collection();
    Order {
        id: OrderId::from_bytes([n; 16]),
        student: student(1),
        collection: collection.id,
        fee: collection.fee,
        price_version: collection.price_version,
    }
}

/// The service's side of one order.
#[derive(Clone)]
struct Till(Arc<Mutex<(OrderState, Vec<String>)>>);

impl Till {
    fn new() -> Self {
        Self(Arc::new(Mutex::new((OrderState::Open, Vec::new()))))
    }

    fn is_paid(&self) {
        self.0.lock().unwrap().0 = OrderState::Settled;
    }

    fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().1.clone()
    }

    fn answer(&self, asked: &Asked) -> Reply {
        if asked.path.starts_with(paths::CHANGES) {
            return Reply::changes(asked, &changes());
        }
        let Some(rest) = asked.path.strip_prefix("/v1/orders/") else {
            return Reply::refusal(404, "not_found");
        };
        let mut till = self.0.lock().unwrap();
        till.1.push(format!(
            "{} {}",
            asked.method,
            rest.get(32..).unwrap_or_default()
        ));
        if rest.ends_with("/close") && till.0 == OrderState::Open {
            till.0 = OrderState::Closed;
        }
        let state = till.0;
        let open = state == OrderState::Open;
        Reply::json(
            200,
            &OrderStatus {
                id: rest[..32].parse().unwrap(),
                state,
                payment_url: open.then(|| "https://pay.example/1".to_owned()),
                expires_at: open.then(|| now() + jiff::SignedDuration::from_mins(15)),
                payee: "学校".into(),
                receipt_number: None,
            },
        )
    }
}

fn open(booth: &mut Booth, n: u8) -> QuestionId {
    let question = booth.questions.draw();
    booth.workers.execute(
        Effect::OpenOrder {
            question,
            order: order(n),
        },
        Language::Chinese,
    );
    question
}

fn close(booth: &Booth, question: QuestionId, n: u8) {
    booth.workers.execute(
        Effect::CloseOrder {
            question,
            order: order(n),
        },
        Language::Chinese,
    );
}

fn hears_news(
    booth: &mut Booth,
    question: QuestionId,
    wanted: fn(&PaymentNews) -> bool,
) -> PaymentNews {
    booth.hears(|fact| match fact {
        ServiceFact::Answer(asked, Answer::Payment(news)) if *asked == question && wanted(news) => {
            Some(news.clone())
        }
        _ => None,
    })
}

fn is_offered(news: &PaymentNews) -> bool {
    matches!(news, PaymentNews::Offered(_))
}

fn is_settled(news: &PaymentNews) -> bool {
    matches!(news, PaymentNews::Settled(_))
}

fn is_closed(news: &PaymentNews) -> bool {
    matches!(news, PaymentNews::Closed)
}

fn is_silent(news: &PaymentNews) -> bool {
    matches!(news, PaymentNews::Silent)
}

fn started(till: &Till) -> Scripted {
    started_at(free_address(), till)
}

fn started_at(address: SocketAddr, till: &Till) -> Scripted {
    let till = till.clone();
    Scripted::start_at(address, move |asked| till.answer(asked))
}

#[test]
fn an_order_is_durable_before_its_code_and_settles_into_an_entitlement() {
    let till = Till::new();
    let service = started(&till);
    let mut booth = Booth::new(service.address());
    let question = open(&mut booth, 1);
    let PaymentNews::Offered(code) = hears_news(&mut booth, question, is_offered) else {
        unreachable!()
    };
    assert_eq!(code.url, "https://pay.example/1");
    let stored = booth.store.open_orders().unwrap();
    assert!(stored.len() == 1 && stored[0].was_offered);
    till.is_paid();
    let PaymentNews::Settled(entitlement) = hears_news(&mut booth, question, is_settled) else {
        unreachable!()
    };
    assert_eq!(
        entitlement.source,
        EntitlementSource::Order { order: order(1).id }
    );
    assert_eq!(
        booth
            .store
            .entitlement(&student(1), &collection().id)
            .unwrap(),
        Some(entitlement.clone())
    );
    // asked again, nothing more is to be paid
    let again = open(&mut booth, 2);
    assert_eq!(
        hears_news(&mut booth, again, is_settled),
        PaymentNews::Settled(entitlement)
    );
}

#[test]
fn money_that_comes_after_the_student_left_is_not_lost() {
    let till = Till::new();
    let service = started(&till);
    let mut booth = Booth::new(service.address());
    let question = open(&mut booth, 1);
    hears_news(&mut booth, question, is_offered);
    booth.workers.new_session();
    // the exchange that was under way is over, so the worker has heard that nobody waits
    let before = till.asked().len();
    booth.until(|_| till.asked().len() >= before + 2);
    till.is_paid();
    booth.until(|booth| {
        booth
            .store
            .entitlement(&student(1), &collection().id)
            .unwrap()
            .is_some()
    });
    booth.waits();
    let told = booth
        .workers
        .facts()
        .any(|fact| matches!(fact, ServiceFact::Answer(..)));
    assert!(!told, "nobody is told");
}

#[test]
fn an_order_that_was_open_when_the_power_went_is_taken_up_again() {
    let till = Till::new();
    let service = started(&till);
    let mut booth = Booth::new(service.address());
    let question = open(&mut booth, 1);
    hears_news(&mut booth, question, is_offered);
    let address = service.address();
    drop(service);
    let booth = booth.restarted(address);
    till.is_paid();
    let _service = started_at(address, &till);
    booth.until(|booth| {
        booth
            .store
            .entitlement(&student(1), &collection().id)
            .unwrap()
            .is_some()
    });
    assert!(booth.store.open_orders().unwrap().is_empty());
}

#[test]
fn nobody_leaves_before_the_provider_has_spoken() {
    let till = Till::new();
    let service = started(&till);
    let address = service.address();
    let mut booth = Booth::new(address);
    let question = open(&mut booth, 1);
    hears_news(&mut booth, question, is_offered);
    drop(service);
    hears_news(&mut booth, question, is_silent);
    close(&booth, question, 1);
    booth.waits();
    assert!(
        !booth
            .workers
            .facts()
            .any(|fact| matches!(fact, ServiceFact::Answer(_, Answer::Payment(_))))
    );
    assert_eq!(booth.store.open_orders().unwrap().len(), 1);
    let _service = started_at(address, &till);
    hears_news(&mut booth, question, is_closed);
    assert!(booth.store.open_orders().unwrap().is_empty());
    assert!(till.asked().iter().any(|asked| asked == "POST /close"));
}

#[test]
fn paid_in_the_moment_of_closing_is_paid() {
    let till = Till::new();
    let service = started(&till);
    let mut booth = Booth::new(service.address());
    let question = open(&mut booth, 1);
    hears_news(&mut booth, question, is_offered);
    till.is_paid();
    close(&booth, question, 1);
    hears_news(&mut booth, question, is_settled);
}

#[test]
fn a_code_that_was_never_shown_holds_nobody() {
    let mut booth = Booth::new(free_address());
    let question = open(&mut booth, 1);
    hears_news(&mut booth, question, is_silent);
    close(&booth, question, 1);
    hears_news(&mut booth, question, is_closed);
    assert!(booth.store.open_orders().unwrap().is_empty());
    assert!(matches!(
        booth.store.open_order(&order(2), now()).unwrap(),
        OrderAsked::Open(_)
    ));
}

#[test]
fn a_portal_settles_nothing() {
    let service = Scripted::start(|_| Reply::page(200, "<html>paid!</html>"));
    let mut booth = Booth::new(service.address());
    let question = open(&mut booth, 1);
    hears_news(&mut booth, question, is_silent);
    booth.waits();
    assert_eq!(
        booth
            .store
            .entitlement(&student(1), &collection().id)
            .unwrap(),
        None
    );
}

#[test]
fn an_order_that_the_service_refuses_is_told_and_closed() {
    let service = Scripted::start(|_| Reply::refusal(409, "fee_changed"));
    let mut booth = Booth::new(service.address());
    let question = open(&mut booth, 1);
    hears_news(&mut booth, question, |news| {
        matches!(news, PaymentNews::NotOpened(_))
    });
    assert!(booth.store.open_orders().unwrap().is_empty());
}
