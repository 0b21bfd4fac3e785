//! Signing in by phone: a code on the screen, confirmed on a page of the service. A guest goes on without.

use super::question::QuestionId;
use super::{PhonePage, Returning, SignedIn, Visitor};
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
