//! A service of its own for each test, and the requests that a booth or a browser makes.

use gradbooth::domain::{
    AcquisitionCode, BoothId, Collection, CollectionId, EducationCategory, EntitlementSource, Fee,
    Order, OrderId, StudentRef, SubmissionId,
};
use gradbooth::review::commands::demo;
use gradbooth::review::store::{Store, catalogue};
use gradbooth::review::{Config, serve};
use gradbooth::vision::Picture;
use gradbooth::vision::codes::{Effort, Luma, read_codes};
use gradbooth::wire::{
    BoothKey, Changes, Consent, Cursor, Digest, Manifest, Packet, Receipt, packet, paths,
};
use reqwest::blocking::{Client, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

/// A running service with the demonstration in it, and one enrolled booth.
pub struct Bench {
    pub url: String,
    pub key: BoothKey,
    pub folder: tempfile::TempDir,
    pub http: Client,
    _stop: tokio_stop::Stop,
}

mod tokio_stop {
    /// Ends the service when dropped.
    pub struct Stop(pub Option<std::sync::mpsc::SyncSender<()>>);
    impl Drop for Stop {
        fn drop(&mut self) {
            self.0.take();
        }
    }
}

pub fn client() -> Client {
    // refused the second time, which is as good
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap()
}

impl Bench {
    pub fn new() -> Self {
        Self::with(|config| config)
    }

    pub fn with(change: impl FnOnce(Config) -> Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        demo::fill(folder.path(), &mut Vec::new()).unwrap();
        Self::serve(folder, change)
    }

    /// Another process over the same data.
    pub fn serve_folder(folder: tempfile::TempDir) -> Self {
        Self::serve(folder, |config| config)
    }

    fn serve(folder: tempfile::TempDir, change: impl FnOnce(Config) -> Config) -> Self {
        let config = change(Config::new(
            "127.0.0.1:0".parse().unwrap(),
            folder.path().to_owned(),
        ));
        let (told, address) = sync_channel(1);
        let (stop, stopped) = sync_channel::<()>(0);
        std::thread::Builder::new()
            .name("service".into())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_multi_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                let shutdown = async move {
                    tokio::task::spawn_blocking(move || stopped.recv().is_ok())
                        .await
                        .unwrap();
                };
                runtime
                    .block_on(serve(
                        config,
                        |address| told.send(address).unwrap(),
                        shutdown,
                    ))
                    .unwrap();
            })
            .unwrap();
        let address = address.recv_timeout(Duration::from_secs(20)).unwrap();
        let key = std::fs::read_to_string(folder.path().join("booth.key")).unwrap();
        Self {
            url: format!("http://{address}"),
            key: toml::from_str(&key).unwrap(),
            folder,
            http: client(),
            _stop: tokio_stop::Stop(Some(stop)),
        }
    }

    pub fn store(&self) -> Store {
        Store::open(&Config::database(self.folder.path())).unwrap()
    }

    pub fn collection(&self, category: EducationCategory) -> Collection {
        let catalogue = self.store().read_now(|tx| catalogue::all(tx)).unwrap();
        catalogue
            .collections
            .into_iter()
            .find(|collection| collection.category == category)
            .unwrap()
    }

    /// A booth's request with its token.
    pub fn booth(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().unwrap();
        self.http
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(&self.key.token)
    }

    pub fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let response = self.booth("GET", path).send().unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().unwrap()
    }

    pub fn changes(&self, after: &Cursor) -> Changes {
        self.get(&paths::changes_after(after))
    }

    pub fn order(&self, byte: u8) -> Order {
        let collection = self.collection(EducationCategory::Regular);
        Order {
            id: OrderId::from_bytes([byte; 16]),
            student: student(byte),
            fee: collection.fee,
            price_version: collection.price_version,
            collection: collection.id,
        }
    }

    pub fn put_order(&self, order: &Order) -> Response {
        self.booth("PUT", &paths::order(order.id))
            .json(order)
            .send()
            .unwrap()
    }

    /// A submission in the collection where nothing is due.
    pub fn manifest(&self, byte: u8) -> Manifest {
        let collection = self.collection(EducationCategory::Postgraduate);
        assert!(collection.fee == Fee::NOTHING);
        self.manifest_for(
            byte,
            collection.id,
            collection.category,
            EntitlementSource::NothingDue,
        )
    }

    pub fn manifest_for(
        &self,
        byte: u8,
        collection: CollectionId,
        category: EducationCategory,
        entitlement: EntitlementSource,
    ) -> Manifest {
        let now = jiff::Timestamp::from_second(1_795_000_000).unwrap();
        Manifest {
            version: 1,
            id: SubmissionId::from_bytes([byte; 16]),
            booth: self.key.booth,
            sequence: u64::from(byte),
            student: student(byte),
            masked_name: "黄*".into(),
            student_number: "2023050104".into(),
            institution: "10559".parse().unwrap(),
            category,
            collection,
            entitlement,
            consent: Consent {
                text_version: "2026-11".into(),
                at: now,
            },
            captured_at: now,
            photo_sha256: Digest::of(&photo()),
            capture_sha256: Digest::of(&capture()),
            imported: false,
            attendant_notes: vec![],
            findings: vec![],
            record: serde_json::json!({ "quality": 85 }),
            phone: None,
        }
    }

    pub fn put(&self, manifest: &Manifest) -> Response {
        let bytes = manifest.to_bytes().unwrap();
        self.put_parts(
            manifest.id,
            &Packet {
                manifest: &bytes,
                photo: &photo(),
                capture: &capture(),
            },
        )
    }

    pub fn put_parts(&self, id: SubmissionId, packet: &Packet<'_>) -> Response {
        self.put_bytes(id, packet.to_bytes().unwrap())
    }

    pub fn put_bytes(&self, id: SubmissionId, body: Vec<u8>) -> Response {
        let request = self
            .booth("PUT", &paths::submission(id))
            .header("content-type", packet::CONTENT_TYPE);
        request
            .header("content-digest", Digest::of(&body).content_digest())
            .body(body)
            .send()
            .unwrap()
    }

    /// The number of rows of a table.
    pub fn rows(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        self.store()
            .read_now(|tx| Ok(tx.query_row(&sql, [], |row| row.get(0))?))
            .unwrap()
    }
}

pub fn verified(bench: &Bench, manifest: &Manifest, body: &[u8]) -> Receipt {
    let receipt: Receipt = serde_json::from_slice(body).unwrap();
    let digest = Digest::of(&manifest.to_bytes().unwrap());
    receipt
        .verify(&bench.key.service_key().unwrap(), manifest.id, digest)
        .unwrap();
    receipt
}

pub fn student(byte: u8) -> StudentRef {
    StudentRef::new(format!("{byte:02x}").repeat(8))
}

/// A standard photo; the service checks its form.
pub fn photo() -> Vec<u8> {
    include_bytes!("../fixtures/golden/0030.jpg").to_vec()
}

pub fn capture() -> Vec<u8> {
    jpeg(640, 720)
}

/// A grey picture.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x % 251) as u8, (y % 241) as u8, 128])
    });
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 70)
        .encode_image(&picture)
        .unwrap();
    bytes
}

/// What the camera would read from the demonstration code of a student.
pub fn scanned(folder: &Path, student_number: &str) -> AcquisitionCode {
    let png = std::fs::read(folder.join(format!("codes/{student_number}.png"))).unwrap();
    AcquisitionCode::from_scan(&code_in(&Luma::of(&Picture::decode(&png).unwrap()))).unwrap()
}

/// The code in a picture, read by the booth's own reader.
pub fn code_in(picture: &Luma) -> String {
    let codes = read_codes(picture, Effort::Picture);
    codes[0].text().unwrap().to_owned()
}

/// The body of a refusal: its code.
pub fn refused(response: Response, status: u16) -> String {
    assert_eq!(response.status(), status);
    let refusal: serde_json::Value = response.json().unwrap();
    assert!(
        refusal["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty()),
        "{refusal}"
    );
    refusal["error"].as_str().unwrap().to_owned()
}

/// The name of a booth that was never enrolled.
pub fn stranger() -> BoothId {
    BoothId::from_bytes([0xee; 16])
}
