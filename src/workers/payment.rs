//! Watching orders until the provider has spoken: settled or closed, never by elapsed time.
//!
//! The order is durable before the service is asked for its code, and marked as offered before the code is
//! shown. A settled one becomes the entitlement in one transaction, whether or not anyone still stands there.
//! Orders left open by a crash are taken up at the start.

mod exchange;
mod line;
mod proof;
#[cfg(test)]
mod proof_tests;

pub use line::Line;

pub use proof::OfflinePayment;

use super::Facts;
use super::backoff::Backoff;
use super::http::{ServiceClient, Trouble};
use super::service::{
    COMMANDS, Rhythm, ServiceFact, hand, start, store_trouble, tell_store_trouble,
};
use crate::clock;
use crate::domain::Order;
use crate::session::{
    Answer, PaymentCode, PaymentNews, PaymentProof, QuestionId, StoreTrouble, What,
};
use crate::store::{Asked, OpenOrder, Store};
use proof::Window;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

enum Command {
    Open(QuestionId, Order),
    Close(QuestionId, Order),
    Prove(QuestionId, Order, PaymentProof),
    Cash(QuestionId, Order),
    NobodyWaits,
    Hurry,
}

#[derive(Clone)]
pub(super) struct Payments(SyncSender<Command>);

impl Payments {
    pub fn start(work: Work<Arc<ServiceClient>>) -> io::Result<Self> {
        let (sender, commands) = sync_channel(COMMANDS);
        start("payment", &work.facts.clone(), move || work.run(&commands))?;
        Ok(Self(sender))
    }

    pub fn open(&self, question: QuestionId, order: Order) {
        hand(&self.0, "payment", Command::Open(question, order));
    }

    pub fn close(&self, question: QuestionId, order: Order) {
        hand(&self.0, "payment", Command::Close(question, order));
    }

    pub fn prove(&self, question: QuestionId, order: Order, proof: PaymentProof) {
        hand(&self.0, "payment", Command::Prove(question, order, proof));
    }

    pub fn cash(&self, question: QuestionId, order: Order) {
        hand(&self.0, "payment", Command::Cash(question, order));
    }

    pub fn nobody_waits(&self) {
        hand(&self.0, "payment", Command::NobodyWaits);
    }

    /// The service was heard by somebody else.
    pub fn hurry(&self) {
        hand(&self.0, "payment", Command::Hurry);
    }
}

/// An order that is watched.
struct Watch {
    order: Order,
    /// Who wants to know; `None` once they have gone.
    question: Option<QuestionId>,
    was_offered: bool,
    /// The service has the order.
    is_there: bool,
    wish: Wish,
    shown: Option<PaymentCode>,
    silence_told: bool,
    /// Why the last exchange did not go well.
    trouble: Option<Trouble>,
    backoff: Backoff,
    next: Instant,
}

/// What is wanted of the provider.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// That it is paid.
    Payment,
    /// That it is closed.
    Closing,
}

/// What became of a watch after one exchange.
enum Outcome {
    Watched,
    Over(PaymentNews),
}

/// The worker's own half, without its thread: what the payment worker runs, and the proofs drive step by step.
pub struct Work<L> {
    store: Store,
    line: L,
    facts: Facts<ServiceFact>,
    rhythm: Rhythm,
    offline: OfflinePayment,
    window: Window,
    watches: Vec<Watch>,
}

impl<L: Line> Work<L> {
    /// A worker over the booth's records and a line to the service.
    pub fn new(
        store: Store,
        line: L,
        facts: Facts<ServiceFact>,
        rhythm: Rhythm,
        offline: OfflinePayment,
    ) -> Self {
        Self {
            store,
            line,
            facts,
            rhythm,
            offline,
            window: Window::new(),
            watches: Vec::new(),
        }
    }

    fn run(mut self, commands: &Receiver<Command>) {
        self.take_up();
        loop {
            let next = self.watches.iter().map(|watch| watch.next).min();
            let wait = next.map_or(Duration::from_hours(1), |next| {
                next.saturating_duration_since(clock::now())
            });
            match commands.recv_timeout(wait) {
                Ok(Command::Open(question, order)) => self.open(question, &order),
                Ok(Command::Close(question, order)) => self.close(question, &order),
                Ok(Command::Prove(question, order, proof)) => {
                    self.prove(question, &order, &proof);
                }
                Ok(Command::Cash(question, order)) => self.cash(question, &order),
                Ok(Command::NobodyWaits) => self.nobody_waits(),
                Ok(Command::Hurry) => self.hurry(),
                Err(RecvTimeoutError::Timeout) => self.ask_due(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Nobody stands there any more: orders are watched on without telling.
    pub fn nobody_waits(&mut self) {
        self.watches
            .iter_mut()
            .for_each(|watch| watch.question = None);
    }

    /// The line holds again: what waits because it was cut is asked at once. Where the service itself is not well, it
    /// is left its time.
    pub fn hurry(&mut self) {
        let is_cut_off = |watch: &&mut Watch| watch.trouble.is_some_and(Trouble::is_of_the_line);
        for watch in self.watches.iter_mut().filter(is_cut_off) {
            watch.backoff.hurry();
            watch.next = watch.backoff.not_before().unwrap_or_else(clock::now);
        }
    }

    /// After a restart: what somebody may have paid is watched; what nobody could have paid is closed.
    pub fn take_up(&mut self) {
        match self.store.open_orders() {
            Ok(open) => open.into_iter().for_each(|open| self.watch(None, open)),
            Err(error) => tell_store_trouble(&self.facts, &error),
        }
    }

    /// Asks for the fee of an order, or shows the one that is asked already.
    pub fn open(&mut self, question: QuestionId, order: &Order) {
        match self.store.open_order(order, clock::utc()) {
            Ok(Asked::Entitled(entitlement)) => {
                self.tell(Some(question), PaymentNews::Settled(entitlement));
            }
            Ok(Asked::Open(open)) => self.watch(Some(question), open),
            Err(error) => {
                let what = match store_trouble(&error) {
                    StoreTrouble::Full => What::StoreFull,
                    StoreTrouble::Broken | StoreTrouble::ServiceAway => What::StoreTrouble,
                };
                self.tell(Some(question), PaymentNews::NotOpened(what));
            }
        }
    }

    fn watch(&mut self, question: Option<QuestionId>, open: OpenOrder) {
        if let Some(watch) = self
            .watches
            .iter_mut()
            .find(|watch| watch.order.id == open.order.id)
        {
            // somebody came back to an order that is still watched: the code is told again
            (watch.question, watch.wish) = (question, Wish::Payment);
            (watch.shown, watch.silence_told, watch.next) = (None, false, clock::now());
            return;
        }
        self.watches.push(Watch {
            wish: if question.is_none() && !open.was_offered {
                Wish::Closing
            } else {
                Wish::Payment
            },
            order: open.order,
            question,
            was_offered: open.was_offered,
            is_there: false,
            shown: None,
            silence_told: false,
            trouble: None,
            backoff: Backoff::new(self.rhythm.retry),
            next: clock::now(),
        });
    }

    /// Has an order closed, unless it was paid.
    pub fn close(&mut self, question: QuestionId, order: &Order) {
        let found = self
            .watches
            .iter_mut()
            .find(|w| w.question == Some(question) || w.order.id == order.id);
        if let Some(watch) = found {
            (watch.question, watch.wish, watch.next) =
                (Some(question), Wish::Closing, clock::now());
            return;
        }
        // not watched any more, so it has ended; say how
        let entitlement = self.store.entitlement(&order.student, &order.collection);
        match entitlement {
            Ok(Some(entitlement)) => self.tell(Some(question), PaymentNews::Settled(entitlement)),
            Ok(None) => self.tell(Some(question), PaymentNews::Closed),
            Err(error) => tell_store_trouble(&self.facts, &error),
        }
    }

    /// One exchange about the order that is due first, those that somebody waits for before all others. One
    /// at a time, so that a command never waits behind more than one silence.
    pub fn ask_due(&mut self) {
        let now = clock::now();
        let due = self
            .watches
            .iter()
            .enumerate()
            .filter(|(_, watch)| watch.next <= now);
        let first = due
            .min_by_key(|(_, watch)| (watch.question.is_none(), watch.next))
            .map(|(place, _)| place);
        let Some(mut watch) = first.map(|place| self.watches.swap_remove(place)) else {
            return;
        };
        match self.ask(&mut watch) {
            Ok(Outcome::Watched) => self.watches.push(watch),
            Ok(Outcome::Over(news)) => self.tell(watch.question, news),
            Err(error) => {
                // the provider's word is not lost: it is asked for again
                tell_store_trouble(&self.facts, &error);
                watch.backoff.failed(None);
                watch.next = watch.backoff.not_before().unwrap_or(now);
                self.watches.push(watch);
            }
        }
    }

    fn tell(&self, question: Option<QuestionId>, news: PaymentNews) {
        if let Some(question) = question {
            self.facts
                .tell(ServiceFact::Answer(question, Answer::Payment(news)));
        }
    }
}
