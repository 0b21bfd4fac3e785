//! Delivering what waits: oldest first, one poison item never before the others, and only the service's signed
//! receipt over our own manifest counts. While one waits for its receipt, others use the line.

mod tries;

use super::Facts;
use super::backoff::Pace;
use super::http::{ServiceClient, Trouble};
use super::service::{ServiceFact, tell_store_trouble};
use crate::clock;
use crate::domain::{SubmissionId, SubmissionState};
use crate::store::{Confirmed, Parts, Store, StoreError, Waiting};
use crate::wire::envelope::CHUNK_BYTES;
use crate::wire::packet::CONTENT_TYPE;
use crate::wire::sealed_packet::{CHUNKS_CONTENT_TYPE, HEAD_CONTENT_TYPE};
use crate::wire::{self, Digest, Packet, Receipt, RefusalCode, Sealed, paths};
use ed25519_dalek::VerifyingKey;
use reqwest::Method;
use serde::de::DeserializeOwned;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Instant;
use tries::Tries;

/// Rounds of one try: a service that took every chunk and still wants some is given up for this time.
const MOST_ROUNDS: usize = 3;

/// How many are under way at once while it goes well. One alone leaves the line empty for two ways to the service and
/// back and for as long as the service checks and signs: about 0.1 s, in which a line of 200 Mbit/s carries three
/// submissions more. After a failure one alone is tried: a broken line is not asked twice at a time.
const LANES: usize = 4;

/// Why a try did not deliver.
enum Failure {
    /// Later, for ever.
    Later(Trouble),
    /// A person has to look.
    Held(&'static str, Option<RefusalCode>),
}

pub(super) struct Delivery {
    store: Store,
    client: Arc<ServiceClient>,
    service_key: VerifyingKey,
    facts: Facts<ServiceFact>,
    tries: Mutex<Tries>,
}

impl Delivery {
    pub fn new(
        store: Store,
        client: Arc<ServiceClient>,
        service_key: VerifyingKey,
        facts: Facts<ServiceFact>,
        pace: Pace,
    ) -> Self {
        Self {
            store,
            client,
            service_key,
            facts,
            tries: Mutex::new(Tries::new(pace)),
        }
    }

    fn tries(&self) -> MutexGuard<'_, Tries> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whatever waits for its time may be tried now: the service is heard again, or somebody asked. Where the
    /// service asked to be left alone, it is.
    pub fn hurry(&self) {
        self.tries().hurry();
    }

    /// Delivers what is due; begins nothing more once it is `until`. `heard` is told the trouble of each try, `None`
    /// when it went well.
    pub fn deliver(&self, until: Instant, mut heard: impl FnMut(Option<Trouble>)) {
        self.tries().begin_at_the_oldest();
        while !self.tries().flows() {
            let Some(tried) = self.try_next(until) else {
                return;
            };
            heard(tried.err());
        }
        std::thread::scope(|scope| {
            let (told, outcomes) = sync_channel(LANES);
            for _ in 0..LANES {
                let told = told.clone();
                let lane = move || self.go_on(until, &told);
                let started = Builder::new().name("delivery".into());
                if let Err(error) = started.spawn_scoped(scope, lane) {
                    tracing::error!(%error, "no thread to deliver on");
                    self.tries().stop();
                }
            }
            drop(told);
            outcomes.iter().for_each(heard);
        });
    }

    /// One lane: the next and the next, until nothing is due.
    fn go_on(&self, until: Instant, told: &SyncSender<Option<Trouble>>) {
        while let Some(tried) = self.try_next(until)
            && told.send(tried.err()).is_ok()
        {}
    }

    /// Tries one submission; gives the trouble of that try. `None` means that nothing is due, or that it is `until`.
    fn try_next(&self, until: Instant) -> Option<Result<(), Trouble>> {
        while clock::now() < until {
            let item = self.begin()?;
            let state = self.kept(|store| store.submission_state(item.id));
            if state == Some(Some(SubmissionState::Queued)) {
                return Some(self.try_item(item));
            }
            // what failed before may have come to an end by another way: on a stick, or by the attendant
            self.tries().forget(item.id);
            state?;
        }
        None
    }

    /// What waits is read under the lock: what another lane has just delivered does not wait any more.
    fn begin(&self) -> Option<Waiting> {
        let mut tries = self.tries();
        self.kept(|store| tries.begin(|after| store.waiting_after(after)))?
    }

    /// When something may be due; `None` if nothing waits.
    pub fn next_due(&self) -> Option<Instant> {
        let tries = self.tries();
        self.kept(|store| tries.next_due(|after| store.waiting_after(after)))?
    }

    fn try_item(&self, item: Waiting) -> Result<(), Trouble> {
        let id = item.id;
        let confirmed = match self.store.confirmed(id) {
            Ok(confirmed) => confirmed,
            Err(error) => {
                // unreadable bytes are one item's fault: it waits, the others go on
                tell_store_trouble(&self.facts, &error);
                self.tries().failed(item, None);
                return Ok(());
            }
        };
        match self.send(id, &confirmed) {
            Ok(receipt) => {
                tracing::info!(submission = id.short(), "delivered");
                self.ended(item, |store| store.delivered(&receipt, clock::utc()));
                Ok(())
            }
            Err(Failure::Held(because, code)) => {
                tracing::warn!(submission = id.short(), because, "held");
                self.ended(item, |store| store.hold(id, because));
                code.map_or(Ok(()), |code| Err(Trouble::Refused(code)))
            }
            Err(Failure::Later(trouble)) => {
                tracing::warn!(submission = id.short(), %trouble, "not delivered yet");
                self.kept(|store| store.try_failed(id, trouble.word()));
                let asked = if let Trouble::Later(asked) = trouble {
                    asked
                } else {
                    None
                };
                self.tries().failed(item, asked);
                Err(trouble)
            }
        }
    }

    /// What could not be written down is not over: it is asked again later, not at once for ever.
    fn ended(&self, item: Waiting, keep: impl FnOnce(&Store) -> Result<(), StoreError>) {
        let kept = self.kept(keep);
        let mut tries = self.tries();
        match kept {
            Some(()) => tries.ended(item.id),
            None => tries.failed(item, None),
        }
    }

    fn send(&self, id: SubmissionId, confirmed: &Confirmed) -> Result<Receipt, Failure> {
        let receipt = match confirmed {
            Confirmed::Sealed(sealed) => self.send_sealed(id, sealed)?,
            Confirmed::Plain(parts) => self.send_plain(id, parts)?,
        };
        let proof = receipt.verify(&self.service_key, id, confirmed.signed_for());
        proof.map_err(|_| Failure::Later(Trouble::NotTheService))?;
        Ok(receipt)
    }

    /// The head first: the service says from which chunk on it needs the rest. What it has verified is not sent
    /// again, however often the line breaks.
    fn send_sealed(&self, id: SubmissionId, sealed: &Sealed) -> Result<Receipt, Failure> {
        let path = paths::submission(id);
        let mut stands = self.put((Method::PUT, &path), HEAD_CONTENT_TYPE, sealed.head())?;
        for _ in 0..MOST_ROUNDS {
            let wanted = match stands {
                wire::Delivery::Here(receipt) => return Ok(receipt),
                wire::Delivery::Wanted { wanted } => wanted,
            };
            let from = (wanted as usize).saturating_mul(CHUNK_BYTES);
            let rest = sealed.contents.get(from..).filter(|rest| !rest.is_empty());
            let rest = rest.ok_or(Failure::Later(Trouble::NotTheService))?.to_vec();
            let path = paths::chunks(id, Digest::of(&sealed.envelope), wanted);
            stands = self.put((Method::PATCH, &path), CHUNKS_CONTENT_TYPE, rest)?;
        }
        Err(Failure::Later(Trouble::Later(None)))
    }

    /// What a booth of the first version had queued.
    fn send_plain(&self, id: SubmissionId, parts: &Parts) -> Result<Receipt, Failure> {
        let Parts {
            manifest,
            photo,
            capture,
        } = parts;
        let bytes = Packet {
            manifest,
            photo,
            capture,
        }
        .to_bytes();
        let bytes = bytes.map_err(|_| Failure::Held("too_large", None))?;
        self.put((Method::PUT, &paths::submission(id)), CONTENT_TYPE, bytes)
    }

    fn put<T: DeserializeOwned>(
        &self,
        to: (Method, &str),
        content_type: &'static str,
        bytes: Vec<u8>,
    ) -> Result<T, Failure> {
        self.client
            .bytes(to, content_type, bytes)
            .map_err(|trouble| match trouble {
                // an address that the service does not know is an older service, not a bad photo
                Trouble::Refused(RefusalCode::NotFound) => Failure::Later(Trouble::NotTheService),
                Trouble::Refused(code) => Failure::Held(code_word(code), Some(code)),
                other @ (Trouble::Unreachable
                | Trouble::Silent
                | Trouble::Certificate
                | Trouble::NotTheService
                | Trouble::Later(_)
                | Trouble::Unauthorized) => Failure::Later(other),
            })
    }

    fn kept<T>(&self, work: impl FnOnce(&Store) -> Result<T, StoreError>) -> Option<T> {
        work(&self.store)
            .map_err(|error| tell_store_trouble(&self.facts, &error))
            .ok()
    }
}

/// A refusal as it is kept: the wire's own word.
fn code_word(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::Conflict => "conflict",
        RefusalCode::NotEntitled => "not_entitled",
        RefusalCode::AlreadySubmitted => "already_submitted",
        RefusalCode::UnknownCollection => "unknown_collection",
        RefusalCode::NotOpen => "not_open",
        RefusalCode::PhotoNotStandard => "photo_not_standard",
        RefusalCode::CaptureNotUsable => "capture_not_usable",
        RefusalCode::HashMismatch => "hash_mismatch",
        RefusalCode::SealBroken => "seal_broken",
        RefusalCode::TooLarge => "too_large",
        RefusalCode::WrongId
        | RefusalCode::BadJson
        | RefusalCode::BadBody
        | RefusalCode::Unauthorized
        | RefusalCode::NotFound
        | RefusalCode::MethodNotAllowed
        | RefusalCode::WrongDigest
        | RefusalCode::FeeChanged
        | RefusalCode::AlreadyEntitled
        | RefusalCode::CodeNotGenuine
        | RefusalCode::CodeOfOtherCampus
        | RefusalCode::GatewaySilent
        | RefusalCode::Busy
        | RefusalCode::Internal
        | RefusalCode::Unknown => "refused",
    }
}
