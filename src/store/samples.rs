//! Values that the store's tests share. A student of nowhere.

use super::{Confirmed, NewSubmission, StateKey, Store};
use crate::domain::collection::Background;
use crate::domain::{
    BoothId, Catalogue, Collection, CollectionId, DecisionId, EducationCategory, EntitlementSource,
    Epoch, Fee, FileRequest, Order, OrderId, RequestId, ReviewDecision, StudentRef, SubmissionId,
    SubmissionState,
};
use crate::wire::submission::MANIFEST_VERSION;
use crate::wire::{
    Changes, Consent, Cursor, Decided, Digest, KnownSubmission, Manifest, Receipt, RequestKind,
    ReviewSecretKey, Sealed, Sealer, ServiceInfo, ServiceRequest,
};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use jiff::civil::date;
use tempfile::TempDir;

pub const PHOTO: &[u8] = b"photo";
pub const CAPTURE: &[u8] = b"capture-bytes-to-erase";

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

pub fn student() -> StudentRef {
    StudentRef::new("00112233445566ff")
}

pub fn file_request() -> FileRequest {
    FileRequest {
        student: student(),
        student_number: "2022050107".into(),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Regular,
    }
}

fn collection(id: &str, fee_fen: u32) -> Collection {
    Collection {
        id: CollectionId(id.into()),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Regular,
        title_zh: String::new(),
        title_en: String::new(),
        opens: date(2026, 11, 1),
        closes: date(2026, 12, 31),
        fee: Fee::from_fen(fee_fen),
        price_version: 1,
        terms: crate::domain::collection::PaymentTerms::default(),
        background: Background::LightBlue,
        straighten: false,
        glasses: crate::domain::collection::ClearGlasses::Allowed,
        picture_age_days: crate::domain::collection::RECENT_DAYS,
        album: false,
    }
}

pub fn paid_collection() -> Collection {
    collection("paid", 2000)
}

pub fn free_collection() -> Collection {
    collection("free", 0)
}

pub fn changes() -> Changes {
    Changes {
        cursor: Cursor::new("17"),
        epoch: Epoch::from_bytes([9; 16]),
        more: false,
        catalogue: Some(Catalogue {
            as_of: None,
            collections: vec![free_collection(), paid_collection()],
        }),
        institutions: None,
        rosters: vec![],
        working_days: None,
        service: Some(ServiceInfo {
            review_working_days: 2,
            ..ServiceInfo::default()
        }),
        decisions: vec![],
        submissions: vec![],
        entitlements: vec![],
        refunded: vec![],
        payment_keys: None,
        settings: None,
        requests: vec![],
    }
}

pub fn state_key() -> StateKey {
    StateKey::from_bytes([3; 32])
}

pub fn review_key() -> ReviewSecretKey {
    ReviewSecretKey::from_bytes(&[6; 32]).unwrap()
}

pub fn sealer() -> Sealer {
    let booth = BoothId::from_bytes([1; 16]);
    Sealer::new(
        booth,
        SigningKey::from_bytes(&[5; 32]),
        review_key().public(),
    )
}

/// What waits, as it was sealed.
pub fn sealed(store: &Store, id: SubmissionId) -> Sealed {
    match store.confirmed(id).unwrap() {
        Confirmed::Sealed(sealed) => sealed,
        Confirmed::Plain(_) => panic!("it was not sealed"),
    }
}

/// What only the review service can read.
pub fn opened(sealed: &Sealed) -> Vec<u8> {
    let envelope = crate::wire::Envelope::read(&sealed.envelope).unwrap();
    review_key()
        .open(&envelope.purpose(), &sealed.contents)
        .unwrap()
        .to_vec()
}

/// A store that has heard of both collections.
pub fn store() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &state_key()).unwrap();
    store.apply(&changes(), at(0)).unwrap();
    (store, folder)
}

pub fn order(n: u8) -> Order {
    let collection = paid_collection();
    Order {
        id: OrderId::from_bytes([n; 16]),
        student: student(),
        collection: collection.id,
        fee: collection.fee,
        price_version: collection.price_version,
    }
}

/// A store in which the student has paid.
pub fn entitled_store() -> (Store, TempDir) {
    let (store, folder) = store();
    store.open_order(&order(1), at(0)).unwrap();
    store.settle_order(order(1).id, at(0)).unwrap();
    (store, folder)
}

pub fn new_submission(n: u8) -> NewSubmission<'static> {
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        id: SubmissionId::from_bytes([n; 16]),
        booth: BoothId::from_bytes([1; 16]),
        sequence: 0,
        student: student(),
        masked_name: "周*".into(),
        student_number: "2022050107".into(),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Regular,
        collection: paid_collection().id,
        entitlement: EntitlementSource::Order { order: order(1).id },
        consent: Consent {
            text_version: "2026-11".into(),
            at: at(0),
        },
        captured_at: at(0),
        photo_sha256: Digest::of(PHOTO),
        capture_sha256: Digest::of(CAPTURE),
        imported: false,
        attendant_notes: vec![],
        findings: vec![],
        record: serde_json::Value::Null,
        phone: None,
    };
    NewSubmission {
        manifest,
        photo: PHOTO,
        capture: CAPTURE,
    }
}

pub fn service_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The service's receipt for what waits in the store.
pub fn receipt(store: &Store, id: SubmissionId) -> Receipt {
    let digest = store.confirmed(id).unwrap().signed_for();
    let received_at = at(i64::from(id.as_bytes()[0]));
    Receipt::sign(
        &service_key(),
        id,
        digest,
        received_at,
        Epoch::from_bytes([9; 16]),
    )
}

pub fn known(n: u8, state: SubmissionState, received_at: Timestamp) -> KnownSubmission {
    KnownSubmission {
        submission: SubmissionId::from_bytes([n; 16]),
        student: student(),
        collection: paid_collection().id,
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Regular,
        state,
        received_at,
        due: date(2026, 12, 1),
        decision: None,
    }
}

pub fn decided(n: u8, decision: ReviewDecision) -> Decided {
    Decided {
        id: DecisionId::from_bytes([n; 16]),
        submission: SubmissionId::from_bytes([n; 16]),
        student: student(),
        collection: paid_collection().id,
        decision,
        at: at(4),
    }
}

pub fn request(n: u8) -> ServiceRequest {
    ServiceRequest {
        id: RequestId::from_bytes([n; 16]),
        kind: RequestKind::AddToRoster,
        institution: Some("10559".parse().unwrap()),
        category: Some(EducationCategory::Regular),
        collection: None,
        student: Some(student()),
        student_number: Some("2022050107".into()),
        submission: None,
        note: String::new(),
        made_at: at(0),
    }
}
