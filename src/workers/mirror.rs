//! Pulling what is new at the service into the store. One pull at a time, whoever asks for it.

use super::Facts;
use super::http::{ServiceClient, Trouble};
use super::service::{Enrolled, ServiceFact, tell_store_trouble};
use crate::clock;
use crate::domain::{BoothId, StudentRef};
use crate::store::{Store, StoreError};
use crate::wire::Changes;
use crate::wire::feed::{Question, SignedQuestion as _};
use crate::wire::offline::Keyset;
use ed25519_dalek::VerifyingKey;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A service that says "more" for ever is given up for this time.
const MOST_PAGES: usize = 1000;

/// The store as a mirror of the service.
pub(super) struct Mirror {
    client: Arc<ServiceClient>,
    store: Store,
    facts: Facts<ServiceFact>,
    booth: BoothId,
    service_key: VerifyingKey,
    payment_root: Option<VerifyingKey>,
    turn: Mutex<()>,
}

impl Mirror {
    pub fn new(
        client: Arc<ServiceClient>,
        store: Store,
        enrolled: &Enrolled,
        facts: Facts<ServiceFact>,
    ) -> Self {
        Self {
            client,
            store,
            facts,
            booth: enrolled.booth,
            service_key: enrolled.service_key,
            payment_root: enrolled.offline.root(),
            turn: Mutex::new(()),
        }
    }

    /// Tells what was mirrored before the booth was started again: without a network it is all there is.
    pub fn recall(&self) {
        self.tell_catalogue();
        if let Ok(institutions) = self.kept(self.store.institutions()) {
            self.facts.tell(ServiceFact::Institutions(institutions));
        }
        self.tell_info();
    }

    /// Applies everything new, and tells of it. `patience` is for one page of it.
    pub fn pull(&self, patience: Duration) -> Result<(), Trouble> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..MOST_PAGES {
            let Ok(question) = self.question() else {
                return Ok(());
            };
            let genuine = |answer: &[u8], signature: &str| {
                question.is_answered_by(&self.service_key, answer, signature)
            };
            let changes: Changes = self
                .client
                .get_signed(&question.path(), patience, genuine)?;
            self.take_keys(&changes);
            if self.kept(self.store.apply(&changes, clock::utc())).is_err() {
                return Ok(());
            }
            self.tell(&changes);
            if !changes.more || changes.cursor == question.cursor {
                break;
            }
        }
        Ok(())
    }

    /// A new list of payment keys counts if the root that this booth was enrolled with has signed it.
    fn take_keys(&self, changes: &Changes) {
        let (Some(text), Some(root)) = (&changes.payment_keys, &self.payment_root) else {
            return;
        };
        match Keyset::open(text, root) {
            Ok(keys) => drop(self.kept(self.store.keep_payment_keys(keys.number, text))),
            Err(error) => tracing::error!("{error}"),
        }
    }

    fn question(&self) -> Result<Question, ()> {
        let mut nonce = [0; 16];
        if getrandom::fill(&mut nonce).is_err() {
            // without randomness an old answer could be played again: nothing is asked
            tracing::error!("no randomness");
            return Err(());
        }
        let cursor = self.kept(self.store.cursor())?;
        let head = self.kept(self.store.head())?;
        Ok(Question::new(self.booth, cursor, nonce, head))
    }

    /// Takes over what the service knows of one student now.
    pub fn ask_about(&self, student: &StudentRef, patience: Duration) -> Result<(), Trouble> {
        let known = self.client.student(student, patience)?;
        let _ = self.kept(self.store.learn_student(&known, clock::utc()));
        Ok(())
    }

    fn tell(&self, changes: &Changes) {
        if changes.catalogue.is_some() {
            self.tell_catalogue();
        }
        if let Some(institutions) = &changes.institutions {
            self.facts
                .tell(ServiceFact::Institutions(institutions.clone()));
        }
        let is_info = changes.working_days.is_some() || changes.service.is_some();
        if is_info || changes.settings.is_some() {
            self.tell_info();
        }
    }

    fn tell_catalogue(&self) {
        if let Ok(catalogue) = self.kept(self.store.catalogue()) {
            self.facts.tell(ServiceFact::Catalogue(Arc::new(catalogue)));
        }
    }

    fn tell_info(&self) {
        let days = self.kept(self.store.working_days());
        let info = self.kept(self.store.service_info());
        let settings = self.kept(self.store.booth_settings());
        if let (Ok(working_days), Ok(info), Ok(settings)) = (days, info, settings) {
            self.facts.tell(ServiceFact::Info {
                working_days,
                info,
                settings,
            });
        }
    }

    /// A fault of the store is told once, here, and ends this pull; the cursor has not moved.
    fn kept<T>(&self, result: Result<T, StoreError>) -> Result<T, ()> {
        result.map_err(|error| tell_store_trouble(&self.facts, &error))
    }
}
