//! Signing in with the phone, or going on without.

use super::Scene;
use crate::session::{SignInState, SigningIn, SigningInIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, qr, words};
use egui::{Rect, Sense, Ui, Vec2};

/// A code for the phone, and the way on without a phone.
pub fn signing_in_ui(
    ui: &mut Ui,
    step: &SigningIn,
    scene: &mut Scene<'_>,
) -> Option<SigningInIntent> {
    let text = scene.text;
    let ((), wanted) = layout::panes(
        ui,
        "signing-in",
        Second::Floats,
        |ui| {
            widgets::title(ui, t!(text, "signin-title"), t!(text, "signin-lead"));
            ui.add_space(theme::GAP_L);
            widgets::numbered(
                ui,
                &[
                    t!(text, "signin-step-scan"),
                    t!(text, "signin-step-confirm"),
                    t!(text, "signin-step-go"),
                ],
            );
        },
        |ui| code(ui, step, scene),
    );
    let use_code = t!(text, "signin-use-code");
    let alone = matches!(
        step.state,
        SignInState::Unavailable | SignInState::Expired | SignInState::Refused
    );
    let pressed = if alone {
        button::actions(ui, Some(Button::primary(&use_code).icon(Icon::Code)), None)
    } else {
        button::actions(
            ui,
            None,
            Some(Button::secondary(&use_code).icon(Icon::Code)),
        )
    };
    wanted.or(pressed.map(|_| SigningInIntent::UseCode))
}

fn code(ui: &mut Ui, step: &SigningIn, scene: &Scene<'_>) -> Option<SigningInIntent> {
    let text = scene.text;
    let areas = layout::areas(ui);
    let room = if areas.portrait {
        ui.available_size()
    } else {
        areas.panes(0.0).1.size()
    };
    let words_below = if matches!(
        step.state,
        SignInState::Waiting | SignInState::Asking | SignInState::Scanned
    ) {
        220.0
    } else {
        440.0
    };
    let side = (room.y - words_below)
        .min(room.x - 160.0)
        .clamp(220.0, 560.0);
    let mut wanted = None;
    card::card(ui, |ui| {
        ui.vertical_centered(|ui| {
            match (&step.shown, step.state) {
                (Some(page), SignInState::Waiting) => {
                    qr::qr(ui, &page.url, side, &t!(text, "signin-code"));
                }
                (_, state) => still(ui, side, state),
            }
            ui.add_space(theme::GAP_S);
            wanted = said(ui, step.state, scene);
        });
    });
    wanted
}

/// What stands in the place of the code when there is none.
fn still(ui: &mut Ui, side: f32, state: SignInState) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    let place = Rect::from_center_size(rect.center(), Vec2::splat(theme::ICON_XL * 1.4));
    match state {
        SignInState::Asking | SignInState::Waiting => {
            Scene::waits(ui, rect.center(), (theme::HAIRLINE, theme::ACCENT));
        }
        SignInState::Scanned => badge::emblem_at(ui, place, Mood::Good, Icon::Phone),
        SignInState::Expired => badge::emblem_at(ui, place, Mood::Care, Icon::Clock),
        SignInState::Refused => badge::emblem_at(ui, place, Mood::Care, Icon::Cross),
        SignInState::Unavailable => badge::emblem_at(ui, place, Mood::Care, Icon::Offline),
    }
}

fn said(ui: &mut Ui, state: SignInState, scene: &Scene<'_>) -> Option<SigningInIntent> {
    let text = scene.text;
    let (title, detail, again) = match state {
        SignInState::Asking => (t!(text, "signin-asking"), String::new(), false),
        SignInState::Waiting => (t!(text, "signin-waiting"), String::new(), false),
        SignInState::Scanned => (t!(text, "signin-scanned"), String::new(), false),
        SignInState::Expired => (
            t!(text, "signin-expired"),
            t!(text, "signin-expired-text"),
            true,
        ),
        SignInState::Refused => (
            t!(text, "signin-refused"),
            t!(text, "signin-refused-text"),
            true,
        ),
        SignInState::Unavailable => (
            t!(text, "signin-unavailable"),
            t!(text, "signin-unavailable-text"),
            true,
        ),
    };
    words::centred(ui, title, Type::Lead.bold(), Type::Lead.line(), theme::INK);
    if !detail.is_empty() {
        words::centred(
            ui,
            detail,
            Type::Body.regular(),
            Type::Body.line(),
            theme::INK_SOFT,
        );
    }
    let label = t!(text, "signin-new");
    (again && Button::quiet(&label).icon(Icon::Retake).show(ui)).then_some(SigningInIntent::NewCode)
}
