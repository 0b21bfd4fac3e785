//! Paying: the code, how long it is good for, and what the provider says.

use super::{Scene, paying_digits};
use crate::session::{PayState, Paying, PayingIntent, PaymentCode};
use crate::ui::gallery::Shown;
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::live::{self, Guides};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, icon, qr, words};
use egui::{Rect, Sense, Ui, Vec2, vec2};
use std::time::Duration;

/// What a code is for, in two lines below it.
const CAPTION_PX: f32 = 2.0 * Type::Small.line() + theme::GAP_S;
/// A view into which a phone can be held.
const LEAST_VIEW_PX: f32 = 260.0;

/// The code and its state; giving up waits for the provider's word. Beside it the camera looks for a receipt.
pub fn paying_ui(ui: &mut Ui, step: &Paying, scene: &mut Scene<'_>) -> Option<PayingIntent> {
    let text = scene.text;
    if step.typed.is_some() {
        return paying_digits::digits_ui(ui, step, scene);
    }
    let seen = scene.gallery.live(ui.ctx(), scene.live);
    let scene = &*scene;
    layout::panes(
        ui,
        "paying",
        Second::Floats,
        |ui| {
            let lead = if step.state == PayState::Offline {
                t!(text, "pay-lead-offline")
            } else {
                t!(text, "pay-lead")
            };
            widgets::title(ui, t!(text, "pay-title"), lead);
            price(ui, step, scene);
            ui.add_space(theme::GAP_S);
            beside(ui, step, seen, scene);
        },
        |ui| code(ui, step, seen, scene),
    );
    actions(ui, step, scene)
}

/// Going back; where the booth has no network, the keypad for a phone that cannot be held up.
fn actions(ui: &mut Ui, step: &Paying, scene: &Scene<'_>) -> Option<PayingIntent> {
    let text = scene.text;
    let give_up = if step.state == PayState::Offline {
        t!(text, "pay-later-back")
    } else {
        t!(text, "pay-give-up")
    };
    let enabled = matches!(
        step.state,
        PayState::Waiting | PayState::Checking | PayState::Offline
    );
    let give_up = Button::secondary(&give_up).enabled(enabled);
    let keypad = t!(text, "pay-type-digits");
    let keypad =
        (step.state == PayState::Offline).then(|| Button::secondary(&keypad).icon(Icon::Code));
    Some(match button::actions(ui, keypad, Some(give_up))? {
        button::Pressed::Primary => PayingIntent::OpenKeypad,
        button::Pressed::Secondary => PayingIntent::GiveUp,
    })
}

/// How much, for what, to whom, under which number.
fn price(ui: &mut Ui, step: &Paying, scene: &Scene<'_>) {
    let text = scene.text;
    ui.add_space(theme::GAP_XS);
    words::say(
        ui,
        step.order.fee.to_string(),
        Type::Display.bold(),
        Type::Display.line(),
        theme::ACCENT,
    );
    widgets::note(ui, scene.title(&step.chosen.standing.collection));
    let payee = step
        .code()
        .map(|code| code.payee.as_str())
        .unwrap_or_default();
    let number = step.order.id.short().to_uppercase();
    widgets::note(
        ui,
        if payee.is_empty() {
            t!(text, "pay-number", number = number)
        } else {
            t!(text, "pay-payee", payee = payee, number = number)
        },
    );
}

/// What to know before paying; where the booth has no network, what the camera sees and how to prove the payment.
fn beside(ui: &mut Ui, step: &Paying, seen: Option<Shown>, scene: &Scene<'_>) {
    let text = scene.text;
    if let Some(problem) = step.problem {
        let (mood, what, detail) = paying_digits::said(problem, scene);
        badge::notice(ui, mood, Icon::Info, &what, &detail);
        ui.add_space(theme::GAP_S);
    }
    if step.state != PayState::Offline {
        // upright, the code below is worth more than what the page before has said already
        if !layout::areas(ui).portrait {
            widgets::line(ui, Icon::Retake, &t!(text, "pay-once"));
            widgets::line(ui, Icon::Lock, &t!(text, "pay-kept"));
        }
        widgets::line(ui, Icon::Warning, &t!(text, "pay-not-twice"));
        return;
    }
    let areas = layout::areas(ui);
    if areas.portrait {
        return;
    }
    let room = ui.available_rect_before_wrap();
    let tallest = (areas.panes(0.0).0.bottom() - room.top()).min(400.0);
    let height = (room.width() * 0.56).min(tallest);
    // where a notice takes its room the picture steps back; the camera looks all the same
    if height >= 100.0 {
        let rect = Rect::from_min_size(room.min, vec2(room.width(), height));
        view(ui, rect, seen, scene);
        ui.advance_cursor_after_rect(rect);
    }
}

/// What the camera sees, with a frame to hold the phone into.
fn view(ui: &mut Ui, rect: Rect, seen: Option<Shown>, scene: &Scene<'_>) {
    let guides = if seen.is_some() {
        Guides::Code
    } else {
        Guides::Off
    };
    live::live(ui, rect, seen, guides, &t!(scene.text, "pay-view"));
}

/// Upright and without a network, side by side: the code that the phone reads, and the view into which it is held.
fn both(ui: &mut Ui, step: &Paying, seen: Option<Shown>, scene: &Scene<'_>) {
    let text = scene.text;
    card::card_with(ui, theme::GAP_M, |ui| {
        if let Some(codes) = cut_off(step) {
            return codes_and_view(ui, step, codes, seen, scene);
        }
        let side = (ui.available_width() - theme::GAP_M) / 2.0;
        if let [left, right] = layout::cells(ui, 2, side, theme::GAP_M)[..] {
            layout::place(ui, left, |ui| match step.code() {
                Some(code) => qr::qr(ui, &code.url, side, &t!(text, "pay-code")),
                None => working(ui, side),
            });
            view(ui, right, seen, scene);
        }
        ui.add_space(theme::GAP_M);
        if step.problem.is_none() {
            said(ui, step, scene);
        }
    });
}

/// Where the network went after the provider's code was shown: that code, for who has not paid, and the order's own page,
/// which has the receipt for who has.
fn cut_off(step: &Paying) -> Option<[&PaymentCode; 2]> {
    match (&step.shown, &step.page, step.state) {
        (Some(shown), Some(page), PayState::Offline) => Some([shown, page]),
        _ => None,
    }
}

/// Upright: the two codes, and the view in what is left below them.
fn codes_and_view(
    ui: &mut Ui,
    step: &Paying,
    codes: [&PaymentCode; 2],
    seen: Option<Shown>,
    scene: &Scene<'_>,
) {
    let bottom = layout::areas(ui).content.bottom() - theme::GAP_M;
    let room = bottom - ui.next_widget_position().y;
    two_codes(ui, codes, room - CAPTION_PX - LEAST_VIEW_PX, scene);
    if step.problem.is_none() {
        widgets::note(ui, t!(scene.text, "pay-offline-text"));
        ui.add_space(theme::GAP_S);
    }
    let room = ui.available_rect_before_wrap().with_max_y(bottom);
    // the camera looks all the same where there is no room to show what it sees
    if room.height() >= LEAST_VIEW_PX / 2.0 {
        view(ui, room, seen, scene);
        ui.advance_cursor_after_rect(room);
    }
}

/// Side by side, each at most `side` and never too small for a phone, with what it is for below it.
fn two_codes(ui: &mut Ui, [shown, page]: [&PaymentCode; 2], side: f32, scene: &Scene<'_>) {
    let text = scene.text;
    let widest = (ui.available_width() - theme::GAP_M) / 2.0;
    let side = side.clamp(260.0, 420.0).min(widest);
    let codes = [
        (shown, t!(text, "pay-code"), t!(text, "pay-not-paid")),
        (
            page,
            t!(text, "pay-receipt-code"),
            t!(text, "pay-receipt-page"),
        ),
    ];
    let cells = layout::cells(ui, 2, side + CAPTION_PX, theme::GAP_M);
    for (cell, (code, label, use_of)) in cells.into_iter().zip(codes) {
        layout::place(ui, cell, |ui| {
            ui.vertical_centered(|ui| {
                qr::qr(ui, &code.url, side, &label);
                let font = Type::Small.bold();
                words::centred(ui, use_of, font, Type::Small.line(), theme::INK);
            });
        });
    }
}

fn code(ui: &mut Ui, step: &Paying, seen: Option<Shown>, scene: &Scene<'_>) {
    let text = scene.text;
    let areas = layout::areas(ui);
    if areas.portrait && step.state == PayState::Offline {
        return both(ui, step, seen, scene);
    }
    let room = if areas.portrait {
        ui.available_size()
    } else {
        areas.panes(0.0).1.size()
    };
    // an address of 180 characters wants no smaller code, and what is said below it wants its lines
    let said_px = if step.state == PayState::Offline {
        400.0
    } else {
        270.0
    };
    let side = (room.y - said_px).min(room.x - 160.0).clamp(260.0, 560.0);
    card::card(ui, |ui| {
        ui.vertical_centered(|ui| {
            let is_drawn = !matches!(step.state, PayState::Asking | PayState::Closing);
            match (cut_off(step), step.code().filter(|_| is_drawn)) {
                (Some(codes), _) => two_codes(ui, codes, side, scene),
                (None, Some(code)) => qr::qr(ui, &code.url, side, &t!(text, "pay-code")),
                (None, None) => working(ui, side),
            }
            ui.add_space(theme::GAP_S);
            // what was shown and is of no use is said beside; once is enough
            if step.problem.is_none() {
                said(ui, step, scene);
            }
        });
    });
}

fn working(ui: &mut Ui, side: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    Scene::waits(ui, rect.center(), (theme::HAIRLINE, theme::ACCENT));
    let place = Rect::from_center_size(rect.center(), Vec2::splat(theme::ICON_L * 0.8));
    icon::paint(ui.painter(), place, Icon::Wallet, theme::INK_SOFT);
}

fn said(ui: &mut Ui, step: &Paying, scene: &Scene<'_>) {
    let text = scene.text;
    let bold = |ui: &mut Ui, words_of: String| {
        words::centred(
            ui,
            words_of,
            Type::Lead.bold(),
            Type::Lead.line(),
            theme::INK,
        );
    };
    match step.state {
        PayState::Asking => bold(ui, t!(text, "pay-asking")),
        PayState::Waiting => {
            bold(ui, t!(text, "pay-waiting"));
            if let Some(code) = &step.shown {
                ui.ctx().request_repaint_after(Duration::from_secs(1));
                let left = t!(
                    text,
                    "pay-left",
                    time = text.minutes(scene.left(code.expires))
                );
                words::centred(
                    ui,
                    left,
                    Type::Body.regular(),
                    Type::Body.line(),
                    theme::INK_SOFT,
                );
            }
        }
        PayState::Offline => {
            badge::notice(
                ui,
                Mood::Calm,
                Icon::Phone,
                &t!(text, "pay-offline"),
                &t!(text, "pay-offline-text"),
            );
        }
        PayState::Checking => {
            badge::notice(
                ui,
                Mood::Care,
                Icon::Clock,
                &t!(text, "pay-checking"),
                &t!(text, "pay-checking-text"),
            );
        }
        PayState::Closing => {
            badge::notice(
                ui,
                Mood::Care,
                Icon::Clock,
                &t!(text, "pay-closing"),
                &t!(text, "pay-closing-text"),
            );
        }
    }
}
