//! Reviewers and schools in their browsers.

use crate::bench::{Bench, refused};
use gradbooth::domain::{EducationCategory, RequestId, SubmissionState};
use gradbooth::wire::{
    Cursor, DecodeRequest, Decoded, RequestKind, RequestState, RequestStatus, ServiceRequest, paths,
};
use reqwest::blocking::{RequestBuilder, Response};

pub struct Browser<'a> {
    bench: &'a Bench,
    cookie: String,
}

impl<'a> Browser<'a> {
    pub fn log_in(bench: &'a Bench, name: &str) -> Self {
        let passwords =
            std::fs::read_to_string(bench.folder.path().join("demo-passwords.txt")).unwrap();
        let line = passwords
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}\t")))
            .unwrap();
        let response = try_password(bench, name, line);
        assert_eq!(response.status(), 303);
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        Self {
            bench,
            cookie: cookie.split(';').next().unwrap().to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> Response {
        let request = self.bench.http.get(format!("{}{path}", self.bench.url));
        request
            .header("cookie", &self.cookie)
            .header("accept-language", "en")
            .send()
            .unwrap()
    }

    pub fn page(&self, path: &str) -> String {
        let response = self.get(path);
        assert_eq!(response.status(), 200, "{path}");
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(policy.contains("default-src 'none'"));
        response.text().unwrap()
    }

    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// A form with a file.
    pub fn send_file(&self, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Response {
        let request = self.bench.http.post(format!("{}{path}", self.bench.url));
        with_file(request.header("cookie", &self.cookie), fields, file)
            .send()
            .unwrap()
    }

    pub fn send(&self, path: &str, body: String) -> Response {
        let request = self
            .bench
            .http
            .post(format!("{}{path}", self.bench.url))
            .header("cookie", &self.cookie);
        request.body(body).send().unwrap()
    }
}

/// `multipart/form-data`, as a browser writes it.
pub fn with_file(request: RequestBuilder, fields: &[(&str, &str)], file: &[u8]) -> RequestBuilder {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    let head = "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.jpg\"\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--limit--\r\n");
    request
        .header("content-type", "multipart/form-data; boundary=limit")
        .body(body)
}

fn try_password(bench: &Bench, name: &str, password: &str) -> Response {
    bench
        .http
        .post(format!("{}/login", bench.url))
        .body(format!("name={name}&password={password}"))
        .send()
        .unwrap()
}

pub fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let after = page
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap();
    after.split('"').next().unwrap()
}

#[test]
fn nobody_sees_a_photo_without_logging_in() {
    let bench = Bench::new();
    let manifest = bench.manifest(1);
    bench.put(&manifest);
    let id = manifest.id;
    for path in [
        "/review".into(),
        format!("/review/{id}"),
        format!("/review/{id}/photo"),
        "/school".into(),
    ] {
        let response = bench
            .http
            .get(format!("{}{path}", bench.url))
            .send()
            .unwrap();
        assert_eq!(
            (
                response.status().as_u16(),
                response.headers()["location"].to_str().unwrap()
            ),
            (303, "/login")
        );
    }
    let school = Browser::log_in(&bench, "school");
    assert_eq!(school.get("/review").status(), 403);
    assert_eq!(school.get(&format!("/review/{id}/capture")).status(), 403);
    assert_eq!(school.get("/school/10001").status(), 403, "another school");
    assert_eq!(
        Browser::log_in(&bench, "reviewer").get("/school").status(),
        403
    );
}

#[test]
fn a_wrong_password_is_refused_and_guessing_is_stopped() {
    let bench = Bench::new();
    assert_eq!(try_password(&bench, "nobody", "x").status(), 401);
    for _ in 0..5 {
        assert_eq!(try_password(&bench, "reviewer", "wrong").status(), 401);
    }
    let passwords =
        std::fs::read_to_string(bench.folder.path().join("demo-passwords.txt")).unwrap();
    let right = passwords
        .lines()
        .find_map(|line| line.strip_prefix("reviewer\t"))
        .unwrap();
    assert_eq!(
        try_password(&bench, "reviewer", right).status(),
        401,
        "locked for a while, even when right"
    );
    Browser::log_in(&bench, "admin");
}

#[test]
fn a_reviewer_decides_and_the_next_one_opens() {
    let bench = Bench::new();
    let (first, second) = (bench.manifest(1), bench.manifest(2));
    bench.put(&first);
    bench.put(&second);
    let reviewer = Browser::log_in(&bench, "reviewer");
    assert!(reviewer.page("/review").contains("working days left"));
    let page = reviewer.page(&format!("/review/{}", first.id));
    assert!(page.contains("黄*") && page.contains(&format!("data-next=\"/review/{}\"", second.id)));
    let photo = reviewer
        .get(&format!("/review/{}/photo", first.id))
        .bytes()
        .unwrap();
    assert_eq!(
        photo,
        crate::bench::photo(),
        "the very bytes that were sent"
    );
    let decision = format!("/review/{}/decision", first.id);
    let (csrf, id) = (field(&page, "csrf"), field(&page, "decision"));
    let body = format!(
        "csrf={csrf}&decision={id}&verdict=not_approved&reason=glasses&reason=light&note=%E5%8F%8D%E5%85%89"
    );
    assert_eq!(
        reviewer
            .send(&decision, body.replace(csrf, "forged"))
            .status(),
        403
    );
    assert_eq!(bench.rows("decisions"), 0);
    for _ in 0..2 {
        let decided = reviewer.send(&decision, body.clone());
        assert_eq!(
            decided.headers()["location"].to_str().unwrap(),
            format!("/review/{}", second.id)
        );
    }
    let late = reviewer.send(
        &decision,
        format!("csrf={csrf}&decision={}&verdict=approved", "0".repeat(32)),
    );
    assert!(
        late.headers()["location"]
            .to_str()
            .unwrap()
            .contains("late=1")
    );
    let page = reviewer.page(&format!("/review/{}", second.id));
    let body = format!(
        "csrf={}&decision={}&verdict=approved",
        field(&page, "csrf"),
        field(&page, "decision")
    );
    let last = reviewer.send(&format!("/review/{}/decision", second.id), body);
    assert_eq!(last.headers()["location"].to_str().unwrap(), "/review");
    let changes = bench.changes(&Cursor::default());
    let states: Vec<_> = changes
        .submissions
        .iter()
        .map(|submission| submission.state)
        .collect();
    assert_eq!(
        states,
        [SubmissionState::NotApproved, SubmissionState::Approved]
    );
}

#[test]
fn a_form_of_another_site_changes_nothing() {
    let bench = Bench::new();
    let response = bench
        .http
        .post(format!("{}/login", bench.url))
        .header("origin", "https://elsewhere.example")
        .body("name=admin&password=x")
        .send()
        .unwrap();
    assert_eq!(response.status(), 403);
}

#[test]
fn a_school_adds_a_student_who_asked_and_the_booth_hears_of_it() {
    let bench = Bench::new();
    let collection = bench.collection(EducationCategory::Regular).id;
    let request = ServiceRequest {
        id: RequestId::from_bytes([1; 16]),
        kind: RequestKind::AddToRoster,
        institution: Some("10559".parse().unwrap()),
        category: Some(EducationCategory::Regular),
        collection: Some(collection.clone()),
        student: None,
        student_number: Some("2023050199".into()),
        submission: None,
        note: String::new(),
        made_at: "2026-11-23T08:00:00Z".parse().unwrap(),
    };
    let ask = |request: &ServiceRequest| {
        bench
            .booth("POST", paths::REQUESTS)
            .json(request)
            .send()
            .unwrap()
    };
    let status: RequestStatus = ask(&request).json().unwrap();
    assert_eq!(status.state, RequestState::Open);
    let other = ServiceRequest {
        student_number: Some("1".into()),
        ..request.clone()
    };
    assert_eq!(refused(ask(&other), 409), "conflict");
    let cursor = bench.changes(&Cursor::default()).cursor;
    let school = Browser::log_in(&bench, "school");
    let page = school.page("/school/10559");
    assert!(page.contains("2023050199"));
    let csrf = field(&page, "csrf").to_owned();
    let grant = format!("csrf={csrf}&request={}&answer=grant&words=", request.id);
    assert_eq!(school.send("/school/10559/requests", grant).status(), 303);
    let changes = bench.changes(&cursor);
    assert_eq!(changes.requests[0].state, RequestState::Granted);
    assert!(changes.rosters[0].admits("2023050199"));
    let numbers = format!(
        "csrf={csrf}&collection={}&numbers=2023050201%0D%0A2023050202+2023050201",
        collection.0
    );
    let added = school.send("/school/10559/roster", numbers);
    assert_eq!(
        added.headers()["location"].to_str().unwrap(),
        "/school/10559?added=2"
    );
}

#[test]
fn whoever_calls_before_choosing_a_school_is_answered_at_the_desk_and_by_nobody_else() {
    let bench = Bench::new();
    let request = ServiceRequest {
        id: RequestId::from_bytes([2; 16]),
        kind: RequestKind::CustomerService,
        institution: None,
        category: None,
        collection: None,
        student: None,
        student_number: None,
        submission: None,
        note: "no phone".into(),
        made_at: "2026-11-23T08:00:00Z".parse().unwrap(),
    };
    let sent = bench.booth("POST", paths::REQUESTS).json(&request).send();
    assert_eq!(sent.unwrap().status(), 200);
    let cursor = bench.changes(&Cursor::default()).cursor;
    let school = Browser::log_in(&bench, "school");
    let csrf = field(&school.page("/school/10559"), "csrf").to_owned();
    let answer = |csrf: &str| {
        format!(
            "csrf={csrf}&request={}&answer=grant&words=On+my+way",
            request.id
        )
    };
    assert_eq!(school.send("/desk", answer(&csrf)).status(), 403);
    assert_eq!(
        school
            .send("/school/10559/requests", answer(&csrf))
            .status(),
        404
    );
    let desk = Browser::log_in(&bench, "admin");
    let page = desk.page("/desk");
    assert!(
        page.contains("no phone") && page.contains("booth"),
        "{page}"
    );
    assert_eq!(
        desk.send("/desk", answer(field(&page, "csrf"))).status(),
        303
    );
    assert!(!desk.page("/desk").contains("no phone"));
    let changes = bench.changes(&cursor);
    assert_eq!(changes.requests[0].answer, "On my way");
}

#[test]
fn the_online_decoder_reads_what_was_issued_and_nothing_else() {
    let bench = Bench::new();
    let code = crate::bench::scanned(bench.folder.path(), "2023050101");
    let decode = |code: &str| {
        bench
            .booth("POST", paths::DECODE)
            .json(&DecodeRequest {
                code: code.to_owned(),
            })
            .send()
            .unwrap()
    };
    let decoded: Decoded = decode(code.as_str()).json().unwrap();
    let offline = bench.key.campus_key().unwrap().decode(&code).unwrap();
    assert_eq!(decoded.contents().unwrap(), offline);
    assert_eq!(
        refused(decode("https://example.org"), 422),
        "code_not_genuine"
    );
    // one character of the middle is another one, whatever it was
    let (before, rest) = code.as_str().split_at(code.as_str().len() / 2);
    let other = if rest.starts_with('A') { "B" } else { "A" };
    let changed = format!("{before}{other}{}", &rest[1..]);
    assert_eq!(refused(decode(&changed), 422), "code_not_genuine");
}
