//! Where the journey is, and what a transition gives: the next step, what lies above it, and effects.

use super::effect::Effect;
use super::overlay::{Overlay, What};
use super::question::QuestionId;
use super::{
    Capturing, CheckingStatus, Choosing, ChoosingCategory, ChoosingSchool, ChoosingService,
    Collections, Confirming, Consent, Details, EnteringLastFour, Farewell, NotEligible, Paused,
    Paying, Preparing, ReadingCode, Refused, Resuming, SigningIn, Standardizing, StandingView,
    Welcome,
};

/// Where the journey is. Each step owns all that it needs; half-filled states do not exist.
#[derive(Debug, Clone)]
#[expect(
    missing_docs,
    reason = "each variant is named like the step that it holds"
)]
pub enum Step {
    Welcome(Welcome),
    Consent(Consent),
    SigningIn(SigningIn),
    Resuming(Resuming),
    ChoosingSchool(ChoosingSchool),
    ChoosingCategory(ChoosingCategory),
    ReadingCode(ReadingCode),
    EnteringLastFour(EnteringLastFour),
    CheckingStatus(CheckingStatus),
    Collections(Collections),
    Details(Details),
    NotEligible(NotEligible),
    ChoosingService(ChoosingService),
    Paying(Paying),
    Preparing(Preparing),
    Capturing(Capturing),
    Choosing(Choosing),
    Standardizing(Standardizing),
    Refused(Refused),
    Confirming(Confirming),
    Farewell(Farewell),
    Standing(StandingView),
    Paused(Paused),
}

impl Step {
    /// The questions whose answers this step waits for.
    pub fn questions(&self) -> [Option<QuestionId>; 2] {
        match self {
            Self::SigningIn(step) => [step.question, None],
            Self::ReadingCode(step) => [step.question, None],
            Self::CheckingStatus(step) => [step.question, None],
            Self::Details(step) => [step.question, None],
            Self::ChoosingService(step) => [step.question, None],
            Self::NotEligible(step) => [step.checking, step.asking],
            Self::Paying(step) => [Some(step.question), None],
            Self::Preparing(step) => [step.question, None],
            Self::Capturing(step) => [step.question, None],
            Self::Standardizing(step) => [Some(step.question), None],
            Self::Confirming(step) => [step.question, None],
            Self::Welcome(_)
            | Self::Consent(_)
            | Self::Resuming(_)
            | Self::ChoosingSchool(_)
            | Self::ChoosingCategory(_)
            | Self::EnteringLastFour(_)
            | Self::Collections(_)
            | Self::Choosing(_)
            | Self::Refused(_)
            | Self::Farewell(_)
            | Self::Standing(_)
            | Self::Paused(_) => [None, None],
        }
    }

    /// The step's name, for transcripts and traces.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Welcome(_) => "Welcome",
            Self::Consent(_) => "Consent",
            Self::SigningIn(_) => "SigningIn",
            Self::Resuming(_) => "Resuming",
            Self::ChoosingSchool(_) => "ChoosingSchool",
            Self::ChoosingCategory(_) => "ChoosingCategory",
            Self::ReadingCode(_) => "ReadingCode",
            Self::EnteringLastFour(_) => "EnteringLastFour",
            Self::CheckingStatus(_) => "CheckingStatus",
            Self::Collections(_) => "Collections",
            Self::Details(_) => "Details",
            Self::NotEligible(_) => "NotEligible",
            Self::ChoosingService(_) => "ChoosingService",
            Self::Paying(_) => "Paying",
            Self::Preparing(_) => "Preparing",
            Self::Capturing(_) => "Capturing",
            Self::Choosing(_) => "Choosing",
            Self::Standardizing(_) => "Standardizing",
            Self::Refused(_) => "Refused",
            Self::Confirming(_) => "Confirming",
            Self::Farewell(_) => "Farewell",
            Self::Standing(_) => "Standing",
            Self::Paused(_) => "Paused",
        }
    }
}

/// What comes after an event.
#[must_use]
#[derive(Debug)]
pub struct Next {
    /// Where the journey is now.
    pub step: Step,
    /// What lies above it now; `None` leaves what lies there.
    pub overlay: Option<Overlay>,
    /// What the outside has to do.
    pub effects: Vec<Effect>,
    /// The person is gone: the session drops everything that it remembers.
    pub leaving: bool,
}

impl Next {
    /// Nothing but another step.
    pub fn to(step: impl Into<Step>) -> Self {
        Self {
            step: step.into(),
            overlay: None,
            effects: Vec::new(),
            leaving: false,
        }
    }

    /// To the start screen, and the person is gone.
    pub fn leave() -> Self {
        Self {
            leaving: true,
            ..Self::to(Welcome::default())
        }
    }

    /// With this effect before the others.
    pub fn first(mut self, effect: Effect) -> Self {
        self.effects.insert(0, effect);
        self
    }

    /// With this effect.
    pub fn doing(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// With this above it.
    pub fn under(mut self, overlay: Overlay) -> Self {
        self.overlay = Some(overlay);
        self
    }

    /// With this trouble told.
    pub fn telling(self, what: What) -> Self {
        self.under(Overlay::message(what))
    }
}

macro_rules! into_step {
    ($($variant:ident($step:ty),)*) => {
        $(impl From<$step> for Step {
            fn from(step: $step) -> Self {
                Self::$variant(step)
            }
        })*
    };
}

into_step! {
    Welcome(Welcome),
    Consent(Consent),
    SigningIn(SigningIn),
    Resuming(Resuming),
    ChoosingSchool(ChoosingSchool),
    ChoosingCategory(ChoosingCategory),
    ReadingCode(ReadingCode),
    EnteringLastFour(EnteringLastFour),
    CheckingStatus(CheckingStatus),
    Collections(Collections),
    Details(Details),
    NotEligible(NotEligible),
    ChoosingService(ChoosingService),
    Paying(Paying),
    Preparing(Preparing),
    Capturing(Capturing),
    Choosing(Choosing),
    Standardizing(Standardizing),
    Refused(Refused),
    Confirming(Confirming),
    Farewell(Farewell),
    Standing(StandingView),
    Paused(Paused),
}
