//! The photo of the college English test (大学英语四六级考试).
//!
//! Source: `demo/assets/size_list_CN.csv` of `HivisionIDPhotos` at f604bb1; regional rules vary.

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The photo of the college English test (大学英语四六级考试).
pub(super) static CET: Preset = Preset {
    name: "cet",
    version: 1,
    source: "CET size list",
    // 144 x 192 pixels; the density is ours
    width_px: 144,
    height_px: 192,
    density_dpi: 300,
    // ours: the source gives no geometry; the graduation standard's proportions
    crown_px: Band::new(15.0, 33.0),
    // ours: the source gives no geometry; the graduation standard's proportions
    eye_line_px: Band::new(60.0, 90.0),
    // ours: the source gives no geometry; the graduation standard's proportions
    face_width_px: Band::new(54.0, 90.0),
    head_height_px: None,
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 3.0,
    // ours: the source gives none
    backgrounds: &[Background::White, Background::LightBlue],
    // ours: the source gives none
    file_bytes: 4 * 1024..=20 * 1024,
    // no number is given; the graduation standard's
    least_quality: 60,
    roll_left_deg: ROLL_LEFT_DEG,
    roll_straightened_deg: ROLL_STRAIGHTENED_DEG,
    upscale_most: UPSCALE_MOST,
    aim: Aim {
        crown_px: 22.0,
        eye_line_px: 77.0,
        face_width_px: 67.0,
    },
};
