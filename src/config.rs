//! `kiosk-config/booth.toml` -> [`Config`]: read once, checked whole.
//!
//! Every fault is reported at once, with file and key; an unknown key is a fault. The file chooses only
//! inside bounds: no number of an image standard is in it, and nothing that would make the booth unsafe.

mod key_file;
mod pin;
mod reader;
mod service_url;

pub use key_file::{KeyFault, load_booth_key};
pub use pin::{AttendantPin, BadPin};
pub use reader::{ConfigFault, Wrong};

use crate::domain::Language;
use crate::domain::booth_settings::{CASH_LIMIT_YUAN, IDLE_S, IDLE_WARNING_S, RETENTION_HOURS};
use crate::session::{ContactInfo, PhotoImport, Settings};
use jiff::SignedDuration;
use reader::Reader;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// All that the booth's owner decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// A demonstration: marked on every screen; only here may a recording stand in for the camera.
    pub demonstration: bool,
    /// Where the database lies; nothing else is written.
    pub state_folder: PathBuf,
    /// The key of what the booth keeps, where systemd's credentials have none; made at the first start.
    pub state_key_file: PathBuf,
    /// What enrolment gave the booth.
    pub key_file: PathBuf,
    /// `https://…`, no slash at the end.
    pub service_url: String,
    /// The camera.
    pub camera: CameraConfig,
    /// Who reads acquisition codes.
    pub decoder: Decoder,
    /// Pictures brought along.
    pub photo_import: PhotoImport,
    /// Where sticks with pictures are mounted.
    pub import_folders: Vec<PathBuf>,
    /// Language of the start screen.
    pub language: Language,
    /// Nobody touched for this long: ask.
    pub idle: Duration,
    /// Nobody answered for this long: leave.
    pub idle_warning: Duration,
    /// Delivered pictures are erased so long after the receipt.
    pub retention: SignedDuration,
    /// Working days that a review is promised in, until the service says otherwise.
    pub review_days: u32,
    /// The service desk.
    pub customer_service: ContactInfo,
    /// What attendants of this booth may take in cash on one day, in fen.
    pub cash_limit_fen: u32,
    /// Opens the attendant's mode.
    pub pin: AttendantPin,
    /// The window.
    pub screen: ScreenConfig,
}

/// Which camera, and what is known of its lens.
#[derive(Debug, Clone, PartialEq)]
pub struct CameraConfig {
    /// A number or a part of the webcam's name; `None` is the first one.
    pub device: Option<String>,
    /// Stands in where there is no webcam; demonstrations only.
    pub recording: Option<RecordingConfig>,
    /// The size that is asked for first, width and height in pixels.
    pub preferred_size_px: (u32, u32),
    /// Horizontal angle of view of the lens in degrees.
    pub view_deg: f32,
    /// Distance of the student's mark from the camera, measured by the attendant.
    pub distance_m: f32,
}

/// A recorded student who is nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingConfig {
    /// The folder with the frames.
    pub folder: PathBuf,
    /// A picture of the acquisition code that is held up.
    pub code_page: Option<PathBuf>,
}

/// Who reads acquisition codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoder {
    /// The booth itself, with the campus key: works without a network.
    Campus,
    /// The service.
    Online,
}

/// The window and what is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreenConfig {
    /// Covers the whole screen, without a frame.
    pub fullscreen: bool,
    /// How the screen stands.
    pub orientation: Orientation,
    /// Spoken hints in front of the camera, a tick in the countdown, the shutter.
    pub sounds: bool,
}

/// How the screen stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// As the window is: taller than wide is upright.
    Auto,
    /// Always laid out upright.
    Portrait,
    /// Always laid out lying.
    Landscape,
}

impl Config {
    /// Reads and checks a file. Paths in it are seen from its folder.
    pub fn load(path: &Path) -> Result<Self, Vec<ConfigFault>> {
        let mut reader = Reader::open(path)?;
        let config = Self::read(&mut reader);
        reader.finish(config)
    }

    fn read(from: &mut Reader) -> Self {
        let demonstration = from.yes_or_no("demonstration", Some(false));
        let key_file = from.path("service.key_file");
        let idle = from.whole("idle.seconds", IDLE_S, Some(60));
        let idle_warning = from.whole("idle.warning_seconds", IDLE_WARNING_S, Some(30));
        Self {
            demonstration,
            state_folder: from.path("state.folder"),
            state_key_file: from
                .optional_path("state.key_file")
                .unwrap_or_else(|| key_file.with_file_name("state.key")),
            key_file,
            service_url: service_url::read(from, demonstration),
            camera: CameraConfig::read(from, demonstration),
            decoder: from.word(
                "student.decoder",
                ("campus", Decoder::Campus),
                &[("online", Decoder::Online)],
            ),
            photo_import: from.word(
                "student.photo_import",
                ("attendant", PhotoImport::Attendant),
                &[("off", PhotoImport::Off), ("on", PhotoImport::On)],
            ),
            import_folders: from.paths("student.import_folders", "/media:/run/media"),
            language: from.word(
                "student.language",
                ("zh-CN", Language::Chinese),
                &[("en", Language::English)],
            ),
            idle: Duration::from_secs(idle),
            idle_warning: Duration::from_secs(idle_warning),
            retention: SignedDuration::from_hours(
                from.whole("state.retention_hours", RETENTION_HOURS, Some(24))
                    .cast_signed(),
            ),
            review_days: from.whole("student.review_working_days", 1..=10, Some(2)) as u32,
            customer_service: ContactInfo {
                phone: from.text("customer_service.phone", Some("")),
                hours_zh: from.text("customer_service.hours_zh", Some("")),
                hours_en: from.text("customer_service.hours_en", Some("")),
                url: from.text("customer_service.url", Some("")),
            },
            cash_limit_fen: from.whole("attendant.cash_limit_yuan", CASH_LIMIT_YUAN, Some(2_000))
                as u32
                * 100,
            pin: pin::read(from, demonstration),
            screen: ScreenConfig::read(from),
        }
    }

    /// The journey's settings. What the service has told (calendar, days, desk) is put in by the caller.
    pub fn session_settings(&self, booth_name: &str) -> Settings {
        Settings {
            booth_name: booth_name.to_owned(),
            photo_import: self.photo_import,
            review_days: self.review_days,
            idle: self.idle,
            idle_warning: self.idle_warning,
            customer_service: self.customer_service.clone(),
            default_language: self.language,
            demo: self.demonstration,
            ..Settings::default()
        }
    }
}

impl CameraConfig {
    fn read(from: &mut Reader, demonstration: bool) -> Self {
        let device = from.text("camera.device", Some("first"));
        let folder = from.optional_path("camera.recording");
        let code_page = from.optional_path("camera.recording_code");
        if folder.is_some() && !demonstration {
            from.fault("camera.recording", Wrong::OnlyInDemonstration);
        }
        let width = from.whole("camera.preferred_width_px", 640..=7680, Some(1920)) as u32;
        let height = from.whole("camera.preferred_height_px", 480..=4320, Some(1080)) as u32;
        Self {
            device: (device != "first").then_some(device),
            recording: folder.map(|folder| RecordingConfig { folder, code_page }),
            preferred_size_px: (width, height),
            view_deg: from.number("camera.view_deg", 20.0..=120.0, Some(60.0)),
            distance_m: from.number("camera.distance_m", 0.5..=3.0, Some(1.0)),
        }
    }
}

impl ScreenConfig {
    fn read(from: &mut Reader) -> Self {
        let upright = ("portrait", Orientation::Portrait);
        let lying = ("landscape", Orientation::Landscape);
        Self {
            fullscreen: from.yes_or_no("screen.fullscreen", Some(true)),
            orientation: from.word(
                "screen.orientation",
                ("auto", Orientation::Auto),
                &[upright, lying],
            ),
            sounds: from.yes_or_no("screen.sounds", Some(false)),
        }
    }
}

#[cfg(test)]
mod tests;
