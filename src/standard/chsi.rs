//! The photo of a higher-education graduation certificate (学历证书电子注册图像).
//!
//! Source: 教毕指〔2017〕99号, "Specification for collecting and information standard of images for the electronic
//! registration of higher-education certificates". The clause is quoted where a number stands.

use super::{Aim, Band, Preset};
use crate::domain::collection::Background;

/// "浅蓝色(参考值RGB<100,197,255>)".
pub(super) const LIGHT_BLUE_RGB: [u8; 3] = [100, 197, 255];
/// "白色<255,255,255>".
pub(super) const WHITE_RGB: [u8; 3] = [255, 255, 255];
/// "浅灰色<240,240,240>".
pub(super) const LIGHT_GREY_RGB: [u8; 3] = [240, 240, 240];

/// The graduation standard.
pub static GRADUATION: Preset = Preset {
    name: "graduation",
    version: 1,
    source: "教毕指〔2017〕99号",
    // "宽480像素*高640像素,分辨率300dpi,24位真彩色"
    width_px: 480,
    height_px: 640,
    density_dpi: 300,
    // "头顶发际距上边沿50像素至110像素"
    crown_px: Band::new(50.0, 110.0),
    // "眼睛所在位置距上边沿200像素至300像素"
    eye_line_px: Band::new(200.0, 300.0),
    // "脸部宽度(两脸颊之间)180像素至300像素"
    face_width_px: Band::new(180.0, 300.0),
    head_height_px: None,
    // "人像在图像矩形框内水平居中,左右对称": no number is given; ours
    off_centre_px: 5.0,
    backgrounds: &[
        Background::LightBlue,
        Background::White,
        Background::LightGrey,
        Background::Keep,
    ],
    // "压缩后文件大小一般在20KB至40KB"; the stricter checkers in use want at least 30 KB
    file_bytes: 30 * 1024..=39_900,
    // "压缩品质系数不低于60"
    least_quality: 60,
    // "禁止对图像整体或局部进行镜像、旋转等变换操作": a tilt this small is left, a larger one is asked of the student
    roll_left_deg: super::ROLL_LEFT_DEG,
    roll_straightened_deg: super::ROLL_STRAIGHTENED_DEG,
    upscale_most: super::UPSCALE_MOST,
    aim: Aim {
        crown_px: 74.0,
        eye_line_px: 256.0,
        face_width_px: 222.0,
    },
};
