//! Paying. The order is durable before its code is drawn, and nobody goes back until the provider answers. Where the
//! booth has no network the student's phone has one: the camera reads the receipt that it shows.

use super::question::QuestionId;
use super::world::World;
use super::{CameraView, ChoosingService, Chosen, CodeText, Effect, Next, Overlay};
use super::{PaymentCode, PaymentProof, Purpose, Sound, What};
use crate::domain::acquisition_code::Seen;
use crate::domain::{Entitlement, Order, OrderId};
use std::fmt;

/// How many digits a phone shows instead of a code.
pub const DIGITS: usize = 9;

/// An order is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paying {
    /// Who, and which collection.
    pub chosen: Chosen,
    /// The order; the price on the screen is the price in it.
    pub order: Order,
    /// The provider's code.
    pub shown: Option<Box<PaymentCode>>,
    /// The order itself as a code, for the phone's own network; while the booth has none.
    pub page: Option<Box<PaymentCode>>,
    /// How far it is.
    pub state: PayState,
    /// The camera, which looks for a receipt or a voucher.
    pub camera: CameraView,
    /// What was held up last: the same, still in view, is not read again.
    pub last: Option<CodeText>,
    /// Why that, or what was typed, is of no use.
    pub problem: Option<PayProblem>,
    /// The keypad is open, and these digits were typed.
    pub typed: Option<String>,
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
    /// The booth has no network: the phone pays with its own, and shows the receipt here.
    Offline,
    /// The provider is silent; it is asked on and on.
    Checking,
    /// The provider is asked to close the order; paid or not is its word.
    Closing,
}

/// Why what was held up or typed proves no payment. In the student's words each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayProblem {
    /// Not a receipt and not a voucher.
    SomethingElse(Seen),
    /// Damaged, edited or forged.
    NotGenuine,
    /// Signed with a key that does not count any more: the page makes a new one.
    OldKey,
    /// Of another campus.
    OtherCampus,
    /// Somebody else's.
    OtherStudent,
    /// For another collection.
    OtherCollection,
    /// Over another amount.
    OtherAmount,
    /// The money went back.
    Refunded,
    /// The voucher is spent.
    VoucherSpent,
    /// Not the digits of this order; so many tries are left.
    WrongDigits(u32),
    /// Too many wrong digits.
    DigitsLocked,
    /// This booth cannot believe receipts: its key is of before.
    NotEquipped,
    /// The attendant may take no more cash today, or none for this collection.
    NoCash,
    /// No problem: a new list of keys was taken.
    KeysTaken,
}

/// What the person wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PayingIntent {
    /// Do not pay.
    GiveUp,
    /// Type the digits that the phone shows.
    OpenKeypad,
    /// Back to the code.
    CloseKeypad,
    /// A digit.
    Digit(char),
    /// Take the last one back.
    Erase,
}

impl fmt::Debug for PayingIntent {
    /// Which digit it was is nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GiveUp => "GiveUp",
            Self::OpenKeypad => "OpenKeypad",
            Self::CloseKeypad => "CloseKeypad",
            Self::Digit(_) => "Digit(*)",
            Self::Erase => "Erase",
        })
    }
}

/// What the payment worker says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentNews {
    /// The order is stored and offered: show this.
    Offered(PaymentCode),
    /// There is no network: show this, which the phone opens with its own.
    Offline(PaymentCode),
    /// The provider does not answer.
    Silent,
    /// What was held up or typed is of no use.
    NotTaken(PayProblem),
    /// The number for the student's slip; what was paid comes after it.
    Slip(String),
    /// Paid: the entitlement is stored.
    Settled(Entitlement),
    /// Closed at the provider, unpaid.
    Closed,
    /// The order could not even be stored; no code exists.
    NotOpened(What),
}

impl Paying {
    /// The code that is shown large: the provider's, or the order itself.
    pub fn code(&self) -> Option<&PaymentCode> {
        self.shown.as_deref().or(self.page.as_deref())
    }

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
            page: None,
            state: PayState::Asking,
            camera: CameraView::Opening,
            last: None,
            problem: None,
            typed: None,
            question,
        };
        Next::to(step)
            .doing(Effect::OpenOrder { question, order })
            .doing(Effect::OpenCamera(Purpose::ReadCode))
    }

    pub(super) fn on(mut self, intent: PayingIntent) -> Next {
        match intent {
            PayingIntent::GiveUp => return self.give_up(),
            PayingIntent::OpenKeypad => (self.typed, self.problem) = (Some(String::new()), None),
            PayingIntent::CloseKeypad => self.typed = None,
            PayingIntent::Digit(digit) => return self.digit(digit),
            PayingIntent::Erase => {
                if let Some(typed) = &mut self.typed {
                    typed.pop();
                }
            }
        }
        Next::to(self)
    }

    fn give_up(mut self) -> Next {
        match self.state {
            PayState::Closing => Next::to(self),
            // nobody can close it from here, and the phone may be paying: it stays open and is shown again next time
            PayState::Offline => {
                self.chosen.keep_open(Some(self.order));
                self.chosen.list().first(Effect::CloseCamera)
            }
            PayState::Asking | PayState::Waiting | PayState::Checking => {
                (self.state, self.typed) = (PayState::Closing, None);
                let close = self.closing();
                Next::to(self).doing(close)
            }
        }
    }

    fn digit(mut self, digit: char) -> Next {
        let Some(typed) = &mut self.typed else {
            return Next::to(self);
        };
        if digit.is_ascii_digit() && typed.len() < DIGITS {
            typed.push(digit);
            self.problem = None;
        }
        if typed.len() < DIGITS || self.problem.is_some() {
            return Next::to(self);
        }
        let digits = CodeText::new(std::mem::take(typed));
        self.prove(PaymentProof::Digits(digits))
    }

    /// A code in the live picture. The one that was just looked at does not count again, nor does the acquisition code
    /// that the student came with and may still hold in front of the camera.
    pub(super) fn seen(mut self, text: CodeText) -> Next {
        if self.last.as_ref() == Some(&text) || Seen::of(text.as_str()) == Seen::AcquisitionCode {
            return Next::to(self);
        }
        self.last = Some(text.clone());
        self.prove(PaymentProof::Scanned(text))
    }

    fn prove(self, proof: PaymentProof) -> Next {
        let (question, order) = (self.question, self.order.clone());
        Next::to(self).doing(Effect::ProvePayment {
            question,
            order,
            proof,
        })
    }

    /// The attendant has taken the money.
    pub(super) fn cash(self) -> Next {
        let (question, order) = (self.question, self.order.clone());
        Next::to(self).doing(Effect::TakeCash { question, order })
    }

    pub(super) fn camera(mut self, camera: CameraView) -> Next {
        self.camera = camera;
        Next::to(self)
    }

    /// Asks the provider to close the order; paid or not stays its word.
    pub(super) fn closing(&self) -> Effect {
        Effect::CloseOrder {
            question: self.question,
            order: self.order.clone(),
        }
    }

    pub(super) fn hear(mut self, news: PaymentNews, world: &World<'_>) -> Next {
        let is_closing = self.state == PayState::Closing;
        match news {
            PaymentNews::Offered(code) => {
                if !is_closing {
                    let shown = Some(Box::new(code));
                    (self.shown, self.page, self.state) = (shown, None, PayState::Waiting);
                }
            }
            PaymentNews::Offline(page) => {
                if !is_closing {
                    (self.page, self.state) = (Some(Box::new(page)), PayState::Offline);
                }
            }
            PaymentNews::Silent => {
                if !is_closing && self.state != PayState::Offline {
                    self.state = PayState::Checking;
                }
            }
            PaymentNews::NotTaken(problem) => {
                self.problem = Some(problem);
                return Next::to(self).doing(Effect::Sound(Sound::Attention));
            }
            PaymentNews::Slip(number) => return Next::to(self).under(Overlay::Slip(number)),
            PaymentNews::Settled(entitlement) if self.chosen.is_for(&entitlement) => {
                return self
                    .chosen
                    .prepare(entitlement, world)
                    .first(Effect::CloseCamera)
                    .doing(Effect::Sound(Sound::Success));
            }
            PaymentNews::Settled(_) => {
                tracing::error!(order = ?self.order.id, "settled for somebody else");
            }
            PaymentNews::Closed => return self.closed().first(Effect::CloseCamera),
            PaymentNews::NotOpened(what) => {
                return Next::to(ChoosingService::of(self.chosen))
                    .telling(what)
                    .first(Effect::CloseCamera);
            }
        }
        Next::to(self)
    }

    /// Unpaid, and nothing can be paid on this order any more.
    fn closed(mut self) -> Next {
        self.chosen.keep_open(None);
        match self.state {
            PayState::Closing => self.chosen.list(),
            PayState::Asking | PayState::Waiting | PayState::Offline | PayState::Checking => {
                Next::to(ChoosingService::of(self.chosen)).telling(What::PaymentClosed)
            }
        }
    }
}
