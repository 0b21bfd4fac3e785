//! The keys themselves: a keypad of digits (with X), and a keyboard of letters.

use super::icon::{self, Icon};
use super::touch;
use crate::ui::keyboard::Press;
use crate::ui::theme::{self, Type};
use egui::accesskit::Role;
use egui::{Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

const DIGITS: [[char; 3]; 3] = [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9']];
const LETTERS: [&str; 4] = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/// Words for keys that show none of their own.
#[derive(Debug)]
pub struct KeyWords {
    /// The last character goes.
    pub erase: String,
    /// Everything goes.
    pub clear: String,
    /// A space.
    pub space: String,
}

/// Digits, `extra` (`X`, or nothing) and erase, filling `rect`.
pub fn digits(ui: &mut Ui, rect: Rect, extra: Option<char>, words: &KeyWords) -> Option<Press> {
    let gap = theme::GAP_S;
    let size = vec2(
        (rect.width() - 2.0 * gap) / 3.0,
        (rect.height() - 3.0 * gap) / 4.0,
    );
    let place = |column: usize, row: usize| {
        Rect::from_min_size(
            rect.min + vec2((size.x + gap) * column as f32, (size.y + gap) * row as f32),
            size,
        )
    };
    let mut pressed = None;
    for (row, digits) in DIGITS.iter().enumerate() {
        for (column, digit) in digits.iter().enumerate() {
            if character(ui, place(column, row), *digit) {
                pressed = Some(Press::Char(*digit));
            }
        }
    }
    if let Some(extra) = extra
        && character(ui, place(0, 3), extra)
    {
        pressed = Some(Press::Char(extra));
    }
    if character(ui, place(1, 3), '0') {
        pressed = Some(Press::Char('0'));
    }
    if pictured(ui, place(2, 3), Icon::Erase, &words.erase) {
        pressed = Some(Press::Erase);
    }
    pressed
}

/// Digits, letters, space, erase and clear, filling `rect`. Letters come out as `small` or as they are.
pub fn letters(ui: &mut Ui, rect: Rect, small: bool, words: &KeyWords) -> Option<Press> {
    let gap = 10.0;
    let rows = LETTERS.len() as f32;
    let height = (rect.height() - (rows - 1.0) * gap) / rows;
    let width = (rect.width() - 9.0 * gap) / 10.0;
    let mut pressed = None;
    for (row, keys) in LETTERS.iter().enumerate() {
        let top = rect.top() + (height + gap) * row as f32;
        let indent = match row {
            2 => (width + gap) * 0.5,
            _ => 0.0,
        };
        for (column, key) in keys.chars().enumerate() {
            let left = rect.left() + indent + (width + gap) * column as f32;
            if character(
                ui,
                Rect::from_min_size(pos2(left, top), vec2(width, height)),
                key,
            ) {
                pressed = Some(Press::Char(if small {
                    key.to_ascii_lowercase()
                } else {
                    key
                }));
            }
        }
        if row == LETTERS.len() - 1 {
            let left = rect.left() + (width + gap) * keys.len() as f32;
            let rest = Rect::from_min_max(pos2(left, top), pos2(rect.right(), top + height));
            pressed = tail(ui, rest, gap, words).or(pressed);
        }
    }
    pressed
}

/// Space and erase, beside the last row.
fn tail(ui: &mut Ui, rect: Rect, gap: f32, words: &KeyWords) -> Option<Press> {
    let half = (rect.width() - gap) * 0.5;
    let space = worded(ui, rect.with_max_x(rect.left() + half), &words.space);
    let erase = pictured(
        ui,
        rect.with_min_x(rect.right() - half),
        Icon::Erase,
        &words.erase,
    );
    match (space, erase) {
        (true, _) => Some(Press::Char(' ')),
        (_, true) => Some(Press::Erase),
        (false, false) => None,
    }
}

fn character(ui: &mut Ui, rect: Rect, key: char) -> bool {
    let label = key.to_string();
    let clicked = key_cap(ui, rect, &label);
    ui.painter().text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        key,
        Type::Lead.bold(),
        theme::INK,
    );
    clicked
}

fn worded(ui: &mut Ui, rect: Rect, label: &str) -> bool {
    let clicked = key_cap(ui, rect, label);
    ui.painter().text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        label,
        Type::Small.regular(),
        theme::INK,
    );
    clicked
}

fn pictured(ui: &mut Ui, rect: Rect, icon: Icon, label: &str) -> bool {
    let clicked = key_cap(ui, rect, label);
    icon::paint(
        ui.painter(),
        Rect::from_center_size(rect.center(), Vec2::splat(44.0)),
        icon,
        theme::INK,
    );
    clicked
}

fn key_cap(ui: &mut Ui, rect: Rect, label: &str) -> bool {
    let response = touch::at(ui, rect, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let fill = if response.is_pointer_button_down_on() {
        theme::SUNKEN_PRESSED
    } else {
        theme::CARD
    };
    let stroke = if response.has_focus() {
        Stroke::new(theme::LINE_CHOSEN, theme::ACCENT)
    } else {
        Stroke::new(theme::LINE, theme::OUTLINE)
    };
    ui.painter()
        .rect(rect, theme::RADIUS - 4, fill, stroke, StrokeKind::Inside);
    response.clicked()
}
