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
use crate::store::{KeyPlace, StateKey, Store, StoreError};
use crate::ui;
use crate::workers::attendant::{self, AttendantWorker};
use crate::workers::http::ServiceClient;
use crate::workers::import::ImportWorker;
use crate::workers::service::{Enrolled, OfflinePayment, Rhythm, ServiceWorkers};
use crate::workers::voice::Voice;
use crate::workers::{VisionWorkers, Wake, camera_source};

use super::hands::Hands;
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
        Ok(Box::new(open(&cc.egui_ctx, &start)?))
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

fn open(ctx: &Context, start: &Start) -> Result<App> {
    if let Some(socket) = &start.eyes {
        eyes::serve(socket, ui::eyes::open(ctx))
            .context("the screen cannot be shown on the socket")?;
    }
    let window = Window::new(!start.windowed);
    let institutions = Arc::new(InstitutionIndex::new(schools(&[])));
    let config = match Config::load(&start.config) {
        Ok(config) => config,
        Err(faults) => {
            let faults = faults.iter().map(ToString::to_string).collect();
            return Ok(out_of_order(
                institutions,
                window,
                PausedReason::Config(faults),
            ));
        }
    };
    match hands(ctx, &config) {
        Ok((hands, settings, wrong)) => {
            let session = Session::new(
                settings,
                Arc::clone(&institutions),
                Arc::new(Catalogue::default()),
                ids(),
            )
            .recalling(wrong.last_fours, time().now);
            Ok(App::new(
                session,
                Admin::new(wrong.pins).with_mark(config.camera.distance_m * 100.0),
                Some(hands),
                institutions,
                window,
            ))
        }
        Err(fault) => {
            tracing::error!(fault = format!("{fault:#}"), "the booth cannot start");
            Ok(out_of_order(institutions, window, reason(&fault)))
        }
    }
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

fn reason(fault: &anyhow::Error) -> PausedReason {
    match fault.downcast_ref::<StoreError>() {
        Some(fault) => PausedReason::Records(records_fault(fault)),
        None => PausedReason::Config(vec![format!("{fault:#}")]),
    }
}

fn records_fault(fault: &StoreError) -> RecordsFault {
    match fault {
        StoreError::InUse { .. } => RecordsFault::InUse,
        StoreError::Foreign { .. } => RecordsFault::Foreign,
        StoreError::Newer { .. } => RecordsFault::Newer,
        StoreError::WrongKey => RecordsFault::WrongKey,
        StoreError::Key { .. } => RecordsFault::NoKey,
        StoreError::Damaged | StoreError::Unreadable(_) => RecordsFault::Damaged,
        StoreError::DiskFull
        | StoreError::Unlawful(_)
        | StoreError::Folder(_)
        | StoreError::Sqlite(_) => RecordsFault::Disk,
    }
}

/// Wrong tries that outlived the last run.
struct WrongBefore {
    pins: u32,
    last_fours: Vec<(StudentRef, u8)>,
}

/// The workers, the journey's settings, and the wrong tries of before.
fn hands(ctx: &Context, config: &Config) -> Result<(Hands, Settings, WrongBefore)> {
    let wake: Wake = {
        let ctx = ctx.clone();
        Arc::new(move || ctx.request_repaint())
    };
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
    let wrong = WrongBefore {
        pins: attendant::wrong_pins(&store)?,
        last_fours: attendant::wrong_last_fours(&store)?,
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
    Ok((hands, settings, wrong))
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
