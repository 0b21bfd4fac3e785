//! Words on the screen, in the four sizes.

use crate::ui::theme::{self, Type};
use egui::{Align, Color32, FontId, Label, Response, RichText, Ui, text::LayoutJob};
use std::sync::Arc;

/// Words in any size and colour, wrapped.
pub fn say(
    ui: &mut Ui,
    words: impl Into<String>,
    font: FontId,
    line: f32,
    colour: Color32,
) -> Response {
    let words = RichText::new(words)
        .font(font)
        .line_height(Some(line))
        .color(colour);
    ui.add(Label::new(words).wrap())
}

/// What this screen is about, and below it what to do.
pub fn title(ui: &mut Ui, title: impl Into<String>, lead_words: impl Into<String>) {
    let lead_words = lead_words.into();
    say(
        ui,
        title,
        Type::Title.bold(),
        Type::Title.line(),
        theme::INK,
    );
    if !lead_words.is_empty() {
        ui.add_space(theme::GAP_XS);
        lead(ui, lead_words);
    }
}

/// What to do.
pub fn lead(ui: &mut Ui, words: impl Into<String>) -> Response {
    say(
        ui,
        words,
        Type::Lead.regular(),
        Type::Lead.line(),
        theme::INK_SOFT,
    )
}

/// The name of a part of a screen.
pub fn heading(ui: &mut Ui, words: impl Into<String>) -> Response {
    say(ui, words, Type::Lead.bold(), Type::Lead.line(), theme::INK)
}

/// Reading text.
pub fn body(ui: &mut Ui, words: impl Into<String>) -> Response {
    say(
        ui,
        words,
        Type::Body.regular(),
        Type::Body.line(),
        theme::INK,
    )
}

/// A remark.
pub fn note(ui: &mut Ui, words: impl Into<String>) -> Response {
    say(
        ui,
        words,
        Type::Small.regular(),
        Type::Small.line(),
        theme::INK_SOFT,
    )
}

/// Words in the middle of the width.
pub fn centred(
    ui: &mut Ui,
    words: impl Into<String>,
    font: FontId,
    line: f32,
    colour: Color32,
) -> Response {
    let words = RichText::new(words)
        .font(font)
        .line_height(Some(line))
        .color(colour);
    ui.vertical_centered(|ui| ui.add(Label::new(words).wrap().halign(Align::Center)))
        .inner
}

/// A laid out piece of text that fits into `width` on at most `rows` rows: the size steps down before anything is cut.
pub fn fitted(
    ui: &Ui,
    words: &str,
    bold: bool,
    largest: Type,
    width: f32,
    rows: usize,
) -> Arc<egui::Galley> {
    let sizes = [Type::Lead, Type::Body, Type::Small];
    let steps = sizes
        .iter()
        .copied()
        .filter(|size| size.size() <= largest.size());
    let mut last = layout(ui, words, bold, largest, width, rows);
    for size in steps {
        last = layout(ui, words, bold, size, width, rows);
        if !last.elided && last.rows.len() <= rows {
            break;
        }
    }
    last
}

fn layout(
    ui: &Ui,
    words: &str,
    bold: bool,
    size: Type,
    width: f32,
    rows: usize,
) -> Arc<egui::Galley> {
    let font = if bold { size.bold() } else { size.regular() };
    let mut job = LayoutJob::simple(words.to_owned(), font, Color32::PLACEHOLDER, width);
    job.wrap.max_rows = rows;
    for section in &mut job.sections {
        section.format.line_height = Some(size.line());
    }
    ui.painter().layout_job(job)
}
