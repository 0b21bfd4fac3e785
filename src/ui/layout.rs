//! Where things are: one composition for tall screens, one for wide ones.
//!
//! Reading goes from the top down, hands stay at the bottom: everything that can be touched on every screen
//! (going back, language, help, the primary action) lies in the lower fifth, in reach from a wheelchair.

use super::theme;
use egui::{Align, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

/// The named areas of the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Areas {
    /// Taller than wide.
    pub portrait: bool,
    /// Everything.
    pub screen: Rect,
    /// The booth's or the school's name, and how the booth is.
    pub brand: Rect,
    /// Where one is on the way.
    pub journey: Rect,
    /// What the screen is about.
    pub content: Rect,
    /// The primary action and at most one other.
    pub actions: Rect,
    /// Back, language, help, settings, leaving; [`Rect::NOTHING`] on a screen that has none.
    pub dock: Rect,
}

impl Areas {
    /// The areas of a screen of logical points.
    pub fn of(screen: Rect) -> Self {
        if screen.height() > screen.width() {
            Self::portrait(screen)
        } else {
            Self::landscape(screen)
        }
    }

    fn portrait(screen: Rect) -> Self {
        let inner = screen.shrink2(vec2(theme::MARGIN, 0.0));
        let band = |top: f32, bottom: f32| {
            Rect::from_min_max(pos2(inner.left(), top), pos2(inner.right(), bottom))
        };
        let (top, bottom) = (screen.top(), screen.bottom());
        Self {
            portrait: true,
            screen,
            brand: band(top + 40.0, top + 112.0),
            journey: band(top + 140.0, top + 220.0),
            content: band(top + 276.0, bottom - 336.0),
            actions: band(bottom - 296.0, bottom - 296.0 + theme::PRIMARY_HEIGHT),
            dock: band(bottom - 140.0, bottom - 28.0),
        }
    }

    fn landscape(screen: Rect) -> Self {
        let inner = screen.shrink2(vec2(theme::MARGIN + theme::GAP_M, 0.0));
        let (top, bottom) = (screen.top(), screen.bottom());
        let across = |from: f32, to: f32, y: f32, height: f32| {
            let x = |share: f32| inner.left() + inner.width() * share;
            Rect::from_min_max(pos2(x(from), y), pos2(x(to), y + height))
        };
        let bar = bottom - 160.0;
        Self {
            portrait: false,
            screen,
            brand: across(0.0, 1.0, top + 32.0, 72.0),
            journey: across(0.26, 0.72, top + 28.0, 80.0),
            content: Rect::from_min_max(
                pos2(inner.left(), top + 152.0),
                pos2(inner.right(), bar - theme::GAP_L),
            ),
            actions: across(0.455, 1.0, bar, theme::PRIMARY_HEIGHT),
            dock: across(0.0, 0.43, bar + 6.0, 112.0),
        }
    }

    /// The same for a screen that is not on the way: its content begins where the journey would be, and where it has no
    /// dock below it, its actions lie there.
    #[must_use]
    pub fn off_the_way(self) -> Self {
        if !self.portrait {
            let top = self.brand.bottom() + theme::GAP_L;
            return Self {
                content: self.content.with_min_y(top),
                ..self
            };
        }
        let actions = self
            .actions
            .translate(vec2(0.0, self.dock.bottom() - self.actions.bottom()));
        let content = self
            .content
            .with_min_y(self.brand.bottom() + theme::GAP_XL)
            .with_max_y(actions.top() - theme::GAP_L);
        Self {
            content,
            actions,
            ..self
        }
    }

    /// The same for a screen without a dock: on a wide one the left pane may take its place.
    #[must_use]
    pub fn undocked(self) -> Self {
        Self {
            dock: Rect::NOTHING,
            ..self
        }
    }

    /// The content as two panes: what to do, and the thing itself. Side by side on a wide screen; one above
    /// the other on a tall one, where the upper pane is as high as `upper`.
    pub fn panes(&self, upper: f32) -> (Rect, Rect) {
        let content = self.content;
        if self.portrait {
            let middle = content.top() + upper;
            let first = Rect::from_min_max(content.min, pos2(content.right(), middle));
            (
                first,
                Rect::from_min_max(pos2(content.left(), middle + theme::GAP_L), content.max),
            )
        } else {
            let middle = content.left() + content.width() * 0.42;
            let low = if self.dock.is_positive() {
                content.bottom()
            } else {
                self.actions.bottom()
            };
            let first = Rect::from_min_max(content.min, pos2(middle, low));
            (
                first,
                Rect::from_min_max(
                    pos2(middle + theme::GAP_XL + theme::GAP_S, content.top()),
                    content.max,
                ),
            )
        }
    }
}

/// The areas of the screen that `ui` is on.
pub fn areas(ui: &Ui) -> Areas {
    Areas::of(ui.ctx().content_rect())
}

/// Draws into `rect`, from the top left down, without moving anything else.
pub fn place<R>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::top_down(Align::Min)),
    );
    child.set_width(rect.width());
    add(&mut child)
}

/// Draws into `rect`, in the middle of its height, at `share` of the free space from the top (0.5 is the middle).
pub fn float<R>(
    ui: &mut Ui,
    rect: Rect,
    share: f32,
    salt: &str,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let id = ui.scope_id().with(("float", salt));
    let known: Option<f32> = ui.data(|data| data.get_temp(id));
    let free = known.map_or(0.0, |height| (rect.height() - height).max(0.0));
    let top = pos2(rect.left(), rect.top() + free * share);
    let mut child = ui.new_child(
        UiBuilder::new()
            .id_salt(salt)
            .max_rect(Rect::from_min_max(top, rect.max))
            .layout(Layout::top_down(Align::Min)),
    );
    child.set_width(rect.width());
    let result = add(&mut child);
    let height = child.min_rect().height();
    if known.is_none_or(|known| (known - height).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, height));
        ui.ctx()
            .request_discard("the height of the content was not known");
    }
    result
}

/// What the second pane of a screen does with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// It fills it.
    Fills,
    /// It is as high as it is, and on a wide screen stands in the middle.
    Floats,
}

/// Two panes of a screen: the upper (or left) one says what to do, the lower (or right) one is the thing
/// itself. On a tall screen the second begins right below the first.
pub fn panes<A, B>(
    ui: &mut Ui,
    salt: &str,
    place_of: Second,
    first: impl FnOnce(&mut Ui) -> A,
    second: impl FnOnce(&mut Ui) -> B,
) -> (A, B) {
    let areas = areas(ui);
    panes_in(ui, &areas, salt, place_of, first, second)
}

/// [`panes`] in areas of the screen's own.
pub fn panes_in<A, B>(
    ui: &mut Ui,
    areas: &Areas,
    salt: &str,
    place_of: Second,
    first: impl FnOnce(&mut Ui) -> A,
    second: impl FnOnce(&mut Ui) -> B,
) -> (A, B) {
    if !areas.portrait {
        let (left, right) = areas.panes(0.0);
        let a = float(ui, left, 0.4, &format!("{salt}-left"), first);
        let b = match place_of {
            Second::Fills => place(ui, right, second),
            Second::Floats => float(ui, right, 0.4, &format!("{salt}-right"), second),
        };
        return (a, b);
    }
    let builder = UiBuilder::new().id_salt(salt).max_rect(areas.content);
    let mut child = ui.new_child(builder.layout(Layout::top_down(Align::Min)));
    child.set_width(areas.content.width());
    let a = first(&mut child);
    let used = child.min_rect().height();
    let (_, below) = areas.panes(used);
    (a, place(ui, below, second))
}

/// A row of `count` equal cells of `height` in the width that is left.
pub fn cells(ui: &mut Ui, count: usize, height: f32, gap: f32) -> Vec<Rect> {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let cell = (width - gap * (count.max(1) - 1) as f32) / count.max(1) as f32;
    (0..count)
        .map(|i| {
            Rect::from_min_size(
                pos2(rect.left() + (cell + gap) * i as f32, rect.top()),
                vec2(cell, height),
            )
        })
        .collect()
}

/// The largest rectangle of `size`'s proportions in the middle of `rect`.
pub fn fitted(rect: Rect, size: Vec2) -> Rect {
    let scale = (rect.width() / size.x).min(rect.height() / size.y);
    Rect::from_center_size(rect.center(), size * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(width: f32, height: f32) -> Areas {
        Areas::of(Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height)))
    }

    #[test]
    fn areas_do_not_overlap_and_hands_stay_low() {
        for areas in [
            screen(1080.0, 1920.0),
            screen(1920.0, 1080.0),
            screen(1440.0, 1080.0),
        ] {
            assert!(areas.journey.bottom() < areas.content.top());
            assert!(areas.content.bottom() < areas.actions.top());
            assert!(
                areas.actions.intersect(areas.dock).is_negative()
                    || areas.actions.top() > areas.dock.bottom()
            );
            assert!(
                areas.dock.top() > areas.screen.height() * 0.8
                    && areas.actions.top() > areas.screen.height() * 0.8
            );
            assert!(
                areas.screen.contains_rect(areas.actions) && areas.screen.contains_rect(areas.dock)
            );
            assert!(areas.actions.height() >= theme::TOUCH && areas.dock.height() >= theme::TOUCH);
        }
    }
}
