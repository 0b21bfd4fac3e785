//! Buttons: one primary a screen, others quieter. Never smaller than a finger.

use super::icon::{self, Icon};
use super::touch;
use super::words;
use crate::ui::layout::{self, Areas};
use crate::ui::theme;
use egui::accesskit::Role;
use egui::{Color32, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

/// How loud a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The one thing to do here.
    Primary,
    /// Another way.
    Secondary,
    /// A way out, a detail.
    Quiet,
}

/// A button of words, with an icon that helps.
#[derive(Debug)]
#[must_use]
pub struct Button<'a> {
    words: &'a str,
    icon: Option<Icon>,
    voice: Voice,
    enabled: bool,
    height: f32,
}

impl<'a> Button<'a> {
    /// The one thing to do here.
    pub fn primary(words: &'a str) -> Self {
        Self {
            words,
            icon: None,
            voice: Voice::Primary,
            enabled: true,
            height: theme::PRIMARY_HEIGHT,
        }
    }

    /// Another way.
    pub fn secondary(words: &'a str) -> Self {
        Self {
            voice: Voice::Secondary,
            height: theme::TOUCH,
            ..Self::primary(words)
        }
    }

    /// A way out, a detail.
    pub fn quiet(words: &'a str) -> Self {
        Self {
            voice: Voice::Quiet,
            height: theme::TOUCH,
            ..Self::primary(words)
        }
    }

    /// With a pictogram before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self {
            icon: Some(icon),
            ..self
        }
    }

    /// Can it be pressed now?
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// As wide as what is left.
    pub fn wide(self, ui: &mut Ui) -> bool {
        let size = vec2(ui.available_width(), self.height);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        self.at(ui, rect)
    }

    /// As wide as its words.
    pub fn show(self, ui: &mut Ui) -> bool {
        let galley = words::on_button(ui, self.words, ui.available_width());
        let icon = if self.icon.is_some() {
            theme::ICON + theme::GAP_S
        } else {
            0.0
        };
        let padding = if self.voice == Voice::Quiet {
            theme::GAP_M
        } else {
            theme::GAP_L
        };
        let width = (galley.size().x + icon + 2.0 * padding + 1.0).min(ui.available_width());
        let (rect, _) = ui.allocate_exact_size(vec2(width, self.height), Sense::hover());
        self.at(ui, rect)
    }

    /// Exactly there.
    pub fn at(self, ui: &mut Ui, rect: Rect) -> bool {
        let sense = if self.enabled {
            Sense::click()
        } else {
            Sense::hover()
        };
        let response = touch::at(ui, rect, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.enabled, self.words));
        self.paint(ui, rect, &response);
        response.clicked()
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) {
        let down = response.is_pointer_button_down_on();
        let (fill, ink, outline) = self.colours(down);
        let painter = ui.painter();
        let rect = if down { rect.shrink(2.0) } else { rect };
        if self.voice == Voice::Primary && self.enabled && !down {
            painter.add(theme::card_shade().as_shape(rect, theme::corner()));
        }
        painter.rect(rect, theme::corner(), fill, outline, StrokeKind::Inside);
        if response.has_focus() {
            let stroke = Stroke::new(theme::LINE_CHOSEN, theme::ACCENT);
            painter.rect_stroke(
                rect.expand(6.0),
                theme::corner(),
                stroke,
                StrokeKind::Outside,
            );
        }
        let icon_width = if self.icon.is_some() {
            theme::ICON + theme::GAP_S
        } else {
            0.0
        };
        let room = rect.width() - icon_width - 2.0 * theme::GAP_S;
        let galley = words::on_button(ui, self.words, room);
        let left = rect.center().x - f32::midpoint(galley.size().x, icon_width);
        if let Some(icon) = self.icon {
            let place = Rect::from_center_size(
                egui::pos2(left + theme::ICON / 2.0, rect.center().y),
                Vec2::splat(theme::ICON),
            );
            icon::paint(painter, place, icon, ink);
        }
        let top = rect.center().y - galley.size().y / 2.0;
        // the galley is laid out around its middle
        let middle = left + icon_width + galley.size().x / 2.0;
        painter.galley_with_override_text_color(egui::pos2(middle, top), galley, ink);
    }

    fn colours(&self, down: bool) -> (Color32, Color32, Stroke) {
        match (self.voice, self.enabled) {
            (Voice::Primary, true) => {
                let fill = if down {
                    theme::ACCENT_PRESSED
                } else {
                    theme::ACCENT
                };
                (fill, theme::ON_ACCENT, Stroke::NONE)
            }
            (Voice::Primary | Voice::Secondary, false) => {
                (theme::SUNKEN, theme::INK_ASLEEP, theme::hairline())
            }
            (Voice::Secondary, true) => {
                let fill = if down {
                    theme::SUNKEN_PRESSED
                } else {
                    theme::CARD
                };
                (
                    fill,
                    theme::INK,
                    Stroke::new(theme::LINE + 0.5, theme::OUTLINE),
                )
            }
            (Voice::Quiet, enabled) => {
                let fill = if down {
                    theme::SUNKEN_PRESSED
                } else {
                    Color32::TRANSPARENT
                };
                (
                    fill,
                    if enabled {
                        theme::ACCENT
                    } else {
                        theme::INK_ASLEEP
                    },
                    Stroke::NONE,
                )
            }
        }
    }
}

/// Which of a screen's actions was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// The one thing to do here.
    Primary,
    /// The other way.
    Secondary,
}

/// The actions of a screen, in their place at the bottom: the primary at the right, in reach of every hand.
pub fn actions(
    ui: &mut Ui,
    primary: Option<Button<'_>>,
    secondary: Option<Button<'_>>,
) -> Option<Pressed> {
    actions_in(ui, &layout::areas(ui), primary, secondary)
}

/// The same in other areas than those of a screen on the way.
pub fn actions_in(
    ui: &mut Ui,
    areas: &Areas,
    primary: Option<Button<'_>>,
    secondary: Option<Button<'_>>,
) -> Option<Pressed> {
    let (first, second) = places(areas, primary.is_some(), secondary.is_some());
    let other = secondary.is_some_and(|button| button.at(ui, first));
    let main = primary.is_some_and(|button| button.at(ui, second));
    match (main, other) {
        (true, _) => Some(Pressed::Primary),
        (_, true) => Some(Pressed::Secondary),
        (false, false) => None,
    }
}

fn places(areas: &Areas, primary: bool, secondary: bool) -> (Rect, Rect) {
    let row = areas.actions;
    let gap = theme::GAP_M;
    if areas.portrait {
        let share = if primary && secondary { 0.4 } else { 0.0 };
        let split = row.left() + row.width() * share;
        let right_from = if share > 0.0 { split + gap } else { row.left() };
        let left_to = if share > 0.0 { split } else { row.right() };
        return (row.with_max_x(left_to), row.with_min_x(right_from));
    }
    let main = (row.width() * 0.54).min(560.0);
    let other = if primary {
        (row.width() - main - gap).min(440.0)
    } else {
        main + theme::GAP_XL
    };
    let second = row.with_min_x(row.right() - main);
    let edge = if primary {
        second.left() - gap
    } else {
        row.right()
    };
    (
        Rect::from_min_max(
            egui::pos2(edge - other, row.top()),
            egui::pos2(edge, row.bottom()),
        ),
        second,
    )
}
