//! Sync: delivers submissions, pulls what is new, sends requests, erases what was delivered long ago, and
//! says how it stands. Works for ever with the service away, and catches up when it returns.

use super::Facts;
use super::delivery::Delivery;
use super::http::{ServiceClient, Trouble};
use super::mirror::Mirror;
use super::payment::Payments;
use super::service::{
    COMMANDS, Enrolled, Rhythm, ServiceFact, SyncStatus, start, tell_store_trouble,
};
use crate::clock;
use crate::store::{RESERVE_MB, Store, StoreError, free_mb};
use crate::wire::{ReportTaken, RequestState, RequestStatus, paths};
use jiff::SignedDuration;
use reqwest::Method;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

/// A whole roster over a bad line; students who verify again wait behind it.
const PULL_PATIENCE: Duration = Duration::from_secs(30);
/// How often delivered submissions are looked through, and the room on the disk.
const PURGE_EVERY: Duration = Duration::from_mins(2);
/// While a backlog drains, the figures are told so often: nobody reads faster, and counting costs more the longer it is.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// "Now, please": what is to be done the worker knows itself.
struct Now;

#[derive(Clone)]
pub(super) struct Sync(SyncSender<Now>);

impl Sync {
    pub fn start(work: Work) -> io::Result<Self> {
        let (sender, commands) = sync_channel(COMMANDS);
        start("sync", &work.facts.clone(), move || work.run(&commands))?;
        Ok(Self(sender))
    }

    /// Everything now, whatever waits for its time.
    pub fn now(&self) {
        match self.0.try_send(Now) {
            // full: as many wishes of the same kind are on their way
            Ok(()) | Err(TrySendError::Full(Now) | TrySendError::Disconnected(Now)) => {}
        }
    }
}

pub(super) struct Work {
    store: Store,
    client: Arc<ServiceClient>,
    mirror: Arc<Mirror>,
    delivery: Arc<Delivery>,
    payments: Payments,
    facts: Facts<ServiceFact>,
    retention: SignedDuration,
    pull_every: Duration,
    pull_at: Instant,
    purge_at: Instant,
    /// The last pull found the service.
    was_there: bool,
    status: SyncStatus,
    told: Option<SyncStatus>,
    has_room: bool,
}

impl Work {
    pub fn new(
        store: &Store,
        client: &Arc<ServiceClient>,
        mirror: &Arc<Mirror>,
        payments: Payments,
        enrolled: &Enrolled,
        rhythm: Rhythm,
        facts: &Facts<ServiceFact>,
    ) -> Self {
        let now = clock::now();
        let delivery = Delivery::new(
            store.clone(),
            Arc::clone(client),
            enrolled.service_key,
            facts.clone(),
            rhythm.retry,
        );
        Self {
            store: store.clone(),
            client: Arc::clone(client),
            mirror: Arc::clone(mirror),
            delivery: Arc::new(delivery),
            payments,
            facts: facts.clone(),
            retention: enrolled.retention,
            pull_every: rhythm.pull,
            pull_at: now,
            purge_at: now,
            was_there: false,
            status: SyncStatus::default(),
            told: None,
            has_room: true,
        }
    }

    fn run(mut self, commands: &Receiver<Now>) {
        // without a network it is all that is known of the last contact
        self.status.last_contact = self.kept(self.store.last_contact()).flatten();
        self.tell_status();
        loop {
            self.turn();
            match commands.recv_timeout(self.wait()) {
                Ok(Now) => {
                    while commands.try_recv().is_ok() {}
                    self.delivery.hurry();
                    self.pull_at = clock::now();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Everything that is due.
    fn turn(&mut self) {
        if self.pull_at <= clock::now() {
            self.pull();
        }
        let delivery = Arc::clone(&self.delivery);
        let mut tell_at = clock::now();
        delivery.deliver(self.pull_at, |trouble| {
            self.note_delivery(trouble);
            if tell_at <= clock::now() {
                tell_at = clock::now() + TELL_EVERY;
                self.tell_status();
            }
        });
        if self.purge_at <= clock::now() {
            self.purge_at = clock::now() + PURGE_EVERY;
            self.look_for_room();
            let purged = self.store.purge(self.retention(), clock::utc());
            if let Some(count @ 1..) = self.kept(purged) {
                tracing::info!(count, "erased delivered pictures");
            }
        }
        self.tell_status();
    }

    /// As the service decides, else as this booth's own file says.
    fn retention(&self) -> SignedDuration {
        let decided = self.kept(self.store.booth_settings()).unwrap_or_default();
        let hours = decided.within_bounds().retention_hours;
        hours.map_or(self.retention, |hours| {
            SignedDuration::from_hours(hours.cast_signed())
        })
    }

    /// Asked again after every purge: only a new session is refused for it, never a running one.
    fn look_for_room(&mut self) {
        let Some(free_mb) = free_mb(self.store.folder()) else {
            return;
        };
        let has_room = free_mb >= RESERVE_MB;
        if self.has_room != has_room {
            self.has_room = has_room;
            tracing::warn!(free_mb, has_room, "room for new submissions");
            self.facts.tell(ServiceFact::Room(has_room));
        }
    }

    fn wait(&self) -> Duration {
        let next = [
            Some(self.pull_at),
            Some(self.purge_at),
            self.delivery.next_due(),
        ];
        let next = next.into_iter().flatten().min().unwrap_or(self.pull_at);
        next.saturating_duration_since(clock::now())
    }

    /// The pull is also the question whether the service is there again: when it is, nothing waits longer.
    fn pull(&mut self) {
        let reported = self.send_payment_reports();
        let outcome = self
            .mirror
            .pull(PULL_PATIENCE)
            .and_then(|()| self.send_requests())
            .and(reported);
        self.pull_at = clock::now() + self.pull_every;
        let trouble = outcome.err();
        let is_there = trouble.is_none_or(Trouble::is_from_the_service);
        if is_there {
            // an order may have found the line cut that was whole at every pull
            self.payments.hurry();
        }
        if is_there && !self.was_there {
            self.delivery.hurry();
        }
        self.was_there = is_there;
        self.status.trouble = trouble;
        self.heard(is_there);
    }

    /// What one submission meets is not always the service's state: only a broken line is.
    fn note_delivery(&mut self, trouble: Option<Trouble>) {
        self.status.trouble = trouble;
        match trouble {
            Some(Trouble::Later(_)) => {}
            trouble => {
                let is_there = !trouble.is_some_and(Trouble::is_of_the_line);
                if is_there && !self.status.online {
                    self.payments.hurry();
                }
                self.heard(is_there);
            }
        }
    }

    fn heard(&mut self, is_there: bool) {
        self.status.online = is_there;
        if is_there {
            self.status.last_contact = Some(clock::utc());
        }
    }

    /// What this booth decided about money by itself comes before the submissions that rest on it.
    fn send_payment_reports(&self) -> Result<(), Trouble> {
        let unsent = self.kept(self.store.unsent_payment_reports());
        for (place, report) in unsent.unwrap_or_default() {
            let path = paths::PAYMENT_REPORTS;
            let taken = match self.client.json::<ReportTaken>(Method::POST, path, &report) {
                Ok(taken) => taken,
                Err(Trouble::Refused(code)) => {
                    tracing::warn!(place, ?code, "a payment report is refused");
                    continue;
                }
                Err(trouble) => return Err(trouble),
            };
            if !taken.fits {
                tracing::warn!(place, "a payment report does not fit the service's books");
            }
            self.kept(self.store.payment_report_sent(place, clock::utc()));
        }
        Ok(())
    }

    fn send_requests(&self) -> Result<(), Trouble> {
        for request in self.kept(self.store.unsent_requests()).unwrap_or_default() {
            let status = match self.client.json(Method::POST, paths::REQUESTS, &request) {
                Ok(status) => status,
                // the service will never take it: it is not asked for ever, and not forgotten either
                Err(Trouble::Refused(code)) => {
                    tracing::warn!(request = request.id.short(), ?code, "a request is refused");
                    RequestStatus {
                        id: request.id,
                        state: RequestState::Refused,
                        answer: String::new(),
                    }
                }
                Err(trouble) => return Err(trouble),
            };
            if status.id == request.id {
                self.kept(self.store.request_answered(&status));
            }
        }
        Ok(())
    }

    fn tell_status(&mut self) {
        let Some(counts) = self.kept(self.store.counts()) else {
            return;
        };
        (self.status.queued, self.status.held, self.status.oldest) =
            (counts.queued, counts.held, counts.oldest);
        // the time of the last contact alone is no news
        let is_news = self.told.is_none_or(|told| {
            SyncStatus {
                last_contact: None,
                ..told
            } != SyncStatus {
                last_contact: None,
                ..self.status
            }
        });
        if is_news {
            self.told = Some(self.status);
            self.facts.tell(ServiceFact::Status(self.status));
        }
    }

    fn kept<T>(&self, result: Result<T, StoreError>) -> Option<T> {
        result
            .map_err(|error| tell_store_trouble(&self.facts, &error))
            .ok()
    }
}
