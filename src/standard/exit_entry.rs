//! The photo of passports and exit-entry documents (出入境证件).
//!
//! Source: 《出入境证件相片照相指引》 as quoted by yopinpei.com/20250107 and bbs.sgcn.org/thread-16277781-3-1.html. The print
//! is 33 x 48 mm; its millimetres are taken as shares of the height of the digital file (13.33 pixels a millimetre).

use super::{Aim, Band, Preset, ROLL_LEFT_DEG, ROLL_STRAIGHTENED_DEG, UPSCALE_MOST};
use crate::domain::collection::Background;

/// The photo of passports and exit-entry documents (出入境证件).
pub(super) static EXIT_ENTRY: Preset = Preset {
    name: "exit-entry",
    version: 1,
    source: "出入境证件相片照相指引",
    // digital 3:4, 354 to 480 x 472 to 640 pixels
    width_px: 480,
    height_px: 640,
    density_dpi: 300,
    // top margin 3 to 5 mm
    crown_px: Band::new(40.0, 67.0),
    // ours: what crown and head height leave
    eye_line_px: Band::new(200.0, 310.0),
    // head width 15 to 22 mm
    face_width_px: Band::new(200.0, 293.0),
    // head 28 to 33 mm; chin to bottom at least 7 mm follows
    head_height_px: Some(Band::new(373.0, 440.0)),
    // no number is given; as far as in the graduation photo, scaled
    off_centre_px: 5.0,
    // white (embassies), light grey or light blue
    backgrounds: &[
        Background::White,
        Background::LightGrey,
        Background::LightBlue,
    ],
    // 20 to 80 KB; embassies want 30 to 80 KB
    file_bytes: 30 * 1024..=80 * 1024,
    // no number is given; the graduation standard's
    least_quality: 60,
    roll_left_deg: ROLL_LEFT_DEG,
    roll_straightened_deg: ROLL_STRAIGHTENED_DEG,
    upscale_most: UPSCALE_MOST,
    aim: Aim {
        crown_px: 54.0,
        eye_line_px: 250.0,
        face_width_px: 240.0,
    },
};
