//! The attendant's screens: PIN, how the booth is, the queue with what holds it up, the camera, leaving.
//!
//! They show no name and no photo: a number, a time, a state and a reason are enough to help.

use super::{Scene, states};
use crate::domain::SubmissionState;
use crate::ui::keyboard::{self, Press};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::dialog::{self, dialog};
use crate::ui::widgets::keypad::{self, KeyWords};
use crate::ui::widgets::live::{self, Guides};
use crate::ui::widgets::{self, Button, Choice, Icon, badge, button, card, facts, progress, words};
use egui::{Rect, ScrollArea, Ui, pos2, vec2};
use std::time::Instant;

/// PINs have at least this many digits.
const PIN_DIGITS: usize = 6;

/// What the attendant sees now.
#[derive(Debug, Clone, PartialEq)]
pub enum AdminView {
    /// The keypad.
    Pin(PinView),
    /// How the booth is.
    Home(HomeView),
    /// Submissions that are not delivered.
    Queue(Vec<QueueRow>),
    /// The live picture.
    Camera,
}

/// The keypad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PinView {
    /// How many digits were typed.
    pub typed: usize,
    /// The last one was wrong.
    pub wrong: bool,
    /// Too many tries: closed until then.
    pub closed_until: Option<Instant>,
}

/// How the booth is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HomeView {
    /// Submissions still to be sent.
    pub waiting: usize,
    /// Submissions that the service refused.
    pub held: usize,
    /// When the oldest of them was submitted.
    pub oldest: Option<jiff::Timestamp>,
    /// Free space, in words.
    pub disk_free: String,
    /// The program's version.
    pub version: String,
    /// Taken out of service.
    pub out_of_service: bool,
    /// Asked whether to quit.
    pub quitting: bool,
}

/// A submission that is not delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// The first digits of its id.
    pub number: String,
    /// When Submit was pressed.
    pub submitted_at: jiff::Timestamp,
    /// Its state.
    pub state: SubmissionState,
    /// Why it is not delivered, in words; may be empty.
    pub why: String,
    /// How often it was tried.
    pub tries: u32,
}

/// What the attendant wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminIntent {
    /// A digit of the PIN.
    Digit(char),
    /// Take the last digit back.
    Erase,
    /// These digits.
    Enter,
    /// How is the booth?
    Home,
    /// What is not delivered?
    Queue,
    /// Try all of them now.
    RetryAll,
    /// Try this one now.
    Retry(usize),
    /// What does the camera see?
    Camera,
    /// Stop serving students, or serve them again.
    OutOfService(bool),
    /// End the program; asked once more.
    Quit,
    /// Really end it.
    ReallyQuit,
    /// Do not end it.
    NotYet,
    /// Back to the students.
    Leave,
}

/// Draws the attendant's screens; what is wanted.
pub fn admin_ui(ui: &mut Ui, view: &AdminView, scene: &mut Scene<'_>) -> Option<AdminIntent> {
    super::paper(ui);
    super::chrome::plain_brand(ui, scene);
    match view {
        AdminView::Pin(pin) => pin_ui(ui, *pin, scene),
        AdminView::Home(home) => home_ui(ui, home, scene),
        AdminView::Queue(rows) => queue_ui(ui, rows, scene),
        AdminView::Camera => camera_ui(ui, scene),
    }
}

fn pin_ui(ui: &mut Ui, pin: PinView, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let closed = pin
        .closed_until
        .map(|until| scene.left(until).as_secs())
        .filter(|left| *left > 0);
    let areas = layout::areas(ui).off_the_way();
    let (_, pressed) = layout::panes_in(
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
            progress::dots(ui, pin.typed, PIN_DIGITS, &t!(text, "admin-pin-typed"));
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
    let primary = Button::primary(&enter).enabled(pin.typed >= 4 && closed.is_none());
    let pressed = button::actions(ui, Some(primary), Some(Button::secondary(&leave)));
    typed.or(pressed.map(|pressed| match pressed {
        button::Pressed::Primary => AdminIntent::Enter,
        button::Pressed::Secondary => AdminIntent::Leave,
    }))
}

fn home_ui(ui: &mut Ui, home: &HomeView, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let rows = home_rows(home, scene);
    let areas = layout::areas(ui).off_the_way();
    let (_, wanted) = layout::panes_in(
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
            let choices = [
                (Icon::List, t!(text, "admin-queue"), AdminIntent::Queue),
                (Icon::Camera, t!(text, "admin-camera"), AdminIntent::Camera),
                (Icon::Retake, t!(text, "admin-retry"), AdminIntent::RetryAll),
                (
                    Icon::Lock,
                    service,
                    AdminIntent::OutOfService(!home.out_of_service),
                ),
                (Icon::Exit, t!(text, "admin-quit"), AdminIntent::Quit),
            ];
            let mut wanted = None;
            for (icon, label, intent) in choices {
                if Choice::new(&label).icon(icon).show(ui) {
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

fn home_rows(home: &HomeView, scene: &Scene<'_>) -> Vec<(String, String)> {
    let text = scene.text;
    let queue = if home.waiting + home.held == 0 {
        t!(text, "admin-queue-empty")
    } else {
        format!(
            "{}\n{}",
            t!(text, "admin-queue-waiting", count = home.waiting),
            t!(text, "admin-queue-held", count = home.held)
        )
    };
    let service = if scene.service.online {
        t!(text, "admin-service-online")
    } else {
        t!(text, "admin-service-offline")
    };
    let synced = match scene.service.as_of {
        Some(at) => t!(text, "admin-synced", when = text.moment(at)),
        None => t!(text, "admin-never"),
    };
    let queue = match home.oldest {
        Some(oldest) => format!(
            "{queue}\n{}",
            t!(text, "admin-oldest", when = text.moment(oldest))
        ),
        None => queue,
    };
    let mut rows = vec![(t!(text, "admin-queue"), queue)];

    rows.push((t!(text, "admin-service"), format!("{service}\n{synced}")));
    rows.push((t!(text, "admin-disk"), home.disk_free.clone()));
    rows.push((t!(text, "admin-version"), home.version.clone()));
    rows
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

fn queue_ui(ui: &mut Ui, rows: &[QueueRow], scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let content = layout::areas(ui).off_the_way().content;
    let wanted = layout::place(ui, content, |ui| {
        widgets::title(ui, t!(text, "admin-queue"), "");
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
        .enabled(!rows.is_empty());
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
                        row.number.to_uppercase(),
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
        widgets::title(ui, t!(text, "admin-camera"), size)
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
