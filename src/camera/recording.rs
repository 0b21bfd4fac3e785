//! A recorded student who is nobody, for a booth without a webcam: the demonstration, the guided tour.
//!
//! A folder holds JPEGs in `frames/` and `frames.csv` (`file,show_ms,phase`). For the portrait the frames play
//! once, then the last phase, the student standing right, goes to and fro for ever. For reading a code the
//! empty wall is shown with the configured code on a sheet before it. It refuses what it cannot play when
//! it is opened, not in the middle of a journey.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::page::HeldPage;
use super::{Camera, CameraError, Frame, Purpose, mjpeg};
use crate::clock;
use crate::vision::Picture;

/// The hand moves slowly; more frames a second would only heat the machine.
const PAGE_FRAME: Duration = Duration::from_millis(125);
/// As a webcam compresses.
const PAGE_QUALITY: u8 = 90;
/// Longer than this and the recording would pass for a camera that hangs.
const LONGEST_SHOW_MS: u16 = 2000;

/// Where a recording lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingFolder {
    /// The folder with `frames.csv`, `frames/`, and `empty.jpg` (the wall with nobody before it).
    pub folder: PathBuf,
    /// A PNG of the code to hold up; without it the wall stays empty.
    pub code_page: Option<PathBuf>,
}

/// What the student does in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Anything before the end.
    Approach,
    /// Standing as the rules want it.
    Right,
}

/// One line of `frames.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    file: PathBuf,
    show: Duration,
    phase: Phase,
}

/// A recording that plays.
pub struct Recording {
    name: String,
    play: Play,
    /// When the next frame is to be shown.
    due: Instant,
}

enum Play {
    Student {
        frames: Vec<Shown>,
        next: usize,
    },
    Wall {
        wall: Picture,
        page: Option<HeldPage>,
        raised: Instant,
    },
}

impl Recording {
    /// Opens the recording at its start.
    pub fn open(source: &RecordingFolder, purpose: Purpose) -> Result<Self, CameraError> {
        let frames = read_list(&source.folder)?;
        let now = clock::now();
        let play = match purpose {
            Purpose::Portrait | Purpose::Measure => Play::Student { frames, next: 0 },
            Purpose::ReadCode => wall(source, &frames, now)?,
        };
        let name = source
            .folder
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok(Self {
            name: format!("recording {name}"),
            play,
            due: now,
        })
    }
}

impl Camera for Recording {
    fn next(&mut self) -> Result<Frame, CameraError> {
        let now = clock::now();
        if let Some(wait) = self.due.checked_duration_since(now) {
            std::thread::sleep(wait);
        }
        let (frame, show) = match &mut self.play {
            Play::Student { frames, next } => {
                let shown = frames.get(*next).ok_or(CameraError::Closed)?;
                *next = after(frames, *next);
                (student_frame(&shown.file)?, shown.show)
            }
            Play::Wall { wall, page, raised } => (
                wall_frame(wall, page.as_ref(), now.duration_since(*raised))?,
                PAGE_FRAME,
            ),
        };
        // counted from when it should have been shown, so that slow decoding does not slow the student
        // down; but time that nobody watched is not caught up
        self.due = (self.due + show).max(frame.at);
        Ok(frame)
    }

    fn name(&self) -> &str {
        &self.name
    }
}

fn student_frame(file: &Path) -> Result<Frame, CameraError> {
    let jpeg: Arc<[u8]> = read(file)?.into();
    let picture = Picture::decode_mjpeg(&jpeg).map_err(|error| unusable(file, error))?;
    Ok(Frame {
        picture: Arc::new(picture),
        jpeg,
        number: 0,
        at: clock::now(),
    })
}

/// Composed, encoded as a webcam would, and decoded again: what is read is what a camera could have sent.
fn wall_frame(
    wall: &Picture,
    page: Option<&HeldPage>,
    raised_for: Duration,
) -> Result<Frame, CameraError> {
    let composed = page
        .map(|page| page.before(wall, raised_for.as_secs_f32()))
        .transpose();
    let composed = composed.map_err(|error| CameraError::Recording(error.to_string()))?;
    let jpeg = mjpeg::encode(composed.as_ref().unwrap_or(wall), PAGE_QUALITY)?;
    let picture =
        Picture::decode_mjpeg(&jpeg).map_err(|error| CameraError::Recording(error.to_string()))?;
    Ok(Frame {
        picture: Arc::new(picture),
        jpeg,
        number: 0,
        at: clock::now(),
    })
}

fn wall(source: &RecordingFolder, frames: &[Shown], raised: Instant) -> Result<Play, CameraError> {
    let empty = source.folder.join("empty.jpg");
    let file = if empty.is_file() {
        empty
    } else {
        frames
            .first()
            .map(|shown| shown.file.clone())
            .unwrap_or(empty)
    };
    let wall = Picture::decode_mjpeg(&read(&file)?).map_err(|error| unusable(&file, error))?;
    let page = source.code_page.as_deref().map(|file| {
        let code = Picture::decode(&read(file)?).map_err(|error| unusable(file, error))?;
        Ok(HeldPage::new(&code, &wall))
    });
    let page = page.transpose()?;
    Ok(Play::Wall { wall, page, raised })
}

/// The frame after frame `at`: onwards, and from the end back to where the student began to stand right.
///
/// To and fro is written as one way: the list is followed by its right frames in reverse, see [`read_list`].
fn after(frames: &[Shown], at: usize) -> usize {
    if at + 1 < frames.len() {
        return at + 1;
    }
    frames
        .iter()
        .position(|shown| shown.phase == Phase::Right)
        .unwrap_or(0)
}

/// Reads `frames.csv`, and appends the way back through the right frames (without its two ends, which
/// would stand still for two frames).
fn read_list(folder: &Path) -> Result<Vec<Shown>, CameraError> {
    let file = folder.join("frames.csv");
    let text = String::from_utf8(read(&file)?).map_err(|error| unusable(&file, error))?;
    let mut frames = parse_list(folder, &text).map_err(|reason| unusable(&file, reason))?;
    let right: Vec<Shown> = frames
        .iter()
        .filter(|shown| shown.phase == Phase::Right)
        .cloned()
        .collect();
    frames.extend(right.into_iter().rev().skip(1).rev().skip(1).rev());
    Ok(frames)
}

fn parse_list(folder: &Path, text: &str) -> Result<Vec<Shown>, String> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines.next() != Some("file,show_ms,phase") {
        return Err("the first line is not `file,show_ms,phase`".to_owned());
    }
    let frames: Vec<Shown> = lines
        .map(|line| parse_line(folder, line))
        .collect::<Result<_, _>>()?;
    let from = frames
        .iter()
        .position(|shown| shown.phase == Phase::Right)
        .ok_or("no frame of the phase `right`")?;
    if frames
        .iter()
        .skip(from)
        .any(|shown| shown.phase != Phase::Right)
    {
        return Err("the phase `right` is not the last".to_owned());
    }
    Ok(frames)
}

fn parse_line(folder: &Path, line: &str) -> Result<Shown, String> {
    let bad = || format!("cannot read the line `{line}`");
    let mut fields = line.split(',').map(str::trim);
    let (Some(name), Some(show), Some(phase), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(bad());
    };
    // a recording lies in its folder, all of it
    if Path::new(name).file_name().is_none_or(|only| only != name) {
        return Err(bad());
    }
    let show_ms = show
        .parse::<u16>()
        .ok()
        .filter(|ms| (1..=LONGEST_SHOW_MS).contains(ms))
        .ok_or_else(bad)?;
    let phase = match phase {
        "empty" | "stepping_in" | "too_far" | "too_close" | "tilted" | "straightening" => {
            Phase::Approach
        }
        "right" => Phase::Right,
        _ => return Err(bad()),
    };
    Ok(Shown {
        file: folder.join("frames").join(name),
        show: Duration::from_millis(u64::from(show_ms)),
        phase,
    })
}

fn read(file: &Path) -> Result<Vec<u8>, CameraError> {
    std::fs::read(file).map_err(|error| unusable(file, error))
}

/// Names the file, not the folder: that is the operator's.
fn unusable(file: &Path, reason: impl std::fmt::Display) -> CameraError {
    let name = file
        .file_name()
        .unwrap_or(file.as_os_str())
        .to_string_lossy();
    CameraError::Recording(format!("{name}: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "file,show_ms,phase\na.jpg,10,empty\nb.jpg,10,tilted\nc.jpg,10,right\nd.jpg,10,right\ne.jpg,20,right\n";

    #[test]
    fn the_right_phase_goes_to_and_fro() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("frames.csv"), LIST).unwrap();
        let frames = read_list(folder.path()).unwrap();
        let mut order = String::new();
        let mut at = 0;
        for _ in 0..13 {
            order.push_str(&frames[at].file.file_stem().unwrap().to_string_lossy());
            at = after(&frames, at);
        }
        assert_eq!(order, "abcdedcdedcde");
    }

    #[test]
    fn wrong_lists_are_refused() {
        for (wrong, text) in [
            ("header", "file,phase\na.jpg,right\n"),
            ("no right", "file,show_ms,phase\na.jpg,10,empty\n"),
            (
                "right in the middle",
                "file,show_ms,phase\na.jpg,10,right\nb.jpg,10,tilted\n",
            ),
            ("outside", "file,show_ms,phase\n../a.jpg,10,right\n"),
            ("time", "file,show_ms,phase\na.jpg,0,right\n"),
            ("long", "file,show_ms,phase\na.jpg,2001,right\n"),
            ("phase", "file,show_ms,phase\na.jpg,10,dancing\n"),
            ("fields", "file,show_ms,phase\na.jpg,10,right,more\n"),
        ] {
            assert!(parse_list(Path::new("."), text).is_err(), "{wrong}");
        }
    }

    fn folder_of(side: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("frames.csv"), LIST).unwrap();
        std::fs::create_dir(folder.path().join("frames")).unwrap();
        for (name, grey) in [
            ("frames/a", 40),
            ("frames/b", 80),
            ("frames/c", 120),
            ("frames/d", 160),
            ("frames/e", 200),
            ("empty", 230),
        ] {
            let picture = Picture::from_rgb(side * 2, side, vec![grey; side * side * 6]).unwrap();
            std::fs::write(
                folder.path().join(format!("{name}.jpg")),
                mjpeg::encode(&picture, 90).unwrap(),
            )
            .unwrap();
        }
        folder
    }

    #[test]
    fn plays_the_student_in_its_time() {
        let folder = folder_of(16);
        let source = RecordingFolder {
            folder: folder.path().to_owned(),
            code_page: None,
        };
        let mut camera = Recording::open(&source, Purpose::Portrait).unwrap();
        let begun = clock::now();
        let greys: Vec<u8> = (0..6)
            .map(|_| camera.next().unwrap().picture.rgb()[0] / 10)
            .collect();
        assert_eq!(greys, [4, 8, 12, 16, 20, 16]);
        assert!(
            begun.elapsed() >= Duration::from_millis(60),
            "shown for as long as the list says"
        );
    }

    #[test]
    fn a_missing_frame_names_its_file() {
        let folder = folder_of(16);
        std::fs::remove_file(folder.path().join("frames/a.jpg")).unwrap();
        let source = RecordingFolder {
            folder: folder.path().to_owned(),
            code_page: None,
        };
        let error = Recording::open(&source, Purpose::Portrait)
            .unwrap()
            .next()
            .unwrap_err();
        assert!(error.to_string().contains("a.jpg"), "{error}");
    }

    #[test]
    fn shows_the_code_before_the_wall() {
        let folder = folder_of(90);
        let code_page = folder.path().join("code.png");
        image::RgbImage::new(40, 40).save(&code_page).unwrap();
        let source = RecordingFolder {
            folder: folder.path().to_owned(),
            code_page: Some(code_page),
        };
        let frame = Recording::open(&source, Purpose::ReadCode)
            .unwrap()
            .next()
            .unwrap();
        let at = |x: usize, y: usize| frame.picture.rgb()[(y * 180 + x) * 3];
        assert!(at(90, 45) < 40, "the code: {}", at(90, 45));
        assert!(at(2, 2) > 200, "the wall: {}", at(2, 2));
    }
}
