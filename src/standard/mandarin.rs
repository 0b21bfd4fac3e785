//! The photo of the Mandarin proficiency test (普通话水平测试).
//!
//! Source: m.tm022.com/pth/xiaoxi/288947.html.

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The source names the colour only; ours, the red of photo shops.
pub(super) const RED_RGB: [u8; 3] = [255, 0, 0];

/// The photo of the Mandarin proficiency test (普通话水平测试).
pub(super) static MANDARIN: Preset = Preset {
    name: "mandarin",
    version: 2,
    source: "普通话水平测试报名须知",
    // 390 x 567 pixels; the density is ours
    width_px: 390,
    height_px: 567,
    density_dpi: 300,
    // ours: the source gives no geometry; the graduation standard's proportions
    crown_px: Band::new(44.0, 97.0),
    // ours: the source gives no geometry; the graduation standard's proportions
    eye_line_px: Band::new(177.0, 266.0),
    // ours: the source gives no geometry; the graduation standard's proportions
    face_width_px: Band::new(146.0, 244.0),
    head_height_px: None,
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 4.0,
    // white, blue or red
    backgrounds: &[Background::White, Background::LightBlue, Background::Red],
    // at most 200 KB; the lower number is ours
    file_bytes: 10 * 1024..=200 * 1024,
    // no number is given; the graduation standard's
    least_quality: 60,
    roll_left_deg: ROLL_LEFT_DEG,
    roll_straightened_deg: ROLL_STRAIGHTENED_DEG,
    upscale_most: UPSCALE_MOST,
    aim: Aim {
        crown_px: 66.0,
        eye_line_px: 222.0,
        face_width_px: 190.0,
    },
};
