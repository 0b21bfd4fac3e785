//! The precautions of the manual (P1-P7) as a closed list, and what was found against each.

use serde::{Deserialize, Serialize};

/// A line of the precautions. The order is the order of importance: root causes first, so that the
/// first failing rule is the one sentence a student needs (`rules-recipe`, priority order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the names are the rule ids; `Rule::clause` says what each stands for"
)]
pub enum Rule {
    OneFace,
    Distance,
    ColourCast,
    Exposure,
    Sharpness,
    HeadRoll,
    FaceCovered,
    HeadYaw,
    LightEven,
    HeadPitch,
    Bust,
    Framing,
    WallPlain,
    WallShadow,
    EyesOpen,
    Headwear,
    Glare,
    TintedGlasses,
    Glasses,
    Gaze,
    MouthClosed,
    Retouched,
    Expression,
    Forehead,
    Ears,
    ClothesBlue,
    ClothesPlain,
    ClothesContrast,
    Shoulders,
    Collar,
    Sleeves,
    Ornaments,
    MakeUp,
    WallDistance,
}

/// How a rule is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownBy {
    /// Pixels or geometry decide; may refuse.
    Measured,
    /// Measured, but not surely enough to refuse: at most a warning.
    WarnOnly,
    /// The student or the attendant confirms it on the screen.
    Asked,
}

/// What was found against a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Pass,
    /// Near the limit, or a rule that may only warn.
    Warn,
    /// Beyond the limit.
    Fail,
    /// Cannot be told from this picture; nothing is guessed.
    Unknown,
    /// Not measured: to be confirmed by a person.
    Asked,
}

/// One rule, measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The verdict.
    pub verdict: Verdict,
    /// The measured quantity in `unit`, if there is one.
    pub value: Option<f32>,
    /// The limit that `value` is held against, in `unit`.
    pub limit: Option<f32>,
    /// `deg`, `ratio`, `share`, `faces`, `ln`, `dE`, ...
    pub unit: &'static str,
}
