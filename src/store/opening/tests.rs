//! Opening new, foreign, newer, damaged and half-made files.

use super::*;
use crate::store::samples::state_key as key;

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
    let older = include_bytes!("../../../tests/fixtures/databases/booth-001.sqlite");
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
