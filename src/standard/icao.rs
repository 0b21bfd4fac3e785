//! The portrait of machine readable travel documents, 35 x 45 mm.
//!
//! Source: ICAO Doc 9303 and ISO/IEC 19794-5:2011, as quoted by photogov.app and docs.visionlabs.ai. No conformance is claimed.

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The portrait of machine readable travel documents, 35 x 45 mm.
pub(super) static ICAO: Preset = Preset {
    name: "icao",
    version: 1,
    source: "ICAO Doc 9303; ISO/IEC 19794-5:2011",
    // 35 x 45 mm at 300 dpi
    width_px: 413,
    height_px: 531,
    density_dpi: 300,
    // ours: what head and eyes leave
    crown_px: Band::new(14.0, 80.0),
    // eyes 50 to 70 percent of the height from the bottom
    eye_line_px: Band::new(159.0, 266.0),
    // ours: what the head leaves; about 90 pixels between the eyes
    face_width_px: Band::new(200.0, 290.0),
    // crown to chin 70 to 80 percent of the height
    head_height_px: Some(Band::new(372.0, 425.0)),
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 4.0,
    // light and plain
    backgrounds: &[Background::LightGrey, Background::White],
    // ours: the source gives none
    file_bytes: 15 * 1024..=190 * 1024,
    // no number is given; the graduation standard's
    least_quality: 60,
    roll_left_deg: ROLL_LEFT_DEG,
    roll_straightened_deg: ROLL_STRAIGHTENED_DEG,
    upscale_most: UPSCALE_MOST,
    aim: Aim {
        crown_px: 38.0,
        eye_line_px: 236.0,
        face_width_px: 240.0,
    },
};
