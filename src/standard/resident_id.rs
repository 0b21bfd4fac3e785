//! The photo of the resident identity card (二代居民身份证).
//!
//! Source: GA 461-2004 制作用数字相片技术要求, as quoted by <https://hybridbeedesign.com/news_mini.asp?id=2088> and
//! 0551fangchan.com. Eyes have priority over the crown there.

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The photo of the resident identity card (二代居民身份证).
pub(super) static RESIDENT_ID: Preset = Preset {
    name: "resident-id",
    version: 1,
    source: "GA 461-2004",
    // 358 x 441 pixels, 26 x 32 mm at 350 dpi
    width_px: 358,
    height_px: 441,
    density_dpi: 350,
    // crown 7 to 21 pixels from the top
    crown_px: Band::new(7.0, 21.0),
    // eyes at least 207 pixels from the bottom; the lower number is ours
    eye_line_px: Band::new(160.0, 234.0),
    // face width 207 +- 14 pixels
    face_width_px: Band::new(193.0, 221.0),
    head_height_px: None,
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 4.0,
    // white; no white top, no uniform
    backgrounds: &[Background::White],
    // 14 to 20 KB
    file_bytes: 14 * 1024..=20 * 1024,
    // quality 70
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
