//! The recorded camera through all that sees: a code is read from its frames, a student is found in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fakecam::grey_frames;
use super::until;
use gradbooth::camera::{CameraSource, Purpose, RecordingFolder};
use gradbooth::domain::collection::Background;
use gradbooth::photo::Stage;
use gradbooth::standard::GRADUATION;
use gradbooth::vision::rules::Rule;
use gradbooth::vision::{Capture, Picture};
use gradbooth::workers::{PhotoWish, Standardized, StudioError, VisionFact, VisionWorkers};

const CODE: &str = "GRADBOOTH-TEST:0123456789abcdefghijklmnopqrstuvwxyz";

/// Large enough for a standard photo, as a booth's camera takes it.
fn student() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/frames/0030.jpg")
}

/// An empty wall, then a synthetic student who stands right.
pub fn recording(folder: &Path) -> RecordingFolder {
    let frames = folder.join("frames");
    grey_frames(&frames, 1920, 1080, &[220]);
    std::fs::rename(frames.join("000.jpg"), folder.join("empty.jpg")).unwrap();
    std::fs::copy(student(), frames.join("right.jpg")).unwrap();
    std::fs::write(
        folder.join("frames.csv"),
        "file,show_ms,phase\nright.jpg,100,right\n",
    )
    .unwrap();
    let code_page = folder.join("code.png");
    print_code(&code_page);
    RecordingFolder {
        folder: folder.to_owned(),
        code_page: Some(code_page),
    }
}

/// The code as a PNG without any margin: the paper around it is the camera's business.
fn print_code(file: &Path) {
    const MODULE_PX: u32 = 8;
    let code = qrcodegen::QrCode::encode_text(CODE, qrcodegen::QrCodeEcc::Medium).unwrap();
    let side = code.size() as u32 * MODULE_PX;
    let page = image::GrayImage::from_fn(side, side, |x, y| {
        let dark = code.get_module((x / MODULE_PX).cast_signed(), (y / MODULE_PX).cast_signed());
        image::Luma([if dark { 0 } else { 255 }])
    });
    page.save(file).unwrap();
}

#[test]
fn a_code_is_read_and_a_student_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let source = CameraSource::Recording(recording(folder.path()));
    let workers = VisionWorkers::start(source, &(Arc::new(|| ()) as _)).unwrap();

    workers.open(Purpose::ReadCode);
    let text = until("the code", || {
        workers.facts().find_map(|fact| match fact {
            VisionFact::CodeSeen { code, .. } => Some(code.as_str().to_owned()),
            VisionFact::WorkerLost(name) => unreachable!("{name} is lost"),
            _ => None,
        })
    });
    assert_eq!(text, CODE);

    workers.open(Purpose::Portrait);
    let findings = until("a face", || {
        workers.findings().filter(|found| found.face.is_some())
    });
    let face = findings.face.as_ref().unwrap();
    let inside = |[x, y]: [f32; 2]| (0.0..1920.0).contains(&x) && (0.0..1080.0).contains(&y);
    assert!(
        face.oval.iter().copied().all(inside),
        "the outline lies in the frame"
    );
    assert!(face.roll_deg.abs() < 3.0, "upright: {}", face.roll_deg);
    assert!(!findings.guidance.findings.is_empty());
    assert!(
        workers
            .facts()
            .all(|fact| !matches!(fact, VisionFact::CodeSeen { .. }))
    );

    workers.close();
    assert!(
        workers.findings().is_none() && workers.frame().is_none(),
        "nothing is left"
    );
}

#[test]
fn a_capture_becomes_a_photo_or_is_refused_with_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let source = CameraSource::Recording(recording(folder.path()));
    let workers = VisionWorkers::start(source, &(Arc::new(|| ()) as _)).unwrap();
    workers.open(Purpose::Portrait);
    workers.capture(1, 3);
    let capture = until("the capture", || {
        workers.facts().find_map(|fact| match fact {
            VisionFact::Captured {
                request: 1,
                capture,
            } => Some(capture),
            _ => None,
        })
    });
    assert_eq!(
        *capture.jpeg,
        *std::fs::read(student()).unwrap(),
        "the camera's own bytes"
    );
    assert!(!capture.imported);

    let wish = |background| PhotoWish {
        preset: &GRADUATION,
        background,
        straighten: false,
        plate: None,
    };
    workers.standardize(2, Arc::clone(&capture), wish(Background::default()));
    let mut stages = Vec::new();
    let made = until("the photo", || outcome(&workers, 2, &mut stages));
    let photo = made.photo.expect("a standard photo");
    assert!(photo.jpeg().starts_with(&[0xff, 0xd8]) && photo.jpeg().len() <= 40 * 1024);
    assert_eq!(stages, Stage::ALL, "all stages, each once, in their order");
    assert!(!made.findings.is_empty(), "the still itself was looked at");

    // an empty wall is no student
    let wall = std::fs::read(folder.path().join("empty.jpg")).unwrap();
    let nobody = Capture {
        picture: Picture::decode(&wall).unwrap(),
        jpeg: wall.into(),
        ..(*capture).clone()
    };
    workers.standardize(3, Arc::new(nobody), wish(Background::default()));
    let refused = until("the refusal", || outcome(&workers, 3, &mut stages));
    let Err(StudioError::Refused(reasons)) = refused.photo else {
        unreachable!("{refused:?}")
    };
    assert_eq!(
        reasons.first().map(|reason| reason.rule),
        Some(Rule::OneFace)
    );
}

fn outcome(workers: &VisionWorkers, wanted: u64, stages: &mut Vec<Stage>) -> Option<Standardized> {
    workers.facts().find_map(|fact| match fact {
        VisionFact::Progress { request, stage } if request == wanted => {
            stages.push(stage);
            None
        }
        VisionFact::Standardized { request, outcome } if request == wanted => Some(*outcome),
        VisionFact::WorkerLost(name) => unreachable!("{name} is lost"),
        _ => None,
    })
}
