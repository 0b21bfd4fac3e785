//! The real service on loopback, once for all proofs, and booths that are enrolled at it.

use ed25519_dalek::{SigningKey, VerifyingKey};
use gradbooth::domain::{BoothId, EducationCategory, SubmissionId};
use gradbooth::review::commands::demo;
use gradbooth::review::store::{Store, booths, catalogue};
use gradbooth::review::{Config, serve};
use gradbooth::wire::BoothKey;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;
use tempfile::TempDir;

pub struct Office {
    pub port: u16,
    pub database: PathBuf,
    pub service_key: VerifyingKey,
    pattern: BoothKey,
    collection: String,
    photo: Vec<u8>,
    store: Store,
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

/// The service; it runs until the process ends.
pub fn office() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(|| {
        drop(rustls::crypto::ring::default_provider().install_default());
        let data = folder().keep();
        demo::fill(&data, &mut Vec::new()).unwrap();
        let config = Config::new("127.0.0.1:0".parse().unwrap(), data.clone());
        let (told, address) = sync_channel(1);
        let run = move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()
                .unwrap();
            let ready = move |address: std::net::SocketAddr| told.send(address).unwrap();
            runtime
                .block_on(serve(config, ready, std::future::pending()))
                .unwrap();
        };
        std::thread::Builder::new()
            .name("service".into())
            .spawn(run)
            .unwrap();
        let store = Store::open(&Config::database(&data)).unwrap();
        let all = store.read_now(|tx| catalogue::all(tx)).unwrap().collections;
        let free = all
            .into_iter()
            .find(|c| c.category == EducationCategory::Postgraduate)
            .unwrap();
        let pattern: BoothKey =
            toml::from_str(&std::fs::read_to_string(data.join("booth.key")).unwrap()).unwrap();
        Office {
            port: address.recv().unwrap().port(),
            database: Config::database(&data),
            service_key: pattern.service_key().unwrap(),
            pattern,
            collection: free.id.0,
            photo: include_bytes!("../../fixtures/golden/0030.jpg").to_vec(),
            store,
        }
    })
}

impl Office {
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
        capture.extend(std::iter::repeat_with(|| dice.u8(..)).take(65_533));
    }
    capture.extend(&photo[2..]);
    capture
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
