//! The booth's one SQLite file: orders, entitlements, the submission queue, and what the service has told.
//!
//! | file | what it keeps |
//! |---|---|
//! | [`orders`], [`entitlements`] | fees asked, and the right to be photographed that settling gives |
//! | [`offline_payment`], `keys` | rights given without a network, and the keys that prove them |
//! | [`submissions`] | Submit: photo, capture and manifest in one transaction |
//! | [`backlog`], [`queue`] | what is not sent, and sending it: only a verified receipt ends the waiting |
//! | [`catalogue`] | collections, institutions, rosters, calendar: applied atomically with the cursor |
//! | [`known`] | what the service knows of students and submissions, with decisions |
//! | [`student_file`] | all of it together, for one student |
//! | [`requests`] | requests to the school and to customer service |
//! | [`calibration`] | what the attendant measured in, with the clean plate |
//! | `bundle` | a copy of the queue on a stick, when the network never comes |
//! | `salvage` | what students confirmed, out of a file that does not open any more |
//! | [`small`] | settings, wrong tries, audit |
//! | `vault`, [`state_key`] | what names a person lies sealed in its columns, and with which key |
//!
//! One process only, one connection, `WAL` with `synchronous=FULL`: what a method has returned survives the
//! plug. Refuses a file that is foreign, damaged or newer, and never overwrites or moves one.

pub mod backlog;
mod bundle;
pub mod calibration;
pub mod catalogue;
mod disk;
pub mod entitlements;
mod error;
mod keys;
pub mod known;
mod migrations;
pub mod offline_payment;
mod opening;
pub mod orders;
mod purge;
pub mod queue;
pub mod requests;
mod rosters;
mod row;
mod salvage;
pub mod small;
pub mod state_key;
pub mod student_file;
pub mod submissions;
mod vault;

#[cfg(test)]
pub(crate) mod samples;

pub use backlog::{Counts, QueueItem, Waiting};
pub use bundle::{Exported, sticks};
pub use disk::{RESERVE_MB, free_mb};
pub use error::StoreError;
pub use offline_payment::Redeemed;
pub use opening::{DATABASE_NAME, Health};
pub use orders::{Asked, OpenOrder};
pub use queue::{Confirmed, Parts};
pub use salvage::{Salvaged, bundle_name, salvage};
pub use small::{AuditLine, WrongTries};
pub use state_key::{KeyPlace, StateKey};
pub use submissions::NewSubmission;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A handle on the booth's database; cheap to clone, one connection behind a lock.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    folder: PathBuf,
    // held for as long as any handle lives: one process only
    _lock: Arc<File>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.folder.display())
    }
}

impl Store {
    /// Opens the database in a state folder; makes folder and database where there is none.
    pub fn open(folder: &Path, key: &StateKey) -> Result<Self, StoreError> {
        let (connection, lock) = opening::open(folder, key)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
            folder: folder.to_owned(),
            _lock: Arc::new(lock),
        })
    }

    /// How the records in a state folder are, and what waits in them. Changes nothing: no older schema is brought up,
    /// and a booth may be at work beside.
    pub fn look(folder: &Path, key: &StateKey) -> Result<(Health, Counts), StoreError> {
        let (connection, lock) = opening::look(folder, key)?;
        let looked = Self {
            connection: Arc::new(Mutex::new(connection)),
            folder: folder.to_owned(),
            _lock: Arc::new(lock),
        };
        Ok((looked.health()?, looked.counts()?))
    }

    /// The state folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads, without changing anything.
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // a panic inside SQLite's caller leaves no half transaction: it is rolled back when dropped
        work(
            &self
                .connection
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// One arrow: everything in `work` is durable together when this returns, or nothing is.
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}
