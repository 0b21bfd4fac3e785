//! The attendant's screens: PIN, how the booth is, the queue with what holds it up, the camera, leaving.
//!
//! They show no name and no photo: a number, a time, a state and a reason are enough to help.

use super::{Scene, states};
use crate::admin::{AdminIntent, AdminStep, EnteringPin, Home, Overview, QueueRow, SHORTEST_PIN};
use crate::ui::keyboard::{self, Press};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::dialog::{self, dialog};
use crate::ui::widgets::keypad::{self, KeyWords};
use crate::ui::widgets::live::{self, Guides};
use crate::ui::widgets::{self, Button, Choice, Icon, badge, button, card, facts, progress, words};
use egui::{Rect, ScrollArea, Ui, pos2, vec2};

/// Dots drawn before anything is typed.
const PIN_DOTS: usize = 6;

/// Draws the attendant's screens; what is wanted. Nothing while the booth is the students'.
pub fn admin_ui(ui: &mut Ui, step: &AdminStep, scene: &mut Scene<'_>) -> Option<AdminIntent> {
    if *step == AdminStep::Away {
        return None;
    }
    super::paper(ui);
    super::chrome::plain_brand(ui, scene);
    let wanted = match step {
        AdminStep::Away => None,
        AdminStep::EnteringPin(pin) => pin_ui(ui, pin, scene),
        AdminStep::Home(home) => home_ui(ui, home, scene),
        AdminStep::Queue(queue) => queue_ui(ui, queue.rows.as_deref(), scene),
        AdminStep::Camera => camera_ui(ui, scene),
    };
    wanted.or_else(|| super::touched(ui).then_some(AdminIntent::Touch))
}

fn pin_ui(ui: &mut Ui, pin: &EnteringPin, scene: &Scene<'_>) -> Option<AdminIntent> {
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
            if let Some(seconds) = closed {
                ui.ctx().request_repaint_after_secs(1.0);
                badge::notice(
                    ui,
                    Mood::Trouble,
                    Icon::Lock,
                    &t!(text, "admin-pin-wait", seconds = seconds),
                    "",
                );
            } else if pin.wrong {
                badge::notice(
                    ui,
                    Mood::Care,
                    Icon::Warning,
                    &t!(text, "admin-pin-wrong"),
                    "",
                );
            }
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
            let (erase, clear, space) = (
                t!(text, "key-erase"),
                t!(text, "key-clear"),
                t!(text, "key-space"),
            );
            keypad::digits(
                ui,
                pad,
                None,
                &KeyWords {
                    erase: &erase,
                    clear: &clear,
                    space: &space,
                },
            )
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
    let pressed = button::actions(ui, Some(primary), Some(Button::secondary(&leave)));
    typed.or(pressed.map(|pressed| match pressed {
        button::Pressed::Primary => AdminIntent::Enter,
        button::Pressed::Secondary => AdminIntent::Leave,
    }))
}

fn home_ui(ui: &mut Ui, home: &Home, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let rows = home_rows(home, scene);
    let areas = layout::areas(ui).off_the_way();
    let ((), wanted) = layout::panes_in(
        ui,
        &areas,
        "admin-home",
        Second::Floats,
        |ui| {
            widgets::title(
                ui,
                t!(text, "admin-home-title"),
                scene.settings.booth_name.clone(),
            );
            ui.add_space(theme::GAP_M);
            card::card(ui, |ui| facts::facts(ui, &rows));
        },
        |ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            let service = if home.out_of_service {
                t!(text, "admin-in-service")
            } else {
                t!(text, "admin-out-of-service")
            };
            let (forgive, import) = (
                t!(text, "admin-forgive-text"),
                t!(text, "admin-import-text"),
            );
            let choices = [
                (Icon::List, t!(text, "admin-queue"), "", AdminIntent::Queue),
                (
                    Icon::Camera,
                    t!(text, "admin-camera"),
                    "",
                    AdminIntent::Camera,
                ),
                (
                    Icon::Card,
                    t!(text, "admin-forgive"),
                    forgive.as_str(),
                    AdminIntent::ForgiveLastFour,
                ),
                (
                    Icon::Picture,
                    t!(text, "admin-import"),
                    import.as_str(),
                    AdminIntent::AllowImport,
                ),
                (
                    Icon::Lock,
                    service,
                    "",
                    AdminIntent::OutOfService(!home.out_of_service),
                ),
                (Icon::Exit, t!(text, "admin-quit"), "", AdminIntent::Quit),
            ];
            let mut wanted = None;
            for (icon, label, detail, intent) in choices {
                if Choice::new(&label).detail(detail).icon(icon).show(ui) {
                    wanted = Some(intent);
                }
            }
            wanted
        },
    );
    let done = t!(text, "admin-done");
    let pressed = button::actions(ui, Some(Button::primary(&done)), None);
    let sure = if home.quitting {
        quit_sure(ui, scene)
    } else {
        None
    };
    sure.or(wanted).or(pressed.map(|_| AdminIntent::Leave))
}

fn home_rows(home: &Home, scene: &Scene<'_>) -> Vec<(String, String)> {
    let text = scene.text;
    let service = if scene.service.online {
        t!(text, "admin-service-online")
    } else {
        t!(text, "admin-service-offline")
    };
    let synced = match scene.service.as_of {
        Some(at) => t!(text, "admin-synced", when = text.moment(at)),
        None => t!(text, "admin-never"),
    };
    let mut rows = vec![(t!(text, "admin-service"), format!("{service}\n{synced}"))];
    if let Some(overview) = &home.overview {
        rows.insert(0, (t!(text, "admin-queue"), queue_words(overview, scene)));
        if let Some(megabytes) = overview.disk_free_mb {
            let gigabytes = format!("{:.1}", megabytes as f64 / 1000.0);
            rows.push((
                t!(text, "admin-disk"),
                t!(text, "admin-disk-free", gigabytes = gigabytes),
            ));
        }
        rows.push((t!(text, "admin-version"), overview.version.clone()));
    }
    rows
}

fn queue_words(overview: &Overview, scene: &Scene<'_>) -> String {
    let text = scene.text;
    if overview.waiting + overview.held == 0 {
        return t!(text, "admin-queue-empty");
    }
    let waiting = t!(text, "admin-queue-waiting", count = overview.waiting);
    let held = t!(text, "admin-queue-held", count = overview.held);
    match overview.oldest {
        Some(at) => format!(
            "{waiting}\n{held}\n{}",
            t!(text, "admin-oldest", when = text.moment(at))
        ),
        None => format!("{waiting}\n{held}"),
    }
}

fn quit_sure(ui: &mut Ui, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let title = t!(text, "admin-quit-sure");
    dialog(ui, "quit", &title, |ui| {
        dialog::says(ui, &title, &t!(text, "admin-quit-text"));
        let (no, yes) = (t!(text, "cancel"), t!(text, "admin-quit"));
        let cells = layout::cells(ui, 2, theme::PRIMARY_HEIGHT, theme::GAP_M);
        let [left, right] = cells.as_slice() else {
            return None;
        };
        let stay = Button::secondary(&no).at(ui, *left);
        let quit = Button::primary(&yes).icon(Icon::Exit).at(ui, *right);
        match (stay, quit) {
            (true, _) => Some(AdminIntent::NotYet),
            (_, true) => Some(AdminIntent::ReallyQuit),
            (false, false) => None,
        }
    })
}

fn queue_ui(ui: &mut Ui, rows: Option<&[QueueRow]>, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let content = layout::areas(ui).off_the_way().content;
    let wanted = layout::place(ui, content, |ui| {
        widgets::title(ui, t!(text, "admin-queue"), "");
        ui.add_space(theme::GAP_S);
        let Some(rows) = rows else {
            words::body(ui, t!(text, "wait"));
            return None;
        };
        if rows.is_empty() {
            badge::notice(
                ui,
                Mood::Good,
                Icon::Check,
                &t!(text, "admin-queue-empty"),
                "",
            );
            return None;
        }
        let mut wanted = None;
        ScrollArea::vertical()
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = theme::GAP_S;
                for (i, row) in rows.iter().enumerate() {
                    if queue_row(ui, row, scene) {
                        wanted = Some(AdminIntent::Retry(i));
                    }
                }
            });
        wanted
    });
    let (back, retry) = (t!(text, "back"), t!(text, "admin-retry"));
    let primary = Button::primary(&retry)
        .icon(Icon::Retake)
        .enabled(rows.is_some_and(|rows| !rows.is_empty()));
    let pressed = button::actions(
        ui,
        Some(primary),
        Some(Button::secondary(&back).icon(Icon::Back)),
    );
    wanted.or(pressed.map(|pressed| match pressed {
        button::Pressed::Primary => AdminIntent::RetryAll,
        button::Pressed::Secondary => AdminIntent::Home,
    }))
}

fn queue_row(ui: &mut Ui, row: &QueueRow, scene: &Scene<'_>) -> bool {
    let text = scene.text;
    let (mood, icon, label) = states::submission(text, row.state);
    card::card_with(ui, theme::GAP_M, |ui| {
        let width = ui.available_width();
        let button_width = 220.0;
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(width - button_width - theme::GAP_M);
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.horizontal(|ui| {
                    ui.spacing_mut().interact_size.y = 0.0;
                    words::say(
                        ui,
                        row.id.short().to_uppercase(),
                        Type::Lead.bold(),
                        Type::Lead.line(),
                        theme::INK,
                    );
                    badge::badge(ui, mood, icon, &label);
                });
                words::note(
                    ui,
                    format!(
                        "{} · {}",
                        text.moment(row.submitted_at),
                        t!(text, "admin-tries", count = row.tries)
                    ),
                );
                if !row.why.is_empty() {
                    words::body(ui, row.why.as_str());
                }
            });
            let retry = t!(text, "admin-retry-one");
            let (rect, _) =
                ui.allocate_exact_size(vec2(button_width, theme::TOUCH), egui::Sense::hover());
            Button::secondary(&retry).icon(Icon::Retake).at(ui, rect)
        })
        .inner
    })
    .inner
}

fn camera_ui(ui: &mut Ui, scene: &mut Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let content = layout::areas(ui).off_the_way().content;
    let shown = scene.gallery.live(ui.ctx(), scene.live);
    let size = match &scene.live.picture {
        Some(picture) => t!(
            text,
            "admin-camera-size",
            width = picture.width(),
            height = picture.height()
        ),
        None => t!(text, "admin-camera-none"),
    };
    layout::place(ui, content, |ui| {
        widgets::title(ui, t!(text, "admin-camera"), size);
    });
    let shape = shown.map_or(vec2(16.0, 9.0), |shown| shown.size);
    let view = layout::fitted(content.with_min_y(content.top() + 160.0), shape);
    let guides = if shown.is_some() {
        Guides::Waiting
    } else {
        Guides::Off
    };
    live::live(ui, view, shown, guides, &t!(text, "admin-camera-view"));
    let back = t!(text, "back");
    button::actions(ui, None, Some(Button::secondary(&back).icon(Icon::Back)))
        .map(|_| AdminIntent::Home)
}
