//! A booth without a network: its order travels as a code, the phone pays, the receipt travels back as a code.

use crate::bench::{Bench, code_in, refused, student};
use gradbooth::domain::{EntitlementSource, Fee, Order, OrderId, OrderState, VoucherId};
use gradbooth::vision::codes::Luma;
use gradbooth::wire::offline::{Keyset, OrderCode, PaymentReceipt, digits, digits_secret};
use gradbooth::wire::{Cursor, KnownStudent, OrderStatus, PaymentReport, ReportTaken, paths};

impl Bench {
    /// What the booth draws, as a phone would open it.
    fn order_path(&self, order: &Order) -> String {
        let code =
            OrderCode::sign(order, self.key.booth, &self.key.signing_key().unwrap()).unwrap();
        let url = code.url(&self.url);
        format!("{}{}", self.url, &url[self.url.len()..])
    }

    fn text(&self, url: &str) -> String {
        self.http.get(url).send().unwrap().text().unwrap()
    }

    /// The receipt on a page, read as a camera reads it.
    fn receipt_on(page: &str) -> String {
        let path = page
            .split("<path d=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let side: usize = page
            .split("viewBox=\"0 0 ")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let mut dark = vec![false; side * side];
        for module in path.split('M').skip(1) {
            let (x, rest) = module.split_once(' ').unwrap();
            let y = rest.split('h').next().unwrap();
            dark[y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap()] = true;
        }
        let shades = dark.iter().map(|dark| if *dark { 0 } else { 255 });
        code_in(&Luma::new(side, side, shades.collect()).unwrap().repeated(6))
    }

    fn reports(&self, report: &PaymentReport) -> bool {
        let answer = self
            .booth("POST", paths::PAYMENT_REPORTS)
            .json(report)
            .send()
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.json::<ReportTaken>().unwrap().fits
    }

    fn rights(&self, order: &Order) -> Vec<EntitlementSource> {
        let known: KnownStudent = self.get(&paths::student(&order.student));
        known
            .entitlements
            .into_iter()
            .map(|right| right.source)
            .collect()
    }
}

#[test]
fn a_phone_pays_for_a_booth_without_a_network_and_brings_the_receipt_back() {
    let bench = Bench::new();
    let order = bench.order(1);
    let opened = bench.http.get(bench.order_path(&order)).send().unwrap();
    assert_eq!(opened.status(), 303);
    let page = format!(
        "{}{}",
        bench.url,
        opened.headers()["location"].to_str().unwrap()
    );
    let open = bench.text(&page);
    assert!(open.contains("¥20.00") && open.contains(&order.id.short().to_uppercase()));
    assert!(!open.contains("/cancel"), "the booth could not be told");
    bench.http.post(format!("{page}/pay")).send().unwrap();
    let paid = bench.text(&page);
    let keys = Keyset::open(
        &bench.key.payment_keys,
        &bench.key.payment_root().unwrap().unwrap(),
    )
    .unwrap();
    let text = Bench::receipt_on(&paid);
    let receipt = PaymentReceipt::open(&text, &keys, bench.key.campus_key_number).unwrap();
    receipt
        .check(&order.student, &order.collection, Some(order.fee))
        .unwrap();
    let nine = digits::of_order(&digits_secret(&bench.key.token), &order);
    assert!(paid.contains(&format!("{} {} {}", &nine[..3], &nine[3..6], &nine[6..])));
    assert_eq!(
        Bench::receipt_on(&bench.text(&page)),
        text,
        "the same page shows the same receipt"
    );
    // the code on the booth still leads there
    let again = bench.http.get(bench.order_path(&order)).send().unwrap();
    assert_eq!(
        again.headers()["location"].to_str().unwrap(),
        format!("/p/{}", order.id)
    );
    // the network is back: the booth asks for the order that it made
    assert_eq!(
        bench.get::<OrderStatus>(&paths::order(order.id)).state,
        OrderState::Settled
    );
    assert!(bench.reports(&PaymentReport::Settled {
        order,
        digits: false
    }));
}

#[test]
fn attack_a_stolen_booth_key_lets_nobody_submit_and_is_shut_out_once_revoked() {
    let bench = Bench::new();
    let order = bench.order(1);
    // with the key of a booth the thief says that somebody has paid, and makes the digits himself
    let report = PaymentReport::Settled {
        order: order.clone(),
        digits: true,
    };
    assert!(!bench.reports(&report), "no money, no fit");
    assert!(bench.rights(&order).is_empty());
    let manifest = bench.manifest_for(
        1,
        order.collection.clone(),
        gradbooth::domain::EducationCategory::Regular,
        EntitlementSource::Order { order: order.id },
    );
    assert_eq!(refused(bench.put(&manifest), 409), "not_entitled");
    let found = bench
        .store()
        .write_now(gradbooth::review::store::money::compare)
        .unwrap();
    assert!(
        found
            .iter()
            .any(|mismatch| mismatch.what == "report_does_not_fit")
    );
    let path = bench.order_path(&order);
    assert_eq!(bench.http.get(&path).send().unwrap().status(), 303);
    let booth = bench.key.booth;
    bench
        .store()
        .write_now(|tx| gradbooth::review::store::booths::revoke(tx, booth, "test").map(drop))
        .unwrap();
    assert_eq!(bench.put_order(&bench.order(2)).status(), 401);
    let report = bench.booth("POST", paths::PAYMENT_REPORTS).json(&report);
    assert_eq!(report.send().unwrap().status(), 401);
    let another = bench.order_path(&bench.order(3));
    assert_eq!(bench.http.get(another).send().unwrap().status(), 404);
}

#[test]
fn attack_fake_order_codes_open_nothing() {
    let bench = Bench::new();
    let order = bench.order(1);
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let forged = OrderCode::sign(&order, bench.key.booth, &stranger).unwrap();
    let unknown = OrderCode::sign(&order, crate::bench::stranger(), &stranger).unwrap();
    for code in [forged, unknown] {
        let url = code.url(&bench.url);
        let answer = bench
            .http
            .get(format!("{}{}", bench.url, &url[bench.url.len()..]))
            .send()
            .unwrap();
        assert_eq!(answer.status(), 404);
    }
    // an edited price carries no signature of the booth; one that the booth signed itself is not the collection's
    let cheap = Order {
        fee: Fee::from_fen(1),
        ..order
    };
    assert_eq!(
        bench
            .http
            .get(bench.order_path(&cheap))
            .send()
            .unwrap()
            .status(),
        404
    );
    assert_eq!(bench.rows("orders"), 0);
}

#[test]
fn two_booths_that_could_not_hear_of_each_other_keep_one_payment() {
    let bench = Bench::new();
    let first = bench.order(1);
    let second = Order {
        id: OrderId::from_bytes([2; 16]),
        ..first.clone()
    };
    for order in [&first, &second] {
        bench.http.get(bench.order_path(order)).send().unwrap();
    }
    // opening the second closed the first at the provider
    for order in [&first, &second] {
        bench
            .http
            .post(format!("{}/p/{}/pay", bench.url, order.id))
            .send()
            .unwrap();
    }
    assert_eq!(bench.rows("payments"), 1);
    assert_eq!(
        bench.rights(&first),
        [EntitlementSource::Order { order: second.id }]
    );
    // the first booth's page shows the receipt that counts, too
    let text = Bench::receipt_on(&bench.text(&format!("{}/p/{}", bench.url, first.id)));
    let keys = Keyset::open(
        &bench.key.payment_keys,
        &bench.key.payment_root().unwrap().unwrap(),
    )
    .unwrap();
    assert_eq!(
        PaymentReceipt::open(&text, &keys, bench.key.campus_key_number)
            .unwrap()
            .order,
        second.id
    );
}

#[test]
fn a_booths_own_decisions_enter_the_books_once_or_wait_for_somebody() {
    let bench = Bench::new();
    let order = bench.order(1);
    let voucher = VoucherId::from_bytes([3; 16]);
    let spends = |byte: u8| PaymentReport::Voucher {
        voucher,
        student: student(byte),
        collection: order.collection.clone(),
    };
    assert!(!bench.reports(&spends(1)), "never issued");
    let other = VoucherId::from_bytes([4; 16]);
    bench
        .store()
        .write_now(|tx| {
            gradbooth::review::store::vouchers::issue(tx, other, &order.collection, "test")
        })
        .unwrap();
    let spends = |byte: u8| PaymentReport::Voucher {
        voucher: other,
        student: student(byte),
        collection: order.collection.clone(),
    };
    assert!(bench.reports(&spends(1)) && bench.reports(&spends(1)));
    assert!(!bench.reports(&spends(2)), "spent by somebody else");
    assert_eq!(
        bench.rights(&order),
        [EntitlementSource::Voucher { voucher: other }]
    );
    // nobody has paid this one
    let unpaid = bench.order(5);
    assert!(!bench.reports(&PaymentReport::Settled {
        order: unpaid.clone(),
        digits: true
    }));
    assert!(
        bench.rights(&unpaid).is_empty(),
        "a booth's word makes no right here"
    );
    let found = bench
        .store()
        .write_now(gradbooth::review::store::money::compare)
        .unwrap();
    let of = |what: &str| found.iter().filter(|found| found.what == what).count();
    assert_eq!(of("report_does_not_fit"), 3);
    assert!(
        found
            .iter()
            .all(|found| !found.owner.is_empty() && found.due_at > found.found_at)
    );
    assert_eq!(bench.changes(&Cursor::default()).entitlements.len(), 1);
}

#[test]
fn cash_and_a_phone_for_the_same_order_leave_one_of_both_to_give_back() {
    let bench = Bench::new();
    let mut collection = bench.collection(gradbooth::domain::EducationCategory::Regular);
    collection.terms.cash = true;
    bench
        .store()
        .write_now(|tx| {
            gradbooth::review::store::catalogue::put(
                tx,
                &collection,
                gradbooth::review::store::catalogue::Admits::Everyone,
            )
        })
        .unwrap();
    let order = bench.order(1);
    bench.http.get(bench.order_path(&order)).send().unwrap();
    bench
        .http
        .post(format!("{}/p/{}/pay", bench.url, order.id))
        .send()
        .unwrap();
    let cash = PaymentReport::Cash {
        order: order.clone(),
        receipt_number: "C-1a2b3c-0001".into(),
        taken_at: "2026-11-24T08:00:00Z".parse().unwrap(),
    };
    assert!(bench.reports(&cash) && bench.reports(&cash));
    assert_eq!((bench.rows("payments"), bench.rows("refunds")), (1, 1));
    assert_eq!(bench.rights(&order).len(), 1);
    let found = bench
        .store()
        .write_now(gradbooth::review::store::money::compare)
        .unwrap();
    assert_eq!(
        (found[0].what.as_str(), found[0].owner.as_str()),
        ("refund_by_hand", "operator")
    );
    // cash for an order that the service never saw is money all the same
    let unseen = bench.order(2);
    let cash = PaymentReport::Cash {
        order: unseen.clone(),
        receipt_number: "C-1a2b3c-0002".into(),
        taken_at: "2026-11-24T08:00:00Z".parse().unwrap(),
    };
    assert!(bench.reports(&cash));
    assert_eq!(
        bench.rights(&unseen),
        [EntitlementSource::Order { order: unseen.id }]
    );
}
