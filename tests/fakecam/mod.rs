//! The fake V4L2 camera for tests: compiles `fakecam.c`, makes frames, and runs one test of this very
//! binary again underneath it, so that the booth's real camera path runs to the last ioctl.
//!
//! Needs `cc` and nothing else; no device, no rights.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where the child finds its camera's folder.
const FOLDER: &str = "GRADBOOTH_FAKECAM_FOLDER";

/// The compiled camera; compiled once a test run.
pub fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fakecam/fakecam.c");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        // by process, then renamed: several test binaries may compile at the same time
        let own = target.join(format!("fakecam-{}.so", std::process::id()));
        let flags = ["-Wall", "-Werror", "-shared", "-fPIC", "-O2", "-o"];
        let compiled = Command::new("cc")
            .args(flags)
            .arg(&own)
            .arg(&source)
            .args(["-ldl", "-lpthread"])
            .status();
        assert!(
            compiled.expect("cc is installed").success(),
            "fakecam.c compiles"
        );
        let library = target.join("fakecam.so");
        std::fs::rename(&own, &library).expect("the library is put in its place");
        library
    })
}

/// A camera and what controls it.
pub struct FakeCamera {
    folder: PathBuf,
}

impl FakeCamera {
    /// A camera for another process, controlled by the file `control` in a folder.
    #[allow(
        dead_code,
        reason = "only the end-to-end test gives the camera to another program"
    )]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The camera that this process runs under; `None` in the parent.
    pub fn of_this_process() -> Option<Self> {
        std::env::var_os(FOLDER).map(|folder| Self {
            folder: folder.into(),
        })
    }

    /// Sets what the camera does: the words are those in `fakecam.c`.
    pub fn control(&self, words: &str) {
        let (new, file) = (self.folder.join("control.new"), self.folder.join("control"));
        std::fs::write(&new, format!("{words}\n")).expect("the control file is written");
        std::fs::rename(new, file).expect("the control file is put in its place");
    }

    /// A folder beside the first frames.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Runs the test `name` of this binary (marked `#[ignore]`) in a process of its own under a camera whose
/// frames are made by `frames` into the folder it is given.
pub fn run_under_camera(name: &str, variables: &[(&str, &str)], frames: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shown = folder.path().join("frames");
    std::fs::create_dir(&shown).expect("a folder for frames");
    frames(&shown);
    let camera = FakeCamera {
        folder: folder.path().to_owned(),
    };
    camera.control("ok");
    let output = Command::new(std::env::current_exe().expect("this binary"))
        .args([
            "--exact",
            name,
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(FOLDER, folder.path())
        .env("LD_PRELOAD", library())
        .env("FAKECAM_DIR", &shown)
        .env("FAKECAM_CTL", folder.path().join("control"))
        .envs(variables.iter().copied())
        .output()
        .expect("the test runs again");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "under the camera:\n{text}\n{errors}"
    );
    print!("{text}");
}

/// JPEG frames of one grey each, with noise as a sensor has; `greys` in the order shown.
pub fn grey_frames(folder: &Path, width: u16, height: u16, greys: &[u8]) {
    std::fs::create_dir_all(folder).expect("a folder for frames");
    let mut noise = 1u32;
    for (number, grey) in greys.iter().enumerate() {
        let rgb: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3)
            .map(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                grey.saturating_add((noise >> 28) as u8)
            })
            .collect();
        let mut jpeg = Vec::new();
        jpeg_encoder::Encoder::new(&mut jpeg, 80)
            .encode(&rgb, width, height, jpeg_encoder::ColorType::Rgb)
            .expect("a JPEG");
        std::fs::write(folder.join(format!("{number:03}.jpg")), jpeg)
            .expect("the frame is written");
    }
}
