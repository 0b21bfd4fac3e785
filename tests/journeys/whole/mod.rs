//! The whole booth: the real session, the real store in a folder, the real service on loopback with the real
//! workers between them, the real photo engine. Only the camera is scripted, and time in front of it is
//! skipped. What a phone and a reviewer do goes over HTTP, as they would do it.

mod acts;
mod camera;
mod outside;
mod service;
mod stories;

use camera::Camera;
pub use outside::{Browser, Phone};
pub use service::Service;

use crate::{describe, studio};
use gradbooth::clock;
use gradbooth::domain::standing::day_in_china;
use gradbooth::domain::{Catalogue, InstitutionIndex, Language};
use gradbooth::session::{
    Answer, CameraView, Clock, Effect, Event, Intent, PictureProblem, ServiceView, Session,
    Settings, StudioNews,
};
use gradbooth::store::{StateKey, Store};
use gradbooth::workers::Wake;
use gradbooth::workers::backoff::Pace;
use gradbooth::workers::http::ServiceClient;
use gradbooth::workers::service::{
    Enrolled, OfflinePayment, Rhythm, ServiceFact, ServiceWorkers, SyncStatus,
};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Longer than anything takes on a busy machine with two cores.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Whole {
    pub session: Session,
    pub service: Service,
    pub status: SyncStatus,
    camera: Option<Camera>,
    workers: ServiceWorkers,
    skipped: Duration,
    transcript: String,
    folder: tempfile::TempDir,
}

/// Tests are in a hurry.
fn rhythm() -> Rhythm {
    let soon = Duration::from_millis(40);
    Rhythm {
        poll: soon,
        unattended_poll: soon,
        pull: soon,
        retry: Pace {
            least: soon,
            most: soon * 4,
        },
    }
}

/// The threads of an earlier booth hold its lock until they have ended.
fn opened(folder: &Path) -> Store {
    let end = clock::now() + PATIENCE;
    loop {
        match Store::open(folder, &StateKey::from_bytes([3; 32])) {
            Ok(store) => return store,
            Err(error) => assert!(clock::now() < end, "{error}"),
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Whole {
    /// A booth that has heard from its service once.
    pub fn new() -> Self {
        Self::in_rhythm(rhythm())
    }

    /// The same, in another rhythm until it restarts.
    pub fn in_rhythm(rhythm: Rhythm) -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut whole = Self::over(tempfile::tempdir().unwrap(), Service::new(), rhythm);
        whole.until("the service was heard", |whole| {
            whole.session.service().online && !whole.session.institutions().is_empty()
        });
        whole.transcript.clear();
        whole
    }

    /// A booth over what an earlier one has left in its folder.
    fn over(folder: tempfile::TempDir, service: Service, rhythm: Rhythm) -> Self {
        let store = opened(folder.path());
        let key = service.booth_key();
        let enrolled = Enrolled {
            booth: key.booth,
            sealer: key.sealer().unwrap(),
            service_key: key.service_key().unwrap(),
            campus_key: Some(key.campus_key().unwrap()),
            retention: jiff::SignedDuration::from_hours(24),
            review_days: 2,
            offline: OfflinePayment::of(&key, service.url(), 200_000).unwrap(),
        };
        let client = ServiceClient::new(service.url(), &key).unwrap();
        let wake: Wake = Arc::new(|| {});
        let workers = ServiceWorkers::start(&store, client, enrolled, rhythm, &wake).unwrap();
        let ids = Box::new(|| {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).unwrap();
            bytes
        });
        let settings = Settings {
            default_language: Language::English,
            ..Settings::default()
        };
        // as the kiosk begins: it knows nothing but what the workers tell
        let schools = Arc::new(InstitutionIndex::new(Vec::new()));
        let catalogue = Arc::new(Catalogue::default());
        let mut whole = Self {
            session: Session::new(settings, schools, catalogue, ids),
            service,
            status: SyncStatus::default(),
            camera: None,
            workers,
            skipped: Duration::ZERO,
            transcript: String::new(),
            folder,
        };
        whole.hear();
        whole.transcript.clear();
        whole
    }

    /// The recorded camera, its analysis and the studio at work, instead of the script.
    pub fn with_recorded_camera(mut self, student_number: &str) -> Self {
        self.camera = Some(Camera::recorded(self.service.picture_of(student_number)));
        self
    }

    /// The plug is pulled and put in again: only what is in the folder is left.
    pub fn restarts(self) -> Self {
        let Self {
            service,
            folder,
            workers,
            ..
        } = self;
        drop(workers);
        Self::over(folder, service, rhythm())
    }

    fn clock(&self) -> Clock {
        let utc = clock::utc();
        Clock {
            now: clock::now() + self.skipped,
            today: day_in_china(utc),
            utc,
        }
    }

    pub fn on(&mut self, event: Event) -> &mut Self {
        let told = describe::event(&event);
        let before = describe::place(&self.session);
        let effects = self.session.on(event, self.clock());
        let done: Vec<String> = effects.iter().filter_map(describe::effect).collect();
        let place = describe::place(&self.session);
        let news = ["time", "catalogue", "institutions", "settings"];
        if place != before || !done.is_empty() || !news.contains(&told.as_str()) {
            let effects = if done.is_empty() {
                String::new()
            } else {
                format!(" | {}", done.join(", "))
            };
            writeln!(self.transcript, "{told:<44} -> {place}{effects}").unwrap();
        }
        for effect in effects {
            self.execute(effect);
        }
        self
    }

    /// As the app does it; the camera and the studio answer at once.
    fn execute(&mut self, effect: Effect) {
        let Some(effect) = self.workers.execute(effect, self.session.language()) else {
            return;
        };
        match effect {
            Effect::NewSession => self.workers.new_session(),
            effect if self.camera.is_some() => {
                self.camera.iter_mut().for_each(|c| c.execute(&effect));
            }
            // no stick is ever plugged in
            Effect::ImportPictures { question } => {
                let nothing = Answer::Imported(Err(PictureProblem::NotFound));
                self.on(Event::Answer(question, nothing));
            }
            Effect::OpenCamera(_) => {
                self.on(Event::Camera(CameraView::Live));
            }
            Effect::Capture { question } => {
                self.on(Event::Answer(
                    question,
                    Answer::Captured(Ok(studio::capture())),
                ));
            }
            Effect::Standardize {
                question,
                capture,
                collection,
            } => {
                let (photo, findings) = studio::standardized(&capture, collection.background);
                let news = StudioNews::Done(Box::new(photo), findings);
                self.on(Event::Answer(question, Answer::Studio(news)));
            }
            _ => {}
        }
    }

    /// Hears what the workers have found out.
    fn hear(&mut self) {
        let seen: Vec<Event> = self.camera.iter_mut().flat_map(Camera::events).collect();
        for event in seen {
            self.on(event);
        }
        if self.camera.is_some() {
            self.on(Event::Tick);
        }
        let facts: Vec<ServiceFact> = self.workers.facts().collect();
        for fact in facts {
            match fact {
                ServiceFact::Answer(question, answer) => self.on(Event::Answer(question, answer)),
                ServiceFact::Status(status) => {
                    self.status = status;
                    let view = ServiceView {
                        online: status.online,
                        as_of: status.last_contact,
                    };
                    if view.online == self.session.service().online {
                        continue;
                    }
                    self.on(Event::Service(view))
                }
                // this machine's disk is not the booth's
                ServiceFact::Room(_) => continue,
                ServiceFact::Catalogue(catalogue) => self.on(Event::Catalogue(catalogue)),
                ServiceFact::Institutions(all) => {
                    self.on(Event::Institutions(Arc::new(InstitutionIndex::new(all))))
                }
                ServiceFact::Info { working_days, .. } => {
                    let settings = self.session.settings().clone();
                    self.on(Event::Settings(Box::new(Settings {
                        working_days,
                        ..settings
                    })))
                }
                ServiceFact::StoreTrouble(trouble) => panic!("{trouble:?}"),
                ServiceFact::WorkerLost(name) => panic!("{name} is lost"),
            };
        }
    }

    /// Waits for what the workers bring.
    #[track_caller]
    pub fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) -> &mut Self {
        let end = clock::now() + PATIENCE;
        loop {
            self.hear();
            if is_so(self) {
                return self;
            }
            assert!(clock::now() < end, "{what}: still not\n{}", self.transcript);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[track_caller]
    pub fn until_at(&mut self, step: &str) -> &mut Self {
        self.until(step, |whole| whole.session.step().name() == step)
    }

    pub fn wait(&mut self, seconds: u64) -> &mut Self {
        for _ in 0..seconds {
            self.skipped += Duration::from_secs(1);
            self.on(Event::Tick);
        }
        self
    }

    pub fn touch(&mut self, intent: Intent) -> &mut Self {
        self.on(Event::Intent(intent))
    }

    /// One of many touches that need no line of their own.
    fn touch_untold(&mut self, intent: Intent) {
        let clock = self.clock();
        self.session.on(Event::Intent(intent), clock);
    }

    /// Delivers and asks for news now.
    pub fn sync_now(&self) {
        self.workers.sync_now();
    }

    /// With nothing in it that changes with the day on which it is told.
    pub fn transcript(&self) -> String {
        let dated = |line: &str| match line.split_once("due ") {
            Some((before, after)) => {
                format!("{before}due DAY{}", after.get(10..).unwrap_or_default())
            }
            None => line.to_owned(),
        };
        self.transcript
            .lines()
            .map(|line| dated(line) + "\n")
            .collect()
    }
}
