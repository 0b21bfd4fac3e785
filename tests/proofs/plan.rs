//! How many histories, and from which seed.
#![allow(
    dead_code,
    reason = "the first proofs join this binary with the rooms that they prove"
)]

use std::env;

/// What was asked for by `PROOF_HISTORIES` and `PROOF_SEED`.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many.
    pub histories: u64,
    /// Of the first.
    pub seed: u64,
}

impl Plan {
    /// `usual` histories where nothing else is asked for.
    pub fn asked(usual: u64) -> Self {
        Self {
            histories: number("PROOF_HISTORIES").unwrap_or(usual),
            seed: number("PROOF_SEED").unwrap_or(1),
        }
    }

    /// One seed a history.
    pub fn seeds(self) -> impl Iterator<Item = u64> {
        (0..self.histories).map(move |n| self.seed.wrapping_add(n))
    }
}

/// A variable that is there and no number stops the proof: it would otherwise prove less than was asked.
fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    assert!(
        text.parse::<u64>().is_ok(),
        "{name} is not a number: {text}"
    );
    text.parse().ok()
}

#[test]
fn every_history_has_a_seed_of_its_own() {
    let plan = Plan {
        histories: 3,
        seed: u64::MAX,
    };
    assert_eq!(plan.seeds().collect::<Vec<_>>(), [u64::MAX, 0, 1]);
}
