//! What each rule is called, which line of the manual it stands for, and how far it is trusted.
//!
//! The one table of the rules; no measuring happens here.

use super::{KnownBy, Rule};

/// One line of the table: id, clause, unit, how it is known, share of the limit from which it warns.
struct Line(&'static str, &'static str, &'static str, KnownBy, f32);

impl Rule {
    /// Every rule, in order of importance.
    pub const ALL: [Self; 35] = [
        Self::OneFace,
        Self::Distance,
        Self::ColourCast,
        Self::Exposure,
        Self::Sharpness,
        Self::HeadRoll,
        Self::FaceCovered,
        Self::Framing,
        Self::HeadYaw,
        Self::LightEven,
        Self::HeadPitch,
        Self::HairHeight,
        Self::Bust,
        Self::WallPlain,
        Self::WallShadow,
        Self::Glare,
        Self::EyesOpen,
        Self::Headwear,
        Self::TintedGlasses,
        Self::Glasses,
        Self::Gaze,
        Self::MouthClosed,
        Self::Retouched,
        Self::Expression,
        Self::Forehead,
        Self::Ears,
        Self::ClothesBlue,
        Self::ClothesPlain,
        Self::ClothesContrast,
        Self::Shoulders,
        Self::Collar,
        Self::Sleeves,
        Self::Ornaments,
        Self::MakeUp,
        Self::WallDistance,
    ];

    /// The stable id, as in the tools' JSON.
    pub const fn id(self) -> &'static str {
        self.line().0
    }

    /// The precaution of the manual that it stands for (P1-P7), in short words.
    pub const fn clause(self) -> &'static str {
        self.line().1
    }

    /// The unit of its main quantity.
    pub const fn unit(self) -> &'static str {
        self.line().2
    }

    /// Whether pixels decide, may only warn, or a person is asked. A rule that was caught in less than
    /// 90 of 100 cases (rules recipe, table) never refuses: a wrong refusal is worse than a question.
    pub const fn known_by(self) -> KnownBy {
        self.line().3
    }

    /// The rule with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// The share of the limit from which a rule warns: the recipe's `WARN` table.
    pub(super) const fn warns_from(self) -> f32 {
        self.line().4
    }

    #[rustfmt::skip]
    const fn line(self) -> Line {
        use KnownBy::{Asked, Measured, WarnOnly};
        match self {
            Self::OneFace => Line("one_face", "P2: one person in the picture", "ratio", Measured, 0.8),
            Self::Distance => Line("distance", "P1: about one metre away", "ratio", Measured, 0.81),
            Self::ColourCast => Line("colour_cast", "P1: good indoor light, not coloured", "ln", Measured, 0.57),
            Self::Exposure => Line("exposure", "P1: good indoor light, neither dark nor burnt", "share", Measured, 0.75),
            Self::Sharpness => Line("sharpness", "P2: a sharp picture", "ratio", Measured, 0.935),
            Self::HeadRoll => Line("head_roll", "P3: head upright", "deg", Measured, 0.64),
            Self::FaceCovered => Line("face_covered", "P3: the face uncovered", "ratio", Measured, 0.85),
            Self::HeadYaw => Line("head_yaw", "P3: facing the camera", "deg", Measured, 0.70),
            Self::LightEven => Line("light_even", "P6: no half-bright face", "ln", Measured, 0.78),
            Self::HeadPitch => Line("head_pitch", "P3: chin neither raised nor lowered", "deg", WarnOnly, 0.70),
            Self::HairHeight => Line("hair_height", "P2: the hair within the picture", "ratio", Measured, 0.90),
            Self::Bust => Line("bust", "P2: head and chest whole", "ratio", Measured, 0.80),
            Self::Framing => Line("framing", "P2: in the middle of the picture", "ratio", Measured, 0.43),
            Self::WallPlain => Line("wall_plain", "P1: a clean white wall", "ratio", Measured, 0.60),
            Self::WallShadow => Line("wall_shadow", "P6: no shadow on the wall", "ratio", Measured, 0.70),
            Self::EyesOpen => Line("eyes_open", "P3: eyes open", "ratio", Measured, 0.85),
            Self::Headwear => Line("headwear", "P4: no headdress", "ratio", Measured, 0.9),
            Self::Glare => Line("glare", "P4: no glare on glasses", "share", Measured, 0.8),
            Self::TintedGlasses => Line("tinted_glasses", "P4: no coloured glasses", "ratio", Measured, 0.9),
            Self::Glasses => Line("glasses", "P4: better without glasses", "ln", Asked, 0.8),
            Self::Gaze => Line("gaze", "P3: looking at the camera", "ratio", Measured, 0.70),
            Self::MouthClosed => Line("mouth_closed", "P3: lips closed naturally", "ratio", Measured, 0.75),
            Self::Retouched => Line("retouched", "P7: not retouched", "ratio", Measured, 0.84),
            Self::Expression => Line("expression", "P3: a natural look", "ratio", WarnOnly, 0.80),
            Self::Forehead => Line("forehead", "P3: forehead and brows visible", "ratio", Asked, 0.35),
            Self::Ears => Line("ears", "P3: ears visible", "share", Asked, 0.8),
            Self::ClothesBlue => Line("clothes_blue", "P5: no blue clothes on blue", "share", Measured, 0.45),
            Self::ClothesPlain => Line("clothes_plain", "P5: clothes of one colour", "share", Measured, 0.65),
            Self::ClothesContrast => Line("clothes_contrast", "P1: clothes distinct from the background", "dE", Measured, 0.60),
            Self::Shoulders => Line("shoulders", "P3: shoulders level", "deg", WarnOnly, 0.60),
            Self::Collar => Line("collar", "P5: clothes with a collar", "share", Asked, 0.8),
            Self::Sleeves => Line("sleeves", "P5: clothes with sleeves", "share", Asked, 0.8),
            Self::Ornaments => Line("ornaments", "P4: no earrings or necklace", "share", Asked, 0.8),
            Self::MakeUp => Line("make_up", "P7: no make-up, no coloured lenses", "share", Asked, 0.8),
            Self::WallDistance => Line("wall_distance", "P1: about one metre in front of the wall", "cm", Asked, 0.8),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_whole_and_in_order() {
        assert!(Rule::ALL.is_sorted());
        for (i, rule) in Rule::ALL.into_iter().enumerate() {
            assert_eq!(rule as usize, i);
        }
        assert_eq!(Rule::ALL.len(), Rule::WallDistance as usize + 1);
    }

    #[test]
    fn the_id_is_the_serialized_name() {
        for rule in Rule::ALL {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.id());
            assert_eq!(Rule::from_id(rule.id()), Some(rule));
            assert!(rule.clause().starts_with('P'));
        }
    }
}
