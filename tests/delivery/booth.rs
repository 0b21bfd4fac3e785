//! A booth's workers on a store in a temporary folder, and the service's own half, as the wire describes it.

use crate::scripted::{Asked, Reply};
use ed25519_dalek::SigningKey;
use gradbooth::clock;
use gradbooth::domain::*;
use gradbooth::session::Questions;
use gradbooth::store::{NewSubmission, StateKey, Store};
use gradbooth::wire::envelope::CHUNK_BYTES;
use gradbooth::wire::submission::MANIFEST_VERSION;
use gradbooth::wire::*;
use gradbooth::workers::backoff::Pace;
use gradbooth::workers::http::ServiceClient;
use gradbooth::workers::service::{
    Enrolled, OfflinePayment, Rhythm, ServiceFact, ServiceWorkers, SyncStatus,
};
use jiff::SignedDuration;
use jiff::civil::date;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// Longer than anything takes on a busy machine with two cores.
const PATIENCE: Duration = Duration::from_mins(1);

pub const PHOTO: &[u8] = b"standard photo";
pub const CAPTURE: &[u8] = b"capture";

pub fn now() -> jiff::Timestamp {
    clock::utc()
}

pub fn service_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// Signs as the booth.
pub fn booth_key() -> SigningKey {
    SigningKey::from_bytes(&[5; 32])
}

/// Opens what the booth sealed.
pub fn review_key() -> ReviewSecretKey {
    ReviewSecretKey::from_bytes(&[6; 32]).unwrap()
}

fn sealer() -> Sealer {
    Sealer::new(
        BoothId::from_bytes([1; 16]),
        booth_key(),
        review_key().public(),
    )
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
        terms: gradbooth::domain::collection::PaymentTerms::default(),
        background: gradbooth::domain::collection::Background::LightBlue,
        straighten: false,
        glasses: gradbooth::domain::collection::ClearGlasses::Allowed,
        picture_age_days: gradbooth::domain::collection::RECENT_DAYS,
        album: false,
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
        refunded: vec![],
        payment_keys: None,
        settings: None,
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
    pub fn new(service: SocketAddr) -> Self {
        Self::on(tempfile::tempdir().unwrap(), service)
    }

    /// The same booth after the power came back.
    pub fn restarted(self, service: SocketAddr) -> Self {
        let Self {
            folder,
            store,
            workers,
            ..
        } = self;
        drop((store, workers));
        Self::on(folder, service)
    }

    /// A booth over what is in a folder.
    pub fn on(folder: TempDir, service: SocketAddr) -> Self {
        let store = open_when_free(&folder);
        let public = service_key().verifying_key();
        let booth = (BoothId::from_bytes([1; 16]), "booth");
        let own = ("token".into(), &booth_key());
        let key = BoothKey::new(
            booth,
            own,
            (&public, &review_key().public()),
            (1, &[1; 32]),
            &public,
        );
        let url = format!("http://{service}");
        let client = ServiceClient::new(&url, &key).unwrap();
        let enrolled = Enrolled {
            booth: key.booth,
            sealer: sealer(),
            service_key: public,
            campus_key: None,
            retention: SignedDuration::from_hours(24),
            review_days: 2,
            offline: OfflinePayment::of(&key, &url, 100_000).unwrap(),
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
        let patience = clock::now() + PATIENCE;
        while clock::now() < patience {
            // what comes after the fact that was waited for stays for the next wait
            for fact in self.workers.facts() {
                let found = wanted(&fact);
                self.seen.push(fact);
                if let Some(found) = found {
                    return found;
                }
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
        let patience = clock::now() + PATIENCE;
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
        self.store.confirm(submission(n), &sealer(), now()).unwrap();
        self.workers.sync_now();
    }
}

/// The threads of a booth that was dropped still end their last exchange.
fn open_when_free(folder: &TempDir) -> Store {
    let patience = clock::now() + PATIENCE;
    while clock::now() < patience {
        if let Ok(store) = Store::open(folder.path(), &StateKey::from_bytes([3; 32])) {
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
    heads: Arc<Mutex<BTreeMap<SubmissionId, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Desk {
    /// Answers the head and the chunks of a submission, and the question for changes.
    pub fn answer(&self, asked: &Asked) -> Reply {
        self.asked
            .lock()
            .unwrap()
            .push(format!("{} {}", asked.method, asked.path));
        if asked.path.starts_with(paths::CHANGES) {
            return Reply::changes(asked, &changes());
        }
        match asked.path.strip_prefix("/v1/submissions/") {
            Some(rest) => {
                let (id, query) = rest.split_once('?').unwrap_or((rest, ""));
                self.take(id.parse().unwrap(), query, &asked.body)
            }
            None => Reply::refusal(404, "not_found"),
        }
    }

    fn take(&self, id: SubmissionId, query: &str, body: &[u8]) -> Reply {
        let mut heads = self.heads.lock().unwrap();
        let mut taken = self.taken.lock().unwrap();
        if body.starts_with(b"GBS1") {
            let digest = Packet::parse(body).unwrap().manifest_sha256();
            let receipt = Receipt::sign(&service_key(), id, digest, now(), changes().epoch);
            return Reply::json(200, &taken.entry(id).or_insert((digest, receipt)).1);
        }
        if query.is_empty() {
            let envelope = SealedPacket::parse(body).unwrap().envelope;
            if let Some((digest, receipt)) = taken.get(&id) {
                assert_eq!(
                    *digest,
                    Digest::of(envelope),
                    "the same id with another envelope"
                );
                return Reply::json(200, receipt);
            }
            heads.insert(id, body.to_vec());
            return Reply::json(200, &serde_json::json!({"wanted": 0}));
        }
        let head = SealedPacket::parse(&heads[&id]).unwrap();
        let digest = Digest::of(head.envelope);
        assert_eq!(query, format!("envelope={digest}&from=0"));
        opened(&head, body);
        let receipt = Receipt::sign(&service_key(), id, digest, now(), changes().epoch);
        Reply::json(200, &taken.entry(id).or_insert((digest, receipt)).1)
    }

    /// What the receipt of a submission is over.
    pub fn signed_for(&self, id: SubmissionId) -> Digest {
        self.taken.lock().unwrap()[&id].0
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

/// What the booth sealed, checked in every way in which the service checks it.
pub fn opened(head: &SealedPacket<'_>, contents: &[u8]) -> Vec<u8> {
    let envelope = Envelope::read(head.envelope).unwrap();
    Envelope::verify(head.envelope, head.signature, &booth_key().verifying_key()).unwrap();
    let chunks: Vec<_> = contents.chunks(CHUNK_BYTES).map(Digest::of).collect();
    assert_eq!(envelope.chunks, chunks);
    let opened = review_key().open(&envelope.purpose(), contents).unwrap();
    assert_eq!(Digest::of(&opened), envelope.contents_sha256);
    let packet = Packet::parse(&opened).unwrap();
    let manifest: Manifest = serde_json::from_slice(packet.manifest).unwrap();
    assert_eq!(Digest::of(packet.photo), manifest.photo_sha256);
    assert_eq!(Digest::of(packet.capture), manifest.capture_sha256);
    opened.to_vec()
}
