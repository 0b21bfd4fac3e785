//! Saying something to the provider and believing its answer: the request signed by the merchant, the answer by the
//! platform, both over the exact bytes.

use super::super::Silent;
use super::config::WeChatConfig;
use super::crypto::{Merchant, Platform, UnusableKey};
use super::notice::Headers;
use crate::review::random;
use reqwest::blocking::{Client, Response};
use reqwest::{Method, redirect};
use serde_json::Value;
use std::io::Read as _;
use std::time::Duration;

/// A provider that is silent for longer is asked again later.
const PATIENCE: Duration = Duration::from_secs(6);
const LARGEST_ANSWER_BYTES: u64 = 256 * 1024;

/// A connection to the provider.
pub(super) struct Speech {
    http: Client,
    origin: String,
    mchid: String,
    serial: String,
    merchant: Merchant,
    platform: Platform,
}

/// What the provider said, signed by it.
pub(super) enum Answer {
    /// A value.
    Told(Value),
    /// Done, and nothing to say (204).
    Nothing,
    /// No, with a code.
    Refused(String),
}

impl Answer {
    /// The text of a field.
    pub fn text(&self, field: &str) -> Result<String, Silent> {
        match self {
            Self::Told(value) => {
                let text = value[field].as_str().filter(|text| !text.is_empty());
                text.map(str::to_owned)
                    .ok_or(Silent::Provider("an answer without its field"))
            }
            Self::Nothing | Self::Refused(_) => Err(Silent::Provider("a refusal")),
        }
    }
}

impl Speech {
    pub fn new(
        config: &WeChatConfig,
        merchant: Merchant,
        platform: Platform,
    ) -> Result<Self, UnusableKey> {
        crate::review::use_ring();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE)
            .https_only(config.origin.starts_with("https://"))
            .user_agent(concat!("gradbooth-review/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self {
            http: client.map_err(|_| UnusableKey::Client)?,
            origin: config.origin.clone(),
            mchid: config.mchid.clone(),
            serial: config.merchant_serial.clone(),
            merchant,
            platform,
        })
    }

    pub const fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Says it; `path` with its query.
    pub fn say(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Answer, Silent> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let authorization = self.authorization(&method, path, &body)?;
        let request = self
            .http
            .request(method, format!("{}{path}", self.origin))
            .header("authorization", authorization)
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .body(body);
        let response = request
            .send()
            .map_err(|_| Silent::Provider("it cannot be reached"))?;
        self.believe(response)
    }

    fn authorization(&self, method: &Method, path: &str, body: &str) -> Result<String, Silent> {
        let nonce = random::bytes::<16>()?;
        let nonce = nonce
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02X}"));
        let timestamp = crate::clock::utc().as_second();
        let text = format!("{method}\n{path}\n{timestamp}\n{nonce}\n{body}\n");
        let signature = self
            .merchant
            .sign(&text)
            .ok_or(Silent::Provider("no random numbers"))?;
        let (mchid, serial) = (&self.mchid, &self.serial);
        Ok(format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{mchid}\",nonce_str=\"{nonce}\",timestamp=\"{timestamp}\",serial_no=\"{serial}\",signature=\"{signature}\""
        ))
    }

    fn believe(&self, response: Response) -> Result<Answer, Silent> {
        let status = response.status();
        let headers = response.headers().clone();
        let mut body = Vec::new();
        response
            .take(LARGEST_ANSWER_BYTES)
            .read_to_end(&mut body)
            .map_err(|_| Silent::Provider("its answer broke off"))?;
        if status.is_server_error() {
            return Err(Silent::Provider("a fault of its own"));
        }
        let header = |name: &str| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        if !Headers::read(header).are_signed(&body, &self.platform) {
            return Err(Silent::Provider("an answer that it did not sign"));
        }
        if body.is_empty() && status.is_success() {
            return Ok(Answer::Nothing);
        }
        let value: Value = serde_json::from_slice(&body)
            .map_err(|_| Silent::Provider("an answer that is no JSON"))?;
        if status.is_success() {
            return Ok(Answer::Told(value));
        }
        Ok(Answer::Refused(
            value["code"].as_str().unwrap_or_default().to_owned(),
        ))
    }
}
