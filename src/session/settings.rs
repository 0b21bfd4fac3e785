//! What the booth's owner decides about the journey; comes checked from kiosk-config.

pub use crate::domain::PhotoImport;
use crate::domain::working_days::WorkingDays;
use crate::domain::{BoothSettings, Language};
use std::time::{Duration, Instant};

/// How to reach the service desk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactInfo {
    /// Telephone number.
    pub phone: String,
    /// Hours, in Chinese.
    pub hours_zh: String,
    /// Hours, in English.
    pub hours_en: String,
    /// Address of the chat, drawn as a QR code.
    pub url: String,
}

/// The journey's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Name of the booth, on the start screen and at the service desk.
    pub booth_name: String,
    /// Pictures brought along.
    pub photo_import: PhotoImport,
    /// Working days that a review is promised in.
    pub review_days: u32,
    /// Which days are working days.
    pub working_days: WorkingDays,
    /// Nobody touched for this long: ask.
    pub idle: Duration,
    /// Nobody answered for this long: leave.
    pub idle_warning: Duration,
    /// The service desk.
    pub customer_service: ContactInfo,
    /// Version of the consent text.
    pub consent_version: String,
    /// Language of the start screen.
    pub default_language: Language,
    /// How often the last four characters may be typed.
    pub last_four_tries: u8,
    /// A demonstration: marked as such on every screen.
    pub demo: bool,
    /// Width of a face at the mark, in thousandths of the height of the frame; from the calibration, if there is one.
    pub face_permille: u16,
    /// When the service decided what it decides for all booths; `None` if it decides nothing.
    pub decided_at: Option<jiff::Timestamp>,
    /// From the camera to the mark, where the booth was measured in.
    pub mark_cm: Option<u16>,
}

impl Settings {
    /// Takes over what the service decides; the rest is as in this booth's `own` file.
    pub fn decided_by(&mut self, service: BoothSettings, own: &Self) {
        let service = service.within_bounds();
        self.decided_at = service.decided_at;
        self.default_language = service.language.unwrap_or(own.default_language);
        self.photo_import = service.photo_import.unwrap_or(own.photo_import);
        self.idle = service.idle_s.map_or(own.idle, Duration::from_secs);
        let warning = service.idle_warning_s.map(Duration::from_secs);
        self.idle_warning = warning.unwrap_or(own.idle_warning);
    }

    /// Width of a face at the mark as a share of the height of the frame.
    pub fn face_share(&self) -> f32 {
        f32::from(self.face_permille) / 1000.0
    }

    /// How far away a face of this width stands, as a share of the height of the frame; `None` in a booth that was never
    /// measured in. Faces differ in width by 6 of 100, so this is no measure of anybody.
    pub fn distance_cm(&self, face_share: f32) -> Option<f32> {
        let mark_cm = f32::from(self.mark_cm?);
        (face_share > 0.01).then(|| mark_cm * self.face_share() / face_share)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            booth_name: String::new(),
            photo_import: PhotoImport::default(),
            review_days: 2,
            working_days: WorkingDays::default(),
            idle: Duration::from_mins(1),
            idle_warning: Duration::from_secs(30),
            customer_service: ContactInfo::default(),
            consent_version: "2".to_owned(),
            default_language: Language::default(),
            last_four_tries: 3,
            demo: false,
            // what the standard photo aims at, when it fills the frame's height but for a tenth
            face_permille: 315,
            decided_at: None,
            mark_cm: None,
        }
    }
}

/// The time, as given with every event; nothing here reads a clock.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// For waiting.
    pub now: Instant,
    /// The day at the booth.
    pub today: jiff::civil::Date,
    /// For recording.
    pub utc: jiff::Timestamp,
}

/// Whether the service can be reached, and how old what it said is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ServiceView {
    /// The last exchange went well.
    pub online: bool,
    /// When the service last spoke.
    pub as_of: Option<jiff::Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_service_decides_holds_and_the_rest_is_the_booths_own_again() {
        let own = Settings {
            idle: Duration::from_secs(45),
            default_language: Language::English,
            ..Settings::default()
        };
        let mut settings = own.clone();
        let decided = BoothSettings {
            idle_s: Some(120),
            idle_warning_s: Some(5),
            photo_import: Some(PhotoImport::Off),
            ..BoothSettings::default()
        };
        settings.decided_by(decided, &own);
        assert_eq!(settings.idle, Duration::from_mins(2));
        assert_eq!(settings.idle_warning, own.idle_warning, "out of bounds");
        assert_eq!(settings.photo_import, PhotoImport::Off);
        assert_eq!(settings.default_language, Language::English);
        settings.decided_by(BoothSettings::default(), &own);
        assert_eq!(settings, own);
    }

    #[test]
    fn half_as_wide_is_twice_as_far_where_the_booth_was_measured_in() {
        let measured = Settings {
            mark_cm: Some(100),
            ..Settings::default()
        };
        let far = measured.distance_cm(0.1575).unwrap();
        assert!((far - 200.0).abs() < 0.1);
        assert_eq!(measured.distance_cm(0.0), None);
        assert_eq!(Settings::default().distance_cm(0.3), None);
    }
}
