//! Asking the service. One client for all workers: no redirects, no endless waiting, and an answer counts as
//! the service's only when it reads as one. A captive portal's page is [`Trouble::NotTheService`], always.

pub use super::trouble::Trouble;
use super::trouble::judge;
use crate::clock;
use crate::domain::{BoothId, StudentRef};
use crate::wire::feed::{SIGNATURE_HEADER, SignedQuestion as _, StudentQuestion};
use crate::wire::{BoothKey, Digest, KnownStudent, paths};
use ed25519_dalek::VerifyingKey;
use jiff::{SignedDuration, Timestamp};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Method, StatusCode, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Largest answer that is read: all schools and rosters of a province.
const LARGEST_ANSWER_BYTES: u64 = 64 * 1024 * 1024;
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// For a question that somebody waits for.
pub const PATIENCE: Duration = Duration::from_secs(8);
/// For a submission over a bad line.
pub const LONG_PATIENCE: Duration = Duration::from_mins(3);

/// The service, seen from the booth.
pub struct ServiceClient {
    http: Client,
    origin: String,
    bearer: HeaderValue,
    booth: BoothId,
    service_key: VerifyingKey,
    heard: Mutex<Heard>,
}

/// What was last noticed of the service.
#[derive(Debug, Clone, Copy, Default)]
struct Heard {
    online: bool,
    /// The service's clock minus ours.
    ahead: Option<SignedDuration>,
}

impl std::fmt::Debug for ServiceClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ServiceClient({})", self.origin)
    }
}

/// The client could not be made: no TLS, no certificates on this machine, or a token that is no header.
#[derive(Debug, thiserror::Error)]
#[error("no client for the service")]
pub struct NoClient(#[source] Option<reqwest::Error>);

/// Makes ring the process's one provider of cryptography; reqwest is built without one of its own.
pub fn use_ring() {
    // a second call finds it installed
    let _installed = rustls::crypto::ring::default_provider().install_default();
}

impl ServiceClient {
    /// A client for the service at `origin` (as `config` checked it), with the booth's token.
    pub fn new(origin: &str, key: &BoothKey) -> Result<Self, NoClient> {
        let mut bearer =
            HeaderValue::from_str(&format!("Bearer {}", key.token)).map_err(|_| NoClient(None))?;
        bearer.set_sensitive(true);
        Ok(Self {
            http: client(origin)?,
            origin: origin.to_owned(),
            bearer,
            booth: key.booth,
            service_key: key.service_key().map_err(|_| NoClient(None))?,
            heard: Mutex::default(),
        })
    }

    /// Asks for a value.
    pub fn get<T: DeserializeOwned>(&self, path: &str, patience: Duration) -> Result<T, Trouble> {
        self.send(self.request(Method::GET, path, patience))
    }

    /// Asks for a value that counts only with the service's signature over the answer's bytes.
    pub fn get_signed<T: DeserializeOwned>(
        &self,
        path: &str,
        patience: Duration,
        is_genuine: impl Fn(&[u8], &str) -> bool,
    ) -> Result<T, Trouble> {
        self.send_and_read(
            self.request(Method::GET, path, patience),
            |headers, body| {
                let signature = headers
                    .get(SIGNATURE_HEADER)
                    .and_then(|value| value.to_str().ok());
                is_genuine(body, signature.unwrap_or_default())
            },
        )
    }

    /// Asks what the service knows of a student now; counts only with its signature, for what is heard is kept.
    pub fn student(
        &self,
        student: &StudentRef,
        patience: Duration,
    ) -> Result<KnownStudent, Trouble> {
        let mut nonce = [0; 16];
        if getrandom::fill(&mut nonce).is_err() {
            // without randomness an old answer could be played again: nothing is asked
            tracing::error!("no randomness");
            return Err(Trouble::Unreachable);
        }
        let question = StudentQuestion::new(self.booth, student.clone(), nonce);
        let genuine = |answer: &[u8], signature: &str| {
            question.is_answered_by(&self.service_key, answer, signature)
        };
        let known: KnownStudent = self.get_signed(&question.path(), patience, genuine)?;
        // an answer about somebody else would be a grave fault of the service: it is not taken
        if known.student == *student {
            Ok(known)
        } else {
            Err(Trouble::NotTheService)
        }
    }

    /// Sends a value and reads the answer.
    pub fn json<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Trouble> {
        self.send(self.request(method, path, PATIENCE).json(body))
    }

    /// Sends bytes with their digest and reads the answer.
    pub fn bytes<T: DeserializeOwned>(
        &self,
        (method, path): (Method, &str),
        content_type: &'static str,
        bytes: Vec<u8>,
    ) -> Result<T, Trouble> {
        let digest = Digest::of(&bytes).content_digest();
        let request = self
            .request(method, path, LONG_PATIENCE)
            .header(CONTENT_TYPE, content_type)
            .header("content-digest", digest);
        self.send(request.body(bytes))
    }

    /// The service is there; how far its clock is ahead of ours, if it says.
    pub fn health(&self) -> Result<Option<SignedDuration>, Trouble> {
        let request = self.request(Method::GET, paths::HEALTH, PATIENCE);
        let response = request.send().map_err(|error| Trouble::of(&error))?;
        let ahead = ahead(response.headers());
        if response.status() == StatusCode::OK && !is_page(response.headers()) {
            Ok(ahead)
        } else {
            Err(Trouble::NotTheService)
        }
    }

    /// The last exchange went well.
    pub fn is_online(&self) -> bool {
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .online
    }

    /// When a moment of the service's clock comes, on our monotonic clock; at most `most` away, so that a
    /// wrong clock on either side shows a code neither for ever nor not at all.
    pub fn instant_of(&self, at: Timestamp, most: Duration) -> Instant {
        let ahead = self
            .heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .ahead;
        let left = at.duration_since(clock::utc()) - ahead.unwrap_or_default();
        clock::now() + Duration::try_from(left).unwrap_or_default().min(most)
    }

    fn request(&self, method: Method, path: &str, patience: Duration) -> RequestBuilder {
        let url = format!("{}{path}", self.origin);
        self.http
            .request(method, url)
            .header(AUTHORIZATION, self.bearer.clone())
            .timeout(patience)
    }

    fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Trouble> {
        self.send_and_read(request, |_, _| true)
    }

    fn send_and_read<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        counts: impl Fn(&HeaderMap, &[u8]) -> bool,
    ) -> Result<T, Trouble> {
        let sent = request.send().map_err(|error| Trouble::of(&error));
        let outcome = sent.and_then(|response| read(response, counts));
        match &outcome {
            Ok((_, ahead)) => self.hear(None, *ahead),
            Err(trouble) => self.hear(Some(*trouble), None),
        }
        outcome.map(|(value, _)| value)
    }

    fn hear(&self, trouble: Option<Trouble>, ahead: Option<SignedDuration>) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.online = trouble.is_none_or(Trouble::is_from_the_service);
        heard.ahead = ahead.or(heard.ahead);
    }
}

/// No redirects, no endless waiting, and nothing but TLS to another machine.
fn client(origin: &str) -> Result<Client, NoClient> {
    // ring, once a process; a second call only says that it was done
    use_ring();
    let is_near = origin.starts_with("http://");
    let builder = Client::builder()
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_LIMIT)
        .https_only(!is_near)
        .user_agent(concat!("gradbooth/", env!("CARGO_PKG_VERSION")));
    // a proxy of the campus has no way to a service on this machine
    let builder = if is_near { builder.no_proxy() } else { builder };
    builder.build().map_err(|error| NoClient(Some(error)))
}

/// Asks the service at `origin` as somebody whom it does not know yet.
pub fn ask_unknown<T: DeserializeOwned>(
    origin: &str,
    path: &str,
    body: &impl Serialize,
) -> Result<T, Trouble> {
    let client = client(origin).map_err(|_| Trouble::Certificate)?;
    let request = client
        .post(format!("{origin}{path}"))
        .timeout(PATIENCE)
        .json(body);
    let response = request.send().map_err(|error| Trouble::of(&error))?;
    read(response, |_, _| true).map(|(value, _)| value)
}

/// The answer's value with the difference of the clocks.
fn read<T: DeserializeOwned>(
    response: Response,
    counts: impl Fn(&HeaderMap, &[u8]) -> bool,
) -> Result<(T, Option<SignedDuration>), Trouble> {
    let headers = response.headers().clone();
    let (status, ahead) = (response.status(), ahead(response.headers()));
    let asked = retry_after(response.headers());
    let mut body = Vec::new();
    match response.take(LARGEST_ANSWER_BYTES).read_to_end(&mut body) {
        Err(error) if error.kind() == io::ErrorKind::TimedOut => return Err(Trouble::Silent),
        Err(_) => return Err(Trouble::Unreachable),
        Ok(_) => {}
    }
    if status.is_success() {
        if !counts(&headers, &body) {
            return Err(Trouble::NotTheService);
        }
        let value = serde_json::from_slice(&body).map_err(|_| Trouble::NotTheService)?;
        return Ok((value, ahead));
    }
    Err(judge(status, asked, &body))
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}

fn ahead(headers: &HeaderMap) -> Option<SignedDuration> {
    let date = headers.get(DATE)?.to_str().ok()?;
    let date = jiff::fmt::rfc2822::parse(date).ok()?.timestamp();
    Some(date.duration_since(clock::utc()))
}

fn is_page(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
