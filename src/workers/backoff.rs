//! Waiting before trying again: exponential with full jitter, from a second to a quarter of an hour, for ever.
//!
//! Jitter comes from the system's randomness, waiting is measured on the monotonic clock, so a wrong wall
//! clock neither hurries nor stops a retry.

use crate::clock;
use std::time::{Duration, Instant};

/// Bounds of waiting.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The least, and the unit that doubles.
    pub least: Duration,
    /// The most.
    pub most: Duration,
}

/// One thing that is tried until it succeeds.
#[derive(Debug, Clone)]
pub struct Backoff {
    pace: Pace,
    failures: u32,
    not_before: Option<Instant>,
    /// The other side asked to be left alone until then.
    asked_until: Option<Instant>,
}

impl Backoff {
    /// Nothing failed yet: due at once.
    pub const fn new(pace: Pace) -> Self {
        Self {
            pace,
            failures: 0,
            not_before: None,
            asked_until: None,
        }
    }

    /// So many failures in a row.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// When it may be tried; `None` means at once.
    pub const fn not_before(&self) -> Option<Instant> {
        self.not_before
    }

    /// It may be tried now.
    pub fn is_due(&self) -> bool {
        self.not_before.is_none_or(|at| at <= clock::now())
    }

    /// Another failure. `asked` is how long the other side asked to be left alone; an absurd wish is cut.
    pub fn failed(&mut self, asked: Option<Duration>) {
        let doubled = self.pace.least.saturating_mul(1 << self.failures.min(20));
        let pause = jittered(self.pace.least, doubled.min(self.pace.most));
        let most = self.pace.most.saturating_mul(4);
        self.asked_until = asked.map(|asked| clock::now() + asked.min(most));
        self.failures = self.failures.saturating_add(1);
        self.not_before = self.asked_until.max(Some(clock::now() + pause));
    }

    /// There is reason to believe that it will succeed now; a wish of the other side still holds.
    pub const fn hurry(&mut self) {
        self.failures = 0;
        self.not_before = self.asked_until;
    }

    /// It succeeded.
    pub const fn reset(&mut self) {
        self.asked_until = None;
        self.hurry();
    }
}

/// Any duration from `least` to `most`, all alike.
fn jittered(least: Duration, most: Duration) -> Duration {
    // without randomness the pause is the longest: slow is safer than all booths at once
    let share = getrandom::u32().map_or(1.0, |drawn| f64::from(drawn) / f64::from(u32::MAX));
    least + most.saturating_sub(least).mul_f64(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        least: Duration::from_secs(1),
        most: Duration::from_mins(15),
    };

    /// Fails once more; gives the pause, as it is at least and at most: this thread may stand still at any place.
    fn pause(backoff: &mut Backoff, asked: Option<Duration>) -> (Duration, Duration) {
        let before = clock::now();
        backoff.failed(asked);
        let after = clock::now();
        let not_before = backoff.not_before().unwrap();
        (not_before - after, not_before - before)
    }

    #[test]
    fn it_never_waits_less_than_a_second_nor_more_than_a_quarter_of_an_hour() {
        let mut backoff = Backoff::new(PACE);
        assert!(backoff.is_due());
        let mut longest = Duration::ZERO;
        for _ in 0..1000 {
            let (least, most) = pause(&mut backoff, None);
            assert!(most >= PACE.least && least <= PACE.most);
            longest = longest.max(least);
        }
        assert!(longest > Duration::from_mins(10), "{longest:?}");
        assert!(!backoff.is_due());
        backoff.reset();
        assert!(backoff.is_due());
    }

    #[test]
    fn the_other_sides_wish_is_honoured_but_not_an_absurd_one() {
        let mut backoff = Backoff::new(PACE);
        let (_, most) = pause(&mut backoff, Some(Duration::from_secs(40)));
        assert!(most >= Duration::from_secs(40));
        let (least, _) = pause(&mut backoff, Some(Duration::from_secs(u64::MAX)));
        assert!(least <= Duration::from_hours(1));
        backoff.hurry();
        assert!(!backoff.is_due());
    }
}
