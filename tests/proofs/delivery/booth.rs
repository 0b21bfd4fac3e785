//! The booth's own half of the proofs and of the bench: whose submission it is, and the workers that deliver it.

use gradbooth::clock;
use gradbooth::domain::{
    CollectionId, EducationCategory, Entitlement, EntitlementSource, StudentRef, SubmissionId,
};
use gradbooth::store::{NewSubmission, Store, StoreError};
use gradbooth::wire::submission::MANIFEST_VERSION;
use gradbooth::wire::{BoothKey, Consent, Digest, KnownStudent, Manifest, PhoneRef};
use gradbooth::workers::http::ServiceClient;
use gradbooth::workers::service::{Enrolled, OfflinePayment, Rhythm, ServiceWorkers};
use jiff::SignedDuration;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What names the students of the proofs; looked for on the disk.
pub const MASKED_NAME: &str = "欧阳*";
pub const STUDENT_NUMBER: &str = "20235557314";
pub const PHONE: &str = "phone-13800557314";

/// Whose submission it is: nothing that the submission's id would tell.
pub fn student(id: SubmissionId) -> StudentRef {
    StudentRef::new(&Digest::of(id.as_bytes()).to_string()[..24])
}

/// Goes a student's whole way to Submit; gives how long the last step took, from Submit to durable.
pub fn confirms(
    store: &Store,
    (folder, key): (&Path, &BoothKey),
    (id, capture): (SubmissionId, &[u8]),
) -> Result<Duration, StoreError> {
    let photo = std::fs::read(folder.join("photo.jpg")).unwrap();
    let collection = CollectionId(std::fs::read_to_string(folder.join("collection")).unwrap());
    let source = EntitlementSource::NothingDue;
    let known = KnownStudent {
        student: student(id),
        entitlements: vec![Entitlement {
            student: student(id),
            collection: collection.clone(),
            source,
        }],
        submissions: vec![],
    };
    store.learn_student(&known, clock::utc())?;
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        id,
        booth: key.booth,
        sequence: 0,
        student: student(id),
        masked_name: MASKED_NAME.into(),
        student_number: STUDENT_NUMBER.into(),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Postgraduate,
        collection,
        entitlement: source,
        consent: Consent {
            text_version: "2026-11".into(),
            at: clock::utc(),
        },
        captured_at: clock::utc(),
        photo_sha256: Digest::of(&photo),
        capture_sha256: Digest::of(capture),
        imported: false,
        attendant_notes: vec![],
        findings: vec![],
        record: serde_json::Value::Null,
        phone: Some(PhoneRef::new(PHONE)),
    };
    let sealer = key.sealer().unwrap();
    let new = NewSubmission {
        manifest,
        photo: &photo,
        capture,
    };
    let begun = clock::now();
    store.confirm(new, &sealer, clock::utc())?;
    Ok(begun.elapsed())
}

/// The booth's own workers, which deliver to the service at `url`.
pub fn workers(store: &Store, key: &BoothKey, url: &str, rhythm: Rhythm) -> ServiceWorkers {
    let enrolled = Enrolled {
        booth: key.booth,
        sealer: key.sealer().unwrap(),
        service_key: key.service_key().unwrap(),
        campus_key: None,
        retention: SignedDuration::from_hours(24),
        review_days: 2,
        offline: OfflinePayment::of(key, url, 0).unwrap(),
    };
    let client = ServiceClient::new(url, key).unwrap();
    ServiceWorkers::start(store, client, enrolled, rhythm, &(Arc::new(|| {}) as _)).unwrap()
}
