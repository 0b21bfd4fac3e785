//! Paying, the other half: nine digits on a keypad, and why what was shown proves nothing.

use super::Scene;
use super::reading_code::seen_words;
use crate::session::{DIGITS, PayProblem, Paying, PayingIntent};
use crate::ui::keyboard::{self, Press};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::keypad;
use crate::ui::widgets::{self, Button, Icon, badge, button, progress};
use egui::{Rect, Ui, pos2, vec2};

/// The keypad.
pub(super) fn digits_ui(ui: &mut Ui, step: &Paying, scene: &Scene<'_>) -> Option<PayingIntent> {
    let text = scene.text;
    let typed = step.typed.as_deref().unwrap_or_default();
    let ((), pressed) = layout::panes(
        ui,
        "paying-digits",
        Second::Fills,
        |ui| {
            widgets::title(
                ui,
                t!(text, "pay-digits-title"),
                t!(text, "pay-digits-lead"),
            );
            ui.add_space(theme::GAP_S);
            badge::slot(ui, 3, |ui| {
                if let Some(problem) = step.problem {
                    let (mood, what, detail) = said(problem, scene);
                    badge::notice(ui, mood, Icon::Warning, &what, &detail);
                }
            });
        },
        |ui| {
            progress::places(ui, typed, DIGITS, 72.0, &t!(text, "pay-digits-typed"));
            ui.add_space(theme::GAP_M);
            keys(ui, scene)
        },
    );
    let pressed = pressed.or_else(|| keyboard::physical(ui).into_iter().next());
    let back = t!(text, "pay-digits-back");
    let left = button::actions(ui, None, Some(Button::secondary(&back)));
    let typed = pressed.map(|press| match press {
        Press::Char(key) => PayingIntent::Digit(key),
        Press::Erase | Press::Clear => PayingIntent::Erase,
    });
    typed.or(left.map(|_| PayingIntent::CloseKeypad))
}

fn keys(ui: &mut Ui, scene: &Scene<'_>) -> Option<Press> {
    let words = scene.key_words();
    let room = ui.available_rect_before_wrap();
    let width = room.width().min(720.0);
    let pad = Rect::from_min_size(
        pos2(room.center().x - width / 2.0, room.top()),
        vec2(width, room.height().min(600.0)),
    );
    keypad::digits(ui, pad, None, &words)
}

/// Why it proves nothing, and what to do.
pub(super) fn said(problem: PayProblem, scene: &Scene<'_>) -> (Mood, String, String) {
    let text = scene.text;
    let (what, detail) = match problem {
        PayProblem::SomethingElse(seen) => (
            seen_words(seen, scene),
            t!(text, "proof-something-else-text"),
        ),
        PayProblem::NotGenuine => (
            t!(text, "proof-not-genuine"),
            t!(text, "proof-not-genuine-text"),
        ),
        PayProblem::OldKey => (t!(text, "proof-old-key"), t!(text, "proof-old-key-text")),
        PayProblem::OtherCampus => (t!(text, "proof-campus"), t!(text, "proof-campus-text")),
        PayProblem::OtherStudent => (t!(text, "proof-student"), t!(text, "proof-student-text")),
        PayProblem::OtherCollection => (
            t!(text, "proof-collection"),
            t!(text, "proof-collection-text"),
        ),
        PayProblem::OtherAmount => (t!(text, "proof-amount"), t!(text, "proof-amount-text")),
        PayProblem::Refunded => (t!(text, "proof-refunded"), t!(text, "proof-refunded-text")),
        PayProblem::VoucherSpent => (t!(text, "proof-voucher"), t!(text, "proof-voucher-text")),
        PayProblem::WrongDigits(left) => (
            t!(text, "proof-digits"),
            t!(text, "proof-digits-text", tries = left),
        ),
        PayProblem::DigitsLocked => (t!(text, "proof-locked"), t!(text, "proof-locked-text")),
        PayProblem::NotEquipped => (
            t!(text, "proof-not-equipped"),
            t!(text, "proof-not-equipped-text"),
        ),
        PayProblem::NoCash => (t!(text, "proof-no-cash"), t!(text, "proof-no-cash-text")),
        PayProblem::KeysTaken => {
            return (
                Mood::Good,
                t!(text, "proof-keys"),
                t!(text, "proof-keys-text"),
            );
        }
    };
    (Mood::Care, what, detail)
}
