//! The last four characters of the ID number, on a keypad.

use super::Scene;
use crate::session::{EnteringLastFour, EnteringLastFourIntent};
use crate::ui::keyboard::{self, Press};
use crate::ui::layout::{self, Second};
use crate::ui::text::{about, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::keypad;
use crate::ui::widgets::{self, Button, Icon, badge, button, progress};
use egui::{Rect, Ui, pos2};

const PLACES: usize = 4;

/// Four places, a keypad, and how many tries are left.
pub fn entering_last_four_ui(
    ui: &mut Ui,
    step: &EnteringLastFour,
    scene: &mut Scene<'_>,
) -> Option<EnteringLastFourIntent> {
    let text = scene.text;
    let kind = about::id_kind(text, step.status.id_kind);
    let ((), pressed) = layout::panes(
        ui,
        "last-four",
        Second::Fills,
        |ui| {
            widgets::title(
                ui,
                t!(text, "four-title"),
                t!(text, "four-lead", kind = kind),
            );
            ui.add_space(theme::GAP_S);
            badge::slot(ui, 2, |ui| trouble(ui, step, scene));
        },
        |ui| {
            progress::places(ui, &step.typed, PLACES, 132.0, &t!(text, "four-typed"));
            ui.add_space(theme::GAP_M);
            if step.locked { None } else { keys(ui, scene) }
        },
    );
    let pressed = pressed.or_else(|| keyboard::physical(ui).into_iter().next());
    let sure = t!(text, "sure");
    let ready = step.typed.chars().count() == PLACES && !step.locked;
    let confirmed = button::actions(ui, Some(Button::primary(&sure).enabled(ready)), None);
    let typed = pressed.map(|press| match press {
        Press::Char(key) => EnteringLastFourIntent::Key(key.to_ascii_uppercase()),
        Press::Erase | Press::Clear => EnteringLastFourIntent::Erase,
    });
    typed.or(confirmed.map(|_| EnteringLastFourIntent::Sure))
}

fn trouble(ui: &mut Ui, step: &EnteringLastFour, scene: &Scene<'_>) {
    let text = scene.text;
    if step.locked {
        badge::notice(
            ui,
            Mood::Trouble,
            Icon::Lock,
            &t!(text, "four-locked"),
            &t!(text, "four-locked-text"),
        );
    } else if step.wrong {
        let detail = t!(text, "four-wrong-text", tries = step.tries_left);
        badge::notice(
            ui,
            Mood::Care,
            Icon::Warning,
            &t!(text, "four-wrong"),
            &detail,
        );
    } else {
        widgets::note(ui, t!(text, "four-brackets"));
    }
}

/// Digits with X, or letters: passports and permits end in both.
fn keys(ui: &mut Ui, scene: &Scene<'_>) -> Option<Press> {
    let text = scene.text;
    let id = ui.scope_id().with("letters");
    let letters: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let words = scene.key_words();
    let room = ui.available_rect_before_wrap();
    let width = if letters {
        room.width()
    } else {
        room.width().min(720.0)
    };
    let height =
        (room.height() - theme::TOUCH - theme::GAP_S).min(if letters { 520.0 } else { 600.0 });
    let pad = Rect::from_min_size(
        pos2(room.center().x - width / 2.0, room.top()),
        egui::vec2(width, height),
    );
    let pressed = if letters {
        keypad::letters(ui, pad, false, &words)
    } else {
        keypad::digits(ui, pad, Some('X'), &words)
    };
    let switch = if letters {
        t!(text, "key-digits")
    } else {
        t!(text, "key-letters")
    };
    let place = Rect::from_min_size(
        pos2(room.center().x - 160.0, pad.bottom() + theme::GAP_S),
        egui::vec2(320.0, theme::TOUCH),
    );
    if Button::quiet(&switch).at(ui, place) {
        ui.data_mut(|data| data.insert_temp(id, !letters));
    }
    pressed.filter(|press| *press != Press::Char(' '))
}
