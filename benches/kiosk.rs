//! The whole kiosk, from outside: start to first words, camera to screen, memory. Printed, not asserted.
//!
//! Runs the real program under Xvfb with the fake V4L2 camera of the tests, as a person would see it: the camera is
//! turned from a dark wall to a bright one, and the pixels of the screen are watched.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench that cannot go on ends, and says what it saw"
)]

#[path = "../tests/fakecam/mod.rs"]
#[allow(
    dead_code,
    reason = "shared with the camera's own tests, which use the rest"
)]
mod fakecam;
#[path = "../tests/programs/mod.rs"]
mod programs;

use gradbooth::clock;
use gradbooth::tools::tour::eyes::Eyes;
use gradbooth::tools::tour::hand::Person;
use gradbooth::tools::tour::window::Screen;
use programs::{Running, display, kiosk, service, settings};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

/// Of the demonstration.
const PIN: &str = "246810";
/// Nothing takes so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// Starts of the program.
const STARTS: usize = 5;
/// Changes of the light.
const CHANGES: usize = 20;
/// As most webcams give.
const FRAMES_A_SECOND: u8 = 30;

fn main() {
    // `cargo test --all-targets` runs benches as tests: nothing to measure then
    if !bench_is_meant() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let (_service, url) = service(&home.join("service"));
    let (dark, bright) = (wall(home, "dark", 40), wall(home, "bright", 230));
    let settings = settings(home, &url);
    let (_screen, display) = display();
    let camera = fakecam::FakeCamera::in_folder(home);
    camera.control("ok");
    let start = || kiosk(home, &settings, &display, &dark, FRAMES_A_SECOND);

    let mut starts: Vec<_> = (0..STARTS).map(|_| first_words(home, start)).collect();
    say("start to the first words on the screen", &mut starts);

    let kiosk = start();
    let mut person = Person::at(
        Screen::open(&display).unwrap(),
        Eyes::on(&home.join("eyes")),
        &home.join("screens"),
    )
    .unwrap();
    look_at_camera(&mut person);
    let screen = Screen::open(&display).unwrap();
    let mut delays: Vec<_> = (0..CHANGES)
        .map(|n| {
            let to = if n % 2 == 0 { &bright } else { &dark };
            change(&screen, || {
                camera.control(&format!("ok\ndir {}", to.display()));
            })
        })
        .collect();
    say("a change before the camera seen on the screen", &mut delays);
    println!(
        "memory in live view: {} MB resident",
        resident_mb(kiosk.id())
    );
}

/// `cargo bench` says so; everything else only wants to know whether it builds.
fn bench_is_meant() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// A folder with one frame of a wall in one grey.
fn wall(home: &Path, name: &str, grey: u8) -> PathBuf {
    let folder = home.join(name);
    fs::create_dir_all(&folder).unwrap();
    let pixels = vec![grey; 1280 * 720 * 3];
    jpeg_encoder::Encoder::new_file(folder.join("0001.jpg"), 90)
        .unwrap()
        .encode(&pixels, 1280, 720, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    folder
}

/// From the start of the program until the start screen can be read.
fn first_words(home: &Path, start: impl Fn() -> Running) -> Duration {
    let eyes = Eyes::on(&home.join("eyes"));
    let begun = clock::now();
    let running = start();
    while !eyes.look().is_ok_and(|things| !things.is_empty()) {
        assert!(clock::now() - begun < PATIENCE, "the kiosk shows nothing");
        sleep(Duration::from_millis(2));
    }
    let took = clock::now() - begun;
    drop(running);
    took
}

/// The attendant's way to the live picture.
fn look_at_camera(person: &mut Person) {
    person.waits_for("welcome-start").unwrap();
    person.waits_for_rest().unwrap();
    person
        .holds("attendant-corner", Duration::from_millis(3_600))
        .unwrap();
    person.waits_for("admin-pin-title").unwrap();
    person.types(PIN).unwrap();
    person.touches("admin-enter").unwrap();
    person.touches("admin-camera").unwrap();
    person.waits_for("admin-camera-view").unwrap();
    sleep(Duration::from_secs(3));
}

/// From turning the light until the middle of the screen has changed.
fn change(screen: &Screen, turn: impl Fn()) -> Duration {
    let before = middle(screen);
    let begun = clock::now();
    turn();
    while middle(screen).abs_diff(before) < 60 {
        assert!(
            clock::now() - begun < PATIENCE,
            "the screen does not follow"
        );
    }
    let took = clock::now() - begun;
    sleep(Duration::from_millis(400));
    took
}

/// Brightness of one pixel where the live picture is.
fn middle(screen: &Screen) -> u8 {
    let (x, y) = screen.middle();
    screen.pixel(x, y).expect("the screen can be looked at")[1]
}

fn resident_mb(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

fn say(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let ms = |at: usize| times[at].as_secs_f32() * 1e3;
    let last = times.len() - 1;
    println!(
        "{what}: median {:.0} ms, {:.0} to {:.0}",
        ms(times.len() / 2),
        ms(0),
        ms(last)
    );
}
