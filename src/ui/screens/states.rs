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

/// Why a submission is not delivered: a trouble of the line or a code of the service, as the booth's records have it.
pub fn why(text: Text, word: &str) -> String {
    match word {
        "unreachable" => t!(text, "why-unreachable"),
        "silent" => t!(text, "why-silent"),
        "certificate" => t!(text, "why-certificate"),
        "not_the_service" => t!(text, "why-not-the-service"),
        "busy" => t!(text, "why-busy"),
        "refused" => t!(text, "why-refused"),
        "unauthorized" => t!(text, "why-unauthorized"),
        "hash_mismatch" => t!(text, "why-damaged"),
        "too_large" => t!(text, "why-too-large"),
        "conflict" => t!(text, "why-conflict"),
        "not_entitled" => t!(text, "why-not-entitled"),
        "already_submitted" => t!(text, "why-already-submitted"),
        "unknown_collection" => t!(text, "why-unknown-collection"),
        "not_open" => t!(text, "why-not-open"),
        "photo_not_standard" => t!(text, "why-photo-not-standard"),
        "capture_not_usable" => t!(text, "why-capture-not-usable"),
        "seal_broken" => t!(text, "why-seal-broken"),
        // of a newer service: better its own word than none
        newer => t!(text, "why-other", word = newer),
    }
}
