//! Words for the field's own lists: categories, levels, ID documents, reasons, states.

use super::{Text, t};
use crate::domain::collection::Background;
use crate::domain::student::{IdKind, Level};
use crate::domain::{EducationCategory, NotApprovedReason};

/// A kind of education.
pub fn category(text: Text, category: EducationCategory) -> String {
    match category {
        EducationCategory::Regular => t!(text, "category-regular"),
        EducationCategory::Postgraduate => t!(text, "category-postgraduate"),
        EducationCategory::Adult => t!(text, "category-adult"),
        EducationCategory::Online => t!(text, "category-online"),
        EducationCategory::Open => t!(text, "category-open-university"),
        EducationCategory::SelfTaught => t!(text, "category-self-taught"),
        EducationCategory::International => t!(text, "category-international"),
    }
}

/// A level of study.
pub fn level(text: Text, level: Level) -> String {
    match level {
        Level::Doctor => t!(text, "level-doctor"),
        Level::Master => t!(text, "level-master"),
        Level::SecondBachelor => t!(text, "level-second-bachelor"),
        Level::Bachelor => t!(text, "level-bachelor"),
        Level::Associate => t!(text, "level-associate"),
    }
}

/// A kind of ID document.
pub fn id_kind(text: Text, kind: IdKind) -> String {
    match kind {
        IdKind::ResidentId => t!(text, "id-resident"),
        IdKind::ResidencePermit => t!(text, "id-residence-permit"),
        IdKind::TravelPermit => t!(text, "id-travel-permit"),
        IdKind::Passport => t!(text, "id-passport"),
        IdKind::PermanentResidence => t!(text, "id-permanent-residence"),
    }
}

/// The background of the standard photo.
pub fn background(text: Text, background: Background) -> String {
    match background {
        Background::LightBlue => t!(text, "background-light-blue"),
        Background::White => t!(text, "background-white"),
        Background::LightGrey => t!(text, "background-light-grey"),
        Background::Red => t!(text, "background-red"),
        Background::Keep => t!(text, "background-keep"),
    }
}

/// Why a photo was not approved.
pub fn reason(text: Text, reason: NotApprovedReason) -> String {
    match reason {
        NotApprovedReason::HeadTurned => t!(text, "reason-head-turned"),
        NotApprovedReason::Proportions => t!(text, "reason-proportions"),
        NotApprovedReason::Eyes => t!(text, "reason-eyes"),
        NotApprovedReason::Expression => t!(text, "reason-expression"),
        NotApprovedReason::FaceCovered => t!(text, "reason-face-covered"),
        NotApprovedReason::Glasses => t!(text, "reason-glasses"),
        NotApprovedReason::HeadwearOrnaments => t!(text, "reason-headwear-ornaments"),
        NotApprovedReason::Light => t!(text, "reason-light"),
        NotApprovedReason::Sharpness => t!(text, "reason-sharpness"),
        NotApprovedReason::Background => t!(text, "reason-background"),
        NotApprovedReason::Clothes => t!(text, "reason-clothes"),
        NotApprovedReason::Retouched => t!(text, "reason-retouched"),
        NotApprovedReason::AnotherPerson => t!(text, "reason-another-person"),
        NotApprovedReason::Other => t!(text, "reason-other"),
    }
}
