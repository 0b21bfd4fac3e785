//! From a settings file to a running kiosk. What is wrong with the booth itself opens a kiosk that says so, instead of
//! a dark screen.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use eframe::egui::{Context, ViewportBuilder};

use crate::admin::Admin;
use crate::config::{Config, Decoder, load_booth_key};
use crate::domain::starter::starter_institutions;
use crate::domain::{Catalogue, Institution, InstitutionIndex, StudentRef};
use crate::session::{Event, PausedReason, RecordsFault, Session, Settings};
use crate::store::{KeyPlace, StateKey, Store};
use crate::ui;
use crate::workers::attendant::{self, AttendantWorker};
use crate::workers::http::ServiceClient;
use crate::workers::import::ImportWorker;
use crate::workers::service::{Enrolled, OfflinePayment, Rhythm, ServiceWorkers};
use crate::workers::voice::Voice;
use crate::workers::{VisionWorkers, Wake, camera_source};

use super::enrolment::Enrolling;
use super::faults::{ConfigFaults, reason};
use super::hands::Hands;
use super::kiosk::{Face, Kiosk};
use super::scene::KnownScene;
use super::window::Window;
use super::{App, eyes, time};

/// How the kiosk is started.
#[derive(Debug, Clone)]
pub struct Start {
    /// The booth's settings.
    pub config: PathBuf,
    /// A window instead of the full screen.
    pub windowed: bool,
    /// Shows what is drawn on this socket.
    pub eyes: Option<PathBuf>,
}

/// Runs the kiosk until the attendant leaves it.
pub fn run(start: Start) -> Result<()> {
    no_core_dumps();
    let full_screen = !start.windowed;
    let viewport = ViewportBuilder::default()
        .with_title("gradbooth")
        .with_app_id("gradbooth")
        .with_inner_size([540.0, 960.0])
        .with_fullscreen(full_screen)
        .with_decorations(!full_screen);
    let options = eframe::NativeOptions {
        viewport,
        ..Default::default()
    };
    let made = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        ui::fonts::install(&cc.egui_ctx);
        ui::theme::apply(&cc.egui_ctx);
        Ok(Box::new(open(&cc.egui_ctx, start)?))
    };
    eframe::run_native("gradbooth", options, Box::new(made))
        .map_err(|error| anyhow!("the window cannot be opened: {error}"))
}

/// What a student confirms is in this memory before it is sealed: a crash must not write it to the disk, nor another
/// process read it.
fn no_core_dumps() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let limited = setrlimit(Resource::Core, none);
    if let Err(error) = limited.and_then(|()| set_dumpable_behavior(DumpableBehavior::NotDumpable))
    {
        tracing::warn!(%error, "core dumps cannot be switched off");
    }
}

fn open(ctx: &Context, start: Start) -> Result<Kiosk> {
    if let Some(socket) = &start.eyes {
        eyes::serve(socket, ui::eyes::open(ctx))
            .context("the screen cannot be shown on the socket")?;
    }
    Ok(Kiosk::begin(ctx, start))
}

/// A face, and whether it says that another gradbooth has the records.
pub(super) struct Begun {
    pub face: Face,
    pub in_use: bool,
}

/// As the booth's files have it: a booth without a key asks for an invitation, one that cannot start says why.
pub(super) fn begin(ctx: &Context, start: &Start) -> Begun {
    let window = Window::new(!start.windowed);
    let institutions = Arc::new(InstitutionIndex::new(schools(&[])));
    let begun = |face: Result<Face>| match face {
        Ok(face) => Begun {
            face,
            in_use: false,
        },
        Err(fault) => {
            tracing::error!(fault = format!("{fault:#}"), "the booth cannot start");
            let reason = reason(&fault);
            let in_use = reason == PausedReason::Records(RecordsFault::InUse);
            let app = out_of_order(Arc::clone(&institutions), window.clone(), reason);
            Begun {
                face: Face::Serving(Box::new(app)),
                in_use,
            }
        }
    };
    let config = match config(start) {
        Ok(config) => config,
        Err(fault) => return begun(Err(fault)),
    };
    if config.key_file.exists() {
        begun(serving(ctx, &config, &institutions, window.clone()))
    } else {
        begun(enrolling(ctx, &config, false))
    }
}

/// The attendant has the service's word that this booth is not known any more.
pub(super) fn enrol_again(ctx: &Context, start: &Start) -> Face {
    let face = config(start).and_then(|config| enrolling(ctx, &config, true));
    face.unwrap_or_else(|fault| {
        tracing::error!(fault = format!("{fault:#}"), "the booth cannot be enrolled");
        begin(ctx, start).face
    })
}

fn config(start: &Start) -> Result<Config> {
    Config::load(&start.config)
        .map_err(|faults| ConfigFaults(faults.iter().map(ToString::to_string).collect()).into())
}

fn waking(ctx: &Context) -> Wake {
    let ctx = ctx.clone();
    Arc::new(move || ctx.request_repaint())
}

fn enrolling(ctx: &Context, config: &Config, anew: bool) -> Result<Face> {
    let enrolling = Enrolling::begin(config, anew, &waking(ctx))?;
    Ok(Face::Enrolling(Box::new(enrolling)))
}

fn serving(
    ctx: &Context,
    config: &Config,
    institutions: &Arc<InstitutionIndex>,
    window: Window,
) -> Result<Face> {
    let app = app(ctx, config, institutions, window)?;
    Ok(Face::Serving(Box::new(app)))
}

/// A booth that serves, unless it was out of service before.
pub(super) fn app(
    ctx: &Context,
    config: &Config,
    institutions: &Arc<InstitutionIndex>,
    window: Window,
) -> Result<App> {
    let (hands, settings, before) = hands(ctx, config)?;
    let mut session = Session::new(
        settings,
        Arc::clone(institutions),
        Arc::new(Catalogue::default()),
        ids(),
    )
    .recalling(before.wrong_last_fours, time().now);
    if before.out_of_service {
        session.on(Event::Pause(PausedReason::OutOfService), time());
    }
    Ok(App::new(
        session,
        Admin::new(before.wrong_pins).with_mark(config.camera.distance_m * 100.0),
        Some(hands),
        Arc::clone(institutions),
        window,
    ))
}

/// What the service knows of schools, and the starter list for the rest.
pub(super) fn schools(known: &[Institution]) -> Vec<Institution> {
    let told: HashSet<_> = known.iter().map(|school| school.code).collect();
    let rest = starter_institutions()
        .into_iter()
        .filter(|school| !told.contains(&school.code));
    known.iter().cloned().chain(rest).collect()
}

/// A kiosk that only says what is wrong.
fn out_of_order(institutions: Arc<InstitutionIndex>, window: Window, reason: PausedReason) -> App {
    let mut session = Session::new(
        Settings::default(),
        Arc::clone(&institutions),
        Arc::new(Catalogue::default()),
        ids(),
    );
    session.on(Event::Pause(reason), time());
    App::new(session, Admin::new(0), None, institutions, window)
}

/// What outlived the last run.
struct Before {
    wrong_pins: u32,
    wrong_last_fours: Vec<(StudentRef, u8)>,
    out_of_service: bool,
}

/// The workers, the journey's settings, and what was before.
fn hands(ctx: &Context, config: &Config) -> Result<(Hands, Settings, Before)> {
    let wake = waking(ctx);
    let (key, _) = load_booth_key(&config.key_file).with_context(|| {
        format!(
            "the booth's key cannot be read: {}",
            config.key_file.display()
        )
    })?;
    let place = KeyPlace::of_this_process(&config.state_key_file);
    let state_key = StateKey::read_or_make(&place, &config.state_folder)?;
    let store = Store::open(&config.state_folder, &state_key)?;
    let client = ServiceClient::new(&config.service_url, &key)
        .context("no connection to the service can be made")?;
    let enrolled = Enrolled {
        booth: key.booth,
        sealer: key.sealer()?,
        service_key: key.service_key()?,
        campus_key: (config.decoder == Decoder::Campus)
            .then(|| key.campus_key())
            .transpose()?,
        retention: config.retention,
        review_days: config.review_days,
        offline: OfflinePayment::of(&key, &config.service_url, config.cash_limit_fen)?,
    };
    let service = ServiceWorkers::start(&store, client, enrolled, Rhythm::default(), &wake)?;
    let vision = VisionWorkers::start(camera_source(&config.camera), &wake)?;
    let before = Before {
        wrong_pins: attendant::wrong_pins(&store)?,
        wrong_last_fours: attendant::wrong_last_fours(&store)?,
        out_of_service: attendant::out_of_service(&store)?,
    };
    let scene = store
        .calibration()?
        .map(|kept| KnownScene::read(&kept))
        .unwrap_or_default();
    let voice = Voice::start(config.screen.sounds)?;
    let import = ImportWorker::start(config.import_folders.clone(), &wake)?;
    let attendant = AttendantWorker::start(
        attendant::Desk::new(
            store,
            config.pin.clone(),
            config.import_folders.clone(),
            place,
        ),
        &wake,
    )?;
    let mut settings = config.session_settings(&key.name);
    scene.tell(&mut settings);
    let hands = Hands::new(
        vision,
        service,
        import,
        attendant,
        config.language,
        scene,
        voice,
    );
    Ok((hands, settings, before))
}

/// Sixteen bytes of the operating system's randomness.
fn ids() -> crate::session::Ids {
    Box::new(|| {
        let mut bytes = [0; 16];
        if getrandom::fill(&mut bytes).is_err() {
            // without randomness no id may be made: the process ends and is started again
            tracing::error!("no randomness");
            std::process::abort();
        }
        bytes
    })
}
