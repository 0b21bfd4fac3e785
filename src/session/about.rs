//! What a step knows of the person, and what it has to put right outside when the person leaves.

use super::effect::{Effect, RequestAbout};
use super::paying::PayState;
use super::settings::Settings;
use super::step::Step;
use super::{Chosen, Identity, StudentNumber, Ticket, Visitor};
use std::time::Instant;

impl Step {
    /// Who has agreed.
    pub fn visitor(&self) -> Option<&Visitor> {
        match self {
            Self::SigningIn(step) => Some(&step.visitor),
            Self::Resuming(step) => Some(&step.visitor),
            Self::ChoosingSchool(step) => Some(&step.visitor),
            Self::ChoosingCategory(step) => Some(&step.visitor),
            Self::ReadingCode(step) => Some(&step.visitor),
            Self::EnteringLastFour(step) => Some(&step.visitor),
            Self::Welcome(_) | Self::Consent(_) | Self::Paused(_) => None,
            Self::CheckingStatus(_)
            | Self::Collections(_)
            | Self::Details(_)
            | Self::NotEligible(_)
            | Self::ChoosingService(_)
            | Self::Paying(_)
            | Self::Preparing(_)
            | Self::Capturing(_)
            | Self::Choosing(_)
            | Self::Standardizing(_)
            | Self::Refused(_)
            | Self::Confirming(_)
            | Self::Farewell(_)
            | Self::Standing(_) => self.identity().map(|identity| &identity.visitor),
        }
    }

    /// Who it is, once that is known.
    pub fn identity(&self) -> Option<&Identity> {
        match self {
            Self::CheckingStatus(step) => Some(&step.identity),
            Self::Collections(step) => Some(&step.identity),
            Self::Farewell(step) => Some(&step.identity),
            Self::Details(_)
            | Self::NotEligible(_)
            | Self::ChoosingService(_)
            | Self::Paying(_)
            | Self::Standing(_) => self.chosen().map(|chosen| &chosen.identity),
            Self::Preparing(_)
            | Self::Capturing(_)
            | Self::Choosing(_)
            | Self::Standardizing(_)
            | Self::Refused(_)
            | Self::Confirming(_) => self.ticket().map(|ticket| &ticket.identity),
            Self::Welcome(_)
            | Self::Consent(_)
            | Self::SigningIn(_)
            | Self::Resuming(_)
            | Self::ChoosingSchool(_)
            | Self::ChoosingCategory(_)
            | Self::ReadingCode(_)
            | Self::EnteringLastFour(_)
            | Self::Paused(_) => None,
        }
    }

    /// The right to be photographed, from the requirements on.
    pub fn ticket(&self) -> Option<&Ticket> {
        match self {
            Self::Preparing(step) => Some(&step.ticket),
            Self::Capturing(step) => Some(&step.ticket),
            Self::Choosing(step) => Some(&step.ticket),
            Self::Standardizing(step) => Some(&step.ticket),
            Self::Refused(step) => Some(&step.ticket),
            Self::Confirming(step) => Some(&step.ticket),
            _ => None,
        }
    }

    /// The collection and its file, between the list and the requirements.
    pub fn chosen(&self) -> Option<&Chosen> {
        match self {
            Self::Details(step) => Some(&step.chosen),
            Self::NotEligible(step) => Some(&step.chosen),
            Self::ChoosingService(step) => Some(&step.chosen),
            Self::Paying(step) => Some(&step.chosen),
            Self::Standing(step) => Some(&step.chosen),
            _ => None,
        }
    }

    /// As much as a request to the service desk may say.
    pub(super) fn about(&self) -> RequestAbout {
        let mut about = RequestAbout::default();
        if let Some(identity) = self.identity() {
            let status = &identity.status;
            about.institution = Some(status.institution);
            about.category = Some(status.category);
            about.student = Some(status.student.clone());
            about.student_number = Some(StudentNumber(status.student_number.clone()));
        }
        let ticket = self.ticket().map(|ticket| &ticket.collection);
        let collection = ticket.or(self.chosen().map(|chosen| &chosen.standing.collection));
        about.collection = collection.map(|collection| collection.id.clone());
        about.submission = self
            .chosen()
            .and_then(|c| Some(c.standing.submission.as_ref()?.id));
        if let Self::Farewell(step) = self {
            about.submission = Some(step.submission);
        }
        about
    }

    /// What has to be put right outside when the person goes away from here, however that happens.
    pub(super) fn parting(&self) -> Option<Effect> {
        match self {
            Self::SigningIn(step) if step.question.is_some() => {
                Some(Effect::CancelSignIn { id: step.id })
            }
            Self::ReadingCode(_) | Self::Capturing(_) => Some(Effect::CloseCamera),
            // the worker goes on asking: what is paid is kept for the student, whoever stands here then
            Self::Paying(step) if step.state != PayState::Closing => Some(step.closing()),
            _ => None,
        }
    }

    /// Leaving here loses something that took the person some time.
    pub(super) fn would_be_missed(&self) -> bool {
        match self {
            Self::Welcome(_)
            | Self::Consent(_)
            | Self::SigningIn(_)
            | Self::Resuming(_)
            | Self::ChoosingSchool(_)
            | Self::Farewell(_)
            | Self::Standing(_)
            | Self::Paused(_) => false,
            Self::ChoosingCategory(_)
            | Self::ReadingCode(_)
            | Self::EnteringLastFour(_)
            | Self::CheckingStatus(_)
            | Self::Collections(_)
            | Self::Details(_)
            | Self::NotEligible(_)
            | Self::ChoosingService(_)
            | Self::Paying(_)
            | Self::Preparing(_)
            | Self::Capturing(_)
            | Self::Choosing(_)
            | Self::Standardizing(_)
            | Self::Refused(_)
            | Self::Confirming(_) => true,
        }
    }

    /// When something changes here by itself.
    pub(super) fn wakes_at(&self, settings: &Settings, now: Instant) -> Option<Instant> {
        match self {
            Self::Preparing(step) => step.wakes_at(settings, now),
            Self::Capturing(step) => step.wakes_at(),
            _ => None,
        }
    }
}
