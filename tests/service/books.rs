//! The finance office's page, in its browser: the three books, what does not agree, bills, refunds, withdrawals.

use crate::bench::{Bench, student};
use crate::people::{Browser, field};
use gradbooth::domain::{EntitlementSource, Order, OrderId, OrderState, SubmissionState};
use gradbooth::review::commands::{Cli, run};
use gradbooth::review::store::withdrawals;
use gradbooth::wire::{KnownStudent, Manifest, OrderStatus, PaymentReport, paths};

const BILL: &str = "\u{feff}交易时间,公众账号ID,微信订单号,商户订单号,交易状态,应结订单金额,退款金额\n\
    `2026-11-24 16:00:00,`wx1,`4200001,`0202,`SUCCESS,`20.00,`0.00\n\
    总交易单数,应结订单总金额\n`1,`20.00\n";

impl Bench {
    fn bought(&self, byte: u8) -> Order {
        // nothing of the order's own number is in what must not be shown
        let order = Order {
            id: OrderId::from_bytes([0xa0 + byte; 16]),
            ..self.order(byte)
        };
        assert_eq!(self.put_order(&order).status(), 200);
        let pay = format!("{}/p/{}/pay", self.url, order.id);
        assert_eq!(self.http.post(pay).send().unwrap().status(), 303);
        order
    }

    fn handed_in(&self, order: &Order) -> Manifest {
        let collection = self.collection(gradbooth::domain::EducationCategory::Regular);
        let manifest = self.manifest_for(
            1,
            collection.id,
            collection.category,
            EntitlementSource::Order { order: order.id },
        );
        let manifest = Manifest {
            student: order.student.clone(),
            ..manifest
        };
        assert_eq!(self.put(&manifest).status(), 200);
        manifest
    }

    fn known(&self, order: &Order) -> KnownStudent {
        self.get(&paths::student(&order.student))
    }
}

impl Browser<'_> {
    fn deed(&self, order: OrderId, deed: &str, rest: &str) -> u16 {
        let page = self.page(&format!("/books/{order}"));
        let body = format!("csrf={}{rest}", field(&page, "csrf"));
        let sent = self.send(&format!("/books/{order}/{deed}"), body);
        sent.status().as_u16()
    }
}

#[test]
fn only_the_finance_office_and_the_administrator_see_the_books() {
    let bench = Bench::new();
    let order = bench.bought(1);
    for name in ["reviewer", "school"] {
        let other = Browser::log_in(&bench, name);
        for path in ["/books", "/books.csv", &format!("/books/{}", order.id)] {
            assert_eq!(other.get(path).status(), 403, "{name} {path}");
        }
        let refund = format!("/books/{}/refund", order.id);
        let sent = other.send(&refund, "csrf=x&why=withdrawn".into());
        assert_eq!(sent.status(), 403);
    }
    let finance = Browser::log_in(&bench, "finance");
    for path in ["/review", "/school", "/desk"] {
        assert_eq!(finance.get(path).status(), 403, "{path}");
    }
    assert!(finance.page("/books").contains("agree"));
    assert!(
        Browser::log_in(&bench, "admin")
            .page("/books")
            .contains("agree")
    );
    let nobody = bench.http.get(format!("{}/books", bench.url));
    assert_eq!(nobody.send().unwrap().status(), 303);
    assert_eq!(
        bench.known(&order).entitlements.len(),
        1,
        "nothing went back"
    );
}

#[test]
fn an_order_is_shown_in_the_three_books_and_in_the_csv() {
    let bench = Bench::new();
    let (order, open) = (bench.bought(1), bench.order(2));
    bench.put_order(&open);
    let finance = Browser::log_in(&bench, "finance");
    let page = finance.page("/books");
    let number = order.id.short().to_uppercase();
    assert!(page.contains(&number) && page.contains(&open.id.short().to_uppercase()));
    assert!(page.contains("¥20.00 · Simulated") && page.contains("By an order"));
    assert!(page.contains("Nothing came in") && page.contains("waits for payment"));
    assert!(!page.contains(student(1).as_str()), "the books name nobody");
    let found = finance.page(&format!("/books?find={}", order.id.short()));
    assert!(found.contains(&number) && !found.contains(&open.id.short().to_uppercase()));
    let status: OrderStatus = bench.get(&paths::order(order.id));
    let receipt = status.receipt_number.unwrap();
    assert!(
        finance
            .page(&format!("/books?find={receipt}"))
            .contains(&number)
    );
    assert!(
        finance
            .page("/books?find=%27%3B--x")
            .contains("no such order")
    );
    let csv = finance.get("/books.csv");
    assert_eq!(csv.headers()["content-type"], "text/csv; charset=utf-8");
    let csv = csv.text().unwrap();
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.contains(&format!("\"{}\",\"{receipt}\"", order.id)));
    let one = finance.page(&format!("/books/{}", order.id));
    assert!(one.contains("Money came in") && one.contains("Give back ¥20.00"));
    let unpaid = finance.page(&format!("/books/{}", open.id));
    assert!(!unpaid.contains("Give back"));
    assert_eq!(finance.deed(open.id, "refund", "&why=unusable"), 409);
    let unknown = OrderId::from_bytes([9; 16]);
    assert_eq!(finance.get(&format!("/books/{unknown}")).status(), 404);
}

#[test]
fn what_does_not_agree_has_an_owner_and_a_day_until_it_agrees() {
    let bench = Bench::new();
    let order = bench.bought(1);
    let (student, collection) = (order.student.clone(), order.collection.clone());
    let lost = "DELETE FROM entitlements WHERE student = ?1 AND collection = ?2";
    bench
        .store()
        .write_now(|tx| Ok(tx.execute(lost, [student.as_str(), &collection.0])?))
        .unwrap();
    let finance = Browser::log_in(&bench, "finance");
    let page = finance.page("/books");
    assert!(
        page.contains("Paid, and no right to be photographed") && page.contains("Service desk")
    );
    assert!(page.contains(&format!("/books/{}", order.id)) && page.contains("differs"));
    let due = "SELECT due_ms - found_ms FROM mismatches WHERE what = 'paid_without_right'";
    let days: i64 = bench
        .store()
        .read_now(|tx| Ok(tx.query_row(due, [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(days, 86_400_000);
    // its day has passed
    bench
        .store()
        .write_now(|tx| Ok(tx.execute("UPDATE mismatches SET due_ms = 0", [])?))
        .unwrap();
    assert!(finance.page("/books").contains("badge fail\">1970-01-01"));
    assert_eq!(finance.deed(order.id, "refund", "&why=unusable"), 303);
    assert!(
        !finance
            .page("/books")
            .contains("no right to be photographed")
    );
}

#[test]
fn a_bill_is_sent_and_compared_and_anything_else_is_refused_calmly() {
    let bench = Bench::new();
    let finance = Browser::log_in(&bench, "finance");
    let csrf = field(&finance.page("/books"), "csrf").to_owned();
    let send = |csrf: &str, file: Vec<u8>| {
        let sent = finance.send_file("/books/bill", &[("csrf", csrf)], &file);
        sent.status().as_u16()
    };
    assert_eq!(send("another", BILL.into()), 403);
    assert_eq!(send(&csrf, b"name,amount\n".to_vec()), 409);
    assert_eq!(send(&csrf, vec![0xff; 3_000_000]), 409);
    assert_eq!(send(&csrf, vec![b'a'; 17 * 1024 * 1024]), 413);
    assert_eq!(bench.rows("bill_lines"), 0);
    for _ in 0..2 {
        assert_eq!(send(&csrf, BILL.into()), 303);
    }
    assert_eq!(bench.rows("bill_lines"), 1);
    let page = finance.page("/books?read=1");
    assert!(page.contains("1 line of the bill"));
    assert!(page.contains("not in our books") && page.contains("wechat 4200001"));
    let broken = bench
        .http
        .post(format!("{}/books/bill", bench.url))
        .header("cookie", finance.cookie())
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--x\r\nnonsense");
    assert_eq!(broken.send().unwrap().status(), 403);
}

#[test]
fn what_the_provider_paid_back_by_itself_is_found_on_its_bill() {
    let bench = Bench::new();
    let bill = BILL.replace("`0.00", "`20.00");
    let file = bench.folder.path().join("bill.csv");
    std::fs::write(&file, bill).unwrap();
    let data = bench.folder.path().display().to_string();
    let words = ["gradbooth-review", "read-bill", "--data", &data];
    let mut out = Vec::new();
    let cli = <Cli as clap::Parser>::parse_from(words.into_iter().chain([file.to_str().unwrap()]));
    run(cli, &mut out).unwrap();
    let said = String::from_utf8(out).unwrap();
    assert!(said.contains("bill_refund_unknown\tfinance"), "{said}");
}

#[test]
fn who_withdraws_gets_the_money_back_and_the_submission_is_not_reviewed() {
    let bench = Bench::new();
    let order = bench.bought(1);
    let manifest = bench.handed_in(&order);
    let finance = Browser::log_in(&bench, "finance");
    // of no use to the student is only what was not used
    assert_eq!(finance.deed(order.id, "refund", "&why=unusable"), 409);
    assert_eq!(finance.deed(order.id, "refund", "&why=paid_twice"), 403);
    assert_eq!(bench.rows("refunds"), 0);
    for _ in 0..2 {
        assert_eq!(finance.deed(order.id, "refund", "&why=withdrawn"), 303);
    }
    assert_eq!(bench.rows("refunds"), 1);
    let known = bench.known(&order);
    assert!(known.entitlements.is_empty());
    assert_eq!(known.submissions[0].state, SubmissionState::Withdrawn);
    let status: OrderStatus = bench.get(&paths::order(order.id));
    assert_eq!(status.state, OrderState::Refunded);
    let page = finance.page(&format!("/books/{}", order.id));
    assert!(page.contains("the student withdraws") && page.contains("finance"));
    let reviewer = Browser::log_in(&bench, "reviewer");
    assert!(
        reviewer
            .page(&format!("/review/{}", manifest.id))
            .contains("Withdrawn")
    );
}

#[test]
fn an_approved_photo_is_frozen_and_nothing_goes_back_for_it() {
    let bench = Bench::new();
    let order = bench.bought(1);
    let manifest = bench.handed_in(&order);
    bench
        .store()
        .write_now(|tx| Ok(tx.execute("UPDATE submissions SET state = 'approved'", [])?))
        .unwrap();
    let finance = Browser::log_in(&bench, "finance");
    for why in ["unusable", "withdrawn"] {
        let rest = format!("&why={why}");
        assert_eq!(finance.deed(order.id, "refund", &rest), 409);
    }
    assert!(
        finance
            .page(&format!("/books/{}", order.id))
            .contains("was approved")
    );
    let withdrawn = bench
        .store()
        .write_now(|tx| withdrawals::withdraw(tx, manifest.id, "desk"));
    assert!(withdrawn.is_err());
    assert_eq!(bench.known(&order).entitlements.len(), 1);
}

#[test]
fn cash_is_handed_back_by_a_person_and_noted() {
    let bench = Bench::new();
    let order = bench.order(1);
    let report = PaymentReport::Cash {
        order: order.clone(),
        receipt_number: "C-0001".into(),
        taken_at: jiff::Timestamp::from_second(1_795_000_000).unwrap(),
    };
    let sent = bench.booth("POST", paths::PAYMENT_REPORTS).json(&report);
    assert_eq!(sent.send().unwrap().status(), 200);
    let finance = Browser::log_in(&bench, "finance");
    assert_eq!(finance.deed(order.id, "refund", "&why=unusable"), 303);
    assert!(finance.page("/books").contains("Cash is to be handed back"));
    for _ in 0..2 {
        assert_eq!(finance.deed(order.id, "handed-back", ""), 303);
    }
    assert!(!finance.page("/books").contains("Cash is to be handed back"));
    let page = finance.page(&format!("/books/{}", order.id));
    assert!(page.contains("Refund: done") && page.contains("C-0001"));
}

#[test]
fn the_desk_withdraws_a_submission_and_the_student_hands_in_another_free() {
    let bench = Bench::new();
    let order = bench.bought(1);
    let manifest = bench.handed_in(&order);
    let reviewer = Browser::log_in(&bench, "reviewer");
    let desk = Browser::log_in(&bench, "admin");
    let path = format!("/review/{}/withdraw", manifest.id);
    assert!(
        !reviewer
            .page(&format!("/review/{}", manifest.id))
            .contains(&path)
    );
    assert_eq!(reviewer.send(&path, "csrf=x".into()).status(), 403);
    let page = desk.page(&format!("/review/{}", manifest.id));
    for _ in 0..2 {
        let sent = desk.send(&path, format!("csrf={}", field(&page, "csrf")));
        assert_eq!(sent.status(), 303);
    }
    let known = bench.known(&order);
    assert_eq!(known.submissions[0].state, SubmissionState::Withdrawn);
    assert_eq!(known.entitlements.len(), 1, "the right stays");
    let again = Manifest {
        id: gradbooth::domain::SubmissionId::from_bytes([7; 16]),
        sequence: 7,
        ..manifest
    };
    assert_eq!(bench.put(&again).status(), 200);
    // the command does the same
    let data = bench.folder.path().display().to_string();
    let id = again.id.to_string();
    let words = ["gradbooth-review", "withdraw", "--data", &data, &id];
    for _ in 0..2 {
        let mut out = Vec::new();
        run(<Cli as clap::Parser>::parse_from(words), &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().contains("is withdrawn"));
    }
    assert_eq!(bench.known(&order).entitlements.len(), 1);
    let unknown = "0".repeat(32);
    let words = ["gradbooth-review", "withdraw", "--data", &data, &unknown];
    assert!(run(<Cli as clap::Parser>::parse_from(words), &mut Vec::new()).is_err());
}
