//! The photo of the teacher certificate (教师资格证).
//!
//! Source: `demo/assets/size_list_CN.csv` of `HivisionIDPhotos` at f604bb1; it has no size in bytes.

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The photo of the teacher certificate (教师资格证).
pub(super) static TEACHER: Preset = Preset {
    name: "teacher",
    version: 1,
    source: "teacher certificate size list",
    // 295 x 413 pixels; the density is ours
    width_px: 295,
    height_px: 413,
    density_dpi: 300,
    // ours: the source gives no geometry; the graduation standard's proportions
    crown_px: Band::new(32.0, 71.0),
    // ours: the source gives no geometry; the graduation standard's proportions
    eye_line_px: Band::new(129.0, 194.0),
    // ours: the source gives no geometry; the graduation standard's proportions
    face_width_px: Band::new(111.0, 184.0),
    head_height_px: None,
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 3.0,
    // ours: the source gives none
    backgrounds: &[Background::White, Background::LightBlue],
    // ours: the source gives none
    file_bytes: 10 * 1024..=190 * 1024,
    // no number is given; the graduation standard's
    least_quality: 60,
    roll_left_deg: ROLL_LEFT_DEG,
    roll_straightened_deg: ROLL_STRAIGHTENED_DEG,
    upscale_most: UPSCALE_MOST,
    aim: Aim {
        crown_px: 48.0,
        eye_line_px: 165.0,
        face_width_px: 143.0,
    },
};
