//! Why the booth's file cannot be used. Fragments for logs; the session turns them into words for people.

use rusqlite::ErrorCode;
use std::path::PathBuf;
use thiserror::Error;

/// A fault of the store. Nothing that was there is ever overwritten because of one.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another process has it open.
    #[error("{} is in use by another gradbooth", path.display())]
    InUse {
        /// The lock file.
        path: PathBuf,
    },
    /// The file is something else: not a database, or not a booth's.
    #[error("{} is not a booth's database", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Written by a newer gradbooth.
    #[error("the database has schema {found}, this gradbooth knows {known}")]
    Newer {
        /// Of the file.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The key of the records cannot be read or made.
    #[error("the key of the records cannot be used: {}", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The records were sealed with another key.
    #[error("the records were sealed with another key")]
    WrongKey,
    /// Damaged.
    #[error("the database is damaged")]
    Damaged,
    /// No room left on the disk.
    #[error("no room left for the database")]
    DiskFull,
    /// A value in the database that this program never writes.
    #[error("an unreadable {0} in the database")]
    Unreadable(&'static str),
    /// An arrow that does not exist, such as settling an order that was never opened.
    #[error("{0}")]
    Unlawful(&'static str),
    /// The folder or the lock cannot be used.
    #[error("the state folder cannot be used")]
    Folder(#[source] std::io::Error),
    /// Anything else that `SQLite` says.
    #[error("the database refuses")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// The booth cannot go on without a person.
    pub const fn breaks_the_booth(&self) -> bool {
        !matches!(self, Self::Unlawful(_))
    }
}
