//! What is seen: the fonts have every character that the booth ever shows.

use super::{Check, Line, said};
use crate::domain::Language;
use crate::ui::fonts;
use egui::FontId;
use egui::epaint::text::{Fonts, TextOptions};
use std::collections::BTreeSet;

/// The words of every screen and the names of the schools that ship.
const SHOWN: [&str; 3] = [
    include_str!("../../../assets/i18n/zh-CN/booth.ftl"),
    include_str!("../../../assets/i18n/en/booth.ftl"),
    include_str!("../../../assets/institutions.tsv"),
];

pub fn fonts(language: Language) -> Line {
    let mut faces = Fonts::new(TextOptions::default(), fonts::definitions());
    let mut shown: BTreeSet<char> = SHOWN.iter().flat_map(|text| text.chars()).collect();
    shown.retain(|character| !character.is_control());
    let count = shown.len();
    let font = FontId::proportional(16.0);
    let lacks = |character: &char| !faces.has_glyph(&font, *character);
    let missing: String = shown.into_iter().filter(lacks).collect();
    if missing.is_empty() {
        return Line::good(
            Check::Fonts,
            said!(
                language,
                "all {count} characters can be shown",
                "{count} 个字符都能显示"
            ),
        );
    }
    let number = missing.chars().count();
    Line::attention(
        Check::Fonts,
        said!(
            language,
            "{number} of {count} characters are missing: {missing}",
            "{count} 个字符中缺少 {number} 个:{missing}"
        ),
        said!(
            language,
            "install fonts-noto-cjk: rare characters come from the system",
            "请安装 fonts-noto-cjk:生僻字取自系统字体"
        ),
    )
}
