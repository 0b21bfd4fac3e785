//! Where an earlier submission stands.

use super::Scene;
use crate::domain::standing::{SubmissionStanding, day_in_china};
use crate::domain::{ReviewDecision, SubmissionState};
use crate::session::{StandingIntent, StandingView};
use crate::ui::layout::{self, Second};
use crate::ui::text::{about, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::{self, Button, Icon, badge, button, card, facts};
use egui::{ScrollArea, Ui};

/// The state, what it means, and what can be done.
pub fn standing_ui(
    ui: &mut Ui,
    step: &StandingView,
    scene: &mut Scene<'_>,
) -> Option<StandingIntent> {
    let text = scene.text;
    let standing = &step.chosen.standing;
    let Some(submission) = &standing.submission else {
        return None;
    };
    let (mood, icon, title, detail) = state(submission, scene);
    let status = &step.chosen.identity.status;
    let mut rows = scene.enrolment(status, step.chosen.identity.last_four.masked());
    // the school stands at the top of the screen; reasons need the room
    rows.truncate(if submission.state == SubmissionState::NotApproved {
        1
    } else {
        3
    });
    rows.push((
        t!(text, "standing-submitted"),
        text.day(day_in_china(submission.submitted_at)),
    ));
    rows.push((
        t!(text, "farewell-number"),
        submission.id.short().to_uppercase(),
    ));
    let areas = layout::areas(ui).off_the_way();
    layout::panes_in(
        ui,
        &areas,
        "standing",
        Second::Floats,
        |ui| {
            badge::emblem(ui, mood, icon);
            ui.add_space(theme::GAP_M);
            widgets::title(ui, title, detail);
        },
        |ui| {
            ScrollArea::vertical().show(ui, |ui| {
                if let Some(ReviewDecision::NotApproved { reasons, note }) = &submission.decision {
                    card::card(ui, |ui| {
                        widgets::heading(ui, t!(text, "standing-reasons"));
                        for reason in reasons {
                            let label = about::reason(text, *reason);
                            widgets::lines::line_in(
                                ui,
                                Icon::Cross,
                                &label,
                                theme::Type::Body,
                                theme::TROUBLE,
                            );
                        }
                        if !note.is_empty() {
                            card::divider(ui, theme::GAP_S);
                            widgets::note(ui, t!(text, "standing-note"));
                            widgets::words::body(ui, note.as_str());
                        }
                    });
                    ui.add_space(theme::GAP_M);
                }
                card::card(ui, |ui| facts::facts(ui, &rows));
                if submission.decision.is_none() {
                    ui.add_space(theme::GAP_M);
                    badge::notice(
                        ui,
                        Mood::Calm,
                        Icon::Headset,
                        &t!(text, "standing-change"),
                        "",
                    );
                }
            });
        },
    );
    let retake = t!(text, "standing-retake");
    let offered = standing
        .may_retake()
        .then(|| Button::primary(&retake).icon(Icon::Camera));
    button::actions(ui, offered, None).map(|_| StandingIntent::Retake)
}

fn state(submission: &SubmissionStanding, scene: &Scene<'_>) -> (Mood, Icon, String, String) {
    let text = scene.text;
    let (days, due) = (scene.settings.review_days, text.day(submission.due));
    match submission.state {
        SubmissionState::Queued => (
            Mood::Good,
            Icon::Send,
            t!(text, "standing-queued-title"),
            t!(text, "standing-queued-text"),
        ),
        SubmissionState::Delivered | SubmissionState::UnderReview
            if submission.is_overdue(scene.today) =>
        {
            (
                Mood::Care,
                Icon::Clock,
                t!(text, "standing-review-title"),
                t!(text, "standing-overdue-text", date = due),
            )
        }
        SubmissionState::Delivered | SubmissionState::UnderReview => {
            let detail = t!(text, "standing-review-text", days = days, date = due);
            (
                Mood::Good,
                Icon::Clock,
                t!(text, "standing-review-title"),
                detail,
            )
        }
        SubmissionState::Held => (
            Mood::Care,
            Icon::Warning,
            t!(text, "standing-held-title"),
            t!(text, "standing-held-text"),
        ),
        SubmissionState::Approved => (
            Mood::Good,
            Icon::Check,
            t!(text, "standing-approved-title"),
            t!(text, "standing-approved-text"),
        ),
        SubmissionState::NotApproved => (
            Mood::Trouble,
            Icon::Retake,
            t!(text, "standing-not-approved-title"),
            t!(text, "standing-not-approved-text"),
        ),
        SubmissionState::Withdrawn => (
            Mood::Calm,
            Icon::Back,
            t!(text, "standing-withdrawn-title"),
            t!(text, "standing-withdrawn-text"),
        ),
    }
}
