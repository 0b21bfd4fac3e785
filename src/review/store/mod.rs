//! The service's SQLite file. One transaction an arrow; a row and its pictures commit together.
//!
//! One connection writes, one reads; each sits behind a lock and is used on threads that may wait. Functions
//! of this room take a transaction or a connection and never open one, so that callers decide what is atomic.

pub mod albums;
pub mod audit;
pub mod books;
pub mod booth_settings;
pub mod booths;
pub mod catalogue;
pub mod changes;
pub mod columns;
pub mod debts;
pub mod decisions;
pub mod entitlements;
pub mod feed;
pub mod institutions;
pub mod invitations;
mod migrations;
pub mod money;
pub mod orders;
pub mod refunds;
pub mod reports;
pub mod requests;
pub mod rosters;
pub mod settlement;
pub mod sign_ins;
pub mod submissions;
pub mod users;
pub mod vouchers;
pub mod withdrawals;

use crate::domain::Epoch;
use crate::wire::RefusalCode;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use thiserror::Error;

/// Where the signed list of payment keys is kept.
pub const PAYMENT_KEYS: &str = "payment_keys";

/// Why the database did not do it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// SQLite's own fault.
    #[error("the database failed")]
    Sqlite(#[from] rusqlite::Error),
    /// A value that this program did not write.
    #[error("the database holds a value that cannot be read: {0}")]
    Unreadable(String),
    /// Written by a newer program.
    #[error(
        "the database has form {found}, this program knows form {known}; use the newer program"
    )]
    Newer {
        /// Form of the file.
        found: u32,
        /// Newest form known here.
        known: u32,
    },
    /// Not a database of this service.
    #[error("this is a database of another program")]
    Foreign,
    /// A rule of the service says no; the transaction leaves nothing behind.
    #[error("refused: {1}")]
    Refused(RefusalCode, &'static str),
    /// The system gave no random numbers.
    #[error("the system gives no random numbers")]
    NoRandomness,
    /// The thread that worked on it ended early.
    #[error("the work on the database was cut short")]
    CutShort,
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        // line and column only: the value may be about a student
        Self::Unreadable(format!(
            "json, line {} column {}",
            error.line(),
            error.column()
        ))
    }
}

/// The database, shared.
#[derive(Clone)]
pub struct Store {
    writer: Arc<Mutex<Connection>>,
    reader: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens or makes the file, and brings it to the newest form.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut writer = connect(path)?;
        migrations::migrate(&mut writer)?;
        let store = Self {
            writer: Arc::new(Mutex::new(writer)),
            reader: Arc::new(Mutex::new(connect(path)?)),
        };
        store.write_now(|tx| epoch_or_new(tx).map(|_| ()))?;
        Ok(store)
    }

    /// Does `work` in one transaction; on an error nothing of it remains. For commands and gateways.
    pub fn write_now<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Reads, seeing one state of the database throughout.
    pub fn read_now<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction()?;
        work(&transaction)
    }

    /// [`Store::write_now`] on a thread that may wait.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.write_now(work))
            .await
            .map_err(|_| StoreError::CutShort)?
    }

    /// [`Store::read_now`] on a thread that may wait.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_now(work))
            .await
            .map_err(|_| StoreError::CutShort)?
    }

    /// This life of the database.
    pub fn epoch(&self) -> Result<Epoch, StoreError> {
        self.write_now(epoch_or_new)
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

/// A value of the `meta` table.
pub fn meta(connection: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    let value = connection.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
        row.get(0)
    });
    Ok(value.optional()?)
}

/// Sets a value of the `meta` table; tells whether it is another than before.
pub fn set_meta(tx: &Transaction<'_>, key: &str, value: &str) -> Result<bool, StoreError> {
    let written = tx.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        params![key, value],
    )?;
    Ok(written > 0)
}

fn epoch_or_new(tx: &Transaction<'_>) -> Result<Epoch, StoreError> {
    if let Some(text) = meta(tx, "epoch")? {
        return text
            .parse()
            .map_err(|_| StoreError::Unreadable("epoch".into()));
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::NoRandomness)?;
    let epoch = Epoch::from_bytes(bytes);
    set_meta(tx, "epoch", &epoch.to_string())?;
    Ok(epoch)
}

/// Begins another epoch: after a restore from a backup every booth offers its submissions again.
pub fn begin_epoch(tx: &Transaction<'_>) -> Result<Epoch, StoreError> {
    tx.execute("DELETE FROM meta WHERE key = 'epoch'", [])?;
    epoch_or_new(tx)
}

#[cfg(test)]
pub(in crate::review) fn in_memory() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("service.db")).unwrap();
    (store, folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_transaction_leaves_nothing_behind() {
        let (store, _folder) = in_memory();
        let refused = store.write_now(|tx| {
            set_meta(tx, "k", "v")?;
            Err::<(), _>(StoreError::Refused(RefusalCode::Conflict, "no"))
        });
        assert!(matches!(
            refused,
            Err(StoreError::Refused(RefusalCode::Conflict, "no"))
        ));
        assert_eq!(store.read_now(|tx| meta(tx, "k")).unwrap(), None);
    }

    #[test]
    fn the_epoch_stays_until_another_begins() {
        let (store, _folder) = in_memory();
        let first = store.epoch().unwrap();
        assert_eq!(store.epoch().unwrap(), first);
        let second = store.write_now(begin_epoch).unwrap();
        assert_ne!(second, first);
        assert_eq!(store.epoch().unwrap(), second);
    }
}
