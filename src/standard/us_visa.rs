//! The digital photo of a visa of the United States (DS-160).
//!
//! Source: <https://travel.state.gov/visa/guide/guide_3882.html> and
//! <https://ustraveldocs.com/ph/photosandfingerprints.html>.

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The digital photo of a visa of the United States (DS-160).
pub(super) static US_VISA: Preset = Preset {
    name: "us-visa",
    version: 1,
    source: "US Department of State, digital image requirements",
    // square, 600 x 600 to 1200 x 1200 pixels; the density is ours
    width_px: 600,
    height_px: 600,
    density_dpi: 300,
    // ours: what head and eyes leave
    crown_px: Band::new(20.0, 160.0),
    // eyes 56 to 69 percent of the height from the bottom
    eye_line_px: Band::new(186.0, 264.0),
    // ours: what the head leaves
    face_width_px: Band::new(150.0, 300.0),
    // head 50 to 69 percent of the height
    head_height_px: Some(Band::new(300.0, 414.0)),
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 6.0,
    // white or off-white
    backgrounds: &[Background::White],
    // at most 240 kB, and a compression of at most 20:1
    file_bytes: 54_000..=240 * 1000,
    // no number is given; the graduation standard's
    least_quality: 60,
    roll_left_deg: ROLL_LEFT_DEG,
    roll_straightened_deg: ROLL_STRAIGHTENED_DEG,
    upscale_most: UPSCALE_MOST,
    aim: Aim {
        crown_px: 58.0,
        eye_line_px: 238.0,
        face_width_px: 218.0,
    },
};
