//! The real service in a thread of its own, with the demonstration in its folder. It can be cut off and come
//! back at the same address, as a service does.

use gradbooth::domain::EducationCategory;
use gradbooth::review::commands::demo;
use gradbooth::review::store::{Store, catalogue, rosters};
use gradbooth::review::{Config, serve};
use gradbooth::vision::Picture;
use gradbooth::vision::codes::{Effort, Luma, read_codes};
use gradbooth::wire::BoothKey;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

pub struct Service {
    folder: tempfile::TempDir,
    address: SocketAddr,
    url: String,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Service {
    pub fn new() -> Self {
        static TAKEN: AtomicU8 = AtomicU8::new(2);
        let folder = tempfile::tempdir().unwrap();
        demo::fill(folder.path(), &mut Vec::new()).unwrap();
        // an address of its own: nobody else takes its port while it is away
        let own = Ipv4Addr::new(127, 0, 0, TAKEN.fetch_add(1, Ordering::SeqCst));
        let address = (own, 0).into();
        let mut service = Self {
            folder,
            address,
            url: String::new(),
            running: None,
        };
        service.comes_back();
        service
    }

    /// Listens where it listened before.
    pub fn comes_back(&mut self) {
        let config = Config::new(self.address, self.folder.path().to_owned());
        let (told, address) = sync_channel(1);
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("service".into())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_multi_thread()
                    .worker_threads(2)
                    .enable_all()
                    .build()
                    .unwrap();
                runtime.block_on(async {
                    let ready = |address| told.send(address).unwrap();
                    tokio::select! {
                        served = serve(config, ready, std::future::pending()) => served.unwrap(),
                        _ = stopped => {}
                    }
                });
                // whoever is connected is cut off
                runtime.shutdown_timeout(Duration::from_millis(200));
            });
        self.address = address.recv_timeout(Duration::from_secs(30)).unwrap();
        self.url = format!("http://{}", self.address);
        self.running = Some((stop, thread.unwrap()));
    }

    /// Cut off in the middle of whatever it was doing.
    pub fn goes_away(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            thread.join().unwrap();
        }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn booth_key(&self) -> BoothKey {
        let text = std::fs::read_to_string(self.folder.path().join("booth.key")).unwrap();
        toml::from_str(&text).unwrap()
    }

    pub fn password_of(&self, name: &str) -> String {
        let all = std::fs::read_to_string(self.folder.path().join("demo-passwords.txt")).unwrap();
        let line = all
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}\t")));
        line.unwrap().to_owned()
    }

    /// The printed code of a student number.
    pub fn picture_of(&self, student_number: &str) -> PathBuf {
        self.folder
            .path()
            .join(format!("codes/{student_number}.png"))
    }

    /// What is printed on it, read by the booth's own reader.
    pub fn code_of(&self, student_number: &str) -> String {
        let png = std::fs::read(self.picture_of(student_number)).unwrap();
        let picture = Picture::decode(&png).unwrap();
        let codes = read_codes(&Luma::of(&picture), Effort::Picture);
        codes[0].text().unwrap().to_owned()
    }

    /// The school adds a student number to its list.
    pub fn adds_to_roster(&self, student_number: &str) {
        let store = Store::open(&Config::database(self.folder.path())).unwrap();
        let added = store.write_now(|tx| {
            let all = catalogue::all(tx)?;
            let regular = all
                .collections
                .iter()
                .find(|c| c.category == EducationCategory::Regular);
            rosters::add(
                tx,
                &regular.unwrap().id,
                &[student_number.to_owned()],
                "school",
            )
        });
        assert_eq!(added.unwrap(), 1);
    }

    /// Ids of what students have submitted, oldest first, and the photos' bytes.
    pub fn submissions(&self) -> Vec<(String, Vec<u8>)> {
        let store = Store::open(&Config::database(self.folder.path())).unwrap();
        store
            .read_now(|tx| {
                let mut query = tx.prepare(
                    "SELECT id, photo FROM submissions JOIN submission_parts ON submission = id ORDER BY submissions.rowid",
                )?;
                let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(rows.collect::<Result<Vec<_>, _>>()?)
            })
            .unwrap()
    }
}

impl Service {
    /// Whether each submission was brought along, and its untouched capture.
    pub fn brought_along(&self) -> Vec<(bool, Vec<u8>)> {
        let store = Store::open(&Config::database(self.folder.path())).unwrap();
        store
            .read_now(|tx| {
                let mut query = tx.prepare(
                    "SELECT imported, capture FROM submissions JOIN submission_parts ON submission = id",
                )?;
                let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(rows.collect::<Result<Vec<_>, _>>()?)
            })
            .unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.goes_away();
    }
}
