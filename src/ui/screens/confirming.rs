//! The last look: the very bytes that are handed in, the student's data beside them.

use super::Scene;
use crate::session::{Confirming, ConfirmingIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::{rules, t};
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, facts, lines, picture};
use crate::vision::rules::{Finding, KnownBy, Verdict};
use egui::{Rect, ScrollArea, Ui, pos2, vec2};

/// More hints than this are not read.
const MOST_HINTS: usize = 3;

/// Photo, data, what the booth checked; Submit or Retake. Cancel stands in the dock, where Back is elsewhere.
pub fn confirming_ui(
    ui: &mut Ui,
    step: &Confirming,
    scene: &mut Scene<'_>,
) -> Option<ConfirmingIntent> {
    let text = scene.text;
    let areas = layout::areas(ui);
    let shown = scene
        .gallery
        .jpeg(ui.ctx(), step.photo.sha256(), step.photo.jpeg());
    let label = t!(text, "confirm-photo");
    if areas.portrait {
        layout::panes(
            ui,
            "confirming",
            Second::Fills,
            |ui| widgets::title(ui, t!(text, "confirm-title"), t!(text, "confirm-lead")),
            |ui| {
                let room = ui.available_rect_before_wrap();
                let print = Rect::from_min_size(room.min, vec2(450.0, 600.0));
                picture::print(ui, print, shown, &label);
                let beside = Rect::from_min_max(
                    pos2(print.right() + theme::GAP_L, room.top()),
                    pos2(room.right(), print.bottom()),
                );
                layout::float(ui, beside, 0.5, "confirming-data", |ui| {
                    data_stacked(ui, step, scene);
                });
                let below = room.with_min_y(print.bottom() + theme::GAP_L);
                layout::place(ui, below, |ui| checks(ui, step, scene));
            },
        );
    } else {
        let (left, right) = areas.panes(0.0);
        let print = layout::fitted(left, picture::PHOTO_SIZE);
        let print = print.translate(vec2(left.left() - print.left(), 0.0));
        picture::print(ui, print, shown, &label);
        let rest = Rect::from_min_max(pos2(print.right() + theme::GAP_XL, right.top()), right.max);
        layout::float(ui, rest, 0.3, "confirming-right", |ui| {
            widgets::title(ui, t!(text, "confirm-title"), t!(text, "confirm-lead"));
            ui.add_space(theme::GAP_M);
            card::card_with(ui, theme::GAP_M + 4.0, |ui| {
                facts::facts_spaced(ui, &rows(step, scene), theme::GAP_XS);
            });
            ui.add_space(theme::GAP_S);
            checks(ui, step, scene);
        });
    }
    actions(ui, step, scene)
}

fn actions(ui: &mut Ui, step: &Confirming, scene: &Scene<'_>) -> Option<ConfirmingIntent> {
    let text = scene.text;
    let (submit, saving, retake) = (
        t!(text, "confirm-submit"),
        t!(text, "confirm-saving"),
        t!(text, "confirm-retake"),
    );
    let waiting = step.sending();
    let primary = Button::primary(if waiting { &saving } else { &submit })
        .icon(Icon::Send)
        .enabled(!waiting);
    let secondary = Button::secondary(&retake)
        .icon(Icon::Retake)
        .enabled(!waiting);
    let pressed = button::actions(ui, Some(primary), Some(secondary))?;
    Some(match pressed {
        button::Pressed::Primary => ConfirmingIntent::Submit,
        button::Pressed::Secondary => ConfirmingIntent::Retake,
    })
}

/// Whose photo it is: enough to see a swap.
fn rows(step: &Confirming, scene: &Scene<'_>) -> Vec<(String, String)> {
    let identity = &step.ticket.identity;
    let mut rows = scene.enrolment(&identity.status, identity.last_four.masked());
    rows.truncate(4);
    rows
}

/// Names above values, for a narrow place.
fn data_stacked(ui: &mut Ui, step: &Confirming, scene: &Scene<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (i, (name, value)) in rows(step, scene).iter().enumerate() {
        if i > 0 {
            card::divider(ui, theme::GAP_S);
        }
        widgets::note(ui, name.as_str());
        widgets::words::say(
            ui,
            value.as_str(),
            Type::Body.bold(),
            Type::Body.line(),
            theme::INK,
        );
    }
}

/// What the booth checked, and what to look at. The reviewer has the last word.
fn checks(ui: &mut Ui, step: &Confirming, scene: &Scene<'_>) {
    let text = scene.text;
    let passed = step
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Pass)
        .count();
    let hints: Vec<&Finding> = step
        .findings
        .iter()
        .filter(|finding| speaks(finding))
        .take(MOST_HINTS)
        .collect();
    badge::notice(
        ui,
        Mood::Good,
        Icon::Check,
        &t!(text, "confirm-passed", count = passed),
        &t!(text, "confirm-note"),
    );
    if !hints.is_empty() {
        ui.add_space(theme::GAP_XS);
        ScrollArea::vertical().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for finding in hints {
                let label = rules::what_to_do(text, finding, scene.settings.face_share());
                lines::line_in(
                    ui,
                    rules::icon(finding.rule),
                    &label,
                    Type::Body,
                    theme::CARE,
                );
            }
        });
    }
}

/// Worth saying: near a limit or beyond it. What is only asked was confirmed before.
fn speaks(finding: &Finding) -> bool {
    matches!(finding.verdict, Verdict::Warn | Verdict::Fail)
        && finding.rule.known_by() != KnownBy::Asked
}
