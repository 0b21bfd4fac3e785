//! Words and pictograms for the rules: what to do, in one sentence, and what each rule is called.

use super::{Text, t};
use crate::ui::widgets::Icon;
use crate::vision::rules::{Finding, Rule};

/// What to do about a finding. Distance knows its direction and how far: the nearer the wider a face is, and at the mark
/// it has `face_share` of the frame's height.
pub fn what_to_do(text: Text, finding: &Finding, face_share: f32) -> String {
    /// From this ratio on half a step is not enough.
    const MORE_THAN_HALF_A_STEP: f32 = 1.45;
    match (finding.rule, finding.value) {
        (Rule::Distance, Some(share)) if share > MORE_THAN_HALF_A_STEP * face_share => {
            t!(text, "rule-distance-much-nearer")
        }
        (Rule::Distance, Some(share)) if share > face_share => t!(text, "rule-distance-near"),
        (Rule::Distance, Some(share)) if share * MORE_THAN_HALF_A_STEP < face_share => {
            t!(text, "rule-distance-much-farther")
        }
        (Rule::Distance, Some(_)) => t!(text, "rule-distance-far"),
        (rule, _) => guidance(text, rule),
    }
}

/// What to do about a rule.
pub fn guidance(text: Text, rule: Rule) -> String {
    match rule {
        Rule::OneFace => t!(text, "rule-one-face"),
        Rule::Distance => t!(text, "rule-distance"),
        Rule::ColourCast => t!(text, "rule-colour-cast"),
        Rule::Exposure => t!(text, "rule-exposure"),
        Rule::Sharpness => t!(text, "rule-sharpness"),
        Rule::HeadRoll => t!(text, "rule-head-roll"),
        Rule::FaceCovered => t!(text, "rule-face-covered"),
        Rule::HeadYaw => t!(text, "rule-head-yaw"),
        Rule::LightEven => t!(text, "rule-light-even"),
        Rule::HeadPitch => t!(text, "rule-head-pitch"),
        Rule::HairHeight => t!(text, "rule-hair-height"),
        Rule::Bust => t!(text, "rule-bust"),
        Rule::Framing => t!(text, "rule-framing"),
        Rule::WallPlain => t!(text, "rule-wall-plain"),
        Rule::WallShadow => t!(text, "rule-wall-shadow"),
        Rule::EyesOpen => t!(text, "rule-eyes-open"),
        Rule::Headwear => t!(text, "rule-headwear"),
        Rule::Glare => t!(text, "rule-glare"),
        Rule::TintedGlasses => t!(text, "rule-tinted-glasses"),
        Rule::Glasses => t!(text, "rule-glasses"),
        Rule::Gaze => t!(text, "rule-gaze"),
        Rule::MouthClosed => t!(text, "rule-mouth-closed"),
        Rule::Retouched => t!(text, "rule-retouched"),
        Rule::Expression => t!(text, "rule-expression"),
        Rule::Forehead => t!(text, "rule-forehead"),
        Rule::Ears => t!(text, "rule-ears"),
        Rule::ClothesBlue => t!(text, "rule-clothes-blue"),
        Rule::ClothesPlain => t!(text, "rule-clothes-plain"),
        Rule::ClothesContrast => t!(text, "rule-clothes-contrast"),
        Rule::Shoulders => t!(text, "rule-shoulders"),
        Rule::Collar => t!(text, "rule-collar"),
        Rule::Sleeves => t!(text, "rule-sleeves"),
        Rule::Ornaments => t!(text, "rule-ornaments"),
        Rule::MakeUp => t!(text, "rule-make-up"),
        Rule::WallDistance => t!(text, "rule-wall-distance"),
    }
}

/// What a rule is called.
pub fn name(text: Text, rule: Rule) -> String {
    match rule {
        Rule::OneFace => t!(text, "rulename-one-face"),
        Rule::Distance => t!(text, "rulename-distance"),
        Rule::ColourCast => t!(text, "rulename-colour-cast"),
        Rule::Exposure => t!(text, "rulename-exposure"),
        Rule::Sharpness => t!(text, "rulename-sharpness"),
        Rule::HeadRoll => t!(text, "rulename-head-roll"),
        Rule::FaceCovered => t!(text, "rulename-face-covered"),
        Rule::HeadYaw => t!(text, "rulename-head-yaw"),
        Rule::LightEven => t!(text, "rulename-light-even"),
        Rule::HeadPitch => t!(text, "rulename-head-pitch"),
        Rule::HairHeight => t!(text, "rulename-hair-height"),
        Rule::Bust => t!(text, "rulename-bust"),
        Rule::Framing => t!(text, "rulename-framing"),
        Rule::WallPlain => t!(text, "rulename-wall-plain"),
        Rule::WallShadow => t!(text, "rulename-wall-shadow"),
        Rule::EyesOpen => t!(text, "rulename-eyes-open"),
        Rule::Headwear => t!(text, "rulename-headwear"),
        Rule::Glare => t!(text, "rulename-glare"),
        Rule::TintedGlasses => t!(text, "rulename-tinted-glasses"),
        Rule::Glasses => t!(text, "rulename-glasses"),
        Rule::Gaze => t!(text, "rulename-gaze"),
        Rule::MouthClosed => t!(text, "rulename-mouth-closed"),
        Rule::Retouched => t!(text, "rulename-retouched"),
        Rule::Expression => t!(text, "rulename-expression"),
        Rule::Forehead => t!(text, "rulename-forehead"),
        Rule::Ears => t!(text, "rulename-ears"),
        Rule::ClothesBlue => t!(text, "rulename-clothes-blue"),
        Rule::ClothesPlain => t!(text, "rulename-clothes-plain"),
        Rule::ClothesContrast => t!(text, "rulename-clothes-contrast"),
        Rule::Shoulders => t!(text, "rulename-shoulders"),
        Rule::Collar => t!(text, "rulename-collar"),
        Rule::Sleeves => t!(text, "rulename-sleeves"),
        Rule::Ornaments => t!(text, "rulename-ornaments"),
        Rule::MakeUp => t!(text, "rulename-make-up"),
        Rule::WallDistance => t!(text, "rulename-wall-distance"),
    }
}

/// The pictogram of a rule.
pub const fn icon(rule: Rule) -> Icon {
    match rule {
        Rule::OneFace | Rule::HairHeight | Rule::Bust | Rule::Framing | Rule::Shoulders => {
            Icon::Person
        }
        Rule::Distance | Rule::WallDistance => Icon::Ruler,
        Rule::ColourCast | Rule::Exposure | Rule::LightEven => Icon::Sun,
        Rule::Sharpness => Icon::Hold,
        Rule::HeadRoll
        | Rule::FaceCovered
        | Rule::HeadYaw
        | Rule::HeadPitch
        | Rule::MouthClosed
        | Rule::Expression => Icon::Face,
        Rule::WallPlain | Rule::WallShadow => Icon::Wall,
        Rule::EyesOpen | Rule::Gaze => Icon::Eye,
        Rule::Headwear => Icon::Hat,
        Rule::Glare | Rule::TintedGlasses | Rule::Glasses => Icon::Glasses,
        Rule::Retouched | Rule::MakeUp => Icon::Brush,
        Rule::Forehead | Rule::Ears => Icon::Hair,
        Rule::ClothesBlue
        | Rule::ClothesPlain
        | Rule::ClothesContrast
        | Rule::Collar
        | Rule::Sleeves => Icon::Shirt,
        Rule::Ornaments => Icon::Ornament,
    }
}
