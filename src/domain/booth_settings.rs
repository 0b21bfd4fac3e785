//! What the service decides for all its booths, in one object that comes with everything else that is new.
//!
//! | the service may decide | stays in the booth's own file |
//! |---|---|
//! | language of the start screen | camera, lens, and the place of the mark |
//! | whether a picture may be brought along | screen, sounds |
//! | how long nobody has to touch it | folders, keys, the service's address |
//! | how long delivered pictures stay at the booth | the attendant's PIN |
//! | the daily limit of cash | who reads acquisition codes; demonstration |
//!
//! What is different at each booth, what opens it, and whom it believes are never decided from afar. A value that is
//! not decided, or that no booth would take from its own file, leaves the booth's own.

use super::Language;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Seconds without a touch before the booth asks.
pub const IDLE_S: RangeInclusive<u64> = 30..=600;
/// Seconds without an answer before it leaves.
pub const IDLE_WARNING_S: RangeInclusive<u64> = 20..=60;
/// Hours that a delivered picture stays at the booth after the receipt.
pub const RETENTION_HOURS: RangeInclusive<u64> = 1..=720;
/// Cash that may be taken at one booth on one day.
pub const CASH_LIMIT_YUAN: RangeInclusive<u64> = 0..=50_000;

/// Whether pictures brought along may become standard photos (从相册选取).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoImport {
    /// Never.
    Off,
    /// Only with an attendant.
    #[default]
    Attendant,
    /// Any student may.
    On,
}

/// What is decided for all booths. `None` leaves each booth's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub struct BoothSettings {
    /// When it was decided, by the service's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Timestamp>,
    /// Language of the start screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Pictures brought along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_import: Option<PhotoImport>,
    /// Within [`IDLE_S`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_s: Option<u64>,
    /// Within [`IDLE_WARNING_S`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_warning_s: Option<u64>,
    /// Within [`RETENTION_HOURS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_hours: Option<u64>,
    /// Within [`CASH_LIMIT_YUAN`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_limit_yuan: Option<u64>,
}

impl BoothSettings {
    /// Only what a booth would also take from its own file.
    #[must_use]
    pub fn within_bounds(self) -> Self {
        let within = |value: Option<u64>, bounds: RangeInclusive<u64>| {
            value.filter(|value| bounds.contains(value))
        };
        Self {
            idle_s: within(self.idle_s, IDLE_S),
            idle_warning_s: within(self.idle_warning_s, IDLE_WARNING_S),
            retention_hours: within(self.retention_hours, RETENTION_HOURS),
            cash_limit_yuan: within(self.cash_limit_yuan, CASH_LIMIT_YUAN),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_booth_would_take_leaves_its_own() {
        let settings = BoothSettings {
            idle_s: Some(90),
            idle_warning_s: Some(1),
            retention_hours: Some(u64::MAX),
            cash_limit_yuan: Some(0),
            ..BoothSettings::default()
        };
        let within = settings.within_bounds();
        assert_eq!((within.idle_s, within.idle_warning_s), (Some(90), None));
        assert_eq!(
            (within.retention_hours, within.cash_limit_yuan),
            (None, Some(0))
        );
    }

    #[test]
    fn the_shape_stays_and_what_is_not_decided_is_not_said() {
        let settings = BoothSettings {
            decided_at: Some("2026-11-24T02:00:00Z".parse().unwrap()),
            language: Some(Language::English),
            photo_import: Some(PhotoImport::Off),
            idle_s: Some(90),
            ..BoothSettings::default()
        };
        let text = serde_json::to_string(&settings).unwrap();
        insta::assert_snapshot!(text, @r#"{"decided_at":"2026-11-24T02:00:00Z","language":"en","photo_import":"off","idle_s":90}"#);
        assert_eq!(
            serde_json::from_str::<BoothSettings>(&text).unwrap(),
            settings
        );
        assert_eq!(
            serde_json::from_str::<BoothSettings>("{}").unwrap(),
            BoothSettings::default()
        );
    }
}
