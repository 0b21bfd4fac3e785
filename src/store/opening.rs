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
mod tests {
    use super::super::samples::state_key as key;
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_new_folder_gets_a_database_that_opens_again() {
        let folder = folder();
        let inside = folder.path().join("state");
        let health = Store::open(&inside, &key()).unwrap().health().unwrap();
        assert!(health.is_whole && health.bytes > 0 && health.schema == migrations::newest());
        Store::open(&inside, &key()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                fs::metadata(&inside).unwrap().permissions().mode() & 0o777,
                0o700
            );
        }
    }

    #[test]
    fn a_second_handle_of_another_opener_is_refused_until_the_first_is_dropped() {
        let folder = folder();
        let first = Store::open(folder.path(), &key()).unwrap();
        let clone = first.clone();
        drop(first);
        assert!(matches!(
            Store::open(folder.path(), &key()),
            Err(StoreError::InUse { .. })
        ));
        drop(clone);
        Store::open(folder.path(), &key()).unwrap();
    }

    #[test]
    fn a_foreign_file_is_refused_and_left_as_it_was() {
        let other_database = {
            let folder = folder();
            let path = folder.path().join("other");
            Connection::open(&path)
                .unwrap()
                .execute_batch("CREATE TABLE photos (id)")
                .unwrap();
            fs::read(path).unwrap()
        };
        for bytes in [
            Vec::new(),
            b"a text file".to_vec(),
            vec![0; 5000],
            other_database,
        ] {
            let folder = folder();
            let path = folder.path().join(DATABASE_NAME);
            fs::write(&path, &bytes).unwrap();
            assert!(matches!(
                Store::open(folder.path(), &key()),
                Err(StoreError::Foreign { .. })
            ));
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn a_newer_schema_is_refused_and_left_as_it_was() {
        let folder = folder();
        drop(Store::open(folder.path(), &key()).unwrap());
        let path = folder.path().join(DATABASE_NAME);
        Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let error = Store::open(folder.path(), &key()).unwrap_err();
        assert!(
            matches!(error, StoreError::Newer { found: 99, .. }),
            "{error}"
        );
        let still: i64 = Connection::open(&path)
            .unwrap()
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(still, 99);
    }

    #[test]
    fn a_damaged_page_is_noticed() {
        let folder = folder();
        drop(Store::open(folder.path(), &key()).unwrap());
        let path = folder.path().join(DATABASE_NAME);
        let mut bytes = fs::read(&path).unwrap();
        bytes[4096..].fill(0xA5);
        fs::write(&path, &bytes).unwrap();
        let noticed = match Store::open(folder.path(), &key()) {
            Err(error) => matches!(error, StoreError::Damaged),
            Ok(store) => !matches!(store.health(), Ok(Health { is_whole: true, .. })),
        };
        assert!(noticed);
    }

    #[test]
    fn a_making_that_was_cut_off_is_made_again() {
        let folder = folder();
        fs::write(
            folder.path().join(format!("{DATABASE_NAME}.making")),
            b"half",
        )
        .unwrap();
        Store::open(folder.path(), &key()).unwrap();
    }

    #[test]
    fn looking_changes_nothing_not_even_an_older_schema_and_needs_no_booth_at_rest() {
        let folder = folder();
        let older = include_bytes!("../../tests/fixtures/databases/booth-001.sqlite");
        let path = folder.path().join(DATABASE_NAME);
        fs::write(&path, older).unwrap();
        let (health, counts) = Store::look(folder.path(), &key()).unwrap();
        assert!(health.is_whole && health.schema == 1 && counts.queued > 0);
        assert_eq!(fs::read(&path).unwrap(), older);
        let working = Store::open(folder.path(), &key()).unwrap();
        let (health, _) = Store::look(folder.path(), &key()).unwrap();
        assert_eq!(health.schema, migrations::newest());
        assert!(matches!(
            Store::look(folder.path(), &StateKey::from_bytes([9; 32])),
            Err(StoreError::WrongKey)
        ));
        drop(working);
    }

    #[test]
    fn another_key_is_refused_and_the_records_stay_as_they_were() {
        let folder = folder();
        drop(Store::open(folder.path(), &key()).unwrap());
        let path = folder.path().join(DATABASE_NAME);
        let before = fs::read(&path).unwrap();
        let another = StateKey::from_bytes([9; 32]);
        assert!(matches!(
            Store::open(folder.path(), &another),
            Err(StoreError::WrongKey)
        ));
        assert_eq!(fs::read(&path).unwrap(), before);
        Store::open(folder.path(), &key()).unwrap();
    }
}
