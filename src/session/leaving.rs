//! How a session ends: the person goes, nobody answers, or the booth has to pause. Every way leaves nothing.

use super::effect::Effect;
use super::journey::Session;
use super::overlay::Overlay;
use super::paused::{Paused, PausedReason};
use super::step::{Next, Step};
use super::{Clock, Welcome, routes};
use std::time::Instant;

impl Session {
    /// The person goes, from wherever the journey is.
    pub(super) fn leave(&mut self, clock: Clock) -> Vec<Effect> {
        self.move_on(clock, |_, _| Next::leave())
    }

    /// Nothing of the person is left here, and the outside is told to forget as well.
    pub(super) fn left(&mut self, parting: Vec<Effect>) -> Vec<Effect> {
        self.overlay = Overlay::None;
        self.help = None;
        self.import_allowed = false;
        self.head_excused = false;
        self.language = self.settings.default_language;
        self.step = if self.faults.is_empty() {
            Welcome::default().into()
        } else {
            Paused {
                reasons: self.faults.clone(),
            }
            .into()
        };
        let forget = [Effect::NewSession, Effect::SetLanguage(self.language)];
        parting.into_iter().chain(forget).collect()
    }

    pub(super) fn pause(&mut self, reason: PausedReason, clock: Clock) -> Vec<Effect> {
        let at_once = !reason.can_wait();
        if !self.faults.contains(&reason) {
            self.faults.push(reason);
        }
        if let Step::Paused(paused) = &mut self.step {
            paused.reasons.clone_from(&self.faults);
            Vec::new()
        } else if at_once || matches!(self.step, Step::Welcome(_)) {
            self.leave(clock)
        } else {
            Vec::new()
        }
    }

    pub(super) fn resolve(&mut self, reason: &PausedReason) -> Vec<Effect> {
        self.faults.retain(|fault| fault != reason);
        if let Step::Paused(paused) = &mut self.step {
            paused.reasons.clone_from(&self.faults);
            if self.faults.is_empty() {
                self.step = Welcome::default().into();
            }
        }
        Vec::new()
    }

    /// Nobody answered whether anybody is there: whatever came now, it came too late.
    pub(super) fn end_if_nobody_answered(&mut self, clock: Clock) -> Vec<Effect> {
        if self.until().is_some_and(|until| clock.now >= until) {
            self.leave(clock)
        } else {
            Vec::new()
        }
    }

    /// What happens by itself, and when to look again.
    pub(super) fn pass_time(&mut self, clock: Clock) -> Vec<Effect> {
        let now = clock.now;
        let mut effects = self.move_on(clock, routes::tick);
        let asks_at = self.idle.asks_at(&self.step, &self.settings);
        if self.until().is_none() && asks_at.is_some_and(|at| now >= at) {
            let until = now + self.settings.idle_warning;
            self.overlay = Overlay::StillThere { until };
        }
        let tidies_at = self.tidies_at();
        if tidies_at.is_some_and(|at| now >= at) {
            effects.extend(self.left(Vec::new()));
        }
        let deadline = self.until().or(asks_at).or(self.tidies_at());
        let own = self.step.wakes_at();
        let wanted = deadline.into_iter().chain(own).min();
        effects.extend(self.idle.wake(wanted, now).map(Effect::WakeAt));
        effects
    }

    /// When the session ends unless somebody answers.
    fn until(&self) -> Option<Instant> {
        if let Overlay::StillThere { until } = self.overlay {
            Some(until)
        } else {
            None
        }
    }

    /// Where nobody has begun, a chosen language or an opened help is put back without a question.
    fn tidies_at(&self) -> Option<Instant> {
        let nobody = matches!(self.step, Step::Welcome(_) | Step::Paused(_));
        let changed =
            self.language != self.settings.default_language || self.overlay != Overlay::None;
        if nobody && changed {
            self.idle.tidies_at(&self.settings)
        } else {
            None
        }
    }
}
