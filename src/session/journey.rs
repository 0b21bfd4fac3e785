//! The session itself: one step, what lies above it, and the one place where events come in.

use super::effect::Effect;
use super::event::{Answer, Event, Intent};
use super::idle::Idle;
use super::overlay::Overlay;
use super::paused::PausedReason;
use super::question::{QuestionId, Questions};
use super::settings::{Clock, ServiceView, Settings};
use super::step::{Next, Step};
use super::tries::Tries;
use super::world::{Ids, World};
use super::{Capturing, Welcome, routes};
use crate::domain::{Catalogue, InstitutionIndex, Language, StudentRef};
use std::fmt;
use std::mem::discriminant;
use std::sync::Arc;
use std::time::Instant;

/// One booth's journey, from one student to the next.
pub struct Session {
    pub(super) step: Step,
    pub(super) overlay: Overlay,
    pub(super) language: Language,
    pub(super) settings: Settings,
    /// The open question of the call for help, which belongs to no step.
    pub(super) help: Option<QuestionId>,
    /// The attendant allows this student to bring a picture.
    pub(super) import_allowed: bool,
    /// The attendant has excused this student from showing the head uncovered.
    pub(super) head_excused: bool,
    pub(super) idle: Idle,
    questions: Questions,
    tries: Tries,
    ids: Ids,
    catalogue: Arc<Catalogue>,
    institutions: Arc<InstitutionIndex>,
    service: ServiceView,
    /// Why the next session may not begin, or this one may not go on.
    pub(super) faults: Vec<PausedReason>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("step", &self.step)
            .field("overlay", &self.overlay)
            .field("language", &self.language)
            .field("tries", &self.tries)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// At the start screen. `ids` draws 16 random bytes.
    pub fn new(
        settings: Settings,
        institutions: Arc<InstitutionIndex>,
        catalogue: Arc<Catalogue>,
        ids: Ids,
    ) -> Self {
        Self {
            step: Welcome::default().into(),
            overlay: Overlay::None,
            language: settings.default_language,
            settings,
            help: None,
            import_allowed: false,
            head_excused: false,
            idle: Idle::default(),
            questions: Questions::default(),
            tries: Tries::default(),
            ids,
            catalogue,
            institutions,
            service: ServiceView::default(),
            faults: Vec::new(),
        }
    }

    /// With the wrong tries at last fours that the booth's records remember.
    #[must_use]
    pub fn recalling(mut self, wrong: Vec<(StudentRef, u8)>, now: Instant) -> Self {
        self.tries.recall(wrong, now);
        self
    }

    /// Where the journey is.
    pub fn step(&self) -> &Step {
        &self.step
    }

    /// What lies above it.
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// The language spoken.
    pub fn language(&self) -> Language {
        self.language
    }

    /// What the owner decided.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The attendant has excused the student who is here from showing the head uncovered.
    pub fn head_excused(&self) -> bool {
        self.head_excused
    }

    /// Whether the service can be reached.
    pub fn service(&self) -> &ServiceView {
        &self.service
    }

    /// Schools, for names on screens.
    pub fn institutions(&self) -> &InstitutionIndex {
        &self.institutions
    }

    /// Hears an event; says what the outside has to do.
    pub fn on(&mut self, event: Event, clock: Clock) -> Vec<Effect> {
        let mut effects = self.end_if_nobody_answered(clock);
        if effects.is_empty() {
            effects = self.hear(event, clock);
        }
        effects.extend(self.pass_time(clock));
        effects
    }

    fn hear(&mut self, event: Event, clock: Clock) -> Vec<Effect> {
        match event {
            Event::Intent(intent) => self.touched(intent, clock),
            Event::Answer(question, answer) => self.answered(question, answer, clock),
            Event::Seen(text) => self.move_on(clock, |step, world| routes::seen(step, text, world)),
            Event::Guidance(guidance) => {
                if matches!(self.step, Step::Capturing(_))
                    && Capturing::somebody_is_there(&guidance)
                {
                    self.sign_of_life(clock);
                }
                self.move_on(clock, |step, world| routes::guidance(step, guidance, world))
            }
            Event::Camera(camera) => {
                self.move_on(clock, |step, world| routes::camera(step, camera, world))
            }
            Event::Catalogue(catalogue) => {
                self.catalogue = catalogue;
                self.move_on(clock, |step, world| routes::refreshed(step, world))
            }
            Event::Institutions(institutions) => {
                self.institutions = institutions;
                self.move_on(clock, |step, world| routes::refreshed(step, world))
            }
            Event::Settings(settings) => {
                self.settings = *settings;
                Vec::new()
            }
            Event::Service(service) => {
                self.service = service;
                Vec::new()
            }
            Event::WorkerLost(name) => self.pause(PausedReason::WorkerLost(name), clock),
            Event::Pause(reason) => self.pause(reason, clock),
            Event::Resolve(reason) => self.resolve(&reason),
            Event::Forgive => self.move_on(clock, routes::forgiven),
            Event::ExcuseHead => {
                self.head_excused = self.step.ticket().is_some();
                self.move_on(clock, routes::excused)
            }
            Event::AllowImport => {
                self.import_allowed = self.step.ticket().is_some();
                Vec::new()
            }
            Event::CashTaken => self.move_on(clock, |step, _| routes::cash(step)),
            Event::Tick => Vec::new(),
        }
    }

    /// THE place where answers to questions that nobody asks any more are dropped.
    fn answered(&mut self, question: QuestionId, answer: Answer, clock: Clock) -> Vec<Effect> {
        if self.help == Some(question) {
            if let Answer::RequestFiled(filed) = answer {
                self.help_filed(filed);
            }
            return Vec::new();
        }
        if !self.step.questions().contains(&Some(question)) {
            tracing::debug!(
                question = question.number(),
                step = self.step.name(),
                "late answer dropped"
            );
            return Vec::new();
        }
        self.move_on(clock, |step, world| routes::answer(step, answer, world))
    }

    fn touched(&mut self, intent: Intent, clock: Clock) -> Vec<Effect> {
        let going = matches!(
            intent,
            Intent::Overlay(super::OverlayIntent::Leave) // the one touch that does not mean "I stay"
        );
        if !going {
            self.sign_of_life(clock);
        }
        if let Intent::Anywhere(intent) = intent {
            self.anywhere(intent, clock)
        } else if let Intent::Overlay(intent) = intent {
            self.above(intent, clock)
        } else {
            self.move_on(clock, |step, world| routes::intent(step, intent, world))
        }
    }

    /// Somebody is there: the question whether anybody is goes away.
    fn sign_of_life(&mut self, clock: Clock) {
        self.idle.touched(clock.now);
        if matches!(self.overlay, Overlay::StillThere { .. }) {
            self.overlay = Overlay::None;
        }
    }

    /// Takes the step out, lets it become the next one, and puts that in its place.
    pub(super) fn move_on(
        &mut self,
        clock: Clock,
        transition: impl FnOnce(Step, &mut World<'_>) -> Next,
    ) -> Vec<Effect> {
        let parting = self.step.parting();
        let before = discriminant(&self.step);
        let step = std::mem::replace(&mut self.step, Welcome::default().into());
        let next = self.with_world(clock, |world| transition(step, world));
        if next.leaving {
            return self.left(parting);
        }
        if discriminant(&next.step) != before {
            self.arrived(clock);
        }
        self.step = next.step;
        if let Some(overlay) = next.overlay {
            self.overlay = overlay;
        }
        next.effects
    }

    /// Another screen: what was above the last one belongs to it, unless it is help or a way out.
    fn arrived(&mut self, clock: Clock) {
        self.idle.touched(clock.now);
        match self.overlay {
            Overlay::None
            | Overlay::CustomerService(_)
            | Overlay::Settings
            | Overlay::Slip(_)
            | Overlay::LeaveSure => {}
            Overlay::Tutorial
            | Overlay::StillThere { .. }
            | Overlay::SubmitSure
            | Overlay::Message(_) => self.overlay = Overlay::None,
        }
    }

    pub(super) fn with_world<T>(&mut self, clock: Clock, f: impl FnOnce(&mut World<'_>) -> T) -> T {
        f(&mut World {
            clock,
            settings: &self.settings,
            catalogue: &self.catalogue,
            institutions: &self.institutions,
            service: self.service,
            import_allowed: self.import_allowed,
            head_excused: self.head_excused,
            tries: &mut self.tries,
            questions: &mut self.questions,
            ids: &mut self.ids,
        })
    }
}
