//! One exchange with the service about one order, and what follows from its answer.

use super::{Line, Outcome, Watch, Wish, Work};
use crate::clock;
use crate::domain::{Entitlement, Order, OrderState};
use crate::session::{PaymentCode, PaymentNews, What};
use crate::store::StoreError;
use crate::wire::{OrderStatus, RefusalCode};
use crate::workers::http::Trouble;
use std::time::Duration;

/// No code is shown for longer, whatever the clocks say; codes of the provider live for two hours.
const LONGEST_SHOWN: Duration = Duration::from_hours(2);

impl<L: Line> Work<L> {
    /// One exchange about an order.
    pub(super) fn ask(&self, watch: &mut Watch) -> Result<Outcome, StoreError> {
        if watch.wish == Wish::Closing && !watch.was_offered {
            // no code was ever shown, so nobody can have paid
            self.store.close_order(watch.order.id, clock::utc())?;
            return Ok(Outcome::Over(PaymentNews::Closed));
        }
        match self.exchange(watch) {
            Ok(status) => self.status(watch, &status),
            Err(Trouble::Refused(RefusalCode::NotFound)) => {
                // the service was restored from a backup: it gets the order again
                watch.is_there = false;
                self.silence(watch, Trouble::Refused(RefusalCode::NotFound));
                Ok(Outcome::Watched)
            }
            // the order is not there and will not be: whatever code was shown, nothing can be paid behind it
            Err(Trouble::Refused(code)) if !watch.is_there && code.needs_a_person() => {
                self.refused(watch, code)
            }
            Err(trouble) => {
                self.silence(watch, trouble);
                Ok(Outcome::Watched)
            }
        }
    }

    fn exchange(&self, watch: &mut Watch) -> Result<OrderStatus, Trouble> {
        let id = watch.order.id;
        if !watch.is_there {
            let status = self.line.put(&watch.order)?;
            watch.is_there = true;
            if watch.wish == Wish::Payment {
                return Ok(status);
            }
        }
        if watch.wish == Wish::Closing {
            return self.line.close(id);
        }
        self.line.state(id)
    }

    fn status(&self, watch: &mut Watch, status: &OrderStatus) -> Result<Outcome, StoreError> {
        let (id, now) = (watch.order.id, clock::utc());
        if status.id != id {
            self.silence(watch, Trouble::NotTheService);
            return Ok(Outcome::Watched);
        }
        match status.state {
            OrderState::Settled => Ok(Outcome::Over(PaymentNews::Settled(
                self.store.settle_order(id, now)?,
            ))),
            OrderState::Closed => {
                self.store.close_order(id, now)?;
                self.ended(&watch.order)
            }
            OrderState::Refunded => {
                self.store.order_refunded(id, now)?;
                self.ended(&watch.order)
            }
            OrderState::Open => {
                self.offered(watch, status)?;
                Ok(Outcome::Watched)
            }
        }
    }

    /// No money stays with this order. A right that came another way (a voucher, another booth) is still one.
    fn ended(&self, order: &Order) -> Result<Outcome, StoreError> {
        let standing = self.store.entitlement(&order.student, &order.collection)?;
        Ok(Outcome::Over(
            standing.map_or(PaymentNews::Closed, PaymentNews::Settled),
        ))
    }

    fn offered(&self, watch: &mut Watch, status: &OrderStatus) -> Result<(), StoreError> {
        let Some(url) = status.payment_url.clone() else {
            self.silence(watch, Trouble::Later(None));
            return Ok(());
        };
        if !watch.was_offered {
            self.store.order_offered(watch.order.id, clock::utc())?;
            watch.was_offered = true;
        }
        let is_news =
            watch.silence_told || watch.shown.as_ref().is_none_or(|shown| shown.url != url);
        if is_news {
            let latest = status
                .expires_at
                .map(|at| self.line.instant_of(at, LONGEST_SHOWN));
            let code = PaymentCode {
                url,
                expires: latest.unwrap_or_else(|| clock::now() + LONGEST_SHOWN),
                payee: status.payee.clone(),
            };
            watch.shown = Some(code.clone());
            if watch.wish == Wish::Payment {
                self.tell(watch.question, PaymentNews::Offered(code));
            }
        }
        (watch.silence_told, watch.trouble) = (false, None);
        watch.backoff.reset();
        let pause = if watch.question.is_some() {
            self.rhythm.poll
        } else {
            self.rhythm.unattended_poll
        };
        watch.next = clock::now() + pause;
        Ok(())
    }

    /// Nobody knows: asked again for ever, and said once.
    fn silence(&self, watch: &mut Watch, trouble: Trouble) {
        watch.trouble = Some(trouble);
        watch.backoff.failed(None);
        watch.next = watch.backoff.not_before().unwrap_or(watch.next);
        if watch.question.is_some() {
            // somebody waits: not longer than twenty polls
            watch.next = watch.next.min(clock::now() + self.rhythm.poll * 20);
        }
        if !std::mem::replace(&mut watch.silence_told, true) {
            tracing::warn!(order = watch.order.id.short(), %trouble, "the order's state is unknown");
            let news = self.order_code(watch).unwrap_or(PaymentNews::Silent);
            self.tell(watch.question, news);
        }
    }

    /// The order as a code for the phone's own network, durable as offered before anybody sees it.
    fn order_code(&self, watch: &mut Watch) -> Option<PaymentNews> {
        if watch.wish == Wish::Closing || watch.question.is_none() {
            return None;
        }
        let info = self.store.service_info().ok()?.unwrap_or_default();
        let url = self.offline.order_url(&watch.order, &info.public_url)?;
        if !watch.was_offered {
            self.store
                .order_offered(watch.order.id, clock::utc())
                .ok()?;
            watch.was_offered = true;
        }
        Some(PaymentNews::Offline(PaymentCode {
            url,
            expires: clock::now() + LONGEST_SHOWN,
            payee: info.payee,
        }))
    }

    /// The service does not take the order, and its code was never shown.
    fn refused(&self, watch: &Watch, code: RefusalCode) -> Result<Outcome, StoreError> {
        tracing::warn!(
            order = watch.order.id.short(),
            ?code,
            "the service refuses an order"
        );
        if code == RefusalCode::AlreadyEntitled
            && let Some(entitlement) = self.entitlement_elsewhere(&watch.order)?
        {
            self.store.close_order(watch.order.id, clock::utc())?;
            return Ok(Outcome::Over(PaymentNews::Settled(entitlement)));
        }
        self.store.close_order(watch.order.id, clock::utc())?;
        let closed = matches!(code, RefusalCode::NotOpen | RefusalCode::UnknownCollection);
        let what = if closed {
            What::CollectionClosed
        } else {
            What::PaymentClosed
        };
        Ok(Outcome::Over(PaymentNews::NotOpened(what)))
    }

    /// Paid at another booth, or granted by the school: the service says what for.
    fn entitlement_elsewhere(&self, order: &Order) -> Result<Option<Entitlement>, StoreError> {
        if let Ok(known) = self.line.student(&order.student)
            && known.student == order.student
        {
            self.store.learn_student(&known, clock::utc())?;
        }
        self.store.entitlement(&order.student, &order.collection)
    }
}
