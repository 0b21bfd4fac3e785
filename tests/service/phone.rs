//! The pages of an order on the student's phone: where the photo stands, and customer service.

use crate::bench::Bench;
use crate::people::{Browser, field, with_file};
use gradbooth::domain::standing::day_in_china;
use gradbooth::domain::{
    DecisionId, EducationCategory, EntitlementSource, NotApprovedReason, Order, OrderId,
    ReviewDecision, SubmissionId,
};
use gradbooth::review::store::{albums, catalogue, decisions};
use gradbooth::wire::{AlbumPicture, Cursor, Manifest, paths};
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

/// A real JPEG that claims more pixels than are ever decoded.
fn bomb() -> Vec<u8> {
    let mut bytes = crate::bench::jpeg(640, 720);
    let sof = bytes
        .windows(2)
        .position(|marker| marker == [0xff, 0xc0])
        .unwrap();
    bytes[sof + 5..sof + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    bytes
}

impl Bench {
    fn sends(&self, order: &Order, taken: &str, jpeg: &[u8]) -> Response {
        let url = format!("{}/p/{}/album", self.url, order.id);
        let request = self.http.post(url).header("accept-language", "en");
        with_file(request, &[("taken", taken)], jpeg)
            .send()
            .unwrap()
    }

    fn waiting(&self, order: &Order) -> Option<AlbumPicture> {
        let path = paths::album(&order.student, &order.collection);
        let response = self.booth("GET", &path).send().unwrap();
        (response.status() == 200).then(|| response.json().unwrap())
    }
}

#[test]
fn a_picture_from_the_album_of_a_phone_waits_for_the_booth() {
    let bench = Bench::new();
    let order = bench.paid(1);
    let album = format!("/p/{}/album", order.id);
    let status = format!("/p/{}/status", order.id);
    bench.says(&status, &album, &album);
    bench.says(&album, "从手机相册选取", "A picture from your album");
    assert_eq!(bench.waiting(&order), None);
    let today = day_in_china(gradbooth::clock::utc()).to_string();
    let jpeg = crate::bench::jpeg(800, 1000);
    assert_eq!(bench.sends(&order, &today, &jpeg).status(), 303);
    bench.says(&album, "照片已收到", "Your picture is here");
    let sent = bench.waiting(&order).unwrap();
    assert_eq!(sent.jpeg().unwrap(), jpeg, "untouched");
    assert_eq!(sent.taken.to_string(), today);
    // another one takes its place
    let younger = crate::bench::jpeg(810, 1000);
    assert_eq!(bench.sends(&order, &today, &younger).status(), 303);
    assert_eq!(bench.waiting(&order).unwrap().jpeg().unwrap(), younger);
    // nobody but a booth fetches it, and no page shows it
    let path = paths::album(&order.student, &order.collection);
    let stranger = bench.http.get(format!("{}{path}", bench.url)).send();
    assert_eq!(stranger.unwrap().status(), 401);
    assert!(!bench.shown(&album, "en").contains("<img"));
    // an hour later it is nowhere
    bench
        .store()
        .write_now(|tx| Ok(tx.execute("UPDATE album_pictures SET sent_ms = 0", [])?))
        .unwrap();
    assert_eq!(bench.waiting(&order), None);
    bench.store().write_now(albums::forget_old).unwrap();
    assert_eq!(bench.rows("album_pictures"), 0);
}

#[test]
fn hostile_pictures_are_refused_in_words_and_kept_nowhere() {
    let bench = Bench::new();
    let order = bench.paid(1);
    let today = day_in_china(gradbooth::clock::utc()).to_string();
    let whole = crate::bench::jpeg(640, 720);
    let cases: [(&str, Vec<u8>, u16, &str); 10] = [
        (&today, Vec::new(), 422, "choose a picture"),
        (
            &today,
            b"<script>alert(1)</script>".to_vec(),
            422,
            "no JPEG",
        ),
        (&today, b"\x89PNG\r\n\x1a\n".repeat(9), 422, "no JPEG"),
        (&today, whole[..whole.len() / 2].to_vec(), 422, "damaged"),
        (&today, crate::bench::jpeg(479, 900), 422, "too small"),
        (&today, bomb(), 422, "too many pixels"),
        (&today, vec![0xff; 11 * 1024 * 1024], 413, "Too long"),
        (
            "2001-01-01",
            whole.clone(),
            422,
            "older than the collection",
        ),
        ("2999-01-01", whole.clone(), 422, "which day"),
        ("'; DROP TABLE", whole.clone(), 422, "which day"),
    ];
    for (taken, bytes, expected, words) in cases {
        let response = bench.sends(&order, taken, &bytes);
        assert_eq!(response.status(), expected, "{words}");
        let page = response.text().unwrap();
        assert!(page.contains(words), "{words} in {page}");
        assert!(!page.contains("<script"));
    }
    let url = format!("{}/p/{}/album", bench.url, order.id);
    let broken = bench
        .http
        .post(url)
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--x\r\nnonsense");
    assert_eq!(broken.send().unwrap().status(), 403);
    assert_eq!(bench.rows("album_pictures"), 0);
    // calm also when it is sent again and again
    let statuses: Vec<u16> = (0..13)
        .map(|_| bench.sends(&order, &today, &whole).status().as_u16())
        .collect();
    assert!(statuses[..12].iter().all(|status| *status == 303));
    assert_eq!(statuses[12], 429);
}

#[test]
fn an_album_is_taken_only_where_the_collection_allows_it_and_nothing_stands() {
    let bench = Bench::new();
    let today = day_in_china(gradbooth::clock::utc()).to_string();
    let jpeg = crate::bench::jpeg(640, 720);
    let open = bench.order(2);
    bench.put_order(&open);
    assert_eq!(bench.sends(&open, &today, &jpeg).status(), 303);
    assert_eq!(bench.waiting(&open), None, "nobody has paid");
    let order = bench.paid(1);
    bench.submission(1, &order);
    assert_eq!(bench.sends(&order, &today, &jpeg).status(), 303);
    assert_eq!(bench.waiting(&order), None, "a submission stands");
    let third = bench.paid(3);
    let mut collection = bench.collection(EducationCategory::Regular);
    collection.album = false;
    bench
        .store()
        .write_now(|tx| catalogue::put(tx, &collection, catalogue::Admits::Everyone))
        .unwrap();
    assert!(
        !bench
            .shown(&format!("/p/{}/status", third.id), "en")
            .contains("/album")
    );
    assert_eq!(bench.sends(&third, &today, &jpeg).status(), 303);
    assert_eq!(bench.waiting(&third), None, "the collection takes none");
}
