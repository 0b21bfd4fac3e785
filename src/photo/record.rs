//! The processing record: what was measured, what was changed, by which program and models, from which bytes to
//! which. A reviewer can see what was done; nothing in it names the student.

use super::Options;
use super::encode::{Chroma, Encoded};
use super::geometry::Placement;
use super::grid::Grid;
use super::matte::Figures;
use super::recheck::Checked;
use super::tone::Tone;
use crate::domain::collection::Background;
use crate::standard::Preset;
use crate::vision::{Face, Nets, Picture};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Raised when a field changes its meaning.
const FORMAT: u32 = 1;

/// Everything that was done to a capture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProcessingRecord {
    /// Version of this record's format.
    pub format: u32,
    /// Version of the program.
    pub program: String,
    /// Name of the preset.
    pub preset: String,
    /// Version of the preset's numbers.
    pub preset_version: u32,
    /// The capture.
    pub capture: CaptureRecord,
    /// The models and their SHA-256.
    pub models: Vec<ModelRecord>,
    /// Measured on the capture.
    pub measured: Measured,
    /// Changed on the way.
    pub corrections: Corrections,
    /// Measured on the finished bytes.
    pub result: ResultRecord,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaptureRecord {
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Width and height.
    pub size_px: [usize; 2],
}

/// One model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelRecord {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

/// What the capture showed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Tilt of the head in degrees, clockwise.
    pub roll_deg: f32,
    /// Turn of the head in degrees.
    pub yaw_deg: f32,
    /// Width of the face in the capture.
    pub face_width_px: f32,
    /// Colours before any correction.
    pub face_rgb: [f32; 3],
    /// The wall's median colour before any correction; `None` where the real background was kept.
    #[serde(default)]
    pub wall_rgb: Option<[f32; 3]>,
    /// Wall and matte; `None` where the real background was kept.
    pub matte: Option<Figures>,
}

/// What was changed; nothing else was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Corrections {
    /// The capture was turned by this much against the tilt; 0 by default.
    pub turned_deg: f64,
    /// Photo pixels per capture pixel.
    pub scale: f64,
    /// Always false: a photo is never mirrored.
    pub mirrored: bool,
    /// The background.
    pub background: Background,
    /// A clean plate helped.
    pub clean_plate: bool,
    /// Grid pixels per photo pixel on which the matte was solved.
    pub fineness: usize,
    /// One gain for the whole picture; 1 is none.
    pub exposure_gain: f32,
    /// One gain a channel for the whole picture; 1 is none.
    pub white_balance_gain: [f32; 3],
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResultRecord {
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Compression quality.
    pub quality: u8,
    /// How finely colour is stored.
    pub chroma: Chroma,
    /// Measured on the decoded file.
    pub checked: Checked,
}

/// What the record is put together from.
pub(super) struct Story<'a> {
    pub preset: &'a Preset,
    pub options: &'a Options<'a>,
    pub capture: &'a Picture,
    pub capture_sha256: [u8; 32],
    pub face: &'a Face,
    pub placement: &'a Placement,
    pub figures: Option<Figures>,
    pub tone: Tone,
    pub encoded: &'a Encoded,
    pub checked: Checked,
}

impl ProcessingRecord {
    pub(super) fn of(story: &Story<'_>) -> Self {
        let Story {
            preset,
            options,
            capture,
            face,
            placement,
            tone,
            encoded,
            ..
        } = story;
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            preset: preset.name.to_owned(),
            preset_version: preset.version,
            capture: CaptureRecord {
                sha256: hexadecimal(&story.capture_sha256),
                size_px: [capture.width(), capture.height()],
            },
            models: models(),
            measured: Measured {
                roll_deg: face.roll_deg(),
                yaw_deg: face.yaw_deg(),
                face_width_px: face.width_px(),
                face_rgb: tone.face_rgb,
                wall_rgb: tone.wall_rgb,
                matte: story.figures,
            },
            corrections: Corrections {
                turned_deg: placement.turned_deg,
                scale: placement.scale,
                mirrored: false,
                background: options.background,
                clean_plate: options.plate.is_some(),
                fineness: Grid::new(preset).fineness(),
                exposure_gain: tone.exposure_gain,
                white_balance_gain: tone.white_balance_gain,
            },
            result: ResultRecord {
                sha256: hexadecimal(&Sha256::digest(&encoded.bytes)),
                quality: encoded.quality,
                chroma: encoded.chroma,
                checked: story.checked,
            },
        }
    }
}

fn models() -> Vec<ModelRecord> {
    let model = |(name, sum): (&str, [u8; 32])| ModelRecord {
        name: name.to_owned(),
        sha256: hexadecimal(&sum),
    };
    Nets::sums().into_iter().map(model).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|b| [digit(b >> 4), digit(b & 15)])
        .collect()
}
