//! Signing in by phone: a code on the screen, confirmed on a page of the service. A guest goes on without.

use super::question::QuestionId;
use super::world::World;
use super::{
    ChoosingSchool, Consent, Effect, Next, PhonePage, Resuming, Returning, SignedIn, Sound, Visitor,
};
use crate::domain::SignInId;

/// A code for the phone is on the screen, or on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningIn {
    /// Who agreed.
    pub visitor: Visitor,
    /// This sign-in; a new code is a new one.
    pub id: SignInId,
    /// What is drawn as QR code.
    pub shown: Option<PhonePage>,
    /// How far it is.
    pub state: SignInState,
    /// The open question.
    pub question: Option<QuestionId>,
}

/// How far a sign-in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInState {
    /// The service is asked for a code.
    Asking,
    /// The code waits to be scanned.
    Waiting,
    /// Scanned; to be confirmed on the phone.
    Scanned,
    /// The code's time is over.
    Expired,
    /// Refused on the phone.
    Refused,
    /// The service cannot be reached: continue with the acquisition code.
    Unavailable,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningInIntent {
    /// Continue with the acquisition code.
    UseCode,
    /// Show a new code.
    NewCode,
    /// To the consent.
    Back,
}

/// What the service says about a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInNews {
    /// The code to show.
    Shown(PhonePage),
    /// The phone opened it.
    Scanned,
    /// The phone's owner confirmed.
    Confirmed {
        /// The phone.
        phone: SignedIn,
        /// Earlier submissions of this phone, newest first.
        returning: Vec<Returning>,
    },
    /// The phone's owner refused.
    Refused,
    /// Too late.
    Expired,
    /// The service cannot be reached.
    Unavailable,
}

impl SigningIn {
    /// Asks for a code; without the service there is none, and the acquisition code is the way on.
    pub(super) fn begin(visitor: Visitor, world: &mut World<'_>) -> Next {
        let id = SignInId::from_bytes(world.id());
        let mut step = Self {
            visitor,
            id,
            shown: None,
            state: SignInState::Unavailable,
            question: None,
        };
        if !world.service.online {
            return Next::to(step);
        }
        let question = world.ask();
        (step.state, step.question) = (SignInState::Asking, Some(question));
        Next::to(step).doing(Effect::StartSignIn { question, id })
    }

    pub(super) fn on(self, intent: SigningInIntent, world: &mut World<'_>) -> Next {
        let id = self.id;
        let asked = self.question.is_some();
        let next = match intent {
            SigningInIntent::UseCode => ChoosingSchool::begin(self.visitor, world),
            SigningInIntent::NewCode => Self::begin(self.visitor, world),
            SigningInIntent::Back => Next::to(Consent::default()),
        };
        if asked {
            next.first(Effect::CancelSignIn { id })
        } else {
            next
        }
    }

    pub(super) fn hear(mut self, news: SignInNews, world: &mut World<'_>) -> Next {
        match news {
            SignInNews::Shown(page) => {
                (self.shown, self.state) = (Some(page), SignInState::Waiting);
            }
            SignInNews::Scanned => self.state = SignInState::Scanned,
            SignInNews::Confirmed { phone, returning } => {
                self.visitor.phone = Some(phone);
                return Resuming::of(self.visitor, returning, world)
                    .doing(Effect::Sound(Sound::Success));
            }
            SignInNews::Refused => self.ended(SignInState::Refused),
            SignInNews::Expired => self.ended(SignInState::Expired),
            SignInNews::Unavailable => self.ended(SignInState::Unavailable),
        }
        Next::to(self)
    }

    /// This sign-in leads nowhere any more; its code is taken off the screen.
    fn ended(&mut self, state: SignInState) {
        (self.shown, self.state, self.question) = (None, state, None);
    }
}
