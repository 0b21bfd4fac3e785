//! Measuring the booth in, on the live picture: what to do now, what is measured, what is still wrong.

use super::super::Scene;
use crate::admin::{AdminIntent, Calibrating, CalibrationFault, CalibrationStage};
use crate::ui::layout::{self, Second};
use crate::ui::text::{Text, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::live::{self, Guides};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, facts};
use crate::vision::measuring::EmptyFault;
use egui::{Ui, vec2};

pub(super) fn calibrating_ui(
    ui: &mut Ui,
    step: &Calibrating,
    scene: &mut Scene<'_>,
) -> Option<AdminIntent> {
    let text = scene.text;
    let areas = layout::areas(ui).off_the_way();
    let shown = scene.gallery.live(ui.ctx(), scene.live);
    let fault = step.fault();
    layout::panes_in(
        ui,
        &areas,
        "calibrating",
        Second::Fills,
        |ui| {
            let (title, lead) = words_of(text, &step.stage);
            widgets::title(ui, title, lead);
            ui.add_space(theme::GAP_S);
            let (mood, mark, label) = match fault {
                _ if step.failed => (Mood::Trouble, Icon::Warning, t!(text, "calibrate-failed")),
                Some(fault) => (Mood::Care, Icon::Info, fault_words(text, fault)),
                None => (Mood::Good, Icon::Check, t!(text, "calibrate-right")),
            };
            badge::notice(ui, mood, mark, &label, "");
            let rows = measured(text, step);
            if !rows.is_empty() {
                ui.add_space(theme::GAP_S);
                card::card(ui, |ui| facts::facts(ui, &rows));
            }
        },
        |ui| {
            let room = ui.available_rect_before_wrap();
            let shape = shown.map_or(vec2(16.0, 9.0), |shown| shown.size);
            let view = layout::fitted(room, shape);
            let label = t!(text, "admin-camera-view");
            live::live(ui, view, shown, Guides::Off, &label);
        },
    );
    let (keep, back) = (t!(text, "calibrate-keep"), t!(text, "back"));
    let primary = Button::primary(&keep)
        .icon(Icon::Check)
        .enabled(fault.is_none() && step.question.is_none());
    let secondary = Button::secondary(&back).icon(Icon::Back);
    button::actions_in(ui, &areas, Some(primary), Some(secondary)).map(|pressed| match pressed {
        button::Pressed::Primary => AdminIntent::Keep,
        button::Pressed::Secondary => AdminIntent::Home,
    })
}

fn words_of(text: Text, stage: &CalibrationStage) -> (String, String) {
    match stage {
        CalibrationStage::CardAtMark => {
            (t!(text, "calibrate-mark"), t!(text, "calibrate-mark-text"))
        }
        CalibrationStage::CardOnWall { .. } => {
            (t!(text, "calibrate-wall"), t!(text, "calibrate-wall-text"))
        }
        CalibrationStage::EmptyBooth { .. } => (
            t!(text, "calibrate-empty"),
            t!(text, "calibrate-empty-text"),
        ),
    }
}

fn fault_words(text: Text, fault: CalibrationFault) -> String {
    match fault {
        CalibrationFault::NoCard => t!(text, "calibrate-no-card"),
        CalibrationFault::NotFlat => t!(text, "calibrate-not-flat"),
        CalibrationFault::NoColour => t!(text, "calibrate-no-colour"),
        CalibrationFault::StillAtMark => t!(text, "calibrate-still-at-mark"),
        CalibrationFault::Empty(EmptyFault::Somebody) => t!(text, "calibrate-somebody"),
        CalibrationFault::Empty(EmptyFault::Dark) => t!(text, "calibrate-dark"),
        CalibrationFault::Empty(EmptyFault::Burnt) => t!(text, "calibrate-burnt"),
        CalibrationFault::Empty(EmptyFault::Uneven) => t!(text, "calibrate-uneven"),
        CalibrationFault::Empty(EmptyFault::NotPlain) => t!(text, "calibrate-not-plain"),
        CalibrationFault::Empty(EmptyFault::Unsteady) => t!(text, "calibrate-unsteady"),
    }
}

/// What is known so far, in the attendant's units.
fn measured(text: Text, step: &Calibrating) -> Vec<(String, String)> {
    let card = step.seen.and_then(|seen| seen.card);
    match (step.stage, card) {
        (CalibrationStage::EmptyBooth { found }, _) => {
            let level = if found.is_level() {
                t!(text, "calibrate-fine")
            } else {
                t!(text, "calibrate-tilted")
            };
            let white = if found.is_white() {
                t!(text, "calibrate-fine")
            } else {
                t!(text, "calibrate-tinted")
            };
            vec![
                (
                    t!(text, "calibrate-wall-distance"),
                    t!(text, "calibrate-cm", cm = format!("{:.0}", found.wall_cm)),
                ),
                (
                    t!(text, "calibrate-behind"),
                    t!(
                        text,
                        "calibrate-cm",
                        cm = format!("{:.0}", found.behind_cm())
                    ),
                ),
                (
                    t!(text, "calibrate-level"),
                    format!("{:.1}° · {level}", found.tilt_deg),
                ),
                (t!(text, "calibrate-white"), white),
            ]
        }
        (_, Some(card)) => vec![(
            t!(text, "calibrate-level"),
            format!("{:.1}°", card.tilt_deg),
        )],
        (_, None) => Vec::new(),
    }
}
