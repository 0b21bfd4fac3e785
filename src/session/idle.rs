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
