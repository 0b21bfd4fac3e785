//! Signing in through the mini program, against the platform's answers as they are documented.

use crate::bench::Bench;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::{get, post};
use gradbooth::domain::{Language, SignInId};
use gradbooth::review::Config;
use gradbooth::wire::{SignInRequest, SignInState, paths};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

const APPID: &str = "wx0000000000000002";

/// Permits that were used: each works once.
type Used = Arc<Mutex<BTreeSet<String>>>;

struct Platform {
    bench: Bench,
    _runtime: tokio::runtime::Runtime,
    _files: tempfile::TempDir,
}

async fn token(axum::Json(ask): axum::Json<Value>) -> axum::Json<Value> {
    let fits = ask["appid"] == APPID
        && ask["secret"] == "s3cret"
        && ask["grant_type"] == "client_credential";
    axum::Json(if fits {
        json!({ "access_token": "T", "expires_in": 7200 })
    } else {
        json!({ "errcode": 40001, "errmsg": "invalid credential" })
    })
}

async fn session(
    State(used): State<Used>,
    Query(ask): Query<BTreeMap<String, String>>,
) -> axum::Json<Value> {
    let code = ask["js_code"].clone();
    if !used.lock().unwrap().insert(code.clone()) {
        return axum::Json(json!({ "errcode": 40163, "errmsg": "code been used" }));
    }
    axum::Json(match code.split_once('-') {
        Some((account, _)) => json!({ "openid": account, "session_key": "k" }),
        None => json!({ "errcode": 40029, "errmsg": "invalid code" }),
    })
}

async fn number(axum::Json(ask): axum::Json<Value>) -> axum::Json<Value> {
    let told = |country: &str, pure: &str| {
        json!({ "errcode": 0, "errmsg": "ok", "phone_info": {
        "phoneNumber": format!("+{country}{pure}"), "purePhoneNumber": pure, "countryCode": country,
        "watermark": { "timestamp": 1_795_000_000, "appid": APPID } } })
    };
    axum::Json(match ask["code"].as_str().unwrap() {
        "home" => told("86", "13800138000"),
        "abroad" => told("44", "2079460000"),
        _ => json!({ "errcode": 40029, "errmsg": "invalid code" }),
    })
}

async fn picture(axum::Json(ask): axum::Json<Value>) -> Vec<u8> {
    assert!(ask["scene"].as_str().unwrap().len() == 22 && ask["page"] == "pages/sign-in");
    vec![0xff, 0xd8, 0xff]
}

impl Platform {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/cgi-bin/stable_token", post(token))
            .route("/sns/jscode2session", get(session))
            .route("/wxa/business/getuserphonenumber", post(number))
            .route("/wxa/getwxacodeunlimit", post(picture))
            .with_state(Used::default());
        runtime.spawn(async move { axum::serve(listener, router).await });
        let files = tempfile::tempdir().unwrap();
        let file = files.path().join("login.toml");
        std::fs::write(files.path().join("secret"), "s3cret\n").unwrap();
        std::fs::write(&file, format!("appid = \"{APPID}\"\nsecret = \"secret\"\npage = \"pages/sign-in\"\norigin = \"{origin}\"\n")).unwrap();
        let bench = Bench::with(|config| Config {
            wechat_login: Some(file),
            ..config
        });
        Self {
            bench,
            _runtime: runtime,
            _files: files,
        }
    }

    fn begins(&self, byte: u8) -> SignInId {
        let id = SignInId::from_bytes([byte; 16]);
        let request = SignInRequest {
            id,
            language: Language::Chinese,
        };
        assert_eq!(
            self.bench
                .booth("POST", paths::SIGN_INS)
                .json(&request)
                .send()
                .unwrap()
                .status(),
            200
        );
        id
    }

    fn says(&self, id: SignInId, said: &Value) -> (u16, Value) {
        let url = format!("{}/v1/mini-program/sign-ins/{id}", self.bench.url);
        let answer = self.bench.http.post(url).json(said).send().unwrap();
        (answer.status().as_u16(), answer.json().unwrap())
    }

    fn state(&self, id: SignInId) -> SignInState {
        self.bench.get(&paths::sign_in(id))
    }
}

#[test]
fn a_phone_signs_in_with_permits_of_the_platform() {
    let platform = Platform::start();
    let id = platform.begins(1);
    let code = format!("{}/v1/mini-program/sign-ins/{id}/code", platform.bench.url);
    assert_eq!(
        platform
            .bench
            .http
            .get(code)
            .send()
            .unwrap()
            .bytes()
            .unwrap()
            .as_ref(),
        [0xff, 0xd8, 0xff]
    );
    let (status, shown) = platform.says(id, &json!({ "step": "opened", "login": "anna-1" }));
    assert_eq!(
        (status, &shown["stage"], &shown["held_by_another"]),
        (200, &json!("scanned"), &json!(false))
    );
    assert_eq!(platform.state(id), SignInState::Scanned);
    assert_eq!(
        platform
            .says(id, &json!({ "step": "agreed", "login": "anna-1" }))
            .0,
        400,
        "a permit works once"
    );
    assert_eq!(
        platform
            .says(id, &json!({ "step": "agreed", "login": "anna-2" }))
            .1["stage"],
        "agreed"
    );
    let (_, shown) = platform.says(
        id,
        &json!({ "step": "phone", "login": "anna-3", "permit": "home" }),
    );
    assert_eq!(shown["stage"], "confirmed");
    let SignInState::Confirmed { phone_masked, .. } = platform.state(id) else {
        panic!("not confirmed")
    };
    assert_eq!(phone_masked, "138****8000");
}

#[test]
fn foreign_numbers_refusals_and_second_phones() {
    let platform = Platform::start();
    let (abroad, refused, held) = (platform.begins(1), platform.begins(2), platform.begins(3));
    platform.says(abroad, &json!({ "step": "opened", "login": "bob-1" }));
    platform.says(abroad, &json!({ "step": "agreed", "login": "bob-2" }));
    assert_eq!(
        platform
            .says(
                abroad,
                &json!({ "step": "phone", "login": "bob-3", "permit": "nonsense" })
            )
            .0,
        400
    );
    platform.says(
        abroad,
        &json!({ "step": "phone", "login": "bob-4", "permit": "abroad" }),
    );
    let SignInState::Confirmed { phone_masked, .. } = platform.state(abroad) else {
        panic!("not confirmed")
    };
    assert_eq!(phone_masked, "+44****0000");
    platform.says(refused, &json!({ "step": "opened", "login": "bob-5" }));
    platform.says(refused, &json!({ "step": "refused", "login": "bob-6" }));
    assert_eq!(platform.state(refused), SignInState::Refused);
    platform.says(held, &json!({ "step": "opened", "login": "anna-1" }));
    let (_, shown) = platform.says(held, &json!({ "step": "agreed", "login": "eve-1" }));
    assert_eq!(
        (&shown["held_by_another"], &shown["stage"]),
        (&json!(true), &json!("scanned"))
    );
}

#[test]
fn the_simulating_page_confirms_nobody_where_phones_are_real() {
    let platform = Platform::start();
    let id = platform.begins(1);
    let page = format!("{}/s/{id}", platform.bench.url);
    let shown = platform
        .bench
        .http
        .get(&page)
        .send()
        .unwrap()
        .text()
        .unwrap();
    assert!(
        shown.contains(&format!("/v1/mini-program/sign-ins/{id}/code")) && !shown.contains("<form")
    );
    for answer in ["confirm", "phone", "refuse"] {
        let posted = platform
            .bench
            .http
            .post(format!("{page}/{answer}"))
            .body("number=13800138000")
            .send()
            .unwrap();
        assert_eq!(posted.status(), 404);
    }
    assert_eq!(platform.state(id), SignInState::Waiting);
}
