//! The real photo engine, once for all stories: the student of the demonstration's recording, who does not
//! exist.

use gradbooth::domain::collection::Background;
use gradbooth::photo::{Options, StandardPhoto, standardize};
use gradbooth::standard::PRESETS;
use gradbooth::vision::rules::{Context, Finding, assess};
use gradbooth::vision::{Capture, Nets, Picture};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The student standing right.
pub fn capture() -> Arc<Capture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/frames");
    let list = std::fs::read_to_string(folder.parent().unwrap().join("frames.csv")).unwrap();
    let right = list.lines().find(|line| line.ends_with(",right")).unwrap();
    let jpeg = std::fs::read(
        folder.join(
            right
                .split(',')
                .next()
                .unwrap()
                .trim_start_matches("frames/"),
        ),
    )
    .unwrap();
    Arc::new(Capture {
        picture: Picture::decode(&jpeg).unwrap(),
        sha256: Sha256::digest(&jpeg).into(),
        jpeg: Arc::from(jpeg),
        imported: false,
        taken_at: jiff::Timestamp::UNIX_EPOCH,
    })
}

/// Loaded once: the nets are large.
fn nets() -> &'static Nets {
    static NETS: OnceLock<Nets> = OnceLock::new();
    NETS.get_or_init(|| Nets::load().unwrap())
}

/// What the studio makes of a capture.
pub fn standardized(capture: &Capture, background: Background) -> (StandardPhoto, Vec<Finding>) {
    let picture = &capture.picture;
    let look = nets().look(picture).unwrap();
    let options = Options {
        background,
        straighten: false,
        plate: None,
        look: Some(&look),
    };
    let mut nobody_looks = |_| {};
    let photo = standardize(
        picture,
        capture.sha256,
        nets(),
        PRESETS[0],
        &options,
        &mut nobody_looks,
    );
    let context = Context {
        live: true,
        ..Context::default()
    };
    (photo.unwrap(), assess(picture, &look, &context))
}

/// The standard photo of the student standing right, and what was found on it; made once.
pub fn photo() -> (Box<StandardPhoto>, Vec<Finding>) {
    static MADE: OnceLock<(StandardPhoto, Vec<Finding>)> = OnceLock::new();
    let (photo, findings) = MADE.get_or_init(|| standardized(&capture(), Background::LightBlue));
    (Box::new(photo.clone()), findings.clone())
}
