//! A receipt on a phone, from the camera to the stored right: the booth's own camera path (nokhwa on V4L2, the capture
//! thread, the code reader of the vision workers) over a device that is fake below the system call and plays the frames.
//!
//! The bench runs itself again underneath that device; where `cc` is missing it says so.

use super::fakecam::{FakeCamera, library};
use super::shots::{KINDS, View, frame, view};
use super::{Till, order, percentile, rqrr_reads};
use fastrand::Rng;
use gradbooth::camera::{CameraSource, DeviceChoice, Purpose, Webcam};
use gradbooth::clock;
use gradbooth::domain::Order;
use gradbooth::wire::offline::PaymentReceipt;
use gradbooth::workers::{VisionFact, VisionWorkers};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

const SHOTS: usize = 24;
/// Frames of a phone that sways a little, shown one after the other for ever.
const FRAMES: usize = 6;
/// Who is not served by then calls for help.
const LIMIT: Duration = Duration::from_millis(1500);

/// Runs this bench again with the camera below it.
pub fn again_under_the_camera() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let wall = folder.path().join("wall");
    fs::create_dir(&wall)?;
    let grey = vec![110; super::shots::SIZE.0 * super::shots::SIZE.1 * 3];
    fs::write(wall.join("0.jpg"), super::shots::jpeg(&grey))?;
    let camera = FakeCamera::in_folder(folder.path());
    camera.control("ok");
    let mut command = Command::new(std::env::current_exe()?);
    command
        .env("GRADBOOTH_FAKECAM_FOLDER", folder.path())
        .env("LD_PRELOAD", library())
        .env("FAKECAM_DIR", &wall)
        .env("FAKECAM_CTL", folder.path().join("control"));
    command.status().map(drop)
}

struct Sight<'a> {
    camera: FakeCamera,
    workers: VisionWorkers,
    till: &'a Till,
}

impl<'a> Sight<'a> {
    fn open(camera: FakeCamera, till: &'a Till) -> io::Result<Self> {
        let source = CameraSource::Device(Webcam::new(DeviceChoice::First));
        let workers = VisionWorkers::start(source, &(Arc::new(|| ()) as _))?;
        workers.open(Purpose::ReadCode);
        let sight = Self {
            camera,
            workers,
            till,
        };
        while sight.workers.frame().is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(sight)
    }

    fn shows(&self, folder: &Path) {
        self.camera
            .control(&format!("ok\ndir {}", folder.display()));
    }

    /// From the moment at which the phone is held up until the right is stored; `None` when that takes too long.
    fn paid_after(&self, folder: &Path, order: &Order) -> Option<f64> {
        let began = clock::now();
        self.shows(folder);
        while began.elapsed() < LIMIT {
            let seen = self.workers.facts().find_map(|fact| {
                if let VisionFact::CodeSeen { code, .. } = fact {
                    Some(code)
                } else {
                    None
                }
            });
            if seen.is_some_and(|code| self.till.takes(code.as_str(), order)) {
                return Some(began.elapsed().as_secs_f64());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        None
    }

    /// The phone is put away.
    fn rests(&self, wall: &Path) {
        self.shows(wall);
        std::thread::sleep(Duration::from_millis(250));
        self.workers.facts().for_each(drop);
    }
}

#[derive(Default)]
struct Row {
    times: Vec<f64>,
    alone: usize,
    shots: usize,
}

impl Row {
    fn print(&mut self, name: &str) {
        let share = |count: usize| format!("{:.1} %", 100.0 * count as f64 / self.shots as f64);
        let (read, alone) = (share(self.times.len()), share(self.alone));
        println!(
            "{name:<18}{read:>14}{alone:>12}{:>12.3}{:>12.3}",
            percentile(&mut self.times, 0.5),
            percentile(&mut self.times, 0.95)
        );
    }
}

/// Every kind of phone before the camera.
pub fn receipts(till: &Till, camera: FakeCamera) -> io::Result<()> {
    println!(
        "{:<18}{:>14}{:>12}{:>12}{:>12}",
        "a phone", "within 1.5 s", "rqrr alone", "p50, s", "p95, s"
    );
    let wall = camera.path("wall");
    let shown = camera.path("shown");
    let sight = Sight::open(camera, till)?;
    let mut dice = Rng::with_seed(7);
    let mut all = Row::default();
    for (kind, name) in KINDS.iter().enumerate() {
        let mut row = Row::default();
        for shot in 0..SHOTS {
            let order = order((kind * SHOTS + shot) as u64 + 1);
            let Some((text, code)) = receipt(till, &order) else {
                return Ok(());
            };
            let folder = shown.join(format!("{kind}-{shot}"));
            let frames = hold(&code, view(kind, &mut dice), &mut dice);
            row.alone += usize::from(frames.first().is_some_and(|jpeg| rqrr_reads(jpeg, &text)));
            fs::create_dir_all(&folder)?;
            for (number, jpeg) in frames.iter().enumerate() {
                fs::write(folder.join(format!("{number}.jpg")), jpeg)?;
            }
            row.times.extend(sight.paid_after(&folder, &order));
            row.shots += 1;
            sight.rests(&wall);
            fs::remove_dir_all(&folder)?;
        }
        all.times.extend(&row.times);
        (all.alone, all.shots) = (all.alone + row.alone, all.shots + row.shots);
        row.print(name);
    }
    all.print("all");
    Ok(())
}

fn receipt(till: &Till, order: &Order) -> Option<(String, QrCode)> {
    let text = PaymentReceipt::of(order, 1, 1_795_000_000)?.sign(&till.key);
    let code = QrCode::encode_text(&text, QrCodeEcc::Medium).ok()?;
    till.store.open_order(order, clock::utc()).ok()?;
    Some((text, code))
}

/// The frames of a phone in a hand.
fn hold(code: &QrCode, view: View, dice: &mut Rng) -> Vec<Vec<u8>> {
    let mut sway = || {
        let mut swayed = view;
        swayed.degrees += dice.f32() - 0.5;
        frame(code, swayed, dice)
    };
    (0..FRAMES).map(|_| sway()).collect()
}
