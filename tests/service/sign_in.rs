//! Signing in with a phone, and coming back with the same one.

use crate::bench::{Bench, client, refused};
use gradbooth::domain::{Language, SignInId};
use gradbooth::wire::{SignInOffer, SignInRequest, SignInState, paths};
use reqwest::blocking::Client;

/// A phone: a browser that keeps one cookie.
struct Phone(Client, Option<String>);

impl Phone {
    fn new() -> Self {
        Self(client(), None)
    }

    fn open(&mut self, url: &str) -> String {
        let mut request = self.0.get(url).header("accept-language", "en");
        if let Some(cookie) = &self.1 {
            request = request.header("cookie", cookie);
        }
        let response = request.send().unwrap();
        if let Some(cookie) = response.headers().get("set-cookie") {
            self.1 = Some(
                cookie
                    .to_str()
                    .unwrap()
                    .split(';')
                    .next()
                    .unwrap()
                    .to_owned(),
            );
        }
        response.text().unwrap()
    }

    fn press(&self, url: &str, button: &str, body: &str) {
        let request = self.0.post(format!("{url}/{button}")).body(body.to_owned());
        let cookie = self.1.clone().unwrap_or_default();
        assert_eq!(
            request.header("cookie", cookie).send().unwrap().status(),
            303
        );
    }
}

fn begin(bench: &Bench, byte: u8) -> (SignInId, String) {
    let request = SignInRequest {
        id: SignInId::from_bytes([byte; 16]),
        language: Language::English,
    };
    let offer = || -> SignInOffer {
        bench
            .booth("POST", paths::SIGN_INS)
            .json(&request)
            .send()
            .unwrap()
            .json()
            .unwrap()
    };
    let first = offer();
    assert_eq!(offer(), first, "begun once");
    (request.id, first.page_url)
}

fn state(bench: &Bench, id: SignInId) -> SignInState {
    bench.get(&paths::sign_in(id))
}

fn sign_in(bench: &Bench, byte: u8, number: &str) -> SignInState {
    let (id, url) = begin(bench, byte);
    let mut phone = Phone::new();
    phone.open(&url);
    phone.press(&url, "confirm", "");
    phone.press(&url, "phone", &format!("number={number}"));
    state(bench, id)
}

#[test]
fn the_booth_learns_each_step_and_never_the_number() {
    let bench = Bench::new();
    let (id, url) = begin(&bench, 1);
    let mut phone = Phone::new();
    assert_eq!(state(&bench, id), SignInState::Waiting);
    assert!(phone.open(&url).contains("WeChat quick login"));
    assert_eq!(state(&bench, id), SignInState::Scanned);
    phone.press(&url, "phone", "number=13800138000");
    assert_eq!(
        state(&bench, id),
        SignInState::Scanned,
        "a number before the consent is not taken"
    );
    phone.press(&url, "confirm", "");
    phone.press(&url, "phone", "number=12");
    assert_eq!(
        state(&bench, id),
        SignInState::Scanned,
        "half a number is not taken"
    );
    phone.press(&url, "phone", "number=138+0013+8000");
    let SignInState::Confirmed {
        phone_masked,
        phone_ref,
        returning,
    } = state(&bench, id)
    else {
        panic!("not confirmed")
    };
    assert_eq!((phone_masked.as_str(), returning.len()), ("138****8000", 0));
    // three digits would stand in one of a hundred random references by chance; the eight of the subscriber in none
    let reference = phone_ref.as_str();
    assert!(!reference.contains("00138000"), "{reference}");
    assert!(
        reference.len() == 32 && reference.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{reference}"
    );
    phone.press(&url, "refuse", "");
    assert!(
        matches!(state(&bench, id), SignInState::Confirmed { .. }),
        "what is confirmed stays"
    );
}

#[test]
fn a_returning_phone_finds_its_submission() {
    let bench = Bench::new();
    let SignInState::Confirmed { phone_ref, .. } = sign_in(&bench, 1, "13800138000") else {
        panic!("not confirmed")
    };
    let mut manifest = bench.manifest(1);
    manifest.phone = Some(phone_ref);
    assert_eq!(bench.put(&manifest).status(), 200);
    let returning = |number, byte| {
        let SignInState::Confirmed { returning, .. } = sign_in(&bench, byte, number) else {
            panic!("not confirmed")
        };
        returning
    };
    assert_eq!(returning("%2B8613800138000", 2)[0].submission, manifest.id);
    assert!(returning("13900139000", 3).is_empty());
}

#[test]
fn a_second_phone_a_refusal_and_a_late_one_are_told_apart() {
    let bench = Bench::new();
    let (id, url) = begin(&bench, 1);
    let (mut first, mut second) = (Phone::new(), Phone::new());
    first.open(&url);
    assert!(second.open(&url).contains("another phone"));
    second.press(&url, "confirm", "");
    second.press(&url, "phone", "number=13800138000");
    assert_eq!(
        state(&bench, id),
        SignInState::Scanned,
        "only the first phone answers"
    );
    first.press(&url, "refuse", "");
    assert_eq!(state(&bench, id), SignInState::Refused);
    let late = Bench::with(|config| gradbooth::review::Config {
        sign_in_validity: jiff::SignedDuration::from_millis(1),
        ..config
    });
    let (id, url) = begin(&late, 2);
    std::thread::sleep(std::time::Duration::from_millis(5));
    assert!(Phone::new().open(&url).contains("expired"));
    assert_eq!(state(&late, id), SignInState::Expired);
    let unknown = bench
        .booth("GET", &paths::sign_in(SignInId::from_bytes([9; 16])))
        .send()
        .unwrap();
    assert_eq!(refused(unknown, 404), "not_found");
}
