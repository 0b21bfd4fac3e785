//! What no camera can tell surely enough: asked of the student once a session, before the camera opens.

use crate::domain::Collection;
use crate::domain::collection::ClearGlasses;
use crate::vision::rules::Rule;

/// One thing to be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Ears, forehead and brows are visible, and no hand or band is there.
    Face,
    /// A collar, sleeves.
    Clothes,
    /// Glasses off, where the collection does not want them.
    GlassesOff,
    /// Glasses only if they are needed, clear, without glare.
    GlassesClear,
    /// No earrings, no necklace.
    Ornaments,
    /// No make-up, no coloured lenses.
    Natural,
    /// On the mark, a metre from the wall.
    Stand,
}

impl Question {
    /// What is asked for this collection, in the order on the screen. Whoever is excused from showing the head
    /// uncovered is not asked about ears and forehead.
    pub fn of(collection: &Collection, head_excused: bool) -> Vec<Self> {
        let glasses = match collection.glasses {
            ClearGlasses::Allowed => None,
            ClearGlasses::Refused => Some(Self::GlassesOff),
            ClearGlasses::Asked => Some(Self::GlassesClear),
        };
        (!head_excused)
            .then_some(Self::Face)
            .into_iter()
            .chain([Self::Clothes])
            .chain(glasses)
            .chain([Self::Ornaments, Self::Natural, Self::Stand])
            .collect()
    }

    /// The rules that are known by the answer.
    pub const fn rules(self) -> &'static [Rule] {
        match self {
            Self::Face => &[Rule::Ears, Rule::Forehead],
            Self::Clothes => &[Rule::Collar, Rule::Sleeves],
            Self::GlassesOff | Self::GlassesClear => &[Rule::Glasses],
            Self::Ornaments => &[Rule::Ornaments],
            Self::Natural => &[Rule::MakeUp],
            Self::Stand => &[Rule::WallDistance],
        }
    }
}

/// What an attendant may excuse a student from, for religious or medical reasons.
pub const HEAD_COVERED: [Rule; 3] = [Rule::Headwear, Rule::Forehead, Rule::Ears];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::rules::KnownBy;

    #[test]
    fn every_rule_that_is_asked_is_in_a_question() {
        let questions = [
            Question::Face,
            Question::Clothes,
            Question::GlassesClear,
            Question::Ornaments,
            Question::Natural,
            Question::Stand,
        ];
        for rule in Rule::ALL {
            let asked = questions.iter().any(|q| q.rules().contains(&rule));
            assert_eq!(asked, rule.known_by() == KnownBy::Asked, "{}", rule.id());
        }
    }
}
