//! How things stand, as a badge: mood, pictogram, words. Shared by the screens that list them.

use super::Scene;
use crate::domain::SubmissionState;
use crate::domain::standing::{Eligibility, Standing};
use crate::ui::text::{Text, t};
use crate::ui::theme::Mood;
use crate::ui::widgets::Icon;

/// Mood, pictogram and words.
pub type Badge = (Mood, Icon, String);

/// A submission.
pub fn submission(text: Text, state: SubmissionState) -> Badge {
    match state {
        SubmissionState::Queued => (Mood::Good, Icon::Send, t!(text, "badge-queued")),
        SubmissionState::Delivered | SubmissionState::UnderReview => {
            (Mood::Good, Icon::Clock, t!(text, "badge-review"))
        }
        SubmissionState::Held => (Mood::Care, Icon::Warning, t!(text, "badge-held")),
        SubmissionState::Approved => (Mood::Good, Icon::Check, t!(text, "badge-approved")),
        SubmissionState::NotApproved => {
            (Mood::Trouble, Icon::Retake, t!(text, "badge-not-approved"))
        }
        SubmissionState::Withdrawn => (Mood::Calm, Icon::Back, t!(text, "badge-withdrawn")),
    }
}

/// A collection, for a student.
pub fn standing(scene: &Scene<'_>, standing: &Standing) -> Badge {
    let text = scene.text;
    if let Some(handed_in) = &standing.submission {
        return submission(text, handed_in.state);
    }
    let collection = &standing.collection;
    if scene.today < collection.opens {
        return (Mood::Calm, Icon::Calendar, t!(text, "badge-soon"));
    }
    if scene.today > collection.closes {
        return (Mood::Calm, Icon::Calendar, t!(text, "badge-ended"));
    }
    if standing.eligibility == Eligibility::NotOnRoster {
        return (Mood::Care, Icon::Warning, t!(text, "badge-not-listed"));
    }
    if standing.open_order.is_some() {
        return (Mood::Care, Icon::Wallet, t!(text, "badge-order"));
    }
    match (standing.entitlement.is_some(), collection.fee.is_nothing()) {
        (_, true) => (Mood::Good, Icon::Camera, t!(text, "badge-free")),
        (true, false) => (Mood::Good, Icon::Camera, t!(text, "badge-paid")),
        (false, false) => (Mood::Calm, Icon::Camera, t!(text, "badge-to-do")),
    }
}
