//! Where one is on the way, how far something is, how long is left.

use super::icon::{self, Icon};
use super::touch;
use super::words;
use crate::ui::theme::{self, Type};
use egui::accesskit::Role;
use egui::{Color32, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

/// The line of stations; `at` is the present one, counted from 0.
pub fn journey(ui: &mut Ui, rect: Rect, stations: &[String], at: usize, name: &str) {
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    let count = stations.len().max(1);
    let cell = rect.width() / count as f32;
    let radius = 21.0;
    let y = rect.top() + radius + 2.0;
    let x = |i: usize| rect.left() + cell * (i as f32 + 0.5);
    let painter = ui.painter();
    for i in 1..count {
        let done = i <= at;
        let colour = if done { theme::ACCENT } else { theme::HAIRLINE };
        painter.hline(
            x(i - 1) + radius + 12.0..=x(i) - radius - 12.0,
            y,
            Stroke::new(3.0, colour),
        );
    }
    for (i, words_below) in stations.iter().enumerate() {
        let centre = pos2(x(i), y);
        let bold = i == at;
        let ink = if i <= at {
            theme::ACCENT
        } else {
            theme::INK_SOFT
        };
        if i < at {
            painter.circle_filled(centre, radius, theme::ACCENT);
            icon::paint(
                painter,
                Rect::from_center_size(centre, Vec2::splat(24.0)),
                Icon::Check,
                theme::ON_ACCENT,
            );
        } else {
            let (fill, text) = if i == at {
                (theme::ACCENT, theme::ON_ACCENT)
            } else {
                (theme::PAPER, theme::INK_SOFT)
            };
            let outline = if i == at {
                theme::ACCENT
            } else {
                theme::OUTLINE
            };
            painter.circle(centre, radius, fill, Stroke::new(2.0, outline));
            let font = Type::Small.bold();
            painter.text(
                centre,
                egui::Align2::CENTER_CENTER,
                (i + 1).to_string(),
                font,
                text,
            );
        }
        let galley = words::fitted(ui, words_below, bold, Type::Small, cell - theme::GAP_XS, 1);
        let top = pos2(centre.x - galley.size().x / 2.0, y + radius + 4.0);
        ui.painter()
            .galley_with_override_text_color(top, galley, ink);
    }
}

/// How one of several steps of a work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finished.
    Done,
    /// Being done.
    Now,
    /// Still to come.
    Later,
}

/// A list of steps of a work; `turn` (in turns) moves the mark of the present one.
pub fn stages(ui: &mut Ui, rows: &[(String, Stage)], turn: f32) {
    for (words_of, stage) in rows {
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 68.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words_of));
        let centre = pos2(rect.left() + 26.0, rect.center().y);
        let painter = ui.painter();
        let (ink, bold) = match stage {
            Stage::Done => {
                painter.circle_filled(centre, 22.0, theme::ACCENT);
                icon::paint(
                    painter,
                    Rect::from_center_size(centre, Vec2::splat(26.0)),
                    Icon::Check,
                    theme::ON_ACCENT,
                );
                (theme::INK, false)
            }
            Stage::Now => {
                icon::spinner(
                    painter,
                    centre,
                    20.0,
                    5.0,
                    turn,
                    (theme::HAIRLINE, theme::ACCENT),
                );
                (theme::INK, true)
            }
            Stage::Later => {
                painter.circle_stroke(centre, 20.0, Stroke::new(2.0, theme::HAIRLINE));
                (theme::INK_SOFT, false)
            }
        };
        let galley = words::fitted(ui, words_of, bold, Type::Body, rect.width() - 84.0, 1);
        let at = pos2(centre.x + 52.0, rect.center().y - galley.size().y / 2.0);
        ui.painter()
            .galley_with_override_text_color(at, galley, ink);
    }
}

/// A bar that fills from the left; `share` from 0 to 1.
pub fn bar(ui: &mut Ui, share: f32, colour: Color32, label: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, label));
    let painter = ui.painter();
    painter.rect_filled(rect, 8.0, theme::SUNKEN_PRESSED);
    let filled = rect.with_max_x(rect.left() + rect.width() * share.clamp(0.0, 1.0));
    if filled.width() >= 1.0 {
        painter.rect_filled(filled, 8.0, colour);
    }
    response
}

/// Four places for four characters, the next one marked.
pub fn places(ui: &mut Ui, typed: &str, count: usize, side: f32, label: &str) {
    let gap = theme::GAP_M;
    let width = side * count as f32 + gap * (count as f32 - 1.0);
    let (row, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), side * 1.2), Sense::hover());
    response.widget_info(|| WidgetInfo::text_edit(true, "", typed, label));
    let left = row.center().x - width / 2.0;
    let mut characters = typed.chars();
    let painter = ui.painter();
    for i in 0..count {
        let rect = Rect::from_min_size(
            pos2(left + (side + gap) * i as f32, row.top()),
            vec2(side, side * 1.2),
        );
        let typed_here = characters.next();
        let next = typed_here.is_none() && i == typed.chars().count();
        let stroke = if next {
            Stroke::new(theme::LINE_CHOSEN, theme::ACCENT)
        } else {
            Stroke::new(theme::LINE + 0.5, theme::OUTLINE)
        };
        painter.rect(
            rect,
            theme::corner(),
            theme::CARD,
            stroke,
            StrokeKind::Inside,
        );
        if let Some(character) = typed_here {
            let centre = rect.center();
            painter.text(
                centre,
                egui::Align2::CENTER_CENTER,
                character,
                Type::Title.bold(),
                theme::INK,
            );
        }
    }
}

/// As [`places`], but what is typed shows as dots: for a PIN.
pub fn dots(ui: &mut Ui, typed: usize, least: usize, label: &str) {
    let count = typed.max(least);
    let (row, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), theme::TOUCH), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::PasswordInput, true, label));
    let step = 56.0;
    let left = row.center().x - step * (count as f32 - 1.0) / 2.0;
    for i in 0..count {
        let centre = pos2(left + step * i as f32, row.center().y);
        if i < typed {
            ui.painter().circle_filled(centre, 15.0, theme::INK);
        } else {
            ui.painter()
                .circle_stroke(centre, 14.0, Stroke::new(2.5, theme::OUTLINE));
        }
    }
}
