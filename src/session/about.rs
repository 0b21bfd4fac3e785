//! What a step knows of the person, and what it has to put right outside when the person leaves.

use super::effect::{Effect, RequestAbout};
use super::paying::PayState;
use super::step::Step;
use super::{Chosen, Identity, StudentNumber, Ticket, Visitor};
use std::time::Instant;

/// How far a step knows the person.
enum Known<'a> {
    Nobody,
    Visitor(&'a Visitor),
    Identity(&'a Identity),
    Chosen(&'a Chosen),
    Ticket(&'a Ticket),
}

impl Step {
    fn known(&self) -> Known<'_> {
        match self {
            Self::Welcome(_) | Self::Consent(_) | Self::Paused(_) => Known::Nobody,
            Self::SigningIn(step) => Known::Visitor(&step.visitor),
            Self::Resuming(step) => Known::Visitor(&step.visitor),
            Self::ChoosingSchool(step) => Known::Visitor(&step.visitor),
            Self::ChoosingCategory(step) => Known::Visitor(&step.visitor),
            Self::ReadingCode(step) => Known::Visitor(&step.visitor),
            Self::EnteringLastFour(step) => Known::Visitor(&step.visitor),
            Self::CheckingStatus(step) => Known::Identity(&step.identity),
            Self::Collections(step) => Known::Identity(&step.identity),
            Self::Farewell(step) => Known::Identity(&step.identity),
            Self::Details(step) => Known::Chosen(&step.chosen),
            Self::NotEligible(step) => Known::Chosen(&step.chosen),
            Self::ChoosingService(step) => Known::Chosen(&step.chosen),
            Self::Paying(step) => Known::Chosen(&step.chosen),
            Self::Standing(step) => Known::Chosen(&step.chosen),
            Self::Preparing(step) => Known::Ticket(&step.ticket),
            Self::Capturing(step) => Known::Ticket(&step.ticket),
            Self::Choosing(step) => Known::Ticket(&step.ticket),
            Self::Standardizing(step) => Known::Ticket(&step.ticket),
            Self::Refused(step) => Known::Ticket(&step.ticket),
            Self::Confirming(step) => Known::Ticket(&step.ticket),
        }
    }

    /// Who has agreed.
    pub fn visitor(&self) -> Option<&Visitor> {
        match self.known() {
            Known::Nobody => None,
            Known::Visitor(visitor) => Some(visitor),
            Known::Identity(_) | Known::Chosen(_) | Known::Ticket(_) => {
                self.identity().map(|identity| &identity.visitor)
            }
        }
    }

    /// Who it is, once that is known.
    pub fn identity(&self) -> Option<&Identity> {
        match self.known() {
            Known::Nobody | Known::Visitor(_) => None,
            Known::Identity(identity) => Some(identity),
            Known::Chosen(chosen) => Some(&chosen.identity),
            Known::Ticket(ticket) => Some(&ticket.identity),
        }
    }

    /// The right to be photographed, from the requirements on.
    pub fn ticket(&self) -> Option<&Ticket> {
        match self.known() {
            Known::Ticket(ticket) => Some(ticket),
            Known::Nobody | Known::Visitor(_) | Known::Identity(_) | Known::Chosen(_) => None,
        }
    }

    /// The collection and its file, between the list and the requirements.
    pub fn chosen(&self) -> Option<&Chosen> {
        match self.known() {
            Known::Chosen(chosen) => Some(chosen),
            Known::Nobody | Known::Visitor(_) | Known::Identity(_) | Known::Ticket(_) => None,
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
    pub(super) fn parting(&self) -> Vec<Effect> {
        if let Self::SigningIn(step) = self {
            let is_open = step.question.is_some();
            let cancel = is_open.then_some(Effect::CancelSignIn { id: step.id });
            cancel.into_iter().collect()
        } else if matches!(self, Self::ReadingCode(_) | Self::Capturing(_)) {
            vec![Effect::CloseCamera]
        } else if let Self::Paying(step) = self {
            // the worker goes on asking: what is paid is kept for the student, whoever stands here then. An order that
            // a phone may be paying with its own network stays open.
            let is_left_open = matches!(step.state, PayState::Closing | PayState::Offline);
            let close = (!is_left_open).then(|| step.closing());
            close.into_iter().chain([Effect::CloseCamera]).collect()
        } else {
            Vec::new()
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
    pub(super) fn wakes_at(&self) -> Option<Instant> {
        if let Self::Capturing(step) = self {
            step.wakes_at()
        } else {
            None
        }
    }
}
