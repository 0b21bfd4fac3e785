//! Every number of the image standards, one preset a file, unit in the name, clause in the doc line.
//!
//! A preset is data: what a photo must be ([`Preset`]), and where inside the bounds the engine aims ([`Aim`]).
//! Nothing here measures or changes a picture. Adding a standard is adding one file and its line in [`PRESETS`].

mod cet;
mod chsi;
mod exit_entry;
mod icao;
mod mandarin;
mod ncre;
mod postgraduate;
mod resident_id;
mod social_security;
mod teacher;
mod us_visa;

use crate::domain::collection::Background;
use std::ops::RangeInclusive;

pub use chsi::GRADUATION;

/// All presets, the first is the default.
pub const PRESETS: [&Preset; 11] = [
    &GRADUATION,
    &resident_id::RESIDENT_ID,
    &exit_entry::EXIT_ENTRY,
    &mandarin::MANDARIN,
    &teacher::TEACHER,
    &cet::CET,
    &ncre::NCRE,
    &postgraduate::POSTGRADUATE,
    &social_security::SOCIAL_SECURITY,
    &us_visa::US_VISA,
    &icao::ICAO,
];

/// Tilt that stays as it is, and tilt that may be taken out where a collection allows it: the graduation standard's,
/// and ours for the presets whose source says nothing of tilt. ISO/IEC 19794-5:2011 7.2.2 allows 8 degrees.
const ROLL_LEFT_DEG: f32 = 3.0;
const ROLL_STRAIGHTENED_DEG: f32 = 8.0;
/// A capture may be made this much larger. Beyond, the photo would be softer than its pixels promise: come closer, or
/// set the camera to its full resolution. No standard gives a number; ours.
const UPSCALE_MOST: f32 = 1.25;

/// An inclusive range of a measured number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Smallest allowed value.
    pub least: f32,
    /// Largest allowed value.
    pub most: f32,
}

impl Band {
    /// Both ends are allowed.
    pub const fn new(least: f32, most: f32) -> Self {
        Self { least, most }
    }

    /// Whether the value lies in the band.
    pub fn holds(&self, value: f32) -> bool {
        (self.least..=self.most).contains(&value)
    }

    /// The value, or the nearer end.
    pub fn nearest(&self, value: f32) -> f32 {
        value.clamp(self.least, self.most)
    }

    /// The band made narrower at both ends: room for the noise of a measurement.
    #[must_use]
    pub const fn within(&self, margin: f32) -> Self {
        Self::new(self.least + margin, self.most - margin)
    }
}

/// Where the engine puts a person when nothing forces it elsewhere, so that a whole set looks alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// Crown of the head below the upper edge.
    pub crown_px: f32,
    /// Line through the irises below the upper edge.
    pub eye_line_px: f32,
    /// Width of the face between the cheeks' edges.
    pub face_width_px: f32,
}

/// One image standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    /// Name on the command line, in settings and in records.
    pub name: &'static str,
    /// Raised with every change of a number below.
    pub version: u32,
    /// The document that the numbers come from.
    pub source: &'static str,
    /// Width of the file.
    pub width_px: usize,
    /// Height of the file.
    pub height_px: usize,
    /// Density written into the file.
    pub density_dpi: u16,
    /// Crown of the head (with hair) below the upper edge.
    pub crown_px: Band,
    /// Line through the eyes below the upper edge.
    pub eye_line_px: Band,
    /// Width of the face between the cheeks.
    pub face_width_px: Band,
    /// Height of the head from crown to chin, where the standard asks for it.
    pub head_height_px: Option<Band>,
    /// How far the middle of the face may lie off the middle of the file.
    pub off_centre_px: f32,
    /// Backgrounds that the standard allows, the first is the default.
    pub backgrounds: &'static [Background],
    /// Size of the file that is aimed at, in bytes.
    pub file_bytes: RangeInclusive<usize>,
    /// Least compression quality.
    pub least_quality: u8,
    /// Tilt of the head that stays as it is, in degrees either way.
    pub roll_left_deg: f32,
    /// Tilt of the head that may be taken out where a collection allows it, in degrees either way.
    pub roll_straightened_deg: f32,
    /// Photo pixels per capture pixel, at most.
    pub upscale_most: f32,
    /// Where inside the bands the engine aims.
    pub aim: Aim,
}

impl Preset {
    /// The preset of that name.
    pub fn by_name(name: &str) -> Option<&'static Preset> {
        PRESETS.into_iter().find(|preset| preset.name == name)
    }
}

/// The colour of a background as bytes; `None` where the real one is kept.
pub const fn background_rgb(background: Background) -> Option<[u8; 3]> {
    match background {
        Background::LightBlue => Some(chsi::LIGHT_BLUE_RGB),
        Background::White => Some(chsi::WHITE_RGB),
        Background::LightGrey => Some(chsi::LIGHT_GREY_RGB),
        Background::Red => Some(mandarin::RED_RGB),
        Background::Keep => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_found_by_their_own_names() {
        for preset in PRESETS {
            assert_eq!(Preset::by_name(preset.name), Some(preset));
        }
        assert_eq!(Preset::by_name("no such standard"), None);
    }

    #[test]
    fn every_preset_aims_inside_its_own_bands() {
        for preset in PRESETS {
            assert!(preset.crown_px.holds(preset.aim.crown_px));
            assert!(preset.eye_line_px.holds(preset.aim.eye_line_px));
            assert!(preset.face_width_px.holds(preset.aim.face_width_px));
            assert!(preset.roll_left_deg <= preset.roll_straightened_deg);
            assert!(!preset.backgrounds.is_empty() && !preset.source.is_empty());
            assert!(preset.file_bytes.start() < preset.file_bytes.end());
            assert!(preset.aim.crown_px < preset.aim.eye_line_px);
        }
    }

    #[test]
    fn no_two_presets_share_a_name() {
        let names: std::collections::BTreeSet<&str> = PRESETS.iter().map(|p| p.name).collect();
        assert_eq!(names.len(), PRESETS.len());
    }
}
