//! A reason to refuse: the rule, what was measured and what it was held against.

use crate::vision::rules::{Finding, Rule, Verdict};
use serde::{Deserialize, Serialize};

/// One reason, with what was measured and what the limit is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// The measured quantity.
    pub value: f32,
    /// What it is held against.
    pub limit: f32,
    /// Unit of both.
    pub unit: Unit,
}

/// What a reason is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Faces.
    Faces,
    /// Degrees.
    Deg,
    /// Pixels of the photo.
    Px,
    /// A share, 0..1.
    Share,
    /// Colour distance, 0..1 a channel.
    Colour,
    /// A probability, 0..1.
    Probability,
}

impl Unit {
    /// As findings write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Faces => "faces",
            Self::Deg => "deg",
            Self::Px => "px",
            Self::Share => "share",
            Self::Colour => "colour",
            Self::Probability => "probability",
        }
    }
}

/// Why a capture cannot become a standard photo; at least one reason, the most important first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// The reasons.
    pub reasons: Vec<Reason>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (
            i,
            Reason {
                rule,
                value,
                limit,
                unit,
            },
        ) in self.reasons.iter().enumerate()
        {
            let separator = if i == 0 { "" } else { "; " };
            write!(
                f,
                "{separator}{rule:?}: {value:.3} against {limit:.3} {}",
                unit.name()
            )?;
        }
        Ok(())
    }
}

impl Reason {
    /// As the finding of a rule that failed.
    pub fn finding(&self) -> Finding {
        Finding {
            rule: self.rule,
            verdict: Verdict::Fail,
            value: Some(self.value),
            limit: Some(self.limit),
            unit: self.unit.name(),
            score: None,
        }
    }
}

impl Refusal {
    /// `Err` where there is a reason; sorted by the order of the rules.
    pub(super) fn unless_empty(mut reasons: Vec<Reason>) -> Result<(), Self> {
        reasons.sort_by_key(|reason| reason.rule);
        if reasons.is_empty() {
            Ok(())
        } else {
            Err(Self { reasons })
        }
    }
}
