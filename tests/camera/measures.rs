//! How fast it is, printed, never asserted:
//! `cargo test --release --test camera -- --ignored --nocapture measures_itself`, and `taskset -c 0` before it for one core.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use gradbooth::camera::{CameraSource, DeviceChoice, Purpose, RecordingFolder, Webcam};
use gradbooth::clock::now;
use gradbooth::domain::collection::Background;
use gradbooth::standard::GRADUATION;
use gradbooth::vision::rules::{Rule, Verdict};
use gradbooth::workers::{PhotoWish, VisionFact, VisionWorkers};

use super::fakecam::{FakeCamera, run_under_camera};
use super::until;

#[test]
#[ignore = "a measurement"]
fn measures_itself() {
    for (width, height) in [(1280, 720), (1920, 1080)] {
        for fps in ["30", "60"] {
            run_under_camera(
                "measures::child_measures_itself",
                &[("FAKECAM_FPS", fps)],
                |folder| {
                    student(folder, width, height, 0.0);
                    student(&folder.with_file_name(TILTED), width, height, 14.0);
                },
            );
        }
    }
}

/// Frames of the student with a tilted head, beside those of the upright one.
const TILTED: &str = "tilted";
/// Runs of each measurement, for a median with its spread.
const RUNS: usize = 5;
/// Seconds of one run.
const RUN: Duration = Duration::from_secs(3);
/// Movements timed.
const MOVEMENTS: usize = 24;

/// A synthetic student as a webcam of this size would send it, with the noise of a sensor: no two frames alike.
fn student(folder: &Path, width: u32, height: u32, turned_deg: f32) {
    std::fs::create_dir_all(folder).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/frames/0030.jpg");
    let picture = image::open(file).unwrap();
    let picture = picture.resize_exact(width, height, image::imageops::FilterType::CatmullRom);
    let picture = picture.to_rgb8();
    let (sin, cos) = turned_deg.to_radians().sin_cos();
    let (cx, cy) = (width as f32 / 2.0, height as f32 / 2.0);
    let turned = image::RgbImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (x as f32 - cx, y as f32 - cy);
        let u = (cx + dx * cos + dy * sin).clamp(0.0, (width - 1) as f32);
        let v = (cy + dy * cos - dx * sin).clamp(0.0, (height - 1) as f32);
        *picture.get_pixel(u as u32, v as u32)
    });
    let mut noise = 1_u32;
    for number in 0..4 {
        let grainy: Vec<u8> = turned
            .iter()
            .map(|byte| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                byte.saturating_add((noise >> 30) as u8)
            })
            .collect();
        let file = folder.join(format!("{number:03}.jpg"));
        jpeg_encoder::Encoder::new_file(file, 85)
            .unwrap()
            .encode(
                &grainy,
                width as u16,
                height as u16,
                jpeg_encoder::ColorType::Rgb,
            )
            .unwrap();
    }
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_measures_itself() {
    let Some(fake) = FakeCamera::of_this_process() else {
        return;
    };
    let source = CameraSource::Device(Webcam::new(DeviceChoice::First));
    let workers = VisionWorkers::start(source, &(Arc::new(|| ()) as _)).unwrap();
    workers.open(Purpose::Portrait);
    drop(until("the first findings", || workers.findings()));
    let frame = until("a frame", || workers.frame());
    println!(
        "\n{:?} at {} frames a second, {} core(s); median (least to most) of {RUNS} runs",
        frame.picture,
        std::env::var("FAKECAM_FPS").unwrap_or_default(),
        std::thread::available_parallelism().map_or(0, usize::from),
    );
    let runs: Vec<[f64; 7]> = (0..RUNS).map(|_| one_run(&workers)).collect();
    for (i, what) in [
        "frames shown a second",
        "findings a second",
        "frame to findings, p50 [ms]",
        "frame to findings, p95 [ms]",
        "share of one core [%]",
        "  of it the camera's thread: waiting, decoding",
        "  of it the analysis",
    ]
    .into_iter()
    .enumerate()
    {
        let (middle, least, most) = spread(runs.iter().map(|run| run[i]).collect());
        println!("  {what:<46} {middle:6.1} ({least:.1} to {most:.1})");
    }
    let mut took = movements(&workers, &fake);
    took.sort_by(f64::total_cmp);
    println!(
        "  movement to words [ms]: p50 {:.0}, p95 {:.0}, most {:.0}, of {MOVEMENTS}",
        took[took.len() / 2],
        took[took.len() * 95 / 100],
        took[took.len() - 1],
    );
}

fn one_run(workers: &VisionWorkers) -> [f64; 7] {
    let (mut shown, mut ages) = (0_u32, Vec::new());
    let used_before = ["", "camera", "analysis"].map(used_seconds);
    let begun = now();
    while begun.elapsed() < RUN {
        shown += u32::from(workers.frame().is_some());
        if let Some(findings) = workers.findings() {
            ages.push(findings.frame_at.elapsed().as_secs_f64() * 1e3);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let used = ["", "camera", "analysis"].map(used_seconds);
    let share = |i: usize| (used[i] - used_before[i]) / seconds * 100.0;
    ages.sort_by(f64::total_cmp);
    [
        f64::from(shown) / seconds,
        ages.len() as f64 / seconds,
        ages[ages.len() / 2],
        ages[ages.len() * 95 / 100],
        share(0),
        share(1),
        share(2),
    ]
}

/// From the moment in which the head tilts before the camera until the words say so.
fn movements(workers: &VisionWorkers, fake: &FakeCamera) -> Vec<f64> {
    let said = |wanted: bool| {
        move || {
            let findings = workers.findings()?;
            ((findings.guidance.first == Some(Rule::HeadRoll)) == wanted).then_some(())
        }
    };
    (0..MOVEMENTS)
        .map(|n| {
            // at any moment between two frames
            std::thread::sleep(Duration::from_millis(1_000 + 7 * n as u64));
            drop(workers.findings());
            fake.control(&format!("ok\ndir {}", fake.path(TILTED).display()));
            let begun = now();
            until("the words", said(true));
            let took = begun.elapsed().as_secs_f64() * 1e3;
            fake.control(&format!("ok\ndir {}", fake.path("frames").display()));
            until("other words", said(false));
            took
        })
        .collect()
}

/// Seconds of a core that this process, or its threads of a name, have used so far.
fn used_seconds(thread: &str) -> f64 {
    const TICKS_A_SECOND: f64 = 100.0;
    let ticks = |stat: &str| -> f64 {
        let after_name = stat.rsplit(')').next().unwrap_or("");
        let fields: Vec<f64> = after_name
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse().ok())
            .collect();
        fields.iter().sum::<f64>() / TICKS_A_SECOND
    };
    if thread.is_empty() {
        return ticks(&std::fs::read_to_string("/proc/self/stat").unwrap());
    }
    std::fs::read_dir("/proc/self/task")
        .unwrap()
        .flatten()
        .filter_map(|task| {
            let name = std::fs::read_to_string(task.path().join("comm")).ok()?;
            let stat = std::fs::read_to_string(task.path().join("stat")).ok()?;
            (name.trim() == thread).then(|| ticks(&stat))
        })
        .sum()
}

fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    (
        values[values.len() / 2],
        values[0],
        values[values.len() - 1],
    )
}

/// The demonstration that ships: what guidance says while it plays, and what the studio makes of its end.
#[test]
#[ignore = "a measurement"]
fn plays_the_demonstration() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let source = CameraSource::Recording(RecordingFolder {
        folder,
        code_page: None,
    });
    let workers = VisionWorkers::start(source, &(Arc::new(|| ()) as _)).unwrap();
    workers.open(Purpose::Portrait);
    let begun = now();
    let (mut said, mut looks) = (None, 0);
    until("readiness", || {
        let findings = workers.findings()?;
        looks += 1;
        let guidance = &findings.guidance;
        if said != Some((guidance.first, guidance.ready)) {
            said = Some((guidance.first, guidance.ready));
            println!(
                "{:6.2} s {:?}",
                begun.elapsed().as_secs_f64(),
                said.unwrap()
            );
        }
        guidance.ready.then_some(())
    });
    println!(
        "{:.1} findings a second",
        f64::from(looks) / begun.elapsed().as_secs_f64()
    );
    workers.capture(1, 5);
    let asked = now();
    let outcome = until("the photo", || {
        workers.facts().find_map(|fact| match fact {
            VisionFact::Captured { capture, .. } => {
                println!("captured after {:.2} s", asked.elapsed().as_secs_f64());
                let background = Background::default();
                let wish = PhotoWish {
                    preset: &GRADUATION,
                    background,
                    straighten: false,
                    plate: None,
                };
                workers.standardize(2, capture, wish);
                None
            }
            VisionFact::Standardized { outcome, .. } => Some(outcome),
            _ => None,
        })
    });
    println!(
        "{:?} after {:.2} s",
        outcome.photo,
        asked.elapsed().as_secs_f64()
    );
    for finding in outcome
        .findings
        .iter()
        .filter(|found| found.verdict != Verdict::Pass)
    {
        println!(
            "  {:?} {:?} {:?}",
            finding.rule, finding.verdict, finding.value
        );
    }
}
