//! The reviewer's verdict and its reasons.

use serde::{Deserialize, Serialize};

/// Why a photo was not approved: the manual's precautions and the authority's checks, as a closed list
/// with words for the student in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotApprovedReason {
    /// Head tilted or turned.
    HeadTurned,
    /// Head too high, too low, too large or too small.
    Proportions,
    /// Eyes closed or not looking at the camera.
    Eyes,
    /// Mouth open, teeth showing, not a neutral face.
    Expression,
    /// Ears, forehead or brows covered.
    FaceCovered,
    /// Glasses tinted, with glare, or covering the eyes.
    Glasses,
    /// Headwear or ornaments.
    HeadwearOrnaments,
    /// One side darker, shadows, highlights.
    Light,
    /// Blurred.
    Sharpness,
    /// Background not uniform, edge of the hair not clean.
    Background,
    /// Blue, sleeveless, patterned or collarless clothes.
    Clothes,
    /// Made up or retouched.
    Retouched,
    /// Not the person of the enrolment.
    AnotherPerson,
    /// Something else; the reviewer's note says what.
    Other,
}

impl NotApprovedReason {
    /// All, in the order in which reviewers see them.
    pub const ALL: [Self; 14] = [
        Self::HeadTurned,
        Self::Proportions,
        Self::Eyes,
        Self::Expression,
        Self::FaceCovered,
        Self::Glasses,
        Self::HeadwearOrnaments,
        Self::Light,
        Self::Sharpness,
        Self::Background,
        Self::Clothes,
        Self::Retouched,
        Self::AnotherPerson,
        Self::Other,
    ];
}

/// 审核结果.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum ReviewDecision {
    /// 审核通过.
    Approved,
    /// 审核未通过: at least one reason; a retake is free.
    NotApproved {
        /// Why.
        reasons: Vec<NotApprovedReason>,
        /// The reviewer's words, may be empty.
        #[serde(default)]
        note: String,
    },
}
