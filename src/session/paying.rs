//! Paying. The order is durable before its code is drawn, and nobody goes back until the provider answers.

use super::question::QuestionId;
use super::world::World;
use super::{ChoosingService, Chosen, Effect, Next, PaymentCode, Sound, What};
use crate::domain::{Entitlement, Order, OrderId};

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

impl Paying {
    /// An order that is open already is shown again, never asked a second time.
    pub(super) fn begin(chosen: Chosen, world: &mut World<'_>) -> Next {
        let order = match chosen.standing.open_order.clone() {
            Some(open) => open,
            None => Order {
                id: OrderId::from_bytes(world.id()),
                student: chosen.identity.status.student.clone(),
                collection: chosen.standing.collection.id.clone(),
                fee: chosen.standing.collection.fee,
                price_version: chosen.standing.collection.price_version,
            },
        };
        let question = world.ask();
        let step = Self {
            chosen,
            order: order.clone(),
            shown: None,
            state: PayState::Asking,
            question,
        };
        Next::to(step).doing(Effect::OpenOrder { question, order })
    }

    pub(super) fn on(mut self, intent: PayingIntent) -> Next {
        match intent {
            PayingIntent::GiveUp if self.state == PayState::Closing => Next::to(self),
            PayingIntent::GiveUp => {
                self.state = PayState::Closing;
                let close = self.closing();
                Next::to(self).doing(close)
            }
        }
    }

    /// Asks the provider to close the order; paid or not stays its word.
    pub(super) fn closing(&self) -> Effect {
        Effect::CloseOrder {
            question: self.question,
            order: self.order.clone(),
        }
    }

    pub(super) fn hear(mut self, news: PaymentNews, world: &World<'_>) -> Next {
        match news {
            PaymentNews::Offered(code) => {
                if self.state != PayState::Closing {
                    (self.shown, self.state) = (Some(code), PayState::Waiting);
                }
                Next::to(self)
            }
            PaymentNews::Silent => {
                if self.state != PayState::Closing {
                    self.state = PayState::Checking;
                }
                Next::to(self)
            }
            PaymentNews::Settled(entitlement) if self.chosen.is_for(&entitlement) => self
                .chosen
                .prepare(entitlement, world)
                .doing(Effect::Sound(Sound::Success)),
            PaymentNews::Settled(_) => {
                tracing::error!(order = ?self.order.id, "settled for somebody else");
                Next::to(self)
            }
            PaymentNews::Closed => self.closed(),
            PaymentNews::NotOpened(what) => Next::to(ChoosingService {
                chosen: self.chosen,
            })
            .telling(what),
        }
    }

    /// Unpaid, and nothing can be paid on this order any more.
    fn closed(mut self) -> Next {
        self.chosen.standing.open_order = None;
        let id = self.chosen.standing.collection.id.clone();
        for standing in self
            .chosen
            .file
            .standings
            .iter_mut()
            .filter(|s| s.collection.id == id)
        {
            standing.open_order = None;
        }
        match self.state {
            PayState::Closing => self.chosen.list(),
            PayState::Asking | PayState::Waiting | PayState::Checking => {
                Next::to(ChoosingService {
                    chosen: self.chosen,
                })
                .telling(What::PaymentClosed)
            }
        }
    }
}
