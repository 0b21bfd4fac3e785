//! A backlog over a slow line far away, beside the same line with nothing but bytes, while somebody stands before the
//! camera: the booth's real camera path over a device that is fake below the system call. The bench runs itself again
//! underneath that device.

use super::fakecam::{FakeCamera, library};
use super::line::{Fault, Line};
use super::{Made, SUBMISSIONS, booth, report};
use gradbooth::camera::{CameraSource, DeviceChoice, Purpose, Webcam};
use gradbooth::clock;
use gradbooth::workers::VisionWorkers;
use gradbooth::workers::service::Rhythm;
use image::imageops::FilterType;
use std::error::Error;
use std::fs;
use std::io::{self, Read};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Each 16 kB take so long: about 2 MB a second.
const PIECE_MS: u64 = 8;
/// One way to a service in another city.
const AWAY_MS: u64 = 20;
/// Until the camera runs steadily and the networks are warm.
const WARM: Duration = Duration::from_secs(4);
/// How long the live view is looked at with nothing beside it.
const ALONE: Duration = Duration::from_secs(10);
/// Nothing takes longer than this, or it is broken.
const LIMIT: Duration = Duration::from_mins(5);
const FRAME_PX: (u32, u32) = (1280, 720);

/// Runs this bench again with the camera below it.
pub fn again_under_the_camera() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let frames = folder.path().join("frames");
    fs::create_dir(&frames)?;
    student(&frames)?;
    FakeCamera::in_folder(folder.path()).control("ok");
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("--bench")
        .env("GRADBOOTH_FAKECAM_FOLDER", folder.path())
        .env("LD_PRELOAD", library())
        .env("FAKECAM_DIR", &frames)
        .env("FAKECAM_CTL", folder.path().join("control"));
    command.status()?;
    Ok(())
}

/// The demonstration's student as a webcam sends her; two frames in which not all bytes are alike.
fn student(folder: &Path) -> Result<(), Box<dyn Error>> {
    for number in [30_u8, 31] {
        let name = format!("assets/demo/frames/00{number}.jpg");
        let picture = image::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(name))?;
        let picture = picture.resize_exact(FRAME_PX.0, FRAME_PX.1, FilterType::Triangle);
        picture
            .to_rgb8()
            .save(folder.join(format!("{number}.jpg")))?;
    }
    Ok(())
}

pub fn beside_the_live_view(_camera: &FakeCamera) -> Result<(), Box<dyn Error>> {
    let made = Made::new()?;
    made.confirm_all()?;
    let bytes = made.bytes()?;
    let eyes = live()?;
    let ends = clock::now() + WARM;
    Seen::until(&eyes, || clock::now() >= ends);
    let ends = clock::now() + ALONE;
    Seen::until(&eyes, || clock::now() >= ends).print("live view alone");

    let slow = || std::iter::repeat_n(Fault::Slow(PIECE_MS, AWAY_MS), 4000);
    let sink = TcpListener::bind("127.0.0.1:0")?;
    let bare = Line::to(sink.local_addr()?.port());
    bare.fails(slow());
    let sending = std::thread::Builder::new().name("bytes".into());
    let sending = sending.spawn(move || carry_bytes(bare.port, &sink, bytes))?;
    Seen::until(&eyes, || sending.is_finished()).print("live view beside the bare line");
    let bare_s = sending
        .join()
        .map_err(|_| "the bare line broke")??
        .as_secs_f64();

    let line = Line::to(made.office.port);
    line.fails(slow());
    let begun = clock::now();
    let workers = booth::workers(&made.store, &made.key, &line.url(), Rhythm::default());
    let seen = Seen::until(&eyes, || {
        workers.facts().for_each(drop);
        begun.elapsed() > LIMIT || made.store.counts().is_ok_and(|counts| counts.queued == 0)
    });
    let took_s = begun.elapsed().as_secs_f64();
    let left = made.store.counts()?;
    if left.queued + left.held > 0 {
        return Err(format!("not delivered: {left:?}").into());
    }
    seen.print("live view beside the delivering");
    println!(
        "delivering {SUBMISSIONS} submissions over a slow line, {AWAY_MS} ms away: {:.3} MB/s, {:.1} % of the bare line's {:.3} MB/s",
        bytes as f64 / took_s / 1e6,
        bare_s / took_s * 100.0,
        bytes as f64 / bare_s / 1e6
    );
    Ok(())
}

fn live() -> Result<VisionWorkers, Box<dyn Error>> {
    let source = CameraSource::Device(Webcam::new(DeviceChoice::First));
    let eyes = VisionWorkers::start(source, &(Arc::new(|| {}) as _))?;
    eyes.open(Purpose::Portrait);
    let begun = clock::now();
    while eyes.frame().is_none() {
        if begun.elapsed() > LIMIT {
            return Err("no frame came".into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(eyes)
}

/// What a window that draws at once would have shown.
struct Seen {
    took: Duration,
    findings: usize,
    /// Between two frames.
    gaps: Vec<Duration>,
}

impl Seen {
    fn until(eyes: &VisionWorkers, ends: impl Fn() -> bool) -> Self {
        let begun = clock::now();
        let (mut last, mut findings, mut gaps) = (None::<Instant>, 0, Vec::new());
        while !ends() {
            eyes.facts().for_each(drop);
            findings += usize::from(eyes.findings().is_some());
            if eyes.frame().is_some() {
                gaps.extend(last.map(|at| at.elapsed()));
                last = Some(clock::now());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Self {
            took: begun.elapsed(),
            findings,
            gaps,
        }
    }

    fn print(mut self, what: &str) {
        let a_second = |count: usize| count as f64 / self.took.as_secs_f64();
        println!(
            "{what}: {:.1} frames and {:.1} findings a second",
            a_second(self.gaps.len()),
            a_second(self.findings)
        );
        report("  between two frames", &mut self.gaps);
    }
}

/// So many bytes through the line into nothing; gives how long it took.
fn carry_bytes(port: u16, sink: &TcpListener, bytes: u64) -> io::Result<Duration> {
    let begun = clock::now();
    let mut sender = TcpStream::connect(("127.0.0.1", port))?;
    let (mut receiver, _) = sink.accept()?;
    let feed = std::thread::Builder::new().name("feed".into());
    let feed = feed.spawn(move || io::copy(&mut io::repeat(7).take(bytes), &mut sender))?;
    let _bytes = io::copy(&mut receiver, &mut io::sink())?;
    drop(feed.join());
    Ok(begun.elapsed())
}
