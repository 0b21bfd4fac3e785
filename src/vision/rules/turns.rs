//! Which rules a live frame is asked for: geometry in each, pixels of the face and of the room in turns.

use super::Rule;

/// From points and the coarse matte alone, in some microseconds.
pub const GEOMETRY: [Rule; 13] = [
    Rule::OneFace,
    Rule::Distance,
    Rule::HeadRoll,
    Rule::HeadYaw,
    Rule::HeadPitch,
    Rule::HairHeight,
    Rule::Bust,
    Rule::Framing,
    Rule::EyesOpen,
    Rule::Gaze,
    Rule::Expression,
    Rule::Shoulders,
    Rule::WallDistance,
];

/// From the upright face.
pub const FACE: [Rule; 10] = [
    Rule::Sharpness,
    Rule::FaceCovered,
    Rule::LightEven,
    Rule::Headwear,
    Rule::Glare,
    Rule::TintedGlasses,
    Rule::Glasses,
    Rule::MouthClosed,
    Rule::Forehead,
    Rule::Ears,
];

/// From the whole frame: light, wall, clothes.
pub const ROOM: [Rule; 8] = [
    Rule::ColourCast,
    Rule::Exposure,
    Rule::WallPlain,
    Rule::WallShadow,
    Rule::ClothesBlue,
    Rule::ClothesPlain,
    Rule::ClothesContrast,
    Rule::Sleeves,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::rules::KnownBy;

    #[test]
    fn every_rule_that_can_be_measured_live_has_its_turn_once() {
        let mut turns: Vec<Rule> = [&GEOMETRY[..], &FACE, &ROOM].concat();
        turns.sort_unstable();
        let live: Vec<Rule> = Rule::ALL
            .into_iter()
            .filter(|rule| {
                // collar, ornaments and make-up leave no evidence; what a live camera sees was not retouched
                !matches!(
                    rule,
                    Rule::Collar | Rule::Ornaments | Rule::MakeUp | Rule::Retouched
                )
            })
            .collect();
        assert_eq!(turns, live);
        assert!(live.iter().any(|rule| rule.known_by() == KnownBy::Asked));
    }
}
