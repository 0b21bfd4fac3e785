//! Opening the file, and refusing one that is not ours. Nothing found is ever overwritten or moved.

use super::vault::Vault;
use super::{StateKey, Store, StoreError, migrations};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// Name of the database in the state folder.
pub const DATABASE_NAME: &str = "booth.sqlite";
const LOCK_NAME: &str = "booth.lock";
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(25);
/// Written into the header of the file (`PRAGMA application_id`): `GBth`.
const APPLICATION_ID: u32 = 0x4742_7468;
const HEADER_BYTES: usize = 72;
const APPLICATION_ID_AT: usize = 68;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

pub(super) fn open(folder: &Path, key: &StateKey) -> Result<(Connection, File), StoreError> {
    make_folder(folder).map_err(StoreError::Folder)?;
    let lock = take_lock(folder)?;
    let (path, vault) = (folder.join(DATABASE_NAME), Vault::new(key));
    if !path.try_exists().map_err(StoreError::Folder)? {
        create(folder, &vault)?;
    }
    refuse_foreign(&path)?;
    let mut connection = connect(&path, &vault)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    migrations::apply(&mut connection)?;
    refuse_wrong_key(&connection)?;
    Ok((connection, lock))
}

/// Opens for looking only. The file that is given beside is the database itself: nothing is locked.
pub(super) fn look(folder: &Path, key: &StateKey) -> Result<(Connection, File), StoreError> {
    let path = folder.join(DATABASE_NAME);
    refuse_foreign(&path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Vault::new(key).install(&connection)?;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    migrations::refuse_newer(found)?;
    if found >= migrations::FIRST_SEALED {
        refuse_wrong_key(&connection)?;
    }
    Ok((connection, File::open(&path).map_err(StoreError::Folder)?))
}

/// There are records here that cannot be read without their key.
pub(super) fn needs_key(folder: &Path) -> Result<bool, StoreError> {
    let path = folder.join(DATABASE_NAME);
    if !path.try_exists().map_err(StoreError::Folder)? {
        return Ok(false);
    }
    refuse_foreign(&path)?;
    let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let schema: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(schema >= migrations::FIRST_SEALED)
}

fn refuse_wrong_key(connection: &Connection) -> Result<(), StoreError> {
    let opened: rusqlite::Result<String> = connection.query_row(
        "SELECT opened('key check', key_check) FROM booth",
        [],
        |row| row.get(0),
    );
    match opened.map_err(StoreError::from) {
        Ok(_) => Ok(()),
        Err(StoreError::Sqlite(error))
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) =>
        {
            Err(StoreError::WrongKey)
        }
        Err(error) => Err(error),
    }
}

/// Readable by nobody but the booth's own account.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The operating system drops the lock with the process, however it ends. It is tried for a moment: a child
/// process that is just being started holds a copy of it until it runs its own program.
fn take_lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(LOCK_NAME);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(StoreError::Folder)?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(fs::TryLockError::Error(error)) => return Err(StoreError::Folder(error)),
        }
    }
    Err(StoreError::InUse { path })
}

/// Made beside its place and renamed when whole, so that a half-made database never carries the name.
fn create(folder: &Path, vault: &Vault) -> Result<(), StoreError> {
    let making = folder.join(format!("{DATABASE_NAME}.making"));
    for suffix in ["", "-journal"] {
        let left_over = folder.join(format!("{DATABASE_NAME}.making{suffix}"));
        if left_over.exists() {
            fs::remove_file(left_over).map_err(StoreError::Folder)?;
        }
    }
    let mut connection = connect(&making, vault)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrations::apply(&mut connection)?;
    connection.close().map_err(|(_, error)| error)?;
    fs::rename(&making, folder.join(DATABASE_NAME)).map_err(StoreError::Folder)?;
    // the name itself is durable only once the folder is
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::Folder)?;
    Ok(())
}

/// Reads the header without SQLite, which could already write to a foreign file to recover it.
fn refuse_foreign(path: &Path) -> Result<(), StoreError> {
    let mut header = [0; HEADER_BYTES];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut header));
    let foreign = || StoreError::Foreign {
        path: path.to_owned(),
    };
    match read {
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Err(foreign()),
        Err(error) => return Err(StoreError::Folder(error)),
        Ok(()) => {}
    }
    let is_ours = header.starts_with(MAGIC) && header.ends_with(&APPLICATION_ID.to_be_bytes());
    debug_assert_eq!(APPLICATION_ID_AT + 4, HEADER_BYTES);
    if is_ours { Ok(()) } else { Err(foreign()) }
}

fn connect(path: &Path, vault: &Vault) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // doctor and backups may read beside us for a moment
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // what is deleted is overwritten: a purged photo does not linger in free pages
    connection.pragma_update(None, "secure_delete", true)?;
    vault.install(&connection)?;
    // sorting and vacuuming never write a temporary file
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

/// How the file is, for the attendant and for `gradbooth doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Every page was read and fits.
    pub is_whole: bool,
    /// Bytes of the database and its log.
    pub bytes: u64,
    /// The schema.
    pub schema: i64,
}

impl Store {
    /// Reads every page of the file; seconds for a large one.
    pub fn health(&self) -> Result<Health, StoreError> {
        let (is_whole, schema) = self.read(|connection| {
            let answer: String =
                connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            let schema = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            Ok((answer == "ok", schema))
        })?;
        let size = |suffix: &str| {
            fs::metadata(self.folder.join(format!("{DATABASE_NAME}{suffix}")))
                .map_or(0, |m| m.len())
        };
        Ok(Health {
            is_whole,
            bytes: size("") + size("-wal"),
            schema,
        })
    }
}

#[cfg(test)]
mod tests;
