//! How fast it is, printed, never asserted:
//! `cargo test --test camera -- --ignored --nocapture measures_itself`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use gradbooth::camera::{Camera, CameraSource, DeviceChoice, Purpose, RecordingFolder, Webcam};
use gradbooth::clock::now;
use gradbooth::domain::collection::Background;
use gradbooth::standard::GRADUATION;
use gradbooth::vision::Picture;
use gradbooth::vision::rules::Verdict;
use gradbooth::workers::{PhotoWish, VisionFact, VisionWorkers};

use super::fakecam::{FakeCamera, run_under_camera};
use super::until;

#[test]
#[ignore = "a measurement"]
fn measures_itself() {
    for (width, height) in [(1280, 720), (1920, 1080)] {
        run_under_camera(
            "measures::child_measures_itself",
            &[("FAKECAM_FPS", "60")],
            |folder| {
                student(folder, width, height);
            },
        );
        run_under_camera("measures::child_measures_findings", &[], |folder| {
            student(folder, width, height);
        });
    }
}

/// A synthetic student as a webcam of this size would send it, with the noise of a sensor: no two frames alike.
fn student(folder: &Path, width: u32, height: u32) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/students/s01.jpg");
    let picture = image::open(file).unwrap();
    let picture = picture.resize_exact(width, height, image::imageops::FilterType::CatmullRom);
    let rgb = picture.to_rgb8().into_raw();
    let mut noise = 1_u32;
    for number in 0..4 {
        let grainy: Vec<u8> = rgb
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
    let Some(_) = FakeCamera::of_this_process() else {
        return;
    };
    let mut camera: Box<dyn Camera> = CameraSource::Device(Webcam::new(DeviceChoice::First))
        .open(Purpose::Portrait)
        .unwrap();
    let first = camera.next().unwrap();
    let begun = now();
    for _ in 0..120 {
        camera.next().unwrap();
    }
    let fps = 120.0 / begun.elapsed().as_secs_f64();
    let decoding = median_ms(60, || drop(Picture::decode_mjpeg(&first.jpeg).unwrap()));
    let reducing = median_ms(30, || drop(first.picture.resized_to_width(1280).unwrap()));
    println!(
        "{:?}, {} kB: {fps:.1} of 60 frames a second; decoding {decoding:.1} ms, reducing to 1280 {reducing:.1} ms",
        first.picture,
        first.jpeg.len() / 1000,
    );
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_measures_findings() {
    let Some(_) = FakeCamera::of_this_process() else {
        return;
    };
    let source = CameraSource::Device(Webcam::new(DeviceChoice::First));
    let workers = VisionWorkers::start(source, &(Arc::new(|| ()) as _)).unwrap();
    workers.open(Purpose::Portrait);
    drop(until("the first findings", || workers.findings()));
    let mut ages: Vec<f64> = Vec::new();
    let mut shown = 0;
    let begun = now();
    while begun.elapsed() < Duration::from_secs(5) {
        shown += usize::from(workers.frame().is_some());
        if let Some(findings) = workers.findings() {
            ages.push(findings.frame_at.elapsed().as_secs_f64() * 1e3);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let seconds = begun.elapsed().as_secs_f64();
    ages.sort_by(f64::total_cmp);
    println!(
        "live: {:.1} frames and {:.1} findings a second; frame to findings p50 {:.0} ms, p95 {:.0} ms",
        f64::from(u32::try_from(shown).unwrap()) / seconds,
        f64::from(u32::try_from(ages.len()).unwrap()) / seconds,
        ages[ages.len() / 2],
        ages[ages.len() * 95 / 100],
    );
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

fn median_ms(times: usize, mut work: impl FnMut()) -> f64 {
    let mut took: Vec<f64> = (0..times)
        .map(|_| {
            let begun = now();
            work();
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[times / 2]
}
