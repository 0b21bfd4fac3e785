//! The precautions of the manual (P1-P7) as a closed list, and what was found against each.
//!
//! [`assess`] measures every rule on one picture, an [`Examination`] the ones that are asked for.
//! `guidance` turns the findings of many frames into one calm sentence. Nothing is guessed: what cannot
//! be seen is `Unknown`, what cannot be measured well enough is `Asked` or warns at most.
//! No rule looks at how bright or how dark a person is: only at ratios inside one face, relations to the
//! person's own skin, and the wall.

mod assess;
mod catalogue;
mod clothes;
mod cover;
mod examination;
mod eyes;
mod geometry;
mod glasses;
pub mod guidance;
mod headwear;
mod light;
mod matte;
mod mesh;
mod mouth;
mod rasters;
mod reading;
mod scene;
mod sharpness;
mod turns;
mod wall;

pub use assess::assess;
pub use examination::Examination;
pub use rasters::Wall;
pub(in crate::vision) use rasters::tone;
pub use rasters::tone::{lab, linear};
pub use scene::{Ruler, SceneFit};
pub use turns::{FACE, GEOMETRY, ROOM};

use reading::Reading;
use serde::{Deserialize, Serialize};

use crate::vision::Picture;

/// A line of the precautions. The order is the order of importance: root causes first, so that the
/// first failing rule is the one sentence a student needs: behind glare no eye can be seen, behind closed lids no
/// tint, beside a mask no tilt.
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
    // who stands beside the middle is seen from the side: the place is the cause, the turn its look
    Framing,
    HeadYaw,
    LightEven,
    HeadPitch,
    HairHeight,
    Bust,
    WallPlain,
    WallShadow,
    Glare,
    EyesOpen,
    Headwear,
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
    /// How much of the limit is used up: 1 is the limit, more is beyond it. For an asked rule a hint of
    /// what the person is to be asked about. Not part of the tools' output.
    #[serde(skip)]
    pub score: Option<f32>,
}

/// What the rules are held against besides the picture itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The background of the standard photo, sRGB: clothes must differ from it.
    pub output_background: [u8; 3],
    /// The empty booth in the same camera and light, if one was taken; ignored if its shape differs.
    pub plate: Option<&'a Picture>,
    /// The booth's own camera: nothing can have been retouched, so that rule is not measured.
    pub live: bool,
    /// What was measured in with the card; without it no centimetres are known.
    pub ruler: Option<Ruler>,
    /// How far this person's eyes were open in the last seconds, lid gap of eye width: narrow eyes are compared with
    /// themselves.
    pub own_lid_gap: Option<f32>,
}

impl Default for Context<'_> {
    /// A file from anywhere, for the blue of the certificate (100, 197, 255).
    fn default() -> Self {
        Self {
            output_background: [100, 197, 255],
            plate: None,
            live: false,
            ruler: None,
            own_lid_gap: None,
        }
    }
}

/// The verdict on a picture as a whole: fails if a rule fails, warns if one warns.
/// What is unknown or asked does not refuse a picture.
pub fn overall(findings: &[Finding]) -> Verdict {
    let any = |verdict| findings.iter().any(|f| f.verdict == verdict);
    if any(Verdict::Fail) {
        Verdict::Fail
    } else if any(Verdict::Warn) {
        Verdict::Warn
    } else {
        Verdict::Pass
    }
}

/// Worst first: failures in order of importance, then warnings, then what is asked or unknown, then the rest.
pub fn sort_by_importance(findings: &mut [Finding]) {
    findings.sort_by_key(|f| (f.verdict.rank(), f.rule));
}

impl Verdict {
    const fn rank(self) -> u8 {
        match self {
            Self::Fail => 0,
            Self::Warn => 1,
            Self::Asked | Self::Unknown => 2,
            Self::Pass => 3,
        }
    }
}

impl Finding {
    /// The verdict that a reading earns.
    fn of(rule: Rule, reading: Reading) -> Self {
        let known = reading.score.is_finite();
        let verdict = match rule.known_by() {
            // where the booth was measured in, the distance from the wall need not be asked
            KnownBy::Asked if rule != Rule::WallDistance || !known => Verdict::Asked,
            KnownBy::Measured | KnownBy::WarnOnly if !known => Verdict::Unknown,
            KnownBy::Measured if reading.score >= 1.0 => Verdict::Fail,
            _ if reading.score >= rule.warns_from() => Verdict::Warn,
            KnownBy::Asked | KnownBy::Measured | KnownBy::WarnOnly => Verdict::Pass,
        };
        let seen = |v: f32| v.is_finite().then_some(v);
        Self {
            rule,
            verdict,
            value: seen(reading.value),
            limit: seen(reading.limit),
            unit: if reading.unit.is_empty() {
                rule.unit()
            } else {
                reading.unit
            },
            score: seen(reading.score),
        }
    }
}
