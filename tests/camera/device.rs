//! The webcam as the booth uses it: nokhwa on V4L2, the capture thread, its watch; underneath a fake device
//! that stalls, vanishes and sends damaged frames when told to.
//!
//! Each story is one test that runs a second, ignored one in a process of its own (see `fakecam`). Nothing
//! here asserts how fast something is; limits only end a test that would otherwise hang.

use std::sync::Arc;
use std::time::Duration;

use super::fakecam::{FakeCamera, grey_frames, run_under_camera};
use gradbooth::camera::{CameraError, CameraSource, DeviceChoice, Frame, Purpose, Webcam};
use gradbooth::clock::now;
use gradbooth::workers::{CameraState, VisionFact, VisionWorkers};

/// The workers with what they told so far.
struct Booth {
    workers: VisionWorkers,
    facts: Vec<VisionFact>,
}

impl Booth {
    fn with(choice: DeviceChoice) -> Self {
        let workers = VisionWorkers::start(
            CameraSource::Device(Webcam::new(choice)),
            &(Arc::new(|| ()) as _),
        )
        .unwrap();
        Self {
            workers,
            facts: Vec::new(),
        }
    }

    fn live() -> Self {
        let mut booth = Self::with(DeviceChoice::First);
        booth.workers.open(Purpose::Portrait);
        booth.awaits(&CameraState::Live);
        booth
    }

    fn until<T>(&mut self, what: &str, mut look: impl FnMut(&mut Self) -> Option<T>) -> T {
        let begun = now();
        loop {
            self.facts.extend(self.workers.facts());
            if let Some(found) = look(self) {
                return found;
            }
            assert!(
                begun.elapsed() < super::LIMIT,
                "waited for {what}; told: {:?}",
                self.facts
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn awaits(&mut self, state: &CameraState) {
        self.until(&format!("{state:?}"), |booth| {
            (booth.workers.camera_state() == *state).then_some(())
        });
    }

    fn frame(&mut self) -> Arc<Frame> {
        self.until("a frame", |booth| booth.workers.frame())
    }

    /// A frame that did not lie in the slot already.
    fn fresh_frame(&mut self) -> Arc<Frame> {
        drop(self.workers.frame());
        self.frame()
    }

    fn states(&mut self) -> Vec<CameraState> {
        self.facts.extend(self.workers.facts());
        let changes = self.facts.iter().filter_map(|fact| {
            if let VisionFact::CameraChanged(state) = fact {
                Some(state.clone())
            } else {
                None
            }
        });
        changes.collect()
    }
}

fn three_greys(folder: &std::path::Path) {
    grey_frames(folder, 640, 480, &[40, 120, 200]);
}

/// Whether these are the very bytes of a frame that the camera was given. What was mixed out of two may
/// look right: the second half of a JPEG only says how much it differs from the first.
fn is_whole(camera: &FakeCamera, jpeg: &[u8]) -> bool {
    let file = |number| camera.path("frames").join(format!("{number:03}.jpg"));
    (0..3).any(|number| std::fs::read(file(number)).unwrap() == jpeg)
}

/// Which of the greys a frame shows.
fn grey_of(frame: &Frame) -> u8 {
    frame.picture.rgb()[3000]
}

#[test]
fn streams_and_captures() {
    run_under_camera("device::child_streams_and_captures", &[], three_greys);
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_streams_and_captures() {
    let Some(camera) = FakeCamera::of_this_process() else {
        return;
    };
    let mut booth = Booth::live();
    let mut last = 0;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let frame = booth.frame();
        assert!(frame.number > last, "frames are numbered upwards");
        last = frame.number;
        assert_eq!((frame.picture.width(), frame.picture.height()), (640, 480));
        assert_eq!(
            frame.jpeg[frame.jpeg.len() - 2..],
            [0xff, 0xd9],
            "cut at its end"
        );
        seen.insert(grey_of(&frame) / 60);
    }
    assert_eq!(seen.len(), 3, "all three frames came: {seen:?}");

    booth.workers.capture(77, 4);
    let capture = booth.until("the capture", |booth| {
        booth.facts.iter().find_map(|fact| match fact {
            VisionFact::Captured {
                request: 77,
                capture,
            } => Some(Arc::clone(capture)),
            _ => None,
        })
    });
    assert!(
        is_whole(&camera, &capture.jpeg),
        "the capture is the camera's own bytes"
    );

    booth.workers.close();
    booth.awaits(&CameraState::Closed);
    assert!(booth.workers.frame().is_none(), "nothing of before is left");
    booth.workers.capture(78, 4);
    let closed = booth.until("a refusal", |booth| {
        booth.facts.iter().find_map(|fact| match fact {
            VisionFact::CaptureFailed { request: 78, error } => Some(error.clone()),
            _ => None,
        })
    });
    assert_eq!(closed, CameraError::Closed);

    booth.workers.open(Purpose::ReadCode);
    booth.awaits(&CameraState::Live);
    assert!(
        booth.frame().number > last,
        "numbers go on after re-opening"
    );
}

#[test]
fn heals_after_unplugging() {
    run_under_camera("device::child_heals_after_unplugging", &[], three_greys);
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_heals_after_unplugging() {
    let Some(camera) = FakeCamera::of_this_process() else {
        return;
    };
    let mut booth = Booth::live();
    for _ in 0..2 {
        camera.control("unplug");
        booth.awaits(&CameraState::Lost(CameraError::Unplugged));
        // longer than a few tries to open it: the reason shown stays the first one
        std::thread::sleep(Duration::from_secs(2));
        assert_eq!(
            booth.workers.camera_state(),
            CameraState::Lost(CameraError::Unplugged)
        );
        camera.control("ok");
        booth.awaits(&CameraState::Live);
        booth.fresh_frame();
    }
}

#[test]
fn gives_up_a_hung_thread_and_heals() {
    run_under_camera(
        "device::child_gives_up_a_hung_thread_and_heals",
        &[],
        three_greys,
    );
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_gives_up_a_hung_thread_and_heals() {
    let Some(camera) = FakeCamera::of_this_process() else {
        return;
    };
    let mut booth = Booth::live();
    camera.control("stall");
    booth.workers.capture(5, 200);
    booth.awaits(&CameraState::Lost(CameraError::Stalled));
    let failed = booth.until("a refusal", |booth| {
        booth.facts.iter().find_map(|fact| match fact {
            VisionFact::CaptureFailed { request: 5, error } => Some(error.clone()),
            _ => None,
        })
    });
    assert_eq!(failed, CameraError::Stalled);
    // the next thread finds the device still held by the hung one, and the reason stays
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(
        booth.workers.camera_state(),
        CameraState::Lost(CameraError::Stalled)
    );
    camera.control("ok");
    booth.awaits(&CameraState::Live);
    booth.fresh_frame();
    assert_eq!(
        booth.states(),
        [
            CameraState::Opening,
            CameraState::Live,
            CameraState::Lost(CameraError::Stalled),
            CameraState::Live
        ]
    );
    // a hung camera that is pulled out and put in again heals as well
    camera.control("stall");
    booth.awaits(&CameraState::Lost(CameraError::Stalled));
    camera.control("unplug");
    std::thread::sleep(Duration::from_millis(500));
    camera.control("ok");
    booth.awaits(&CameraState::Live);
    booth.fresh_frame();
}

#[test]
fn skips_damaged_frames() {
    run_under_camera(
        "device::child_skips_damaged_frames",
        &[("FAKECAM_FPS", "10")],
        |folder| {
            // one length for all, as if by chance: the hardest case for telling leftovers
            three_greys(folder);
            let longest = (0..3)
                .map(|number| {
                    std::fs::metadata(folder.join(format!("{number:03}.jpg")))
                        .unwrap()
                        .len()
                })
                .max()
                .unwrap();
            for number in 0..3 {
                let file = folder.join(format!("{number:03}.jpg"));
                let mut jpeg = std::fs::read(&file).unwrap();
                // fill bytes before the end marker do not change a picture
                let end = jpeg.len() - 2;
                let fill = longest as usize - jpeg.len();
                jpeg.splice(end..end, std::iter::repeat_n(0xff, fill));
                std::fs::write(file, jpeg).unwrap();
            }
        },
    );
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_skips_damaged_frames() {
    let Some(camera) = FakeCamera::of_this_process() else {
        return;
    };
    let mut booth = Booth::live();
    for fault in ["truncate", "stale"] {
        let number = booth.fresh_frame().number;
        // all that arrives is whole, before, during and after
        for words in ["ok", fault, "ok"] {
            camera.control(words);
            for _ in 0..15 {
                if let Some(frame) = booth.workers.frame() {
                    assert!(
                        is_whole(&camera, &frame.jpeg),
                        "{fault}: a damaged frame was shown"
                    );
                }
                std::thread::sleep(Duration::from_millis(40));
            }
        }
        assert!(booth.fresh_frame().number > number);
        // not a frame was taken for a lost camera
        assert_eq!(
            booth.states(),
            [CameraState::Opening, CameraState::Live],
            "{fault}"
        );
    }
    // a camera that sends nothing whole any more is lost, and heals
    camera.control("truncate");
    booth.awaits(&CameraState::Lost(CameraError::BadFrame));
    camera.control("ok");
    booth.awaits(&CameraState::Live);
    grey_of(&booth.fresh_frame());
}

#[test]
fn waits_for_a_camera_and_shows_another_scene() {
    run_under_camera(
        "device::child_waits_for_a_camera_and_shows_another_scene",
        &[],
        three_greys,
    );
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_waits_for_a_camera_and_shows_another_scene() {
    let Some(camera) = FakeCamera::of_this_process() else {
        return;
    };
    camera.control("nodev");
    assert!(
        gradbooth::camera::devices()
            .iter()
            .all(|device| device.name != "Fake Camera HD")
    );
    let mut booth = Booth::with(DeviceChoice::from("fake camera"));
    booth.workers.open(Purpose::ReadCode);
    booth.awaits(&CameraState::Lost(CameraError::NoCamera));
    camera.control("busy");
    booth.awaits(&CameraState::Lost(CameraError::Busy));
    camera.control("ok");
    booth.awaits(&CameraState::Live);
    booth.fresh_frame();

    let scene = camera.path("scene");
    grey_frames(&scene, 640, 480, &[90]);
    camera.control(&format!("ok\ndir {}", scene.display()));
    booth.until("the other scene", |booth| {
        booth
            .workers
            .frame()
            .filter(|frame| grey_of(frame).abs_diff(97) < 12)
    });
}

#[test]
fn a_camera_without_jpeg() {
    let variables = [("FAKECAM_FOURCC", "YUYV"), ("FAKECAM_SIZE", "640x480")];
    run_under_camera(
        "device::child_a_camera_without_jpeg",
        &variables,
        |folder| {
            let yuyv: Vec<u8> = std::iter::repeat_n([82, 90, 82, 240], 640 * 480 / 2)
                .flatten()
                .collect();
            std::fs::write(folder.join("red.yuyv"), yuyv).unwrap();
        },
    );
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_a_camera_without_jpeg() {
    let Some(_) = FakeCamera::of_this_process() else {
        return;
    };
    let frame = Booth::live().frame();
    let [red, green, blue] = frame.picture.rgb()[..3] else {
        unreachable!()
    };
    assert!(red > 245 && green < 10 && blue < 10, "{red} {green} {blue}");
    assert_eq!(
        frame.jpeg[..2],
        [0xff, 0xd8],
        "the bytes that are kept are a JPEG"
    );
}

#[test]
fn a_camera_with_a_strange_format() {
    run_under_camera(
        "device::child_a_camera_with_a_strange_format",
        &[("FAKECAM_FOURCC", "H264")],
        three_greys,
    );
}

#[test]
#[ignore = "runs under the fake camera"]
fn child_a_camera_with_a_strange_format() {
    let Some(_) = FakeCamera::of_this_process() else {
        return;
    };
    let mut booth = Booth::with(DeviceChoice::First);
    booth.workers.open(Purpose::Portrait);
    booth.awaits(&CameraState::Lost(CameraError::Unsupported));
}
