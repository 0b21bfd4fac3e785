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
    let smaller = STEPS
        .into_iter()
        .filter(|size| size.size() < largest.size());
    let mut last = layout(ui, words, bold, largest, (width, rows), Align::Min);
    for size in smaller {
        if !last.elided {
            break;
        }
        last = layout(ui, words, bold, size, (width, rows), Align::Min);
    }
    last
}

/// Words on a button: one row as long as it is readable, else two, each in the middle.
pub fn on_button(ui: &Ui, words: &str, width: f32) -> Arc<egui::Galley> {
    for (size, rows) in [(Type::Lead, 1), (Type::Body, 1), (Type::Body, 2)] {
        let galley = layout(ui, words, true, size, (width, rows), Align::Center);
        if !galley.elided {
            return galley;
        }
    }
    layout(ui, words, true, Type::Small, (width, 2), Align::Center)
}

const STEPS: [Type; 4] = [Type::Title, Type::Lead, Type::Body, Type::Small];

fn layout(
    ui: &Ui,
    words: &str,
    bold: bool,
    size: Type,
    (width, rows): (f32, usize),
    align: Align,
) -> Arc<egui::Galley> {
    let font = if bold { size.bold() } else { size.regular() };
    let mut job = LayoutJob::simple(words.to_owned(), font, Color32::PLACEHOLDER, width);
    job.wrap.max_rows = rows;
    job.halign = align;
    for section in &mut job.sections {
        section.format.line_height = Some(size.line());
    }
    ui.painter().layout_job(job)
}
