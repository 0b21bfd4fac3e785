//! A booth's workers on a store in a temporary folder, and the service's own half, as the wire describes it.

use crate::scripted::{Asked, Reply};
use ed25519_dalek::SigningKey;
use gradbooth::clock;
use gradbooth::domain::*;
use gradbooth::session::Questions;
use gradbooth::store::{NewSubmission, Store};
use gradbooth::wire::submission::MANIFEST_VERSION;
use gradbooth::wire::*;
use gradbooth::workers::backoff::Pace;
use gradbooth::workers::http::ServiceClient;
use gradbooth::workers::service::{Enrolled, Rhythm, ServiceFact, ServiceWorkers, SyncStatus};
use jiff::SignedDuration;
use jiff::civil::date;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

pub const PHOTO: &[u8] = b"standard photo";
pub const CAPTURE: &[u8] = b"capture";

pub fn now() -> jiff::Timestamp {
    clock::utc()
}

pub fn service_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

pub fn student(n: u8) -> StudentRef {
    StudentRef::new(format!("{n:016x}"))
}

pub fn id(n: u8) -> SubmissionId {
    SubmissionId::from_bytes([n; 16])
}

pub fn collection() -> Collection {
    Collection {
        id: CollectionId("10559-regular-2027".into()),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Regular,
        title_zh: "毕业".into(),
        title_en: "Graduation".into(),
        opens: date(2026, 11, 1),
        closes: date(2036, 12, 31),
        fee: Fee::from_fen(2000),
        price_version: 1,
        background: gradbooth::domain::collection::Background::LightBlue,
        straighten: false,
        glasses: gradbooth::domain::collection::ClearGlasses::Allowed,
    }
}

pub fn changes() -> Changes {
    Changes {
        cursor: Cursor::new("1"),
        epoch: Epoch::from_bytes([9; 16]),
        more: false,
        catalogue: Some(Catalogue {
            as_of: None,
            collections: vec![collection()],
        }),
        institutions: None,
        rosters: vec![],
        working_days: None,
        service: None,
        decisions: vec![],
        submissions: vec![],
        entitlements: vec![],
        requests: vec![],
    }
}

/// A booth; its workers end when it is dropped.
pub struct Booth {
    pub store: Store,
    pub workers: ServiceWorkers,
    pub questions: Questions,
    pub seen: Vec<ServiceFact>,
    folder: TempDir,
}

impl Booth {
    pub fn new(port: u16) -> Self {
        Self::on(tempfile::tempdir().unwrap(), port)
    }

    /// The same booth after the power came back.
    pub fn restarted(self, port: u16) -> Self {
        let Self {
            folder,
            store,
            workers,
            ..
        } = self;
        drop((store, workers));
        Self::on(folder, port)
    }

    fn on(folder: TempDir, port: u16) -> Self {
        let store = open_when_free(&folder);
        let public = service_key().verifying_key();
        let booth = (BoothId::from_bytes([1; 16]), "booth");
        let key = BoothKey::new(booth, "token".into(), &public, (1, &[1; 32]), &public);
        let client = ServiceClient::new(&format!("http://127.0.0.1:{port}"), &key).unwrap();
        let enrolled = Enrolled {
            booth: key.booth,
            service_key: public,
            campus_key: None,
            retention: SignedDuration::from_hours(24),
            review_days: 2,
        };
        let rhythm = Rhythm {
            poll: Duration::from_millis(20),
            unattended_poll: Duration::from_millis(20),
            pull: Duration::from_millis(100),
            retry: Pace {
                least: Duration::from_millis(10),
                most: Duration::from_millis(80),
            },
        };
        let wake: gradbooth::workers::Wake = Arc::new(|| {});
        let workers = ServiceWorkers::start(&store, client, enrolled, rhythm, &wake).unwrap();
        Self {
            store,
            workers,
            questions: Questions::default(),
            seen: Vec::new(),
            folder,
        }
    }

    /// Waits until a fact is as wanted; gives what `wanted` made of it.
    pub fn hears<T>(&mut self, mut wanted: impl FnMut(&ServiceFact) -> Option<T>) -> T {
        let patience = clock::now() + Duration::from_secs(10);
        while clock::now() < patience {
            let mut found = None;
            for fact in self.workers.facts() {
                found = found.or_else(|| wanted(&fact));
                self.seen.push(fact);
            }
            if let Some(found) = found {
                return found;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("not heard; instead: {:#?}", self.seen);
    }

    pub fn hears_status(&mut self, wanted: impl Fn(&SyncStatus) -> bool) -> SyncStatus {
        self.hears(|fact| match fact {
            ServiceFact::Status(status) if wanted(status) => Some(*status),
            _ => None,
        })
    }

    /// Waits until something is so.
    pub fn until(&self, mut is_so: impl FnMut(&Self) -> bool) {
        let patience = clock::now() + Duration::from_secs(10);
        while !is_so(self) {
            assert!(clock::now() < patience, "it never came to be");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Lets some time pass, so that whatever wants to go wrong can.
    #[expect(
        clippy::unused_self,
        reason = "it reads as what it is: the booth waits"
    )]
    pub fn waits(&self) {
        std::thread::sleep(Duration::from_millis(300));
    }

    /// Queues a submission of a student of its own.
    pub fn confirms(&self, n: u8) {
        let source = EntitlementSource::NothingDue;
        let entitlement = Entitlement {
            student: student(n),
            collection: collection().id,
            source,
        };
        self.store
            .apply(
                &Changes {
                    entitlements: vec![entitlement],
                    ..changes()
                },
                now(),
            )
            .unwrap();
        self.store.confirm(submission(n), now()).unwrap();
        self.workers.sync_now();
    }
}

/// The threads of a booth that was dropped still end their last exchange.
fn open_when_free(folder: &TempDir) -> Store {
    for _ in 0..500 {
        if let Ok(store) = Store::open(folder.path()) {
            return store;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the workers never ended");
}

fn submission(n: u8) -> NewSubmission<'static> {
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        id: id(n),
        booth: BoothId::from_bytes([1; 16]),
        sequence: 0,
        student: student(n),
        masked_name: "周*".into(),
        student_number: "2022050107".into(),
        institution: collection().institution,
        category: collection().category,
        collection: collection().id,
        entitlement: EntitlementSource::NothingDue,
        consent: Consent {
            text_version: "1".into(),
            at: now(),
        },
        captured_at: now(),
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

/// The service's side of submissions: takes each once, and gives the same receipt again.
#[derive(Clone, Default)]
pub struct Desk {
    taken: Arc<Mutex<BTreeMap<SubmissionId, (Digest, Receipt)>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Desk {
    /// Answers a `PUT` of a submission and the question for changes.
    pub fn answer(&self, asked: &Asked) -> Reply {
        self.asked
            .lock()
            .unwrap()
            .push(format!("{} {}", asked.method, asked.path));
        if asked.path.starts_with(paths::CHANGES) {
            return Reply::json(200, &changes());
        }
        match asked.path.strip_prefix("/v1/submissions/") {
            Some(id) => self.take(id.parse().unwrap(), &asked.body),
            None => Reply::refusal(404, "not_found"),
        }
    }

    fn take(&self, id: SubmissionId, body: &[u8]) -> Reply {
        let packet = Packet::parse(body).unwrap();
        let manifest: Manifest = serde_json::from_slice(packet.manifest).unwrap();
        assert_eq!(Digest::of(packet.photo), manifest.photo_sha256);
        assert_eq!(Digest::of(packet.capture), manifest.capture_sha256);
        let digest = packet.manifest_sha256();
        let mut taken = self.taken.lock().unwrap();
        let sign = || Receipt::sign(&service_key(), id, digest, now(), changes().epoch);
        let (known, receipt) = taken.entry(id).or_insert_with(|| (digest, sign()));
        assert_eq!(*known, digest, "the same id with another manifest");
        Reply::json(200, receipt)
    }

    pub fn taken(&self) -> Vec<SubmissionId> {
        self.taken.lock().unwrap().keys().copied().collect()
    }

    /// How often something was asked.
    pub fn count(&self, of: &str) -> usize {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .filter(|asked| asked.starts_with(of))
            .count()
    }
}
