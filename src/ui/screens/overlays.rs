//! What lies above a step: help, settings, questions before something final, notices of trouble.

use super::Scene;
use crate::domain::Language;
use crate::session::{
    AnywhereIntent, CustomerServiceView, Intent, Notice, Overlay, OverlayIntent, Remedy,
    RequestOutcome,
};
use crate::ui::layout;
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::dialog::{self, dialog};
use crate::ui::widgets::{self, Button, Choice, Icon, badge, lines, progress, qr, words};
use egui::{Align, Layout, Ui, vec2};
use std::time::{Duration, Instant};

/// Draws the overlay, if any; what is wanted of it.
pub fn overlay_ui(ui: &mut Ui, overlay: &Overlay, scene: &mut Scene<'_>) -> Option<Intent> {
    let wanted = match overlay {
        Overlay::None => None,
        Overlay::Settings => return settings(ui, scene),
        Overlay::CustomerService(view) => help(ui, view, scene),
        Overlay::Tutorial => tutorial(ui, scene),
        Overlay::StillThere { until } => still_there(ui, *until, scene),
        Overlay::LeaveSure => leave_sure(ui, scene),
        Overlay::SubmitSure => submit_sure(ui, scene),
        Overlay::Slip(number) => slip(ui, number, scene),
        Overlay::Message(notice) => message(ui, *notice, scene),
    };
    wanted.map(Intent::Overlay)
}

/// Two buttons side by side: the quieter at the left.
fn two(ui: &mut Ui, left: Button<'_>, right: Button<'_>) -> (bool, bool) {
    let cells = layout::cells(ui, 2, theme::PRIMARY_HEIGHT, theme::GAP_M);
    match cells.as_slice() {
        [a, b] => (left.at(ui, *a), right.at(ui, *b)),
        _ => (false, false),
    }
}

fn submit_sure(ui: &mut Ui, scene: &Scene<'_>) -> Option<OverlayIntent> {
    let text = scene.text;
    let title = t!(text, "submit-sure-title");
    dialog(ui, "submit", &title, |ui| {
        dialog::says(ui, &title, &t!(text, "submit-sure-text"));
        let (no, yes) = (t!(text, "submit-sure-no"), t!(text, "submit-sure-yes"));
        match two(
            ui,
            Button::secondary(&no),
            Button::primary(&yes).icon(Icon::Send),
        ) {
            (true, _) => Some(OverlayIntent::NotYet),
            (_, true) => Some(OverlayIntent::ReallySubmit),
            (false, false) => None,
        }
    })
}

fn leave_sure(ui: &mut Ui, scene: &Scene<'_>) -> Option<OverlayIntent> {
    let text = scene.text;
    let title = t!(text, "leave-title");
    dialog(ui, "leave", &title, |ui| {
        dialog::says(ui, &title, &t!(text, "leave-text"));
        let (leave, stay) = (t!(text, "leave-yes"), t!(text, "leave-no"));
        match two(
            ui,
            Button::secondary(&leave).icon(Icon::Exit),
            Button::primary(&stay),
        ) {
            (true, _) => Some(OverlayIntent::ReallyLeave),
            (_, true) => Some(OverlayIntent::Close),
            (false, false) => None,
        }
    })
}

fn still_there(ui: &mut Ui, until: Instant, scene: &Scene<'_>) -> Option<OverlayIntent> {
    let text = scene.text;
    let left = scene.left(until);
    let whole = scene.settings.idle_warning.as_secs_f32().max(1.0);
    ui.ctx().request_repaint_after(Duration::from_millis(100));
    let title = t!(text, "idle-title");
    dialog(ui, "idle", &title, |ui| {
        let seconds = left.as_secs_f32().ceil() as u32;
        let said = t!(text, "idle-text", seconds = seconds);
        dialog::says(ui, &title, &said);
        progress::bar(ui, left.as_secs_f32() / whole, theme::ACCENT, &said);
        ui.add_space(theme::GAP_L);
        let (leave, stay) = (t!(text, "idle-leave"), t!(text, "idle-stay"));
        match two(ui, Button::secondary(&leave), Button::primary(&stay)) {
            (true, _) => Some(OverlayIntent::Leave),
            (_, true) => Some(OverlayIntent::StillHere),
            (false, false) => None,
        }
    })
}

fn message(ui: &mut Ui, notice: Notice, scene: &Scene<'_>) -> Option<OverlayIntent> {
    let text = scene.text;
    let (title, detail) = text.notice(notice.what);
    dialog(ui, "message", &title, |ui| {
        let mood = if notice.remedy == Remedy::CallAttendant {
            Mood::Trouble
        } else {
            Mood::Care
        };
        badge::emblem(ui, mood, Icon::Warning);
        ui.add_space(theme::GAP_S);
        dialog::says(ui, &title, &detail);
        let (close, call) = (t!(text, "close"), t!(text, "help-call"));
        if notice.remedy == Remedy::CallAttendant {
            return match two(
                ui,
                Button::secondary(&close),
                Button::primary(&call).icon(Icon::Headset),
            ) {
                (true, _) => Some(OverlayIntent::Close),
                (_, true) => Some(OverlayIntent::AskForHelp),
                (false, false) => None,
            };
        }
        let label = match notice.remedy {
            Remedy::TryAgain => t!(text, "try-again"),
            Remedy::OtherWay | Remedy::CallAttendant => close,
        };
        Button::primary(&label)
            .wide(ui)
            .then_some(OverlayIntent::Close)
    })
}

fn help(ui: &mut Ui, view: &CustomerServiceView, scene: &Scene<'_>) -> Option<OverlayIntent> {
    let text = scene.text;
    let desk = &scene.settings.customer_service;
    let title = t!(text, "help-title");
    dialog(ui, "help", &title, |ui| {
        dialog::says(ui, &title, &t!(text, "help-lead"));
        let side = if view.code.is_empty() { 0.0 } else { 300.0 };
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), 0.0),
            Layout::left_to_right(Align::Min),
            |ui| {
                let width =
                    ui.available_width() - side - if side > 0.0 { theme::GAP_L } else { 0.0 };
                ui.vertical(|ui| {
                    ui.set_width(width);
                    let hours = text.either(&desk.hours_zh, &desk.hours_en).to_owned();
                    for (name, value) in [
                        (t!(text, "help-phone"), desk.phone.clone()),
                        (t!(text, "help-hours"), hours),
                    ] {
                        words::note(ui, name);
                        words::say(ui, value, Type::Lead.bold(), Type::Lead.line(), theme::INK);
                        ui.add_space(theme::GAP_XS);
                    }
                    asked(ui, view.asked, scene);
                });
                if side > 0.0 {
                    ui.add_space(theme::GAP_L - theme::GAP_S);
                    ui.vertical(|ui| {
                        qr::qr(ui, &view.code, side, &t!(text, "help-code"));
                        ui.set_width(side);
                        words::centred(
                            ui,
                            t!(text, "help-scan"),
                            Type::Small.regular(),
                            Type::Small.line(),
                            theme::INK_SOFT,
                        );
                    });
                }
            },
        );
        ui.add_space(theme::GAP_L);
        let (close, call) = (t!(text, "close"), t!(text, "help-call"));
        let can = matches!(view.asked, None | Some(RequestOutcome::Failed));
        match two(
            ui,
            Button::secondary(&close),
            Button::primary(&call).icon(Icon::Headset).enabled(can),
        ) {
            (true, _) => Some(OverlayIntent::Close),
            (_, true) => Some(OverlayIntent::AskForHelp),
            (false, false) => None,
        }
    })
}

fn asked(ui: &mut Ui, asked: Option<RequestOutcome>, scene: &Scene<'_>) {
    let text = scene.text;
    let (mood, icon, what, detail) = match asked {
        None => return,
        Some(RequestOutcome::Sending) => (
            Mood::Calm,
            Icon::Clock,
            t!(text, "help-sending"),
            String::new(),
        ),
        Some(RequestOutcome::Filed) => (
            Mood::Good,
            Icon::Check,
            t!(text, "help-filed"),
            t!(text, "help-filed-text"),
        ),
        Some(RequestOutcome::Failed) => (
            Mood::Trouble,
            Icon::Warning,
            t!(text, "help-failed"),
            t!(text, "help-failed-text"),
        ),
    };
    badge::notice(ui, mood, icon, &what, &detail);
}

fn settings(ui: &mut Ui, scene: &Scene<'_>) -> Option<Intent> {
    let text = scene.text;
    let title = t!(text, "settings-title");
    dialog(ui, "settings", &title, |ui| {
        dialog::says(ui, &title, "");
        let language = languages(ui, scene);
        ui.add_space(theme::GAP_L);
        lines::titled_in(
            ui,
            Icon::Shield,
            &t!(text, "settings-privacy"),
            &t!(text, "settings-privacy-text"),
            Type::Body,
        );
        let (booth, version) = (
            scene.settings.booth_name.clone(),
            scene.settings.consent_version.clone(),
        );
        ui.add_space(theme::GAP_S);
        widgets::note(
            ui,
            t!(text, "settings-about", booth = booth, version = version),
        );
        ui.add_space(theme::GAP_L);
        let erase = t!(text, "settings-erase");
        let erased = Button::secondary(&erase).icon(Icon::Delete).wide(ui);
        widgets::note(ui, t!(text, "settings-erase-text"));
        ui.add_space(theme::GAP_M);
        let close = t!(text, "close");
        let closed = Button::primary(&close).wide(ui);
        match (language, erased, closed) {
            (Some(language), ..) => Some(Intent::Anywhere(AnywhereIntent::Language(language))),
            (_, true, _) => Some(Intent::Overlay(OverlayIntent::EraseAndLeave)),
            (_, _, true) => Some(Intent::Overlay(OverlayIntent::Close)),
            (None, false, false) => None,
        }
    })
}

/// Each language in its own words; the present one is marked.
fn languages(ui: &mut Ui, scene: &Scene<'_>) -> Option<Language> {
    let text = scene.text;
    let cells = layout::cells(ui, 2, theme::TOUCH + theme::GAP_XS, theme::GAP_M);
    let names = [t!(text, "settings-chinese"), t!(text, "settings-english")];
    let mut wanted = None;
    for ((cell, name), language) in cells.into_iter().zip(&names).zip(Language::ALL) {
        let chosen = language == text.language();
        let touched = layout::place(ui, cell, |ui| Choice::new(name).chosen(chosen).show(ui));
        if touched && !chosen {
            wanted = Some(language);
        }
    }
    wanted
}

fn slip(ui: &mut Ui, number: &str, scene: &Scene<'_>) -> Option<OverlayIntent> {
    let text = scene.text;
    let title = t!(text, "slip-title", number = number);
    dialog(ui, "slip", &title, |ui| {
        dialog::says(ui, &title, &t!(text, "slip-text"));
        ui.add_space(theme::GAP_L);
        let close = t!(text, "slip-noted");
        Button::primary(&close)
            .wide(ui)
            .then_some(OverlayIntent::Close)
    })
}

fn tutorial(ui: &mut Ui, scene: &Scene<'_>) -> Option<OverlayIntent> {
    let text = scene.text;
    let title = t!(text, "tutorial-title");
    dialog(ui, "tutorial", &title, |ui| {
        dialog::says(ui, &title, "");
        let steps = [
            (
                Icon::Globe,
                t!(text, "tutorial-1"),
                t!(text, "tutorial-1-text"),
            ),
            (
                Icon::Code,
                t!(text, "tutorial-2"),
                t!(text, "tutorial-2-text"),
            ),
            (
                Icon::Picture,
                t!(text, "tutorial-3"),
                t!(text, "tutorial-3-text"),
            ),
        ];
        for (mark, step, detail) in steps {
            lines::titled(ui, mark, &step, &detail);
            ui.add_space(theme::GAP_S);
        }
        badge::notice(
            ui,
            Mood::Calm,
            Icon::Info,
            &t!(text, "tutorial-none"),
            &t!(text, "tutorial-none-text"),
        );
        ui.add_space(theme::GAP_L);
        let close = t!(text, "close");
        Button::primary(&close)
            .wide(ui)
            .then_some(OverlayIntent::Close)
    })
}
