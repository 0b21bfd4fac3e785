//! What a student shows to prove a payment, judged without a network: a receipt or a voucher before the camera, nine
//! digits on the keypad. Signatures come first; then whose it is and for what; then one transaction.

use super::{Line, Watch, Wish, Work};
use crate::clock;
use crate::domain::acquisition_code::Seen;
use crate::domain::{BoothId, Order};
use crate::session::{CodeText, PayProblem, PaymentNews, PaymentProof, QuestionId};
use crate::store::{Redeemed, StoreError, WrongTries};
use crate::wire::BoothKey;
use crate::wire::enrolment::BadBoothKey;
use crate::wire::offline::{
    Keyset, OrderCode, PaymentReceipt, PaymentReceiptError, Voucher, VoucherError, digits,
    digits_secret, keyset, receipt, voucher,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use std::fmt;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// The window in which wrong digits at this booth are counted.
const HOUR: Duration = Duration::from_hours(1);

/// What the booth pays with when there is no network.
#[derive(Clone)]
pub struct OfflinePayment {
    booth: BoothId,
    campus: u8,
    signing: SigningKey,
    digits: Zeroizing<[u8; 32]>,
    /// Vouches for payment keys; `None` in a booth key of before.
    root: Option<VerifyingKey>,
    /// The list of the enrolment.
    first_keys: String,
    /// Where phones are sent while the service has not said.
    service_url: String,
    /// What attendants of this booth may take in cash on one day.
    pub cash_limit_fen: u32,
}

impl fmt::Debug for OfflinePayment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OfflinePayment({}, ..)", self.booth.short())
    }
}

impl OfflinePayment {
    /// What a booth key and the configured address of the service give.
    pub fn of(key: &BoothKey, service_url: &str, cash_limit_fen: u32) -> Result<Self, BadBoothKey> {
        Ok(Self {
            booth: key.booth,
            campus: key.campus_key_number,
            signing: key.signing_key()?,
            digits: digits_secret(&key.token),
            root: key.payment_root()?,
            first_keys: key.payment_keys.clone(),
            service_url: service_url.to_owned(),
            cash_limit_fen,
        })
    }

    /// Vouches for payment keys.
    pub(in crate::workers) const fn root(&self) -> Option<VerifyingKey> {
        self.root
    }

    /// The order as the address that a phone opens. `None` where no phone could prove the payment here.
    pub(super) fn order_url(&self, order: &Order, public_url: &str) -> Option<String> {
        self.root?;
        let code = OrderCode::sign(order, self.booth, &self.signing)?;
        let origin = if public_url.is_empty() {
            &self.service_url
        } else {
            public_url
        };
        Some(code.url(origin))
    }

    /// Begins the numbers of this booth's cash slips.
    pub(super) fn slip_prefix(&self) -> String {
        self.booth.short()
    }
}

/// Counts wrong digits of the whole booth: kept across restarts, forgotten after an hour of running, by no wall clock.
pub(super) struct Window(Instant);

impl Window {
    pub fn new() -> Self {
        Self(clock::now())
    }
}

impl<L: Line> Work<L> {
    /// Judges what was shown for an order; what it says is told.
    pub fn prove(&mut self, question: QuestionId, order: &Order, proof: &PaymentProof) {
        let news = self.judge(order, proof);
        self.tell(Some(question), news);
    }

    fn judge(&mut self, order: &Order, proof: &PaymentProof) -> PaymentNews {
        let judged = match proof {
            PaymentProof::Scanned(text) => self.scanned(order, text),
            PaymentProof::Digits(typed) => self.typed(order, typed),
        };
        match judged {
            Ok(Ok(redeemed)) => self.redeemed(order, redeemed),
            Ok(Err(problem)) => PaymentNews::NotTaken(problem),
            Err(error) => {
                super::tell_store_trouble(&self.facts, &error);
                PaymentNews::Silent
            }
        }
    }

    /// As the service decides, else as this booth's own file says.
    fn cash_limit_fen(&self) -> u32 {
        let decided = self.store.booth_settings().unwrap_or_default();
        let yuan = decided.within_bounds().cash_limit_yuan;
        yuan.map_or(self.offline.cash_limit_fen, |yuan| yuan as u32 * 100)
    }

    /// An attendant has taken cash: the number of the slip, and what follows.
    pub fn cash(&mut self, question: QuestionId, order: &Order) {
        let day = crate::domain::standing::day_in_china(clock::utc());
        let limit = (day, self.cash_limit_fen());
        let prefix = self.offline.slip_prefix();
        match self.store.take_cash(order.id, limit, &prefix, clock::utc()) {
            Ok((redeemed, number)) => {
                let news = self.redeemed(order, redeemed);
                if let Some(number) = number {
                    self.tell(Some(question), PaymentNews::Slip(number));
                }
                self.tell(Some(question), news);
            }
            Err(error) => super::tell_store_trouble(&self.facts, &error),
        }
    }

    fn redeemed(&mut self, order: &Order, redeemed: Redeemed) -> PaymentNews {
        match redeemed {
            Redeemed::Entitled(entitlement) => {
                self.wind_up(order);
                PaymentNews::Settled(entitlement)
            }
            Redeemed::Receipt(error) => PaymentNews::NotTaken(problem(error)),
            Redeemed::Refunded => PaymentNews::NotTaken(PayProblem::Refunded),
            Redeemed::Spent => PaymentNews::NotTaken(PayProblem::VoucherSpent),
            Redeemed::OverTheLimit | Redeemed::NotAllowed => {
                PaymentNews::NotTaken(PayProblem::NoCash)
            }
        }
    }

    /// Nobody needs this order's money any more: settled, it is not asked after; open, it is closed when that is
    /// possible, and paid back by the service if money comes all the same.
    fn wind_up(&mut self, order: &Order) {
        let is_open = matches!(
            self.store.order_state(order.id),
            Ok(Some(crate::domain::OrderState::Open))
        );
        if is_open {
            let of = |watch: &&mut Watch| watch.order.id == order.id;
            if let Some(watch) = self.watches.iter_mut().find(of) {
                (watch.wish, watch.question, watch.next) = (Wish::Closing, None, clock::now());
            }
        } else {
            self.watches.retain(|watch| watch.order.id != order.id);
        }
    }

    fn scanned(
        &self,
        order: &Order,
        text: &CodeText,
    ) -> Result<Result<Redeemed, PayProblem>, StoreError> {
        let text = text.as_str();
        let Some(root) = self.offline.root else {
            return Ok(Err(PayProblem::NotEquipped));
        };
        if text.starts_with(keyset::PREFIX) {
            return Ok(Err(self.new_keys(text, &root)?));
        }
        let keys = self.keys(&root)?;
        let now = clock::utc();
        if text.starts_with(receipt::PREFIX) {
            return match PaymentReceipt::open(text, &keys, self.offline.campus) {
                Ok(receipt) => {
                    let (student, collection) = (&order.student, &order.collection);
                    self.store
                        .redeem_receipt(&receipt, student, collection, now)
                        .map(Ok)
                }
                Err(error) => Ok(Err(problem(error))),
            };
        }
        if text.starts_with(voucher::PREFIX) {
            return match Voucher::open(text, &keys, &order.collection) {
                Ok(voucher) => {
                    let (student, collection) = (&order.student, &order.collection);
                    self.store
                        .spend_voucher(voucher.id, student, collection, now)
                        .map(Ok)
                }
                Err(VoucherError::NotGenuine) => Ok(Err(PayProblem::NotGenuine)),
                Err(VoucherError::OtherCollection) => Ok(Err(PayProblem::OtherCollection)),
            };
        }
        Ok(Err(PayProblem::SomethingElse(Seen::of(text))))
    }

    /// A list of keys that somebody holds up: taken if the root has signed it and it is not older than ours.
    fn new_keys(&self, text: &str, root: &VerifyingKey) -> Result<PayProblem, StoreError> {
        let Ok(keys) = Keyset::open(text, root) else {
            return Ok(PayProblem::NotGenuine);
        };
        if keys.number < self.keys(root)?.number {
            return Ok(PayProblem::OldKey);
        }
        let taken = self.store.keep_payment_keys(keys.number, text)?;
        Ok(if taken {
            PayProblem::KeysTaken
        } else {
            PayProblem::OldKey
        })
    }

    /// The keys that count: the newest list that the root has signed.
    fn keys(&self, root: &VerifyingKey) -> Result<Keyset, StoreError> {
        let kept = self.store.payment_keys()?;
        let lists = [kept.as_deref(), Some(self.offline.first_keys.as_str())];
        let lists = lists.into_iter().flatten();
        let newest = lists
            .filter_map(|text| Keyset::open(text, root).ok())
            .max_by_key(|keys| keys.number);
        Ok(newest.unwrap_or(Keyset {
            number: 0,
            keys: Vec::new(),
        }))
    }

    fn typed(
        &mut self,
        order: &Order,
        typed: &CodeText,
    ) -> Result<Result<Redeemed, PayProblem>, StoreError> {
        if clock::now().saturating_duration_since(self.window.0) >= HOUR {
            self.window = Window::new();
            self.store.forget_wrong(WrongTries::DigitsHere, "")?;
        }
        let id = order.id.to_string();
        let of_order = self.store.wrong_tries(WrongTries::Digits, &id)?;
        let here = self.store.wrong_tries(WrongTries::DigitsHere, "")?;
        if of_order >= digits::TRIES_AN_ORDER || here >= digits::TRIES_AN_HOUR {
            return Ok(Err(PayProblem::DigitsLocked));
        }
        // counted before it is judged: pulling the plug gives no try back
        let of_order = self.store.count_wrong(WrongTries::Digits, &id)?;
        self.store.count_wrong(WrongTries::DigitsHere, "")?;
        if !digits::are_of_order(typed.as_str(), &self.offline.digits, order) {
            let left = digits::TRIES_AN_ORDER.saturating_sub(of_order);
            return Ok(Err(if left == 0 {
                PayProblem::DigitsLocked
            } else {
                PayProblem::WrongDigits(left)
            }));
        }
        self.store.forget_wrong(WrongTries::Digits, &id)?;
        self.store.redeem_digits(order.id, clock::utc()).map(Ok)
    }
}

const fn problem(error: PaymentReceiptError) -> PayProblem {
    match error {
        PaymentReceiptError::NotGenuine => PayProblem::NotGenuine,
        PaymentReceiptError::OldKey => PayProblem::OldKey,
        PaymentReceiptError::OtherCampus => PayProblem::OtherCampus,
        PaymentReceiptError::OtherStudent => PayProblem::OtherStudent,
        PaymentReceiptError::OtherCollection => PayProblem::OtherCollection,
        PaymentReceiptError::OtherAmount => PayProblem::OtherAmount,
    }
}
