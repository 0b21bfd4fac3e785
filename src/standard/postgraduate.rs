//! The photo of the postgraduate entrance examination (研究生考试).
//!
//! Source: `demo/assets/size_list_CN.csv` of `HivisionIDPhotos` at f604bb1; regional rules vary.

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The photo of the postgraduate entrance examination (研究生考试).
pub(super) static POSTGRADUATE: Preset = Preset {
    name: "postgraduate",
    version: 1,
    source: "postgraduate exam size list",
    // 531 x 709 pixels; the density is ours
    width_px: 531,
    height_px: 709,
    density_dpi: 300,
    // ours: the source gives no geometry; the graduation standard's proportions
    crown_px: Band::new(55.0, 122.0),
    // ours: the source gives no geometry; the graduation standard's proportions
    eye_line_px: Band::new(222.0, 332.0),
    // ours: the source gives no geometry; the graduation standard's proportions
    face_width_px: Band::new(199.0, 332.0),
    head_height_px: None,
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 5.0,
    // ours: the source gives none
    backgrounds: &[Background::White, Background::LightBlue],
    // ours: the source gives none
    file_bytes: 30 * 1024..=190 * 1024,
    // no number is given; the graduation standard's
    least_quality: 60,
    roll_left_deg: ROLL_LEFT_DEG,
    roll_straightened_deg: ROLL_STRAIGHTENED_DEG,
    upscale_most: UPSCALE_MOST,
    aim: Aim {
        crown_px: 82.0,
        eye_line_px: 284.0,
        face_width_px: 246.0,
    },
};
