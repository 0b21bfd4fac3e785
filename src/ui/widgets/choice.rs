//! One of several: a row that can be chosen.

use super::icon::{self, Icon};
use super::{badge, words};
use crate::ui::theme::{self, Mood, Type};
use egui::accesskit::Role;
use egui::{Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

/// A row: what it is, a detail, and how it stands.
#[derive(Debug)]
#[must_use]
pub struct Choice<'a> {
    title: &'a str,
    detail: &'a str,
    icon: Option<Icon>,
    badge: Option<(Mood, Icon, String)>,
    chosen: Option<bool>,
    enabled: bool,
    height: f32,
}

impl<'a> Choice<'a> {
    /// A row that leads on when touched.
    pub fn new(title: &'a str) -> Self {
        Self {
            title,
            detail: "",
            icon: None,
            badge: None,
            chosen: None,
            enabled: true,
            height: 0.0,
        }
    }

    /// A second line.
    pub fn detail(self, detail: &'a str) -> Self {
        Self { detail, ..self }
    }

    /// A pictogram before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self {
            icon: Some(icon),
            ..self
        }
    }

    /// How it stands, at the right.
    pub fn badge(self, mood: Mood, icon: Icon, label: String) -> Self {
        Self {
            badge: Some((mood, icon, label)),
            ..self
        }
    }

    /// One of several is chosen, then confirmed: shows a ring, filled when this is the one.
    pub fn chosen(self, chosen: bool) -> Self {
        Self {
            chosen: Some(chosen),
            ..self
        }
    }

    /// Can it be chosen?
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// At least this high.
    pub fn height(self, height: f32) -> Self {
        Self { height, ..self }
    }

    /// As wide as what is left; true when touched.
    pub fn show(self, ui: &mut Ui) -> bool {
        let width = ui.available_width();
        let room = self.room(ui, width);
        let title = words::fitted(ui, self.title, true, Type::Body, room, 2);
        let detail = (!self.detail.is_empty())
            .then(|| words::fitted(ui, self.detail, false, Type::Small, room, 2));
        let text_height = title.size().y + detail.as_ref().map_or(0.0, |d| d.size().y + 2.0);
        let height = (text_height + 2.0 * theme::GAP_M)
            .max(theme::TOUCH + theme::GAP_XS)
            .max(self.height);
        let sense = if self.enabled {
            Sense::click()
        } else {
            Sense::hover()
        };
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), sense);
        self.announce(&response);
        self.paint(ui, rect, &response);
        let ink = if self.enabled {
            theme::INK
        } else {
            theme::INK_ASLEEP
        };
        let left = rect.left() + self.left();
        let mut top = rect.center().y - text_height / 2.0;
        let title_height = title.size().y;
        ui.painter()
            .galley_with_override_text_color(pos2(left, top), title, ink);
        top += title_height + 2.0;
        if let Some(detail) = detail {
            let ink = if self.enabled {
                theme::INK_SOFT
            } else {
                theme::INK_ASLEEP
            };
            ui.painter()
                .galley_with_override_text_color(pos2(left, top), detail, ink);
        }
        response.clicked()
    }

    fn announce(&self, response: &Response) {
        response.widget_info(|| match self.chosen {
            Some(chosen) => {
                WidgetInfo::selected(Role::RadioButton, self.enabled, chosen, self.title)
            }
            None => WidgetInfo::labeled(Role::Button, self.enabled, self.title),
        });
    }

    fn left(&self) -> f32 {
        if self.icon.is_some() || self.chosen.is_some() {
            theme::GAP_M * 2.0 + theme::ICON
        } else {
            theme::GAP_L - 8.0
        }
    }

    fn right(&self, ui: &Ui, width: f32) -> f32 {
        let mark = if self.chosen.is_none() && self.enabled {
            theme::ICON_S + theme::GAP_S
        } else {
            0.0
        };
        let label = self.badge.as_ref().map_or(0.0, |(_, _, label)| {
            badge::badge_size(ui, label, width * 0.5).x + theme::GAP_S
        });
        theme::GAP_M + mark + label
    }

    fn room(&self, ui: &Ui, width: f32) -> f32 {
        width - self.left() - self.right(ui, width)
    }

    fn paint(&self, ui: &mut Ui, rect: Rect, response: &Response) {
        let chosen = self.chosen == Some(true);
        let down = response.is_pointer_button_down_on();
        let fill = match (chosen, down, self.enabled) {
            (true, ..) => theme::ACCENT_TINT,
            (_, true, _) => theme::SUNKEN_PRESSED,
            (_, _, true) => theme::CARD,
            (_, _, false) => theme::PAPER,
        };
        let outline = if chosen || response.has_focus() {
            Stroke::new(theme::LINE_CHOSEN, theme::ACCENT)
        } else if self.enabled {
            Stroke::new(theme::LINE, theme::OUTLINE)
        } else {
            theme::hairline()
        };
        ui.painter()
            .rect(rect, theme::corner(), fill, outline, StrokeKind::Inside);
        self.paint_mark(ui, rect);
        let mut right = rect.right() - theme::GAP_M;
        if self.chosen.is_none() && self.enabled {
            let place = Rect::from_center_size(
                pos2(right - theme::ICON_S / 2.0, rect.center().y),
                Vec2::splat(theme::ICON_S),
            );
            icon::paint(ui.painter(), place, Icon::Right, theme::INK_SOFT);
            right -= theme::ICON_S + theme::GAP_S;
        }
        if let Some((mood, icon, label)) = &self.badge {
            let size = badge::badge_size(ui, label, rect.width() * 0.5);
            let place =
                Rect::from_min_size(pos2(right - size.x, rect.center().y - size.y / 2.0), size);
            badge::badge_at(ui, place, *mood, *icon, label);
        }
    }

    fn paint_mark(&self, ui: &Ui, rect: Rect) {
        let centre = pos2(
            rect.left() + theme::GAP_M + theme::ICON / 2.0,
            rect.center().y,
        );
        let place = Rect::from_center_size(centre, Vec2::splat(theme::ICON));
        let painter = ui.painter();
        match (self.chosen, self.icon) {
            (Some(true), _) => {
                painter.circle_filled(centre, theme::ICON / 2.0, theme::ACCENT);
                icon::paint(painter, place.shrink(9.0), Icon::Check, theme::ON_ACCENT);
            }
            (Some(false), _) => {
                let ink = if self.enabled {
                    theme::OUTLINE
                } else {
                    theme::HAIRLINE
                };
                painter.circle_stroke(centre, theme::ICON / 2.0 - 1.5, Stroke::new(2.5, ink));
            }
            (None, Some(icon)) => {
                let ink = if self.enabled {
                    theme::ACCENT
                } else {
                    theme::INK_ASLEEP
                };
                icon::paint(painter, place, icon, ink);
            }
            (None, None) => {}
        }
    }
}

/// One line of a list to confirm: a box, a pictogram, what is so.
pub fn confirm(ui: &mut Ui, confirmed: bool, mark: Icon, label: &str) -> bool {
    const HEIGHT: f32 = 76.0;
    const SIDE: f32 = 48.0;
    let width = ui.available_width();
    let left = SIDE + theme::ICON + 2.0 * theme::GAP_S;
    let galley = words::fitted(ui, label, false, Type::Body, width - left, 2);
    let height = galley.size().y.max(HEIGHT);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, confirmed, label));
    let painter = ui.painter();
    if response.is_pointer_button_down_on() {
        painter.rect_filled(rect, theme::corner(), theme::SUNKEN_PRESSED);
    }
    let place = Rect::from_center_size(
        pos2(rect.left() + SIDE / 2.0, rect.center().y),
        Vec2::splat(SIDE),
    );
    let (fill, outline) = if confirmed {
        (theme::ACCENT, theme::ACCENT)
    } else {
        (theme::CARD, theme::OUTLINE)
    };
    let stroke = Stroke::new(3.0, outline);
    painter.rect(place, theme::RADIUS_S, fill, stroke, StrokeKind::Inside);
    if confirmed {
        icon::paint(painter, place.shrink(8.0), Icon::Check, theme::ON_ACCENT);
    }
    let pictogram = Rect::from_center_size(
        pos2(
            place.right() + theme::GAP_S + theme::ICON / 2.0,
            rect.center().y,
        ),
        Vec2::splat(theme::ICON),
    );
    icon::paint(painter, pictogram, mark, theme::ACCENT);
    let at = pos2(rect.left() + left, rect.center().y - galley.size().y / 2.0);
    painter.galley_with_override_text_color(at, galley, theme::INK);
    response.clicked()
}

/// A box to tick, with what is confirmed.
pub fn tick(ui: &mut Ui, ticked: bool, label: &str) -> bool {
    let width = ui.available_width();
    let side = 56.0;
    let galley = words::fitted(
        ui,
        label,
        true,
        Type::Body,
        width - side - 3.0 * theme::GAP_M,
        2,
    );
    let height = (galley.size().y + 2.0 * theme::GAP_S).max(theme::TOUCH);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, label));
    let down = response.is_pointer_button_down_on();
    let painter = ui.painter();
    let fill = if down {
        theme::SUNKEN_PRESSED
    } else if ticked {
        theme::ACCENT_TINT
    } else {
        theme::CARD
    };
    let stroke = if ticked || response.has_focus() {
        Stroke::new(theme::LINE_CHOSEN, theme::ACCENT)
    } else {
        Stroke::new(theme::LINE + 0.5, theme::OUTLINE)
    };
    painter.rect(rect, theme::corner(), fill, stroke, StrokeKind::Inside);
    let place = Rect::from_center_size(
        pos2(rect.left() + theme::GAP_M + side / 2.0, rect.center().y),
        Vec2::splat(side),
    );
    let (fill, outline) = if ticked {
        (theme::ACCENT, theme::ACCENT)
    } else {
        (theme::CARD, theme::OUTLINE)
    };
    painter.rect(
        place,
        theme::RADIUS_S,
        fill,
        Stroke::new(3.0, outline),
        StrokeKind::Inside,
    );
    if ticked {
        icon::paint(painter, place.shrink(9.0), Icon::Check, theme::ON_ACCENT);
    }
    let at = pos2(
        place.right() + theme::GAP_M,
        rect.center().y - galley.size().y / 2.0,
    );
    painter.galley_with_override_text_color(at, galley, theme::INK);
    response.clicked()
}
