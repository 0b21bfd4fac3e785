//! One handle for all that asks the service: sign-in, payment, sync, and the clerk who keeps the booth's records.
//!
//! Its small methods never wait: they hand a command to a thread. Answers come back as [`ServiceFact`]s, with
//! the number of the question, in the session's own words. Dropping the handle ends the threads; what was
//! begun and stored goes on at the next start.

use super::backoff::Pace;
use super::clerk::{self, Clerk, Task};
use super::http::{ServiceClient, Trouble};
use super::mirror::Mirror;
pub use super::payment::OfflinePayment;
use super::payment::{self, Payments};
use super::sign_in::{self, SignIns};
use super::sync::{self, Sync};
use super::{Facts, Wake, spawn};
use crate::domain::acquisition_code::CampusKey;
use crate::domain::working_days::WorkingDays;
use crate::domain::{BoothId, BoothSettings, Catalogue, Institution, Language};
use crate::session::{Answer, Effect, QuestionId, StoreTrouble};
use crate::store::{Store, StoreError};
use crate::wire::{Sealer, ServiceInfo};
use ed25519_dalek::VerifyingKey;
use jiff::{SignedDuration, Timestamp};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryIter, sync_channel};
use std::time::Duration;

/// More facts than come while the booth draws one frame.
const FACTS: usize = 256;
/// More commands than a person can cause while a thread waits for the service.
pub(super) const COMMANDS: usize = 64;

/// What a worker of the service found out. None of these is ever dropped.
#[derive(Debug, Clone)]
pub enum ServiceFact {
    /// An answer to a question of the session.
    Answer(QuestionId, Answer),
    /// How it stands with the service and the queue; told when it changes.
    Status(SyncStatus),
    /// The service told of collections.
    Catalogue(Arc<Catalogue>),
    /// The service told of schools.
    Institutions(Vec<Institution>),
    /// The service told of its calendar or its desk.
    Info {
        /// The calendar.
        working_days: WorkingDays,
        /// How to reach the desk.
        info: Option<ServiceInfo>,
        /// What the service decides for all booths.
        settings: BoothSettings,
    },
    /// There is room on the disk for the reserve of submissions, or there is none; told when it changes.
    Room(bool),
    /// The booth's records fail, while nobody asked.
    StoreTrouble(StoreTrouble),
    /// A worker panicked and is gone.
    WorkerLost(&'static str),
}

/// How it stands with the service and the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncStatus {
    /// The last exchange went well.
    pub online: bool,
    /// When the service was last heard.
    pub last_contact: Option<Timestamp>,
    /// Submissions that wait to be sent.
    pub queued: u32,
    /// Submissions that the service refused; an attendant has to look.
    pub held: u32,
    /// When the oldest of both was submitted.
    pub oldest: Option<Timestamp>,
    /// Why the last exchange did not go well.
    pub trouble: Option<Trouble>,
}

/// How often things are done. The default is the booth's; tests are in a hurry.
#[derive(Debug, Clone, Copy)]
pub struct Rhythm {
    /// A sign-in or an order that somebody waits for is asked after so often.
    pub poll: Duration,
    /// An order that nobody waits for.
    pub unattended_poll: Duration,
    /// The service is asked for what is new.
    pub pull: Duration,
    /// Waiting after failures.
    pub retry: Pace,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(2),
            unattended_poll: Duration::from_secs(10),
            pull: Duration::from_secs(30),
            retry: Pace {
                least: Duration::from_secs(1),
                most: Duration::from_mins(15),
            },
        }
    }
}

/// Who the booth is, and what it believes.
#[derive(Clone)]
pub struct Enrolled {
    /// Its id.
    pub booth: BoothId,
    /// Seals and signs as this booth.
    pub sealer: Sealer,
    /// Verifies receipts.
    pub service_key: VerifyingKey,
    /// Reads acquisition codes without a network; `None` leaves it to the service.
    pub campus_key: Option<CampusKey>,
    /// Pictures are erased so long after the receipt.
    pub retention: SignedDuration,
    /// Working days of a review, until the service says.
    pub review_days: u32,
    /// How it takes payments without a network.
    pub offline: OfflinePayment,
}

/// The workers that ask the service.
pub struct ServiceWorkers {
    sign_ins: SignIns,
    payments: Payments,
    sync: Sync,
    clerk: Clerk,
    facts: Receiver<ServiceFact>,
}

impl ServiceWorkers {
    /// Starts the workers. What was known when the booth went down is told first, and orders that were open then are
    /// taken up again.
    pub fn start(
        store: &Store,
        client: ServiceClient,
        enrolled: Enrolled,
        rhythm: Rhythm,
        wake: &Wake,
    ) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(FACTS);
        let facts = Facts::new(sender, Arc::clone(wake));
        let client = Arc::new(client);
        let mirror = Arc::new(Mirror::new(
            Arc::clone(&client),
            store.clone(),
            &enrolled,
            facts.clone(),
        ));
        mirror.recall();
        let payments = Payments::start(payment::Work::new(
            store.clone(),
            Arc::clone(&client),
            facts.clone(),
            rhythm,
            enrolled.offline.clone(),
        ))?;
        let sync = Sync::start(sync::Work::new(
            store,
            &client,
            &mirror,
            payments.clone(),
            &enrolled,
            rhythm,
            &facts,
        ))?;
        Ok(Self {
            sign_ins: SignIns::start(sign_in::Work::new(
                Arc::clone(&client),
                facts.clone(),
                rhythm,
            ))?,
            payments,
            clerk: Clerk::start(clerk::Work::new(
                store.clone(),
                client,
                mirror,
                enrolled,
                facts,
                sync.clone(),
            ))?,
            sync,
            facts: receiver,
        })
    }

    /// Does what an effect of the session asks, if it is for these workers; gives it back if not. The
    /// language is that of the page which a phone opens.
    pub fn execute(&self, effect: Effect, language: Language) -> Option<Effect> {
        match effect {
            Effect::StartSignIn { question, id } => self.sign_ins.begin(question, id, language),
            Effect::CancelSignIn { id } => self.sign_ins.cancel(id),
            Effect::OpenOrder { question, order } => self.payments.open(question, order),
            Effect::CloseOrder { question, order } => self.payments.close(question, order),
            Effect::ProvePayment {
                question,
                order,
                proof,
            } => self.payments.prove(question, order, proof),
            Effect::TakeCash { question, order } => self.payments.cash(question, order),
            Effect::GrantPayLater {
                question,
                student,
                collection,
            } => {
                self.clerk
                    .ask(question, Task::GrantPayLater(student, collection));
            }
            Effect::FetchAlbum {
                question,
                student,
                collection,
            } => {
                self.clerk
                    .ask(question, Task::FetchAlbum(student, collection));
            }
            Effect::Decode { question, code } => self.clerk.ask(question, Task::Decode(code)),
            Effect::LoadFile { question, file } => self.clerk.ask(question, Task::Load(file)),
            Effect::VerifyAgain { question, file } => {
                self.clerk.ask(question, Task::VerifyAgain(file));
            }
            Effect::GrantNothingDue {
                question,
                student,
                collection,
            } => {
                self.clerk
                    .ask(question, Task::GrantNothingDue(student, collection));
            }
            Effect::FileServiceRequest {
                question,
                id,
                kind,
                about,
            } => {
                self.clerk.ask(question, Task::FileRequest(id, kind, about));
            }
            Effect::Confirm {
                question,
                submission,
            } => self.clerk.ask(question, Task::Confirm(submission)),
            other @ (Effect::OpenCamera(_)
            | Effect::CloseCamera
            | Effect::ScanPicture { .. }
            | Effect::CountWrongLastFour(_)
            | Effect::ForgetWrongLastFour(_)
            | Effect::Capture { .. }
            | Effect::ImportPictures { .. }
            | Effect::Standardize { .. }
            | Effect::Sound(_)
            | Effect::Say(_)
            | Effect::WakeAt(_)
            | Effect::NewSession
            | Effect::SetLanguage(_)) => return Some(other),
        }
        None
    }

    /// Nobody stands there any more: sign-ins end, orders are watched on without telling.
    pub fn new_session(&self) {
        self.sign_ins.cancel_all();
        self.payments.nobody_waits();
    }

    /// Delivers and pulls now, whatever waits for its time.
    pub fn sync_now(&self) {
        self.sync.now();
    }

    /// The facts since last time, in their order.
    pub fn facts(&self) -> TryIter<'_, ServiceFact> {
        self.facts.try_iter()
    }
}

/// Hands a command to a thread without waiting for it.
pub(super) fn hand<T>(sender: &SyncSender<T>, worker: &'static str, command: T) {
    if sender.try_send(command).is_err() {
        // so many commands at once are our own fault, or the worker is lost, which was told
        tracing::error!(worker, "a command was not taken");
    }
}

/// Starts a worker that tells when it is lost.
pub(super) fn start(
    name: &'static str,
    facts: &Facts<ServiceFact>,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let lost = facts.clone();
    spawn(
        name,
        move |name| lost.tell(ServiceFact::WorkerLost(name)),
        work,
    )
    .map(drop)
}

/// The student's view of a fault of the store.
pub(super) fn store_trouble(error: &StoreError) -> StoreTrouble {
    tracing::error!(
        error = error as &dyn std::error::Error,
        "the booth's records"
    );
    if matches!(error, StoreError::DiskFull) {
        StoreTrouble::Full
    } else {
        StoreTrouble::Broken
    }
}

/// A fault of the store that nobody asked about.
pub(super) fn tell_store_trouble(facts: &Facts<ServiceFact>, error: &StoreError) {
    facts.tell(ServiceFact::StoreTrouble(store_trouble(error)));
}
