//! The pages of an order on the student's phone: where the photo stands, and customer service.

use crate::bench::Bench;
use crate::people::{Browser, field};
use gradbooth::domain::{
    DecisionId, EducationCategory, EntitlementSource, NotApprovedReason, Order, OrderId,
    ReviewDecision, SubmissionId,
};
use gradbooth::review::store::decisions;
use gradbooth::wire::{Cursor, Manifest};
use reqwest::blocking::Response;

const BOTH: [&str; 2] = ["zh-CN", "en"];

impl Bench {
    fn phone(&self, path: &str, language: &str) -> Response {
        let request = self.http.get(format!("{}{path}", self.url));
        request.header("accept-language", language).send().unwrap()
    }

    fn shown(&self, path: &str, language: &str) -> String {
        let response = self.phone(path, language);
        assert_eq!(response.status(), 200, "{path}");
        response.text().unwrap()
    }

    /// Every one of these words is on the page in its language.
    fn says(&self, path: &str, chinese: &str, english: &str) {
        for (language, words) in BOTH.into_iter().zip([chinese, english]) {
            let page = self.shown(path, language);
            assert!(page.contains(words), "{words} in {page}");
        }
    }

    fn paid(&self, byte: u8) -> Order {
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

    fn submission(&self, byte: u8, order: &Order) -> Manifest {
        let manifest = Manifest {
            student: order.student.clone(),
            ..self.manifest_for(
                byte,
                order.collection.clone(),
                EducationCategory::Regular,
                EntitlementSource::Order { order: order.id },
            )
        };
        assert_eq!(self.put(&manifest).status(), 200);
        manifest
    }

    fn decide(&self, submission: SubmissionId, decision: &ReviewDecision) {
        let id = DecisionId::from_bytes(*submission.as_bytes());
        let outcome = self
            .store()
            .write_now(|tx| decisions::decide(tx, id, submission, decision, "reviewer"));
        assert_eq!(outcome.unwrap(), decisions::Outcome::Decided);
    }

    fn ask(&self, order: &Order, request: &str, note: &str) -> Response {
        let body = format!("request={request}&note={note}");
        let url = format!("{}/p/{}/help", self.url, order.id);
        let request = self.http.post(url).header("accept-language", "en");
        request.body(body).send().unwrap()
    }
}

#[test]
fn the_page_of_a_paid_order_follows_the_photo_from_nothing_to_approved() {
    let bench = Bench::new();
    let order = bench.paid(1);
    let status = format!("/p/{}/status", order.id);
    bench.says(&format!("/p/{}", order.id), &status, &status);
    bench.says(&status, "尚未提交", "Not submitted yet");
    let first = bench.submission(1, &order);
    bench.says(&status, "审核中", "Under review");
    let due: String = bench
        .store()
        .read_now(|tx| Ok(tx.query_row("SELECT due FROM submissions", [], |row| row.get(0))?))
        .unwrap();
    // the promised day of a fixture is days away; the page shows the very day that the service keeps
    assert!(bench.shown(&status, "en").contains(&due));
    bench.decide(
        first.id,
        &ReviewDecision::NotApproved {
            reasons: vec![NotApprovedReason::Eyes, NotApprovedReason::Light],
            note: "a <b>fringe</b>".into(),
        },
    );
    bench.says(&status, "审核未通过", "Not approved");
    bench.says(
        &status,
        "免费重拍，无需再次付费",
        "Retake free at any booth, no second payment",
    );
    let page = bench.shown(&status, "en");
    assert!(page.contains("Eyes closed") && page.contains("Uneven light"));
    assert!(page.contains("fringe") && !page.contains("<b>fringe"));
    let second = bench.submission(2, &order);
    bench.says(&status, "审核中", "Under review");
    bench.decide(second.id, &ReviewDecision::Approved);
    bench.says(&status, "审核通过", "Your photo was approved");
    bench
        .store()
        .write_now(|tx| Ok(tx.execute("UPDATE submissions SET state = 'withdrawn'", [])?))
        .unwrap();
    bench.says(&status, "已撤回", "Withdrawn");
}

#[test]
fn a_late_review_says_so_and_promises_no_day_that_has_passed() {
    let bench = Bench::new();
    let order = bench.paid(1);
    bench.submission(1, &order);
    bench
        .store()
        .write_now(|tx| Ok(tx.execute("UPDATE submissions SET due = '2026-01-05'", [])?))
        .unwrap();
    let status = format!("/p/{}/status", order.id);
    bench.says(&status, "超出了预计", "longer than promised");
    assert!(!bench.shown(&status, "en").contains("2026-01-05"));
}

#[test]
fn attack_nobody_without_the_address_or_before_paying_learns_anything() {
    let bench = Bench::new();
    let paid = bench.paid(1);
    let manifest = bench.submission(1, &paid);
    let status = format!("/p/{}/status", paid.id);
    for language in BOTH {
        let page = bench.shown(&status, language);
        for hidden in [
            manifest.masked_name.as_str(),
            &manifest.student_number,
            manifest.student.as_str(),
            &manifest.id.to_string(),
            "<img",
        ] {
            assert!(!page.contains(hidden), "{hidden}");
        }
    }
    let unknown = OrderId::from_bytes([7; 16]);
    for path in [
        format!("/p/{unknown}/status"),
        format!("/p/{unknown}/help"),
        format!("/p/{}/status", paid.id.short()),
        format!("/p/{}/status", manifest.id),
        "/p/x/help".to_owned(),
    ] {
        assert_eq!(bench.phone(&path, "en").status(), 404, "{path}");
    }
    // an order that nobody paid leads back to its own page
    let open = bench.order(2);
    bench.put_order(&open);
    let led = bench.phone(&format!("/p/{}/status", open.id), "en");
    assert_eq!(led.status(), 303);
    assert_eq!(
        led.headers()["location"].to_str().unwrap(),
        format!("/p/{}", open.id)
    );
    assert!(
        !bench
            .shown(&format!("/p/{}", open.id), "en")
            .contains("/status")
    );
}

#[test]
fn what_a_phone_asks_is_answered_at_the_desk_and_read_on_the_phone() {
    let bench = Bench::new();
    let order = bench.paid(1);
    let manifest = bench.submission(1, &order);
    let help = format!("/p/{}/help", order.id);
    bench.says(&format!("/p/{}", order.id), &help, &help);
    bench.says(&help, "服务时间", "Hours");
    assert!(bench.shown(&help, "en").contains("href=\"tel:"));
    let form = bench.shown(&help, "en");
    let request = field(&form, "request").to_owned();
    for _ in 0..2 {
        // a finger that presses twice asks once
        let sent = bench.ask(&order, &request, "My+name+is+wrong%0D%0A%3Cscript%3E");
        assert_eq!(sent.status(), 303);
    }
    assert_eq!(bench.rows("requests"), 1);
    bench.says(&help, "等待回复", "Waiting for an answer");
    assert!(!bench.shown(&help, "en").contains("<script"));
    let cursor = bench.changes(&Cursor::default()).cursor;
    let desk = Browser::log_in(&bench, "admin");
    let page = desk.page("/desk");
    assert!(page.contains("My name is wrong") && page.contains("From a phone"));
    assert!(page.contains(&format!("/review/{}", manifest.id)));
    assert!(page.contains(&manifest.student_number));
    let answer = format!(
        "csrf={}&request={request}&answer=grant&words=We+put+it+right",
        field(&page, "csrf")
    );
    assert_eq!(desk.send("/desk", answer).status(), 303);
    bench.says(&help, "We put it right", "We put it right");
    bench.says(&help, "已回复", "Answered");
    // another order's page shows nothing of it, and the booth hears nothing of what it did not ask
    let other = bench.paid(2);
    let others = bench.shown(&format!("/p/{}/help", other.id), "en");
    assert!(!others.contains("My name is wrong"));
    assert!(bench.changes(&cursor).requests.is_empty());
}

#[test]
fn a_phone_asks_in_few_words_and_not_too_often() {
    let bench = Bench::new();
    let order = bench.order(1);
    bench.put_order(&order);
    let id = |byte: u8| format!("{byte:02x}").repeat(16);
    assert_eq!(bench.ask(&order, &id(1), "+%0D%0A+").status(), 422);
    assert_eq!(bench.ask(&order, "nonsense", "a").status(), 403);
    let long = bench.ask(&order, &id(1), &"%E9%95%BF".repeat(501));
    assert_eq!(long.status(), 413);
    let page = long.text().unwrap();
    assert!(
        page.contains(&"长".repeat(501)),
        "what was written is not lost"
    );
    assert_eq!(bench.rows("requests"), 0);
    // a question about the payment may come before it
    let longest = bench.ask(&order, &id(1), &"%E9%95%BF".repeat(500));
    assert_eq!(longest.status(), 303);
    for byte in 2..4 {
        assert_eq!(bench.ask(&order, &id(byte), "again").status(), 303);
    }
    let fourth = bench.ask(&order, &id(4), "and+again");
    assert_eq!(fourth.status(), 429);
    assert!(fourth.text().unwrap().contains("and again"));
    assert_eq!(bench.rows("requests"), 3);
}
