//! Delivering what waits: oldest first, one poison item never before the others, and only the service's signed
//! receipt over our own manifest counts.

use super::Facts;
use super::backoff::{Backoff, Pace};
use super::http::{ServiceClient, Trouble};
use super::service::{ServiceFact, tell_store_trouble};
use crate::clock;
use crate::domain::SubmissionId;
use crate::store::{Confirmed, Parts, Store, StoreError, Waiting};
use crate::wire::envelope::CHUNK_BYTES;
use crate::wire::packet::CONTENT_TYPE;
use crate::wire::sealed_packet::{CHUNKS_CONTENT_TYPE, HEAD_CONTENT_TYPE};
use crate::wire::{self, Digest, Packet, Receipt, RefusalCode, Sealed, paths};
use ed25519_dalek::VerifyingKey;
use reqwest::Method;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Rounds of one try: a service that took every chunk and still wants some is given up for this time.
const MOST_ROUNDS: usize = 3;

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
    pace: Pace,
    /// Each item's own waiting; gone once it is delivered.
    items: HashMap<SubmissionId, Backoff>,
    /// Between two tries that failed.
    rest_until: Option<Instant>,
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
            pace,
            items: HashMap::new(),
            rest_until: None,
        }
    }

    /// Whatever waits for its time may be tried now: the service is heard again, or somebody asked. Where the
    /// service asked to be left alone, it is.
    pub fn hurry(&mut self) {
        self.items.values_mut().for_each(Backoff::hurry);
        self.rest_until = None;
    }

    /// Tries one submission; gives the trouble of that try, or `None` when it went well.
    /// `Ok(None)` in the outer place means that nothing is due.
    pub fn try_next(&mut self) -> Option<Result<(), Trouble>> {
        if self.rest_until.is_some_and(|until| clock::now() < until) {
            return None;
        }
        let waiting = self.kept(Store::waiting)?;
        self.items
            .retain(|id, _| waiting.iter().any(|item| item.id == *id));
        let item = *self.due(&waiting)?;
        Some(self.try_item(item.id))
    }

    /// When something may be due; `None` if nothing waits.
    pub fn next_due(&self) -> Option<Instant> {
        let waiting = self.kept(Store::waiting)?;
        let due = |item: &Waiting| self.items.get(&item.id).and_then(Backoff::not_before);
        let earliest = waiting
            .iter()
            .map(|item| due(item).unwrap_or_else(clock::now))
            .min()?;
        Some(self.rest_until.map_or(earliest, |rest| rest.max(earliest)))
    }

    /// Oldest first; those that failed go behind the others.
    fn due<'a>(&self, waiting: &'a [Waiting]) -> Option<&'a Waiting> {
        let failures = |item: &Waiting| self.items.get(&item.id).map_or(0, Backoff::failures);
        let is_due = |item: &&Waiting| self.items.get(&item.id).is_none_or(Backoff::is_due);
        waiting
            .iter()
            .filter(is_due)
            .min_by_key(|item| (failures(item), item.sequence))
    }

    fn try_item(&mut self, id: SubmissionId) -> Result<(), Trouble> {
        let confirmed = match self.store.confirmed(id) {
            Ok(confirmed) => confirmed,
            Err(error) => {
                // unreadable bytes are one item's fault: it waits, the others go on
                tell_store_trouble(&self.facts, &error);
                self.later(id, None);
                return Ok(());
            }
        };
        match self.send(id, &confirmed) {
            Ok(receipt) => {
                self.items.remove(&id);
                self.rest_until = None;
                if self
                    .kept(|store| store.delivered(&receipt, clock::utc()))
                    .is_some()
                {
                    tracing::info!(submission = id.short(), "delivered");
                }
                Ok(())
            }
            Err(Failure::Held(because, code)) => {
                tracing::warn!(submission = id.short(), because, "held");
                self.kept(|store| store.hold(id, because));
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
                self.later(id, asked);
                Err(trouble)
            }
        }
    }

    fn later(&mut self, id: SubmissionId, asked: Option<Duration>) {
        self.items
            .entry(id)
            .or_insert(Backoff::new(self.pace))
            .failed(asked);
        self.rest_until = Some(clock::now() + self.pace.least);
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
