//! The booth measured in as an attendant does it: the card as it prints, held before the camera at known places, through
//! the driver, the analysis and the attendant's journey, up to what is kept; then lamp and camera are moved.

use std::path::Path;
use std::sync::Arc;

use gradbooth::admin::{
    Admin, AdminAnswer, AdminEffect, AdminEvent, AdminIntent, AdminStep, CalibrationFault,
    CalibrationStage, SceneState,
};
use gradbooth::app::scene::KnownScene;
use gradbooth::camera::{CameraSource, DeviceChoice, Purpose, Webcam};
use gradbooth::clock::now;
use gradbooth::session::Settings;
use gradbooth::store::{StateKey, Store};
use gradbooth::vision::Picture;
use gradbooth::vision::measuring::{Calibration, EmptyFault};
use gradbooth::workers::{Judging, VisionFact, VisionWorkers};

use super::fakecam::{FakeCamera, run_under_camera};
use super::printed::{Hung, Page};
use super::until;

/// Of the lens, in widths of the frame: 70 degrees across.
const FOCAL: f32 = 0.714;
const MARK_CM: f32 = 100.0;
const WALL_CM: f32 = 205.0;
/// The camera leans so far; the card on the wall hangs plumb.
const LEANS_DEG: f32 = 0.9;
/// The camera's white balance: red, green, blue.
const BALANCE: [f32; 3] = [1.02, 1.0, 0.95];

#[test]
fn an_attendant_measures_the_booth_in() {
    run_under_camera(
        "calibration::child_an_attendant_measures_the_booth_in",
        &[],
        film,
    );
}

/// What stands before the camera, one folder a scene, each with the noise of a sensor and the camera's own JPEG.
fn film(shown: &Path) {
    let wall = demo("empty.jpg");
    let student = demo("frames/0030.jpg");
    let page = Page::printed();
    let held = |hung: Hung| page.before(&wall, FOCAL, hung);
    let at_mark = Hung {
        cm: MARK_CM,
        roll_deg: 3.0,
        yaw_deg: 2.0,
        beside_cm: [6.0, 4.0],
    };
    put(
        shown,
        "turned",
        &held(Hung {
            yaw_deg: 38.0,
            ..at_mark
        }),
    );
    put(shown, "mark", &held(at_mark));
    let on_wall = Hung {
        cm: WALL_CM,
        roll_deg: LEANS_DEG,
        yaw_deg: 0.0,
        beside_cm: [-12.0, -20.0],
    };
    put(shown, "wall", &held(on_wall));
    put(shown, "empty", &wall);
    put(shown, "student", &student);
    put(shown, "lamp", &lit(&student, |_| 0.55));
    put(shown, "moved", &lit(&student, |x| 1.25 - 0.6 * x));
    // the first scene
    std::fs::remove_dir(shown).unwrap();
    std::fs::rename(shown.with_file_name("turned"), shown).unwrap();
}

fn demo(name: &str) -> Picture {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/demo")
        .join(name);
    Picture::decode(&std::fs::read(file).unwrap()).unwrap()
}

/// Brighter or darker, from the left of the frame (0) to its right (1).
fn lit(picture: &Picture, gain: impl Fn(f32) -> f32) -> Picture {
    let width = picture.width();
    let rgb = picture.rgb().iter().enumerate().map(|(i, byte)| {
        let x = (i / 3 % width) as f32 / width as f32;
        (f32::from(*byte) * gain(x).powf(1.0 / 2.2)).min(255.0) as u8
    });
    Picture::from_rgb(width, picture.height(), rgb.collect()).unwrap()
}

fn put(shown: &Path, scene: &str, picture: &Picture) {
    let folder = shown.with_file_name(scene);
    std::fs::create_dir_all(&folder).unwrap();
    let mut noise = 7_u32;
    for number in 0..2 {
        let grainy: Vec<u8> = picture
            .rgb()
            .iter()
            .enumerate()
            .map(|(i, byte)| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let balanced = f32::from(*byte) * BALANCE[i % 3].powf(1.0 / 2.2);
                (balanced + (noise >> 29) as f32 - 3.5).clamp(0.0, 255.0) as u8
            })
            .collect();
        jpeg_encoder::Encoder::new_file(folder.join(format!("{number}.jpg")), 80)
            .unwrap()
            .encode(&grainy, 1920, 1080, jpeg_encoder::ColorType::Rgb)
            .unwrap();
    }
}

/// The attendant, the camera, and what the booth knows.
struct Booth {
    fake: FakeCamera,
    workers: VisionWorkers,
    admin: Admin,
}

impl Booth {
    fn on(&mut self, event: AdminEvent) -> Vec<AdminEffect> {
        self.admin.on(event, now())
    }

    fn touch(&mut self, intent: AdminIntent) -> Vec<AdminEffect> {
        self.on(AdminEvent::Intent(intent))
    }

    fn shows(&self, scene: &str) {
        self.fake
            .control(&format!("ok\ndir {}", self.fake.path(scene).display()));
    }

    fn enters_and_begins(&mut self) {
        self.on(AdminEvent::Corner);
        for digit in "246810".chars() {
            self.touch(AdminIntent::Digit(digit));
        }
        let asked = self.touch(AdminIntent::Enter);
        let Some(AdminEffect::VerifyPin { question, .. }) = asked.into_iter().next() else {
            unreachable!("a PIN is compared")
        };
        self.on(AdminEvent::Answer(question, AdminAnswer::Pin(Ok(()))));
        let opened = self.touch(AdminIntent::Calibrate);
        assert!(
            opened
                .iter()
                .any(|effect| matches!(effect, AdminEffect::OpenCameraToMeasure))
        );
        self.workers.open(Purpose::Measure);
    }

    /// The next look, and what the screen says of it.
    fn looks(&mut self) -> (CalibrationStage, Option<CalibrationFault>) {
        let sighting = until("a look", || self.workers.sighting());
        self.on(AdminEvent::Sighted(Box::new(sighting)));
        let AdminStep::Calibrating(step) = self.admin.step() else {
            unreachable!("measuring in goes on")
        };
        (step.stage, step.fault())
    }

    fn waits_for(&mut self, fault: Option<CalibrationFault>) {
        until("what the screen says", || {
            (self.looks().1 == fault).then_some(())
        });
    }

    /// Takes what is in view as soon as nothing is wrong with it.
    fn keeps(&mut self) -> Vec<AdminEffect> {
        self.waits_for(None);
        self.touch(AdminIntent::Keep)
    }
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_an_attendant_measures_the_booth_in() {
    let Some(fake) = FakeCamera::of_this_process() else {
        return;
    };
    let source = CameraSource::Device(Webcam::new(DeviceChoice::First));
    let mut booth = Booth {
        fake,
        workers: VisionWorkers::start(source, &(Arc::new(|| ()) as _)).unwrap(),
        admin: Admin::new(0).with_mark(MARK_CM),
    };
    booth.enters_and_begins();
    booth.waits_for(Some(CalibrationFault::NotFlat));
    booth.shows("mark");
    booth.keeps();
    booth.waits_for(Some(CalibrationFault::StillAtMark));
    booth.shows("wall");
    booth.keeps();
    // the card still hangs there
    booth.waits_for(Some(CalibrationFault::Empty(EmptyFault::NotPlain)));
    booth.shows("empty");
    let taken = booth.keeps();
    let Some(AdminEffect::TakePlate { question, found }) = taken.into_iter().next() else {
        unreachable!("the plate is taken")
    };
    as_it_was_built(&found);

    let store = tempfile::tempdir().unwrap();
    let known = kept(&booth, &found, store.path());
    booth.on(AdminEvent::Answer(question, AdminAnswer::Calibrated(true)));
    let mut settings = Settings::default();
    known.tell(&mut settings);
    assert_eq!(settings.mark_cm, Some(100));
    // a face of 14 cm at a metre: its share of the frame's height by the lens
    assert!(settings.face_permille.abs_diff(180) < 6, "{settings:?}");
    the_scene_is_watched(&booth, known);
}

/// The errors of measuring in, stated; the limits are what a booth can live with.
fn as_it_was_built(found: &Calibration) {
    let focal = (found.focal / FOCAL - 1.0) * 100.0;
    let wall = found.wall_cm - WALL_CM;
    let tilt = found.tilt_deg - LEANS_DEG;
    let ln = |i: usize| (BALANCE[i] / BALANCE[1]).ln();
    let tint = [found.tint[0] - ln(0), found.tint[1] - ln(2)];
    println!(
        "measured in: lens {focal:+.2} %, wall {wall:+.1} cm of {WALL_CM}, level {tilt:+.2} degrees, white {:+.3} and {:+.3} ln",
        tint[0], tint[1]
    );
    assert!(focal.abs() < 2.0 && wall.abs() < 5.0 && tilt.abs() < 0.4);
    assert!(tint.iter().all(|tint| tint.abs() < 0.03));
    assert!(found.is_level() && found.is_white());
}

/// Photographs the empty booth, keeps it in a store, and reads it back as the booth does when it starts.
fn kept(booth: &Booth, found: &Calibration, folder: &Path) -> KnownScene {
    booth.workers.capture(1, 5);
    let capture = until("the clean plate", || {
        booth.workers.facts().find_map(|fact| match fact {
            VisionFact::Captured { capture, .. } => Some(capture),
            _ => None,
        })
    });
    let key = StateKey::from_bytes([3; 32]);
    let kept = KnownScene::kept(found, &capture).unwrap();
    Store::open(folder, &key)
        .unwrap()
        .keep_calibration(&kept)
        .unwrap();
    let again = Store::open(folder, &key).unwrap().calibration().unwrap();
    assert_eq!(again.as_ref(), Some(&kept));
    KnownScene::read(&again.unwrap())
}

/// While students are photographed: all as it was, a lamp fails, something is moved.
fn the_scene_is_watched(booth: &Booth, mut known: KnownScene) {
    booth.workers.judge_by(Judging {
        plate: known.plate(),
        ruler: known.ruler(),
        ..Judging::default()
    });
    booth.workers.open(Purpose::Portrait);
    for (scene, state) in [
        ("student", SceneState::Fits),
        ("lamp", SceneState::LightChanged),
        ("student", SceneState::Fits),
        ("moved", SceneState::ViewChanged),
    ] {
        booth.shows(scene);
        until("the booth against its clean plate", || {
            let fit = booth.workers.findings()?.fit?;
            known.looks(fit);
            (known.state() == state).then_some(())
        });
    }
}
