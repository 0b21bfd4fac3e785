//! Enrolling by a one-time code: the console's command and the booth's tool, each as a person would use it.

use crate::bench::{Bench, refused};
use clap::Parser as _;
use gradbooth::review::commands::{Cli, run};
use gradbooth::tools::enrol::{self, EnrolArgs};
use gradbooth::wire::BoothKey;
use gradbooth::wire::invitation::{Enrolling, Invitation};
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
    let console = std::thread::spawn(move || {
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
    };
    let invitation = text.clone();
    let booth =
        std::thread::spawn(move || enrol::run(&args, &mut invitation.as_bytes(), &mut Ear(said)));
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
