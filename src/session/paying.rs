//! Paying. The order is durable before its code is drawn, and nobody goes back until the provider answers.

use super::overlay::What;
use super::question::QuestionId;
use super::{Chosen, PaymentCode};
use crate::domain::{Entitlement, Order};

/// An order is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paying {
    /// Who, and which collection.
    pub chosen: Chosen,
    /// The order; the price on the screen is the price in it.
    pub order: Order,
    /// What is drawn as QR code.
    pub shown: Option<PaymentCode>,
    /// How far it is.
    pub state: PayState,
    /// The open question, from opening the order until it is settled or closed.
    pub question: QuestionId,
}

/// How far paying is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayState {
    /// The order is being stored and offered.
    Asking,
    /// The code waits to be paid.
    Waiting,
    /// The provider is silent; it is asked on and on.
    Checking,
    /// The provider is asked to close the order; paid or not is its word.
    Closing,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayingIntent {
    /// Do not pay.
    GiveUp,
}

/// What the payment worker says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentNews {
    /// The order is stored and offered: show this.
    Offered(PaymentCode),
    /// The provider does not answer.
    Silent,
    /// Paid: the entitlement is stored.
    Settled(Entitlement),
    /// Closed at the provider, unpaid.
    Closed,
    /// The order could not even be stored; no code exists.
    NotOpened(What),
}
