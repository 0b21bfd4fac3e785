//! Enrolling by a one-time code: the console's command and the booth's tool, each as a person would use it.

use crate::bench::{Bench, refused};
use crate::people::{Browser, field};
use clap::Parser as _;
use gradbooth::domain::{Language, PhotoImport};
use gradbooth::review::commands::{Cli, run};
use gradbooth::tools::enrol::{self, EnrolArgs};
use gradbooth::wire::invitation::{Enrolling, Invitation};
use gradbooth::wire::{BoothKey, Changes, RefusalCode};
use gradbooth::workers::enrolment::{EnrolError, EnrolFact, EnrolWorker, Place};
use gradbooth::workers::http::Trouble;
use std::io::{BufReader, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// What a program prints, heard while it runs; and what a person answers.
struct Ear(SyncSender<String>);

impl Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let _nobody_listens = self.0.send(String::from_utf8_lossy(bytes).into_owned());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct Mouth(Receiver<String>);

impl Read for Mouth {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let said = self.0.recv().unwrap_or_default();
        to[..said.len()].copy_from_slice(said.as_bytes());
        Ok(said.len())
    }
}

/// Listens until the words are there; gives all that was heard.
fn hears(heard: &Receiver<String>, all: &mut String, words: &str) {
    while !all.contains(words) {
        *all += &heard
            .recv_timeout(Duration::from_secs(30))
            .unwrap_or_else(|_| panic!("{words} in {all}"));
    }
}

fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> std::thread::JoinHandle<T> {
    std::thread::Builder::new()
        .name("a person's program".into())
        .spawn(work)
        .unwrap()
}

fn four_words(said: &str) -> String {
    let is_words = |line: &&str| {
        line.starts_with("    ") && line.trim().chars().filter(|c| *c == ' ').count() >= 7
    };
    said.lines()
        .find(is_words)
        .unwrap_or_else(|| panic!("no words in {said}"))
        .trim()
        .to_owned()
}

fn config(folder: &std::path::Path, url: &str) -> std::path::PathBuf {
    let demo = std::fs::read_to_string("kiosk-config/demo.toml").unwrap();
    let text: String = demo
        .lines()
        .map(|line| match line {
            line if line.starts_with("url =") => format!("url = \"{url}\"\n"),
            line if line.starts_with("key_file") => "key_file = \"new.key\"\n".to_owned(),
            line if line.starts_with("recording_code") => {
                "recording_code = \"page.png\"\n".to_owned()
            }
            line if line.starts_with("recording =") => {
                format!(
                    "recording = \"{}/assets/demo\"\n",
                    env!("CARGO_MANIFEST_DIR")
                )
            }
            line => format!("{line}\n"),
        })
        .collect();
    let path = folder.join("booth.toml");
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn console_and_booth_show_the_same_words_and_the_booth_is_enrolled_with_its_own_key() {
    let bench = Bench::new();
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), &bench.url);
    let (said, heard) = sync_channel(1000);
    let (answer, answered) = sync_channel(1);
    let (data, url) = (bench.folder.path().display().to_string(), bench.url.clone());
    let console = on_a_thread(move || {
        let words = [
            "gradbooth-review",
            "invite-booth",
            "--data",
            &data,
            "--name",
            "图书馆 9",
            "--public-url",
            &url,
        ];
        gradbooth::review::commands::run_with(
            Cli::parse_from(words),
            &mut BufReader::new(Mouth(answered)),
            &mut Ear(said),
        )
    });
    let mut at_console = String::new();
    hears(&heard, &mut at_console, "gradbooth enrol");
    let text = at_console
        .lines()
        .find(|line| line.starts_with("GBE1:"))
        .unwrap()
        .to_owned();
    let (said, heard_at_booth) = sync_channel(1000);
    let args = EnrolArgs {
        config: config.clone(),
        image: None,
        camera: false,
    };
    let invitation = text.clone();
    let booth = on_a_thread(move || enrol::run(&args, &mut invitation.as_bytes(), &mut Ear(said)));
    let mut at_booth = String::new();
    hears(&heard_at_booth, &mut at_booth, "same four words");
    hears(&heard, &mut at_console, "(yes/no)");
    assert_eq!(four_words(&at_booth), four_words(&at_console));
    // another booth that read the code from the screen comes too late
    let late = Enrolling::new(Invitation::parse(&text).unwrap(), &[1; 96]).unwrap();
    let response = bench
        .http
        .post(format!("{}/v1/enrolments", bench.url))
        .json(&late.request())
        .send()
        .unwrap();
    assert_eq!(refused(response, 409), "conflict");
    answer.send("yes\n".into()).unwrap();
    console.join().unwrap().unwrap();
    assert_eq!(booth.join().unwrap().unwrap(), 0);
    let key: BoothKey =
        toml::from_str(&std::fs::read_to_string(folder.path().join("new.key")).unwrap()).unwrap();
    assert_eq!(key.name, "图书馆 9");
    let asks = || {
        let request = bench
            .http
            .get(format!("{}/v1/booth/changes?after=", bench.url))
            .bearer_auth(&key.token);
        request.send().unwrap()
    };
    assert_eq!(asks().status(), 200);
    let data = bench.folder.path().display().to_string();
    let id = key.booth.to_string();
    run(
        Cli::parse_from(["gradbooth-review", "revoke-booth", "--data", &data, &id]),
        &mut Vec::new(),
    )
    .unwrap();
    assert_eq!(refused(asks(), 401), "unauthorized");
}

/// The code as a picture that the recorded hand holds up.
fn page(text: &str, path: &std::path::Path) {
    const MODULE_PX: u32 = 12;
    let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium).unwrap();
    let side = code.size() as u32 * MODULE_PX;
    let dot = |x: u32, y: u32| {
        let (x, y) = ((x / MODULE_PX).cast_signed(), (y / MODULE_PX).cast_signed());
        image::Luma([if code.get_module(x, y) { 0 } else { 255 }])
    };
    image::GrayImage::from_fn(side, side, dot)
        .save(path)
        .unwrap();
}

#[test]
fn an_administrator_invites_on_the_page_and_the_booth_reads_the_code_with_its_camera() {
    let bench = Bench::new();
    let admin = Browser::log_in(&bench, "admin");
    let csrf = field(&admin.page("/booths"), "csrf").to_owned();
    let school = Browser::log_in(&bench, "school");
    let foreign = school.send("/booths/invite", format!("csrf={csrf}&name=x"));
    assert_eq!(foreign.status(), 403);
    let (text, at) = invited(&admin, &csrf);
    let folder = tempfile::tempdir().unwrap();
    page(&text, &folder.path().join("page.png"));
    let args = EnrolArgs {
        config: config(folder.path(), &bench.url),
        image: None,
        camera: true,
    };
    let (said, heard) = sync_channel(1000);
    let booth = on_a_thread(move || enrol::run(&args, &mut std::io::empty(), &mut Ear(said)));
    let mut at_booth = String::new();
    hears(&heard, &mut at_booth, "same four words");
    let compare = (0..300)
        .map(|_| {
            std::thread::sleep(Duration::from_millis(100));
            admin.page(&at)
        })
        .find(|page| page.contains("class=\"words\""))
        .expect("the booth's answer is seen");
    assert!(compare.contains(&four_words(&at_booth)), "{compare}");
    assert!(!compare.contains("GBE1:"), "the code is used up");
    admin.send(&at, format!("csrf={csrf}&words=same"));
    assert_eq!(booth.join().unwrap().unwrap(), 0);
    let key = std::fs::read_to_string(folder.path().join("new.key")).unwrap();
    let key: BoothKey = toml::from_str(&key).unwrap();
    assert_eq!(key.name, "Library 9");
    assert!(admin.page("/booths").contains("Library 9"));
    admin.send(
        &format!("/booths/{}/revoke", key.booth),
        format!("csrf={csrf}"),
    );
    assert!(admin.page("/booths").contains("revoked"));
    let request = bench
        .http
        .get(format!("{}/v1/booth/changes?after=", bench.url))
        .bearer_auth(&key.token);
    assert_eq!(refused(request.send().unwrap(), 401), "unauthorized");
}

/// An invitation made on the page: its text, and the page's address.
fn invited(admin: &Browser, csrf: &str) -> (String, String) {
    let made = admin.send("/booths/invite", format!("csrf={csrf}&name=Library+9"));
    let at = made.headers()["location"].to_str().unwrap().to_owned();
    let shown = admin.page(&at);
    assert!(shown.contains("<svg") && shown.contains("http-equiv=\"refresh\""));
    let text = shown.split("GBE1:").nth(1).unwrap();
    let text = format!("GBE1:{}", text.split('<').next().unwrap());
    // base45 has no character that a page escapes but these
    (text.replace("&#38;", "&").replace("&#x2f;", "/"), at)
}

/// Listens until the worker says what is waited for; a busy machine is not an answer.
fn until<T>(worker: &EnrolWorker, mut wanted: impl FnMut(&EnrolFact) -> Option<T>) -> T {
    for _ in 0..1200 {
        if let Some(found) = worker.facts().find_map(|fact| wanted(&fact)) {
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("the worker never said it");
}

fn worker(url: &str, folder: &std::path::Path, anew: bool) -> EnrolWorker {
    let place = Place {
        service_url: url.to_owned(),
        key_file: folder.join("new.key"),
        anew,
    };
    EnrolWorker::start(place, &(std::sync::Arc::new(|| {}) as _)).unwrap()
}

#[test]
fn the_kiosk_shows_the_words_of_the_page_and_is_enrolled_and_again_after_it_was_revoked() {
    let bench = Bench::new();
    let admin = Browser::log_in(&bench, "admin");
    let csrf = field(&admin.page("/booths"), "csrf").to_owned();
    let folder = tempfile::tempdir().unwrap();
    let mut before = None;
    for anew in [false, true] {
        let worker = worker(&bench.url, folder.path(), anew);
        let (text, at) = invited(&admin, &csrf);
        worker.answer(text);
        let words = until(&worker, |fact| {
            if let EnrolFact::Compare(words) = fact {
                Some(*words)
            } else {
                None
            }
        });
        assert!(admin.page(&at).contains(&words.to_string()));
        admin.send(&at, format!("csrf={csrf}&words=same"));
        let name = until(&worker, |fact| {
            if let EnrolFact::Enrolled(name) = fact {
                Some(name.clone())
            } else {
                None
            }
        });
        assert_eq!(name, "Library 9");
        let key = std::fs::read_to_string(folder.path().join("new.key")).unwrap();
        if let Some(before) = before.replace(key.clone()) {
            let old = std::fs::read_to_string(folder.path().join("new.old")).unwrap();
            assert_eq!(old, before, "the key of before is kept beside");
            assert_ne!(key, before);
        }
        let key: BoothKey = toml::from_str(&key).unwrap();
        let revoke = format!("/booths/{}/revoke", key.booth);
        admin.send(&revoke, format!("csrf={csrf}"));
    }
}

#[test]
fn the_kiosk_hears_that_the_words_differ_that_another_booth_was_first_and_that_nobody_is_there() {
    let bench = Bench::new();
    let admin = Browser::log_in(&bench, "admin");
    let csrf = field(&admin.page("/booths"), "csrf").to_owned();
    let folder = tempfile::tempdir().unwrap();
    let refused_with = |worker: &EnrolWorker, wanted: RefusalCode| {
        until(worker, |fact| {
            if let EnrolFact::Failed(EnrolError::Refused(Trouble::Refused(code))) = fact {
                Some(*code == wanted)
            } else {
                None
            }
        })
    };
    let worker = worker(&bench.url, folder.path(), false);
    let (text, at) = invited(&admin, &csrf);
    worker.answer(text.clone());
    until(&worker, |fact| {
        matches!(fact, EnrolFact::Compare(_)).then_some(())
    });
    let late = self::worker(&bench.url, folder.path(), false);
    late.answer(text);
    assert!(refused_with(&late, RefusalCode::Conflict));
    admin.send(&at, format!("csrf={csrf}&words=differ"));
    assert!(refused_with(&worker, RefusalCode::NotFound));
    // a booth without a network asks on, and is heard once there is one
    let (text, _) = invited(&admin, &csrf);
    let invitation = Invitation::parse(&text).unwrap();
    let nowhere = "http://127.0.0.1:9";
    let away = Invitation {
        url: nowhere.into(),
        ..invitation
    };
    let offline = self::worker(nowhere, folder.path(), false);
    offline.answer(away.to_string());
    for _ in 0..2 {
        let trouble = until(&offline, |fact| {
            if let EnrolFact::Failed(EnrolError::NotHeard(trouble)) = fact {
                Some(*trouble)
            } else {
                None
            }
        });
        assert_eq!(trouble, Trouble::Unreachable);
    }
    assert!(!folder.path().join("new.key").exists());
}

#[test]
fn an_invitation_whose_words_differ_enrols_nobody() {
    let bench = Bench::new();
    let admin = Browser::log_in(&bench, "admin");
    let csrf = field(&admin.page("/booths"), "csrf").to_owned();
    let made = admin.send("/booths/invite", format!("csrf={csrf}&name=x"));
    let at = made.headers()["location"].to_str().unwrap().to_owned();
    admin.send(&at, format!("csrf={csrf}&words=differ"));
    let gone = bench.http.get(format!("{}{at}", bench.url));
    assert_eq!(
        gone.send().unwrap().status(),
        303,
        "only for who is logged in"
    );
    assert!(!admin.page("/booths").contains(">x<"));
}

#[test]
fn what_is_decided_for_all_booths_comes_with_what_is_new() {
    let bench = Bench::new();
    let before: Changes = bench.get("/v1/booth/changes?after=");
    assert_eq!(before.settings, None);
    let admin = Browser::log_in(&bench, "admin");
    let csrf = field(&admin.page("/booths"), "csrf").to_owned();
    let form = format!("csrf={csrf}&language=en&photo_import=off&idle_s=90&retention_hours=9999");
    admin.send("/booths/settings", form);
    let after: Changes = bench.get(&format!(
        "/v1/booth/changes?after={}",
        before.cursor.as_str()
    ));
    let decided = after.settings.unwrap();
    assert!(decided.decided_at.is_some());
    assert_eq!(decided.language, Some(Language::English));
    assert_eq!(decided.photo_import, Some(PhotoImport::Off));
    assert_eq!((decided.idle_s, decided.retention_hours), (Some(90), None));
    assert!(admin.page("/booths").contains("value=\"90\""));
}

#[test]
fn who_is_not_invited_or_proves_nothing_is_not_heard() {
    let bench = Bench::new();
    let url = format!("{}/v1/enrolments", bench.url);
    let nobodys = Invitation {
        url: bench.url.clone(),
        token: [7; 16],
        service: [0; 16],
    };
    let mut request = Enrolling::new(nobodys, &[1; 96]).unwrap().request();
    assert_eq!(
        refused(bench.http.post(&url).json(&request).send().unwrap(), 404),
        "not_found"
    );
    request.proof = "00".repeat(64);
    assert_eq!(
        refused(bench.http.post(&url).json(&request).send().unwrap(), 422),
        "seal_broken"
    );
}
