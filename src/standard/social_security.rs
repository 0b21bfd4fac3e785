//! The photo of the social security card (社会保障卡).
//!
//! Source: `demo/assets/size_list_CN.csv` of `HivisionIDPhotos` at f604bb1. The geometry is the identity card's, whose
//! size it has.

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The photo of the social security card (社会保障卡).
pub(super) static SOCIAL_SECURITY: Preset = Preset {
    name: "social-security",
    version: 1,
    source: "social security size list; geometry of GA 461-2004",
    // 358 x 441 pixels; the density is the identity card's
    width_px: 358,
    height_px: 441,
    density_dpi: 350,
    // the identity card's
    crown_px: Band::new(7.0, 21.0),
    // the identity card's
    eye_line_px: Band::new(160.0, 234.0),
    // the identity card's
    face_width_px: Band::new(193.0, 221.0),
    head_height_px: None,
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 4.0,
    // the identity card's
    backgrounds: &[Background::White],
    // the identity card's
    file_bytes: 14 * 1024..=20 * 1024,
    // the identity card's
    least_quality: 70,
    roll_left_deg: ROLL_LEFT_DEG,
    roll_straightened_deg: ROLL_STRAIGHTENED_DEG,
    upscale_most: UPSCALE_MOST,
    aim: Aim {
        crown_px: 14.0,
        eye_line_px: 184.0,
        face_width_px: 207.0,
    },
};
