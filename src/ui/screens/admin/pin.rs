//! The keypad that opens the attendant's screens. Shows how many digits were typed, never which.

use super::super::Scene;
use crate::admin::{AdminIntent, EnteringPin, SHORTEST_PIN};
use crate::ui::keyboard::{self, Press};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::keypad;
use crate::ui::widgets::{self, Button, Icon, badge, button, progress};
use egui::{Rect, Ui, pos2, vec2};

/// Dots drawn before anything is typed.
const PIN_DOTS: usize = 6;

pub(super) fn pin_ui(ui: &mut Ui, pin: &EnteringPin, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let closed = pin
        .closed_until
        .map(|until| scene.left(until).as_secs())
        .filter(|left| *left > 0);
    let areas = layout::areas(ui).off_the_way();
    let ((), pressed) = layout::panes_in(
        ui,
        &areas,
        "pin",
        Second::Fills,
        |ui| {
            widgets::title(ui, t!(text, "admin-pin-title"), t!(text, "admin-pin-lead"));
            ui.add_space(theme::GAP_S);
            badge::slot(ui, 1, |ui| trouble(ui, closed, pin.wrong, scene));
        },
        |ui| {
            progress::dots(
                ui,
                pin.typed.chars().count(),
                PIN_DOTS,
                &t!(text, "admin-pin-typed"),
            );
            ui.add_space(theme::GAP_S);
            let room = ui.available_rect_before_wrap();
            let pad = Rect::from_min_size(
                pos2(room.center().x - 340.0, room.top()),
                vec2(680.0, room.height().min(600.0)),
            );
            keypad::digits(ui, pad, None, &scene.key_words())
        },
    );
    let typed = pressed
        .or_else(|| keyboard::physical(ui).into_iter().next())
        .map(|press| match press {
            Press::Char(digit) => AdminIntent::Digit(digit),
            Press::Erase | Press::Clear => AdminIntent::Erase,
        });
    let (enter, leave) = (t!(text, "admin-enter"), t!(text, "back"));
    let primary = Button::primary(&enter).enabled(
        pin.typed.chars().count() >= SHORTEST_PIN && closed.is_none() && pin.question.is_none(),
    );
    let pressed = button::actions_in(ui, &areas, Some(primary), Some(Button::secondary(&leave)));
    typed.or(pressed.map(|pressed| match pressed {
        button::Pressed::Primary => AdminIntent::Enter,
        button::Pressed::Secondary => AdminIntent::Leave,
    }))
}

/// Why it does not open, if it does not.
fn trouble(ui: &mut Ui, closed_s: Option<u64>, wrong: bool, scene: &Scene<'_>) {
    let text = scene.text;
    if let Some(seconds) = closed_s {
        ui.ctx().request_repaint_after_secs(1.0);
        let what = t!(text, "admin-pin-wait", seconds = seconds);
        badge::notice(ui, Mood::Trouble, Icon::Lock, &what, "");
    } else if wrong {
        let what = t!(text, "admin-pin-wrong");
        badge::notice(ui, Mood::Care, Icon::Warning, &what, "");
    }
}
