//! The real service on loopback, and booths that are enrolled at it.

use ed25519_dalek::{SigningKey, VerifyingKey};
use gradbooth::domain::{BoothId, EducationCategory, SubmissionId};
use gradbooth::review::commands::demo;
use gradbooth::review::store::{Store, booths, catalogue};
use gradbooth::review::{Config, serve};
use gradbooth::wire::BoothKey;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tempfile::TempDir;
use tokio::sync::oneshot;

pub struct Office {
    pub port: u16,
    pub database: PathBuf,
    pub service_key: VerifyingKey,
    pattern: BoothKey,
    collection: String,
    photo: Vec<u8>,
    store: Store,
    // ends the service when dropped
    _stop: oneshot::Sender<()>,
    _filled: Arc<TempDir>,
}

/// A folder in memory where there is one: what is durable is decided by the proofs, not by this machine's disk.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// What is there for as long as somebody needs it.
fn shared<T>(place: &Mutex<Weak<T>>, make: impl FnOnce() -> T) -> Arc<T> {
    let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
    place.upgrade().unwrap_or_else(|| {
        let made = Arc::new(make());
        *place = Arc::downgrade(&made);
        made
    })
}

/// The service, one for all that need it at the same time.
pub fn office() -> Arc<Office> {
    static OFFICE: Mutex<Weak<Office>> = Mutex::new(Weak::new());
    shared(&OFFICE, Office::opens)
}

/// The data of a service that has seen nothing yet; hashing its people's passwords is dear.
fn filled() -> Arc<TempDir> {
    static FILLED: Mutex<Weak<TempDir>> = Mutex::new(Weak::new());
    shared(&FILLED, || {
        let data = folder();
        demo::fill(data.path(), &mut Vec::new()).unwrap();
        data
    })
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

impl Office {
    /// A service of its own, which has seen nothing yet. It ends when it is dropped.
    pub fn opens() -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let (filled, data) = (filled(), folder());
        copy(filled.path(), data.path());
        let config = Config::new("127.0.0.1:0".parse().unwrap(), data.path().to_owned());
        let database = Config::database(data.path());
        let key = std::fs::read_to_string(data.path().join("booth.key")).unwrap();
        let (told, address) = sync_channel(1);
        let (stop, stopped) = oneshot::channel::<()>();
        let run = move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            let ready = move |address: std::net::SocketAddr| told.send(address).unwrap();
            let shutdown = async move { drop(stopped.await) };
            runtime.block_on(serve(config, ready, shutdown)).unwrap();
            drop(data);
        };
        std::thread::Builder::new()
            .name("service".into())
            .spawn(run)
            .unwrap();
        let port = address.recv().unwrap().port();
        let store = Store::open(&database).unwrap();
        let all = store.read_now(|tx| catalogue::all(tx)).unwrap().collections;
        let free = all
            .into_iter()
            .find(|c| c.category == EducationCategory::Postgraduate)
            .unwrap();
        let pattern: BoothKey = toml::from_str(&key).unwrap();
        Self {
            port,
            database,
            service_key: pattern.service_key().unwrap(),
            pattern,
            collection: free.id.0,
            photo: include_bytes!("../../fixtures/golden/0030.jpg").to_vec(),
            store,
            _stop: stop,
            _filled: filled,
        }
    }

    /// The folder of a newly enrolled booth.
    pub fn enrols(&self) -> (TempDir, BoothId) {
        let folder = folder();
        let mut drawn = [0; 48];
        getrandom::fill(&mut drawn).unwrap();
        let id = BoothId::from_bytes(drawn[..16].try_into().unwrap());
        let signing = SigningKey::from_bytes(&drawn[16..].try_into().unwrap());
        let token = format!("token-{:032x}", !u128::from_be_bytes(*id.as_bytes()));
        self.store
            .write_now(|tx| booths::enrol(tx, id, "proof", (&token, &signing.verifying_key())))
            .unwrap();
        let key = BoothKey {
            booth: id,
            token,
            booth_secret_key: hex(&signing.to_bytes()),
            ..self.pattern.clone()
        };
        std::fs::write(
            folder.path().join("booth.key"),
            toml::to_string(&key).unwrap(),
        )
        .unwrap();
        std::fs::write(folder.path().join("collection"), &self.collection).unwrap();
        std::fs::write(folder.path().join("photo.jpg"), &self.photo).unwrap();
        (folder, id)
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// The capture of a submission: the photo's picture with the id in a comment, and noise as a sensor has it, so that
/// it takes several chunks and is nobody else's.
pub fn capture_of(folder: &Path, id: SubmissionId) -> Vec<u8> {
    let photo = std::fs::read(folder.join("photo.jpg")).unwrap();
    let mut dice =
        fastrand::Rng::with_seed(u64::from_be_bytes(id.as_bytes()[..8].try_into().unwrap()));
    let comments = 2 + usize::from(id.as_bytes()[15] % 3);
    let mut capture = photo[..2].to_vec();
    for _ in 0..comments {
        // a JPEG comment holds at most 65533 bytes
        capture.extend([0xff, 0xfe, 0xff, 0xff]);
        let begins = capture.len();
        capture.resize(begins + 65_533, 0);
        dice.fill(&mut capture[begins..]);
    }
    capture.extend(&photo[2..]);
    capture
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
