//! The faces that every word is set in: two weights of Noto Sans SC, cut to the characters of GB 2312.
//!
//! Characters outside it (rare ones in names) come from the system's fonts, found by eframe's
//! `system_fonts` provider; where there is none, a visible box is drawn, never nothing.

use super::theme;
use egui::{Context, FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// The regular face.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular.ttf");
/// The bold face.
pub const BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Bold.ttf");

const REGULAR_NAME: &str = "noto-sans-sc-regular";
const BOLD_NAME: &str = "noto-sans-sc-bold";

/// The definitions: both faces, each the other's fallback.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert(
        REGULAR_NAME.to_owned(),
        Arc::new(FontData::from_static(REGULAR)),
    );
    fonts
        .font_data
        .insert(BOLD_NAME.to_owned(), Arc::new(FontData::from_static(BOLD)));
    let order = |first: &str, second: &str| vec![first.to_owned(), second.to_owned()];
    fonts
        .families
        .insert(FontFamily::Proportional, order(REGULAR_NAME, BOLD_NAME));
    fonts
        .families
        .insert(FontFamily::Monospace, order(REGULAR_NAME, BOLD_NAME));
    fonts
        .families
        .insert(theme::bold_family(), order(BOLD_NAME, REGULAR_NAME));
    fonts
}

/// Installs the faces. Before the first frame: a pass without fonts cannot draw a word.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
}
