//! Orders: once, for the right fee, and the race between paying and closing.

use crate::bench::{Bench, refused};
use gradbooth::domain::{EducationCategory, EntitlementSource, Fee, OrderState};
use gradbooth::wire::{Cursor, KnownStudent, OrderStatus, paths};

fn status(response: reqwest::blocking::Response) -> OrderStatus {
    assert_eq!(response.status(), 200);
    response.json().unwrap()
}

impl Bench {
    fn press_pay(&self, url: &str) {
        let response = self.http.post(format!("{url}/pay")).send().unwrap();
        assert_eq!(response.status(), 303);
    }

    fn close(&self, order: &gradbooth::domain::Order) -> OrderStatus {
        status(
            self.booth("POST", &paths::close_order(order.id))
                .send()
                .unwrap(),
        )
    }
}

#[test]
fn an_order_is_opened_once_paid_once_and_gives_the_right() {
    let bench = Bench::new();
    let order = bench.order(1);
    let opened = status(bench.put_order(&order));
    assert_eq!(opened.state, OrderState::Open);
    assert_eq!(
        status(bench.put_order(&order)),
        opened,
        "the same order again is the same order"
    );
    let url = opened.payment_url.unwrap();
    let page = bench.http.get(&url).send().unwrap().text().unwrap();
    assert!(page.contains("¥20.00") && page.contains("Library 1"));
    bench.press_pay(&url);
    bench.press_pay(&url);
    let settled: OrderStatus = bench.get(&paths::order(order.id));
    assert_eq!(
        (settled.state, settled.payment_url),
        (OrderState::Settled, None)
    );
    let number = settled.receipt_number.unwrap();
    assert!(
        bench
            .http
            .get(&url)
            .send()
            .unwrap()
            .text()
            .unwrap()
            .contains(&number)
    );
    assert_eq!(
        bench.close(&order).state,
        OrderState::Settled,
        "what is paid is not closed"
    );
    let known: KnownStudent = bench.get(&paths::student(&order.student));
    assert_eq!(
        known.entitlements[0].source,
        EntitlementSource::Order { order: order.id }
    );
    assert_eq!(bench.changes(&Cursor::default()).entitlements.len(), 1);
    assert_eq!((bench.rows("orders"), bench.rows("payments")), (1, 1));
    let again = gradbooth::domain::Order {
        id: bench.order(2).id,
        ..order
    };
    assert_eq!(refused(bench.put_order(&again), 409), "already_entitled");
}

#[test]
fn an_order_of_another_fee_or_with_other_contents_is_refused() {
    let bench = Bench::new();
    let mut order = bench.order(1);
    order.fee = Fee::from_fen(1);
    assert_eq!(refused(bench.put_order(&order), 409), "fee_changed");
    let order = bench.order(1);
    status(bench.put_order(&order));
    let other = gradbooth::domain::Order {
        student: bench.order(2).student,
        ..order.clone()
    };
    assert_eq!(refused(bench.put_order(&other), 409), "conflict");
    let nowhere = gradbooth::domain::CollectionId("nowhere".into());
    let unknown = gradbooth::domain::Order {
        collection: nowhere,
        ..bench.order(3)
    };
    assert_eq!(
        refused(bench.put_order(&unknown), 404),
        "unknown_collection"
    );
    let adult = bench.collection(EducationCategory::Adult);
    let closed = gradbooth::domain::Order {
        collection: adult.id,
        fee: adult.fee,
        ..bench.order(4)
    };
    assert_eq!(refused(bench.put_order(&closed), 409), "not_open");
    assert_eq!(bench.rows("orders"), 1);
}

#[test]
fn a_second_code_closes_the_first_at_the_provider() {
    let bench = Bench::new();
    let first = bench.order(1);
    let first_url = status(bench.put_order(&first)).payment_url.unwrap();
    let second = gradbooth::domain::Order {
        id: bench.order(2).id,
        ..first.clone()
    };
    assert_eq!(status(bench.put_order(&second)).state, OrderState::Open);
    bench.press_pay(&first_url);
    let first: OrderStatus = bench.get(&paths::order(first.id));
    assert_eq!(first.state, OrderState::Closed, "nobody can pay twice");
    assert_eq!(bench.rows("payments"), 0);
}

#[test]
fn paying_and_closing_at_once_ends_in_exactly_one_of_both() {
    let bench = Bench::new();
    for byte in 1..=24 {
        let order = bench.order(byte);
        let url = status(bench.put_order(&order)).payment_url.unwrap();
        let closed = std::thread::scope(|scope| {
            let paying = scope.spawn(|| bench.press_pay(&url));
            let closing = scope.spawn(|| bench.close(&order));
            paying.join().unwrap();
            closing.join().unwrap()
        });
        let ended: OrderStatus = bench.get(&paths::order(order.id));
        assert_eq!(
            ended.state, closed.state,
            "what the booth was told is how it ended"
        );
        let known: KnownStudent = bench.get(&paths::student(&order.student));
        match ended.state {
            OrderState::Settled => assert_eq!(known.entitlements.len(), 1),
            OrderState::Closed => assert!(known.entitlements.is_empty()),
            OrderState::Open | OrderState::Refunded => panic!("neither paid nor closed"),
        }
    }
}

#[test]
fn a_code_that_has_run_out_is_closed_and_cannot_be_paid() {
    let bench = Bench::with(|config| gradbooth::review::Config {
        payment_validity: jiff::SignedDuration::from_millis(1),
        ..config
    });
    let order = bench.order(1);
    let url = status(bench.put_order(&order)).payment_url.unwrap();
    std::thread::sleep(std::time::Duration::from_millis(5));
    bench.press_pay(&url);
    let ended: OrderStatus = bench.get(&paths::order(order.id));
    assert_eq!(ended.state, OrderState::Closed);
    assert_eq!(bench.rows("payments"), 0);
}

#[test]
fn nobody_submits_what_nobody_paid_for() {
    let bench = Bench::new();
    let order = bench.order(1);
    let source = EntitlementSource::Order { order: order.id };
    let manifest = bench.manifest_for(
        1,
        order.collection.clone(),
        EducationCategory::Regular,
        source,
    );
    assert_eq!(refused(bench.put(&manifest), 409), "not_entitled");
    let url = status(bench.put_order(&order)).payment_url.unwrap();
    bench.press_pay(&url);
    assert_eq!(bench.put(&manifest).status(), 200);
}
