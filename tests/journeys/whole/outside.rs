//! People at their own screens: a student's phone, a reviewer's browser.

use super::Service;
use gradbooth::domain::standing::day_in_china;
use reqwest::blocking::{Client, Response};
use std::time::Duration;

fn client() -> Client {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap()
}

fn cookie(response: &Response) -> Option<String> {
    let cookie = response.headers().get("set-cookie")?.to_str().unwrap();
    cookie.split(';').next().map(str::to_owned)
}

/// A phone that has just scanned a code.
pub struct Phone {
    http: Client,
    cookie: String,
}

impl Phone {
    pub fn new() -> Self {
        Self {
            http: client(),
            cookie: String::new(),
        }
    }

    pub fn opens(&mut self, url: &str) {
        let response = self.http.get(url).send().unwrap();
        assert_eq!(response.status(), 200, "{url}");
        self.cookie = cookie(&response).unwrap_or_default();
    }

    fn presses(&self, url: &str, body: String) {
        let request = self
            .http
            .post(url)
            .header("cookie", &self.cookie)
            .body(body);
        assert_eq!(request.send().unwrap().status(), 303, "{url}");
    }

    pub fn confirms(&self, url: &str, number: &str) {
        self.presses(&format!("{url}/confirm"), String::new());
        self.presses(&format!("{url}/phone"), format!("number={number}"));
    }

    /// Chooses a picture of today from the album and sends it.
    pub fn sends_from_album(&mut self, url: &str, jpeg: &[u8]) {
        self.opens(url);
        let today = day_in_china(gradbooth::clock::utc());
        let mut body = format!(
            "--limit\r\nContent-Disposition: form-data; name=\"taken\"\r\n\r\n{today}\r\n\
             --limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(jpeg);
        body.extend_from_slice(b"\r\n--limit--\r\n");
        let request = self
            .http
            .post(url)
            .header("content-type", "multipart/form-data; boundary=limit")
            .body(body);
        assert_eq!(request.send().unwrap().status(), 303, "{url}");
    }

    pub fn pays(&mut self, url: &str) {
        self.opens(url);
        self.presses(&format!("{url}/pay"), String::new());
    }
}

/// A reviewer who is logged in.
pub struct Browser {
    http: Client,
    url: String,
    cookie: String,
}

impl Browser {
    pub fn of_a_reviewer(service: &Service) -> Self {
        let (http, url) = (client(), service.url().to_owned());
        let body = format!("name=reviewer&password={}", service.password_of("reviewer"));
        let response = http.post(format!("{url}/login")).body(body).send().unwrap();
        assert_eq!(response.status(), 303);
        Self {
            http,
            url,
            cookie: cookie(&response).unwrap(),
        }
    }

    fn get(&self, path: &str) -> Response {
        let request = self.http.get(format!("{}{path}", self.url));
        let response = request
            .header("cookie", &self.cookie)
            .header("accept-language", "en")
            .send();
        let response = response.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response
    }

    /// The queue's page.
    pub fn queue(&self) -> String {
        self.get("/review").text().unwrap()
    }

    /// The picture beside the capture.
    pub fn photo(&self, id: &str) -> Vec<u8> {
        self.get(&format!("/review/{id}/photo"))
            .bytes()
            .unwrap()
            .to_vec()
    }

    /// `approved`, or `not_approved&reason=…`.
    pub fn decides(&self, id: &str, verdict: &str) {
        let page = self.get(&format!("/review/{id}")).text().unwrap();
        let (csrf, decision) = (field(&page, "csrf"), field(&page, "decision"));
        let body = format!("csrf={csrf}&decision={decision}&verdict={verdict}");
        let request = self.http.post(format!("{}/review/{id}/decision", self.url));
        let response = request
            .header("cookie", &self.cookie)
            .body(body)
            .send()
            .unwrap();
        assert_eq!(response.status(), 303);
    }
}

fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let after = page
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap();
    after.split('"').next().unwrap()
}
