//! How the booth is, and what the attendant may do about it. Names no student.

use super::super::Scene;
use crate::admin::{AdminIntent, Home, Overview, SceneState};
use crate::session::{Favour, FavourState};
use crate::ui::layout::{self, Second};
use crate::ui::text::{Text, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::dialog::{self, dialog};
use crate::ui::widgets::{self, Button, Choice, Icon, badge, button, card, facts};
use egui::{ScrollArea, Ui, Vec2};

pub(super) fn home_ui(ui: &mut Ui, home: &Home, scene: &Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let rows = home_rows(home, scene);
    let areas = layout::areas(ui).off_the_way().undocked();
    let ((), wanted) = layout::panes_in(
        ui,
        &areas,
        "admin-home",
        Second::Fills,
        |ui| {
            widgets::title(
                ui,
                t!(text, "admin-home-title"),
                booth_and_version(home, scene),
            );
            ui.add_space(theme::GAP_M);
            // more than a lying screen holds when much is to be said
            ScrollArea::vertical()
                .id_salt("figures")
                .auto_shrink([false, true])
                .show(ui, |ui| card::card(ui, |ui| facts::facts(ui, &rows)));
        },
        |ui| {
            let mut wanted = None;
            if let Some(favour) = home.helped {
                let done = t!(text, "admin-helped", what = words_of(text, favour).0);
                badge::notice(ui, Mood::Good, Icon::Check, &done, "");
                ui.add_space(theme::GAP_S);
            }
            // side by side, and still more than an upright screen holds below the figures
            ScrollArea::vertical()
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing = Vec2::splat(theme::GAP_S);
                    ui.columns_const(|columns: &mut [Ui; 2]| {
                        for (place, offer) in offers(home, scene).into_iter().enumerate() {
                            let [left, right] = &mut *columns;
                            let column = if place % 2 == 0 { left } else { right };
                            if offer.show(column) {
                                wanted = Some(offer.intent);
                            }
                        }
                    });
                });
            wanted
        },
    );
    let done = t!(text, "admin-done");
    let pressed = button::actions_in(ui, &areas, Some(Button::primary(&done)), None);
    let sure = if home.quitting {
        quit_sure(ui, scene)
    } else {
        None
    };
    sure.or(wanted).or(pressed.map(|_| AdminIntent::Leave))
}

/// Something that an attendant can do.
struct Offer {
    icon: Icon,
    label: String,
    detail: String,
    is_open: bool,
    intent: AdminIntent,
}

impl Offer {
    const fn plain(icon: Icon, label: String, intent: AdminIntent) -> Self {
        Self {
            icon,
            label,
            detail: String::new(),
            is_open: true,
            intent,
        }
    }

    /// For the student who is here; says why not where it would change nothing.
    fn of(favour: Favour, icon: Icon, scene: &Scene<'_>) -> Self {
        let text = scene.text;
        let (label, detail, when) = words_of(text, favour);
        let state = scene.attendant.of(favour);
        Self {
            icon,
            label,
            detail: match state {
                FavourState::Open => detail,
                FavourState::NotNow => when,
                FavourState::Done => t!(text, "admin-help-done"),
                FavourState::Settled => t!(text, "admin-help-settled"),
            },
            is_open: state == FavourState::Open,
            intent: AdminIntent::Help(favour),
        }
    }

    fn show(&self, ui: &mut Ui) -> bool {
        Choice::new(&self.label)
            .detail(&self.detail)
            .icon(self.icon)
            .enabled(self.is_open)
            .show(ui)
    }
}

/// What a favour is called, what it is for, and when it can be done.
fn words_of(text: Text, favour: Favour) -> (String, String, String) {
    match favour {
        Favour::LastFour => (
            t!(text, "admin-forgive"),
            t!(text, "admin-forgive-text"),
            t!(text, "admin-forgive-when"),
        ),
        Favour::HeadCovered => (
            t!(text, "admin-excuse"),
            t!(text, "admin-excuse-text"),
            t!(text, "admin-help-when"),
        ),
        Favour::OwnPicture => (
            t!(text, "admin-import"),
            t!(text, "admin-import-text"),
            t!(text, "admin-help-when"),
        ),
        Favour::Cash => (
            t!(text, "admin-cash"),
            t!(text, "admin-cash-text"),
            t!(text, "admin-cash-when"),
        ),
    }
}

/// What an attendant can do here; what helps the student who stands there comes first.
fn offers(home: &Home, scene: &Scene<'_>) -> Vec<Offer> {
    let text = scene.text;
    let out_of_service = scene.attendant.out_of_service;
    let service = if out_of_service {
        t!(text, "admin-in-service")
    } else {
        t!(text, "admin-out-of-service")
    };
    let again = is_unknown(home).then(|| Offer {
        detail: t!(text, "admin-enrol-text"),
        ..Offer::plain(Icon::Code, t!(text, "admin-enrol"), AdminIntent::EnrolAgain)
    });
    let usual = [
        Offer::plain(Icon::List, t!(text, "admin-queue"), AdminIntent::Queue),
        Offer::of(Favour::LastFour, Icon::Card, scene),
        Offer::of(Favour::HeadCovered, Icon::Hat, scene),
        Offer::of(Favour::OwnPicture, Icon::Picture, scene),
        Offer::of(Favour::Cash, Icon::Wallet, scene),
        Offer::plain(Icon::Camera, t!(text, "admin-camera"), AdminIntent::Camera),
        Offer::plain(
            Icon::Ruler,
            t!(text, "admin-calibrate"),
            AdminIntent::Calibrate,
        ),
        Offer::plain(
            Icon::Lock,
            service,
            AdminIntent::OutOfService(!out_of_service),
        ),
        Offer::plain(Icon::Exit, t!(text, "admin-quit"), AdminIntent::Quit),
    ];
    again.into_iter().chain(usual).collect()
}

fn is_unknown(home: &Home) -> bool {
    home.overview.as_ref().is_some_and(|seen| seen.unknown)
}

fn booth_and_version(home: &Home, scene: &Scene<'_>) -> String {
    let name = &scene.settings.booth_name;
    match &home.overview {
        Some(overview) => format!("{name} · {}", overview.version),
        None => name.clone(),
    }
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
    let service = if is_unknown(home) {
        t!(text, "admin-service-unknown")
    } else {
        format!("{service} · {synced}")
    };
    let mut rows = vec![(t!(text, "admin-service"), service)];
    if let Some(at) = scene.settings.decided_at {
        let decided = t!(text, "admin-decided-at", when = text.moment(at));
        rows.push((t!(text, "admin-decided"), decided));
    }
    if let Some(overview) = &home.overview {
        rows.insert(0, (t!(text, "admin-queue"), queue_words(overview, scene)));
        if let Some(megabytes) = overview.disk_free_mb {
            let gigabytes = format!("{:.1}", megabytes as f64 / 1000.0);
            rows.push((
                t!(text, "admin-disk"),
                t!(text, "admin-disk-free", gigabytes = gigabytes),
            ));
        }
        rows.push((t!(text, "admin-calibrated"), calibrated(overview, scene)));
        let key = if overview.key_is_credential {
            t!(text, "admin-key-credential")
        } else {
            t!(text, "admin-key-file")
        };
        rows.push((t!(text, "admin-key"), key));
    }
    rows
}

/// When the booth was measured in, and whether it still looks so.
fn calibrated(overview: &Overview, scene: &Scene<'_>) -> String {
    let text = scene.text;
    let Some(at) = overview.calibrated else {
        return t!(text, "admin-calibrated-never");
    };
    let state = match overview.scene {
        SceneState::Unknown => return text.moment(at),
        SceneState::Fits => t!(text, "admin-scene-fits"),
        SceneState::LightChanged => t!(text, "admin-scene-light"),
        SceneState::ViewChanged => t!(text, "admin-scene-view"),
    };
    format!("{}\n{state}", text.moment(at))
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
            "{waiting} · {held}\n{}",
            t!(text, "admin-oldest", when = text.moment(at))
        ),
        None => format!("{waiting} · {held}"),
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
