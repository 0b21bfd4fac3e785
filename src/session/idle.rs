//! When a session is given up: asked first, then reset. And when the session wants to be woken next.

use super::settings::Settings;
use super::step::Step;
use std::time::{Duration, Instant};

/// The last sign of life, and the last wake-up asked for.
#[derive(Debug, Default)]
pub struct Idle {
    touched: Option<Instant>,
    told: Option<Instant>,
}

impl Idle {
    /// Somebody is there.
    pub fn touched(&mut self, now: Instant) {
        self.touched = Some(now);
    }

    /// When to ask whether anybody is there.
    pub fn asks_at(&self, step: &Step, settings: &Settings) -> Option<Instant> {
        Some(self.touched? + patience(step, settings)?)
    }

    /// When the start screen is put back as it was.
    pub fn tidies_at(&self, settings: &Settings) -> Option<Instant> {
        Some(self.touched? + settings.idle)
    }

    /// The wake-up to ask for, unless an earlier one is on its way.
    pub fn wake(&mut self, wanted: Option<Instant>, now: Instant) -> Option<Instant> {
        let wanted = wanted?;
        let on_its_way = self.told.is_some_and(|told| now < told && told <= wanted);
        if on_its_way {
            return None;
        }
        self.told = Some(wanted);
        Some(wanted)
    }
}

/// How long nobody has to touch anything on this step; `None` where nobody is expected.
fn patience(step: &Step, settings: &Settings) -> Option<Duration> {
    match step {
        Step::Welcome(_) | Step::Paused(_) => None,
        // the phone is in the hand, not the screen
        Step::SigningIn(_) | Step::Paying(_) => Some(settings.idle * 3),
        // reading, looking for the code, standing a metre away
        Step::Consent(_)
        | Step::ReadingCode(_)
        | Step::Preparing(_)
        | Step::Capturing(_)
        | Step::Standardizing(_) => Some(settings.idle * 2),
        Step::Resuming(_)
        | Step::ChoosingSchool(_)
        | Step::ChoosingCategory(_)
        | Step::EnteringLastFour(_)
        | Step::CheckingStatus(_)
        | Step::Collections(_)
        | Step::Details(_)
        | Step::NotEligible(_)
        | Step::ChoosingService(_)
        | Step::Choosing(_)
        | Step::Refused(_)
        | Step::Confirming(_)
        | Step::Farewell(_)
        | Step::Standing(_) => Some(settings.idle),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Consent, Welcome};

    #[test]
    fn nobody_is_waited_for_on_the_start_screen() {
        let now = crate::clock::now();
        let mut idle = Idle::default();
        idle.touched(now);
        let settings = Settings::default();
        assert_eq!(idle.asks_at(&Welcome::default().into(), &settings), None);
        let reading = idle.asks_at(&Consent::default().into(), &settings);
        assert_eq!(reading, Some(now + settings.idle * 2));
    }

    #[test]
    fn a_wake_up_is_asked_for_once_and_again_when_it_is_over_or_too_late() {
        let now = crate::clock::now();
        let at = |seconds| now + Duration::from_secs(seconds);
        let mut idle = Idle::default();
        assert_eq!(idle.wake(Some(at(10)), now), Some(at(10)));
        assert_eq!(
            idle.wake(Some(at(20)), at(1)),
            None,
            "woken at 10, it asks again"
        );
        assert_eq!(idle.wake(Some(at(5)), at(1)), Some(at(5)));
        assert_eq!(idle.wake(Some(at(20)), at(5)), Some(at(20)));
        assert_eq!(idle.wake(None, at(6)), None);
    }
}
