//! A provider that speaks `APIv3` as the real one does: signed requests, signed answers, sealed notices, one order number
//! for ever, codes that live two hours. It has knobs for everything that goes wrong with a real one.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::rand::SystemRandom;
use ring::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const APPID: &str = "wx0000000000000001";
pub const MCHID: &str = "1900000001";
pub const API_V3_KEY: &[u8; 32] = b"a key that only the tests know..";
pub const PLATFORM_KEY_ID: &str = "PUB_KEY_ID_0000000000000001";
const MERCHANT_SERIAL: &str = "00AA11BB22CC33DD";
const CODE_LIFE: Duration = Duration::from_hours(2);

/// When a notice that was not taken is sent again, as the provider publishes it; tests are in a hurry.
pub const RETRY_AFTER_S: [u64; 15] = [
    15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
];

/// What goes wrong.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each fault is on or off, whatever the others are"
)]
pub struct Faults {
    /// Nothing is answered for so long.
    pub hang: Option<Duration>,
    /// Everything is answered with 500.
    pub broken: bool,
    /// Answers are signed with a key that is nobody's.
    pub badly_signed: bool,
    /// A student pays in the moment between the last question and the closing.
    pub paid_while_closing: bool,
    /// The student pays another amount, in fen.
    pub other_amount: Option<u32>,
    /// A refund is taken and done only at the next question.
    pub slow_refunds: bool,
}

struct Trade {
    body: Value,
    kind: &'static str,
    state: &'static str,
    paid_fen: u32,
    transaction: String,
    code_made: Duration,
    refund: Option<&'static str>,
}

struct Books {
    faults: Faults,
    trades: BTreeMap<String, Trade>,
    now: Duration,
}

/// The running provider; it ends with its runtime.
#[derive(Clone)]
pub struct Fake {
    books: Arc<Mutex<Books>>,
    merchant: Arc<RsaKeyPair>,
    platform: Arc<RsaKeyPair>,
    pub url: String,
    runtime: Arc<tokio::runtime::Runtime>,
}

fn key(pem: &[u8]) -> RsaKeyPair {
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem).unwrap();
    RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).unwrap()
}

impl Fake {
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let books = Books {
            faults: Faults::default(),
            trades: BTreeMap::new(),
            now: Duration::ZERO,
        };
        let fake = Self {
            books: Arc::new(Mutex::new(books)),
            merchant: Arc::new(key(include_bytes!("../../fixtures/wechat/merchant.pem"))),
            platform: Arc::new(key(include_bytes!("../../fixtures/wechat/platform.pem"))),
            url,
            runtime: Arc::new(runtime),
        };
        let of = "/v3/pay/transactions/out-trade-no/{no}";
        let router = Router::new()
            .route("/v3/pay/transactions/native", post(order))
            .route("/v3/pay/transactions/h5", post(order))
            .route(of, get(query))
            .route(&format!("{of}/close"), post(close))
            .route("/v3/refund/domestic/refunds", post(refund))
            .with_state(fake.clone());
        fake.runtime
            .spawn(async move { axum::serve(listener, router).await });
        fake
    }

    /// Sets the knobs.
    pub fn suffers(&self, faults: Faults) {
        self.books.lock().unwrap().faults = faults;
    }

    /// Time passes at the provider.
    pub fn waits(&self, time: Duration) {
        self.books.lock().unwrap().now += time;
    }

    /// A phone scans the code and pays; `false` if the code or the order is over.
    pub fn is_paid(&self, no: &str) -> bool {
        let mut books = self.books.lock().unwrap();
        let (now, other) = (books.now, books.faults.other_amount);
        let trade = books.trades.get_mut(no).unwrap();
        if now.saturating_sub(trade.code_made) > CODE_LIFE {
            return false;
        }
        pay(trade, other);
        trade.state == "SUCCESS"
    }

    pub fn state(&self, no: &str) -> &'static str {
        self.books.lock().unwrap().trades[no].state
    }

    pub fn refund_of(&self, no: &str) -> Option<&'static str> {
        self.books.lock().unwrap().trades[no].refund
    }

    /// The notice of a payment: its headers, and its sealed body.
    pub fn notice(&self, no: &str) -> (Vec<(&'static str, String)>, Vec<u8>) {
        let books = self.books.lock().unwrap();
        let plain = told(no, &books.trades[no]).to_string();
        let (nonce, associated) = ("0123456789ab", "transaction");
        let sealing = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, API_V3_KEY).unwrap());
        let mut sealed = plain.into_bytes();
        let once = Nonce::assume_unique_for_key(nonce.as_bytes().try_into().unwrap());
        sealing
            .seal_in_place_append_tag(once, Aad::from(associated.as_bytes()), &mut sealed)
            .unwrap();
        let body = json!({
            "id": "notice-1", "event_type": "TRANSACTION.SUCCESS", "resource_type": "encrypt-resource",
            "resource": { "original_type": "transaction", "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": STANDARD.encode(sealed), "associated_data": associated, "nonce": nonce },
        });
        let body = body.to_string().into_bytes();
        (self.signed(&body), body)
    }

    /// Sends the notice until it is taken, as often as the provider does; says how often it was sent.
    pub fn notifies(&self, no: &str, http: &reqwest::blocking::Client, url: &str) -> Option<usize> {
        for (sent, seconds) in std::iter::once(0).chain(RETRY_AFTER_S).enumerate() {
            std::thread::sleep(Duration::from_secs(seconds) / 5_000);
            let (headers, body) = self.notice(no);
            let mut request = http
                .post(url)
                .body(body)
                .header("content-type", "application/json");
            for (name, value) in headers {
                request = request.header(name, value);
            }
            if request
                .send()
                .is_ok_and(|answer| answer.status().is_success())
            {
                return Some(sent + 1);
            }
        }
        None
    }

    fn signed(&self, body: &[u8]) -> Vec<(&'static str, String)> {
        let (timestamp, nonce) = ("1795000000", "C3B1A2");
        let text = [
            timestamp.as_bytes(),
            b"\n",
            nonce.as_bytes(),
            b"\n",
            body,
            b"\n",
        ]
        .concat();
        let mut signature = vec![0; self.platform.public().modulus_len()];
        self.platform
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                &text,
                &mut signature,
            )
            .unwrap();
        vec![
            ("wechatpay-serial", PLATFORM_KEY_ID.into()),
            ("wechatpay-timestamp", timestamp.into()),
            ("wechatpay-nonce", nonce.into()),
            ("wechatpay-signature", STANDARD.encode(signature)),
        ]
    }

    /// The request is the merchant's: every part of it is under the signature.
    fn believes(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> bool {
        let header = headers["authorization"].to_str().unwrap();
        let Some(parts) = header.strip_prefix("WECHATPAY2-SHA256-RSA2048 ") else {
            return false;
        };
        let part = |name: &str| {
            let start = parts.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
            parts[start..].split('"').next().unwrap()
        };
        let path = uri.path_and_query().unwrap();
        let text = format!(
            "{method}\n{path}\n{}\n{}\n{}\n",
            part("timestamp"),
            part("nonce_str"),
            String::from_utf8_lossy(body)
        );
        let key = UnparsedPublicKey::new(
            &RSA_PKCS1_2048_8192_SHA256,
            self.merchant.public_key().as_ref(),
        );
        let signature = STANDARD.decode(part("signature")).unwrap();
        (part("mchid"), part("serial_no")) == (MCHID, MERCHANT_SERIAL)
            && key.verify(text.as_bytes(), &signature).is_ok()
    }

    /// What every address does first: knobs, books, signature.
    async fn hears(
        &self,
        (method, uri, headers): (Method, Uri, HeaderMap),
        body: &[u8],
    ) -> Result<Faults, Response> {
        let faults = { self.books.lock().unwrap().faults };
        if let Some(time) = faults.hang {
            tokio::time::sleep(time).await;
        }
        if faults.broken {
            return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        }
        if !self.believes(&method, &uri, &headers, body) {
            return Err(self.says(401, &json!({ "code": "SIGN_ERROR" })));
        }
        Ok(faults)
    }

    fn says(&self, status: u16, value: &Value) -> Response {
        let body = if value.is_null() {
            Vec::new()
        } else {
            value.to_string().into_bytes()
        };
        let mut response = Response::builder().status(status);
        let is_bad = self.books.lock().unwrap().faults.badly_signed;
        for (name, text) in self.signed(if is_bad { b"something else" } else { &body }) {
            response = response.header(name, text);
        }
        response.body(body.into()).unwrap()
    }
}

fn pay(trade: &mut Trade, other_amount: Option<u32>) {
    if trade.state == "NOTPAY" {
        trade.state = "SUCCESS";
        trade.paid_fen =
            other_amount.unwrap_or_else(|| trade.body["amount"]["total"].as_u64().unwrap() as u32);
    }
}

fn told(no: &str, trade: &Trade) -> Value {
    let mut told =
        json!({ "appid": APPID, "mchid": MCHID, "out_trade_no": no, "trade_state": trade.state });
    if trade.paid_fen > 0 {
        told["transaction_id"] = trade.transaction.as_str().into();
        told["success_time"] = "2026-11-24T16:00:00+08:00".into();
        told["amount"] =
            json!({ "total": trade.paid_fen, "payer_total": trade.paid_fen, "currency": "CNY" });
    }
    if trade.refund == Some("SUCCESS") {
        told["trade_state"] = "REFUND".into();
    }
    told
}

type Head = (Method, Uri, HeaderMap);

async fn order(
    State(fake): State<Fake>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let head: Head = (method, uri.clone(), headers);
    if let Err(response) = fake.hears(head, &body).await {
        return response;
    }
    let kind = if uri.path().ends_with("h5") {
        "MWEB"
    } else {
        "NATIVE"
    };
    let body: Value = serde_json::from_slice(&body).unwrap();
    let no = body["out_trade_no"].as_str().unwrap().to_owned();
    assert!(
        (6..=32).contains(&no.len()) && body["notify_url"].as_str().unwrap().starts_with("http")
    );
    let answer = {
        let mut books = fake.books.lock().unwrap();
        let (now, number) = (books.now, books.trades.len());
        let trade = books.trades.entry(no.clone()).or_insert_with(|| Trade {
            body: body.clone(),
            kind,
            state: "NOTPAY",
            paid_fen: 0,
            transaction: format!("42000{number:023}"),
            code_made: now,
            refund: None,
        });
        if trade.body != body || trade.kind != kind {
            (403, json!({ "code": "OUT_TRADE_NO_USED" }))
        } else if trade.state != "NOTPAY" {
            (
                400,
                json!({ "code": if trade.state == "SUCCESS" { "ORDERPAID" } else { "ORDER_CLOSED" } }),
            )
        } else {
            trade.code_made = now;
            let field = if kind == "MWEB" { "h5_url" } else { "code_url" };
            let url = if kind == "MWEB" {
                format!("https://wx.tenpay.example/{no}")
            } else {
                format!("weixin://wxpay/bizpayurl?pr={no}{}", now.as_secs())
            };
            (200, json!({ field: url }))
        }
    };
    fake.says(answer.0, &answer.1)
}

async fn query(
    State(fake): State<Fake>,
    Path(no): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if let Err(response) = fake.hears((method, uri, headers), b"").await {
        return response;
    }
    let found = fake
        .books
        .lock()
        .unwrap()
        .trades
        .get(&no)
        .map(|trade| told(&no, trade));
    match found {
        Some(told) => fake.says(200, &told),
        None => fake.says(404, &json!({ "code": "ORDER_NOT_EXIST" })),
    }
}

async fn close(
    State(fake): State<Fake>,
    Path(no): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let faults = match fake.hears((method, uri, headers), &body).await {
        Ok(faults) => faults,
        Err(response) => return response,
    };
    let is_closed = {
        let mut books = fake.books.lock().unwrap();
        let trade = books.trades.get_mut(&no).unwrap();
        if faults.paid_while_closing {
            pay(trade, None);
        }
        if trade.state == "NOTPAY" {
            trade.state = "CLOSED";
        }
        trade.state == "CLOSED"
    };
    if is_closed {
        fake.says(204, &Value::Null)
    } else {
        fake.says(400, &json!({ "code": "ORDERPAID" }))
    }
}

async fn refund(
    State(fake): State<Fake>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let faults = match fake.hears((method, uri, headers), &body).await {
        Ok(faults) => faults,
        Err(response) => return response,
    };
    let body: Value = serde_json::from_slice(&body).unwrap();
    let status = {
        let mut books = fake.books.lock().unwrap();
        let mut trades = books.trades.values_mut();
        let trade = trades
            .find(|trade| trade.transaction == body["transaction_id"])
            .unwrap();
        assert_eq!(body["amount"]["total"], trade.paid_fen);
        let again = trade.refund.is_some();
        trade.refund = Some(if faults.slow_refunds && !again {
            "PROCESSING"
        } else {
            "SUCCESS"
        });
        trade.refund
    };
    fake.says(
        200,
        &json!({ "status": status, "out_refund_no": body["out_refund_no"] }),
    )
}
