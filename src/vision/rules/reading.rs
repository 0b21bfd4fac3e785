//! A quantity beside the limit it is held against.
//!
//! The score is the share of the limit that is used up, so that terms of different units can be compared
//! and the worst one is the one that is told.

/// One quantity of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// 1 is the limit, more is beyond it; not a number if nothing could be measured.
    pub score: f32,
    /// The quantity.
    pub value: f32,
    /// What it is held against.
    pub limit: f32,
    /// Empty: the unit of the rule.
    pub unit: &'static str,
}

impl Reading {
    /// Nothing could be measured.
    pub const UNKNOWN: Self = Self {
        score: f32::NAN,
        value: f32::NAN,
        limit: f32::NAN,
        unit: "",
    };

    /// A quantity whose size must stay below the limit.
    pub fn at_most(value: f32, limit: f32) -> Self {
        Self {
            score: value.abs() / limit,
            value,
            limit,
            unit: "",
        }
    }

    /// A quantity that must reach the limit.
    pub fn at_least(value: f32, limit: f32) -> Self {
        Self {
            score: limit / value.max(1e-3),
            value,
            limit,
            unit: "",
        }
    }

    /// In another unit than the rule's own.
    pub fn in_unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// Never worse than `score`.
    pub fn capped(self, score: f32) -> Self {
        Self {
            score: self.score.min(score),
            ..self
        }
    }

    /// The worst of the terms; terms that could not be measured are left out.
    pub fn worst<const N: usize>(terms: [Self; N]) -> Self {
        terms
            .into_iter()
            .filter(|t| t.score.is_finite())
            .fold(Self::UNKNOWN, |worst, term| {
                if worst.score.is_finite() && worst.score >= term.score {
                    worst
                } else {
                    term
                }
            })
    }

    /// This term only if it holds, else one that says nothing.
    pub fn only_if(self, holds: bool) -> Self {
        if holds {
            self
        } else {
            Self { score: 0.0, ..self }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_term_is_told_and_unknown_ones_are_left_out() {
        let worst = Reading::worst([
            Reading::at_most(0.2, 1.0),
            Reading::UNKNOWN,
            Reading::at_least(0.5, 1.0).in_unit("share"),
        ]);
        assert!((worst.score - 2.0).abs() < 1e-6);
        assert_eq!(worst.unit, "share");
        assert!(Reading::worst([Reading::UNKNOWN]).score.is_nan());
    }

    #[test]
    fn the_sign_of_an_angle_stays_in_the_value() {
        let tilted = Reading::at_most(-9.0, 6.0);
        assert!((tilted.score - 1.5).abs() < 1e-6 && tilted.value < 0.0);
        assert!(Reading::at_most(2.0, 1.0).only_if(false).score < 1.0);
        assert!(Reading::at_most(2.0, 1.0).capped(0.9).score < 1.0);
    }
}
