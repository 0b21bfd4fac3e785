//! A database of every released form opens, keeps what waits in it byte for byte, and delivers it.

use crate::booth::{Booth, Desk, collection, id};
use crate::scripted::Scripted;
use gradbooth::domain::{EntitlementSource, OrderId, StudentRef};
use gradbooth::store::{Confirmed, StateKey, Store, WrongTries};
use gradbooth::wire::{Digest, Packet};
use std::path::Path;

/// As the first version wrote it: one submission queued, unsealed, and everything else that names a person in clear.
const FIRST: &[u8] = include_bytes!("../fixtures/databases/booth-001.sqlite");

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("booth.sqlite"), FIRST).unwrap();
    folder
}

fn lies_in(folder: &Path, needle: &[u8]) -> bool {
    let has = |bytes: Vec<u8>| bytes.windows(needle.len()).any(|window| window == needle);
    std::fs::read_dir(folder)
        .unwrap()
        .any(|entry| has(std::fs::read(entry.unwrap().path()).unwrap()))
}

#[test]
fn what_the_first_version_kept_is_there_and_sealed_where_it_names_a_person() {
    let folder = folder();
    let store = Store::open(folder.path(), &StateKey::from_bytes([3; 32])).unwrap();
    let student = StudentRef::new("00112233445566ff");
    let entitlement = store
        .entitlement(&student, &collection().id)
        .unwrap()
        .unwrap();
    let order = OrderId::from_bytes([2; 16]);
    assert_eq!(entitlement.source, EntitlementSource::Order { order });
    let open = &store.open_orders().unwrap()[0];
    assert_eq!(open.order.student.as_str(), "8877665544332211");
    assert_eq!(
        store
            .wrong_tries(WrongTries::LastFour, student.as_str())
            .unwrap(),
        2
    );
    assert_eq!(
        store.unsent_requests().unwrap()[0]
            .student_number
            .as_deref(),
        Some("2022050107")
    );
    drop(store);
    assert!(
        !lies_in(folder.path(), "眼镜".as_bytes()),
        "a reviewer's note"
    );
    assert!(
        !lies_in(folder.path(), b"8877665544332211"),
        "a student's reference"
    );
}

#[test]
fn what_the_first_version_queued_is_sent_as_it_was_confirmed() {
    let desk = Desk::default();
    let answering = desk.clone();
    let service = Scripted::start(move |asked| answering.answer(asked));
    let mut booth = Booth::on(folder(), service.address());
    booth.hears_status(|status| status.queued == 0 && status.online);
    assert_eq!(desk.taken(), [id(14)]);
    let Confirmed::Plain(parts) = booth.store.confirmed(id(14)).unwrap() else {
        panic!("it was never sealed");
    };
    let packet = Packet {
        manifest: &parts.manifest,
        photo: &parts.photo,
        capture: &parts.capture,
    };
    assert_eq!(desk.signed_for(id(14)), Digest::of(packet.manifest));
    // its sequence goes on where the first version stopped
    booth.confirms(1);
    booth.until(|_| desk.taken().len() == 2);
    assert_eq!(booth.store.head().unwrap().sequence, 5);
}
