//! The shell as an attendant has it: what is touched is touched on the drawn screen.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::Context;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::window::Window;
use super::{App, start, time};
use crate::admin::{Admin, AdminAnswer, AdminEvent, AdminIntent, AdminStep, Queue, QueueRow};
use crate::clock;
use crate::config::{AttendantPin, Config};
use crate::domain::acquisition_code::{CodeContents, LastFourCheck};
use crate::domain::collection::{Background, ClearGlasses, PaymentTerms, RECENT_DAYS};
use crate::domain::student::{IdKind, Level};
use crate::domain::{
    BoothId, Catalogue, Collection, CollectionId, EducationCategory, Fee, Institution,
    InstitutionIndex, Language, LastFour, StudentRef, StudentStatus, SubmissionId, SubmissionState,
};
use crate::session::{
    Answer, CameraView, ChoosingCategoryIntent, ChoosingSchoolIntent, CodeText, ConsentIntent,
    EnteringLastFourIntent, Event, Favour, FavourState, Intent, PausedReason, Session, Settings,
    SigningInIntent, Step, WelcomeIntent,
};
use crate::store::{KeyPlace, StateKey, Store};
use crate::ui::{fonts, theme};
use crate::wire::BoothKey;

const PIN: &str = "246810";
const PIN_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$ZSaiOvF5Fl1nuQlMnRyd2w$R6CaPSM4SrsU32UeuRUrpnlmHSBtVi7yxtqosIKt0Bo";
/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

type Screen = Harness<'static, App>;

fn drawn(app: App) -> Screen {
    Harness::builder()
        .with_size([1080.0, 1920.0])
        .with_context_setup(|ctx| {
            fonts::install(ctx);
            theme::apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.draw(ui), app)
}

fn shows(screen: &mut Screen, words: &str) -> bool {
    screen.run_steps(3);
    screen.query_by_label(words).is_some()
}

fn touch(screen: &mut Screen, words: &str) {
    screen.run_steps(3);
    screen.get_by_label(words).scroll_to_me();
    screen.run_steps(8);
    screen.get_by_label(words).click();
    screen.run_steps(3);
}

fn attend(screen: &mut Screen, event: AdminEvent) {
    let ctx = screen.ctx.clone();
    screen.state_mut().attend(event, &ctx);
}

/// Hears the workers until it is so.
fn until(screen: &mut Screen, is_so: impl Fn(&App) -> bool) {
    let (ctx, end) = (screen.ctx.clone(), clock::now() + PATIENCE);
    while !is_so(screen.state()) {
        assert!(clock::now() < end, "{:?}", screen.state().admin.step());
        std::thread::sleep(Duration::from_millis(5));
        screen.state_mut().listen(&ctx);
    }
}

/// The corner is held, the PIN typed.
fn types_the_pin(screen: &mut Screen) {
    attend(screen, AdminEvent::Corner);
    for digit in PIN.chars() {
        attend(screen, AdminEvent::Intent(AdminIntent::Digit(digit)));
    }
    attend(screen, AdminEvent::Intent(AdminIntent::Enter));
}

fn is_home(app: &App) -> bool {
    matches!(app.admin.step(), AdminStep::Home(home) if home.question.is_none())
}

fn enters(screen: &mut Screen) {
    types_the_pin(screen);
    until(screen, is_home);
}

/// A booth with all its workers and records, whose service nobody has ever seen.
struct Booth {
    folder: tempfile::TempDir,
}

impl Booth {
    fn new() -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let folder = tempfile::tempdir().unwrap();
        let public = ed25519_dalek::SigningKey::from_bytes(&[1; 32]).verifying_key();
        let review = crate::wire::ReviewSecretKey::from_bytes(&[4; 32]).unwrap();
        let own = ed25519_dalek::SigningKey::from_bytes(&[2; 32]);
        let key = BoothKey::new(
            (BoothId::from_bytes([7; 16]), "library"),
            ("token".into(), &own),
            (&public, &review.public()),
            (3, &[9; 32]),
            &public,
        );
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config/booth.toml");
        let settings = std::fs::read_to_string(shipped).unwrap();
        let settings = settings
            .replace("pin_hash = \"\"", &format!("pin_hash = \"{PIN_HASH}\""))
            .replace("/var/lib/gradbooth", "state")
            .replace("https://review.example", "http://127.0.0.1:9")
            .replace("language = \"zh-CN\"", "language = \"en\"");
        std::fs::create_dir(folder.path().join("state")).unwrap();
        std::fs::write(folder.path().join("booth.toml"), settings).unwrap();
        let key = toml::to_string(&key).unwrap();
        std::fs::write(folder.path().join("booth.key"), key).unwrap();
        Self { folder }
    }

    fn config(&self) -> Config {
        let shipped = Config::load(&self.folder.path().join("booth.toml")).unwrap();
        Config {
            pin: AttendantPin::hash(PIN).unwrap(),
            ..shipped
        }
    }

    /// The threads of an earlier start hold the records until they have ended.
    fn waits_for<T>(&self, open: impl Fn(&Config) -> Option<T>) -> T {
        let end = clock::now() + PATIENCE;
        loop {
            if let Some(opened) = open(&self.config()) {
                return opened;
            }
            assert!(clock::now() < end, "the records stay in use");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn starts(&self) -> Screen {
        let schools = Arc::new(InstitutionIndex::new(Vec::new()));
        let app = self.waits_for(|config| {
            start::app(&Context::default(), config, &schools, Window::new(false)).ok()
        });
        drawn(app)
    }

    /// What the audit log says was done, in its order.
    fn audit(&self) -> Vec<String> {
        let store = self.waits_for(|config| {
            let place = KeyPlace::File(config.state_key_file.clone());
            let key = StateKey::read_or_make(&place, &config.state_folder).unwrap();
            Store::open(&config.state_folder, &key).ok()
        });
        let log = store.audit_log(100).unwrap();
        log.into_iter().rev().map(|line| line.what).collect()
    }
}

#[test]
fn a_booth_out_of_service_comes_back_by_the_attendant_and_not_by_a_power_cut() {
    let booth = Booth::new();
    let mut screen = booth.starts();
    enters(&mut screen);
    touch(&mut screen, "Take out of service");
    assert!(shows(&mut screen, "Back into service"), "said at once");
    touch(&mut screen, "Leave");
    enters(&mut screen);
    assert!(shows(&mut screen, "Back into service"));
    assert!(!shows(&mut screen, "Take out of service"));
    drop(screen);

    let mut screen = booth.starts();
    let Step::Paused(paused) = screen.state().session.step() else {
        panic!("the power came back, and the booth with it")
    };
    assert_eq!(paused.reasons, [PausedReason::OutOfService]);
    enters(&mut screen);
    touch(&mut screen, "Back into service");
    assert!(matches!(screen.state().session.step(), Step::Welcome(_)));
    drop(screen);

    let screen = booth.starts();
    assert!(matches!(screen.state().session.step(), Step::Welcome(_)));
    drop(screen);
    let log = booth.audit();
    let service: Vec<&str> = log
        .iter()
        .filter_map(|what| what.ends_with("service").then_some(what.as_str()))
        .collect();
    assert_eq!(service, ["out of service", "in service"]);
}

#[test]
fn what_would_help_nobody_cannot_be_touched_and_is_not_written_down() {
    let booth = Booth::new();
    let mut screen = booth.starts();
    enters(&mut screen);
    for words in [
        "Last four again",
        "Allow head cover",
        "Allow own picture",
        "Fee taken in cash",
    ] {
        touch(&mut screen, words);
        assert!(
            shows(&mut screen, "Take out of service"),
            "{words}: still here"
        );
    }
    for favour in Favour::ALL {
        attend(&mut screen, AdminEvent::Intent(AdminIntent::Help(favour)));
    }
    assert!(is_home(screen.state()), "nor left, as after cash");
    drop(screen);
    assert_eq!(booth.audit(), ["attendant enters"]);
}

fn catalogue() -> Catalogue {
    let collection = Collection {
        id: CollectionId("10559-regular-2027".into()),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Regular,
        title_zh: "2027届图像采集".into(),
        title_en: "Class of 2027".into(),
        opens: jiff::civil::date(2026, 1, 1),
        closes: jiff::civil::date(2099, 12, 31),
        fee: Fee::from_fen(2000),
        price_version: 1,
        terms: PaymentTerms::default(),
        background: Background::LightBlue,
        straighten: false,
        glasses: ClearGlasses::Allowed,
        picture_age_days: RECENT_DAYS,
        album: false,
    };
    Catalogue {
        as_of: None,
        collections: vec![collection],
    }
}

/// A shell without workers: what they would answer is the test's to say.
fn bare() -> Screen {
    let school = Institution {
        code: "10559".parse().unwrap(),
        name_zh: "暨南大学".into(),
        name_en: "Jinan University".into(),
        aliases: Vec::new(),
    };
    let schools = Arc::new(InstitutionIndex::new(vec![school]));
    let settings = Settings {
        default_language: Language::English,
        ..Settings::default()
    };
    let session = Session::new(
        settings,
        Arc::clone(&schools),
        Arc::new(catalogue()),
        Box::new(|| [1; 16]),
    );
    let admin = Admin::new(0);
    drawn(App::new(session, admin, None, schools, Window::new(false)))
}

/// The question that the attendant's step has asked is answered.
fn answered(screen: &mut Screen, answer: AdminAnswer) {
    let question = match screen.state().admin.step() {
        AdminStep::EnteringPin(pin) => pin.question,
        AdminStep::Home(home) => home.question,
        AdminStep::Queue(queue) => queue.question,
        AdminStep::Away | AdminStep::Camera | AdminStep::Calibrating(_) => None,
    };
    attend(screen, AdminEvent::Answer(question.unwrap(), answer));
}

fn is_let_in(screen: &mut Screen) {
    types_the_pin(screen);
    answered(screen, AdminAnswer::Pin(Ok(())));
}

fn contents() -> CodeContents {
    CodeContents {
        status: StudentStatus {
            student: StudentRef::new("00112233445566ff"),
            masked_name: "周*".into(),
            id_kind: IdKind::ResidentId,
            institution: "10559".parse().unwrap(),
            category: EducationCategory::Regular,
            level: Level::Bachelor,
            student_number: "2022050107".into(),
        },
        last_four: LastFourCheck::of([5; 32], &LastFour::parse("175X").unwrap()),
    }
}

/// A student who has typed the last four wrong once.
fn errs_once(app: &mut App) {
    for intent in [
        Intent::Welcome(WelcomeIntent::Start),
        Intent::Consent(ConsentIntent::Agree),
        Intent::SigningIn(SigningInIntent::UseCode),
        Intent::ChoosingSchool(ChoosingSchoolIntent::Type("jndx".into())),
        Intent::ChoosingSchool(ChoosingSchoolIntent::Choose(0)),
        Intent::ChoosingSchool(ChoosingSchoolIntent::Sure),
        Intent::ChoosingCategory(ChoosingCategoryIntent::Sure),
    ] {
        app.hear(Event::Intent(intent));
    }
    app.hear(Event::Camera(CameraView::Live));
    app.hear(Event::Seen(CodeText::new("GBA1:A CODE".into())));
    let asked = app.session.step().questions();
    let question = asked.iter().flatten().next().copied().unwrap();
    let decoded = Answer::Decoded(Ok(Box::new(contents())));
    app.hear(Event::Answer(question, decoded));
    for key in "0000".chars() {
        let key = EnteringLastFourIntent::Key(key);
        app.hear(Event::Intent(Intent::EnteringLastFour(key)));
    }
    let sure = EnteringLastFourIntent::Sure;
    app.hear(Event::Intent(Intent::EnteringLastFour(sure)));
}

#[test]
fn what_helps_the_student_is_done_once_and_said() {
    let mut screen = bare();
    errs_once(screen.state_mut());
    is_let_in(&mut screen);
    touch(&mut screen, "Last four again");
    assert!(shows(&mut screen, "Done: Last four again"));
    assert_eq!(
        screen.state().session.favour(Favour::LastFour),
        FavourState::NotNow,
        "all tries are there again"
    );
    let Step::EnteringLastFour(step) = screen.state().session.step() else {
        panic!("{:?}", screen.state().session)
    };
    assert_eq!((step.tries_left, step.wrong), (3, false));
}

#[test]
fn the_queue_on_the_screen_is_read_again_without_a_touch() {
    let mut screen = bare();
    is_let_in(&mut screen);
    attend(&mut screen, AdminEvent::Intent(AdminIntent::Queue));
    let row = QueueRow {
        id: SubmissionId::from_bytes([0xA7; 16]),
        submitted_at: time().utc,
        state: SubmissionState::Queued,
        tries: 1,
        why: "unreachable".into(),
    };
    answered(&mut screen, AdminAnswer::Queue(vec![row]));
    assert!(shows(&mut screen, "A7A7A7"));
    until(&mut screen, |app| {
        matches!(
            app.admin.step(),
            AdminStep::Queue(Queue {
                question: Some(_),
                ..
            })
        )
    });
    assert!(shows(&mut screen, "A7A7A7"), "it stays while it is read");
    answered(&mut screen, AdminAnswer::Queue(Vec::new()));
    assert!(shows(&mut screen, "The queue is empty"));
}
