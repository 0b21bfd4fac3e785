//! The booth as a process that can be killed: opens its records, confirms, delivers, purges, and says what it promised.

use gradbooth::clock;
use gradbooth::domain::{
    CollectionId, EducationCategory, Entitlement, EntitlementSource, StudentRef, SubmissionId,
};
use gradbooth::store::{NewSubmission, StateKey, Store};
use gradbooth::wire::submission::MANIFEST_VERSION;
use gradbooth::wire::{BoothKey, Consent, Digest, KnownStudent, Manifest};
use gradbooth::workers::Wake;
use gradbooth::workers::backoff::Pace;
use gradbooth::workers::http::ServiceClient;
use gradbooth::workers::service::{Enrolled, Rhythm, ServiceWorkers};
use jiff::SignedDuration;
use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// The test that is the booth; run by the others, in a process of its own.
pub const NAME: &str = "delivery::child::is_the_booth";
pub const STATE_KEY: [u8; 32] = [7; 32];
/// What names the students of the proofs; looked for on the disk.
pub const MASKED_NAME: &str = "欧阳*";
pub const STUDENT_NUMBER: &str = "20235557314";

/// What a booth is to do, in this order.
#[derive(Debug, Clone, Default)]
pub struct Errand {
    pub confirm: Vec<SubmissionId>,
    /// Deliver until nothing waits, at most for so long.
    pub deliver: Option<Duration>,
    pub purge: bool,
    /// For the process: faults of its disk and its clock.
    pub variables: Vec<(&'static str, String)>,
    /// Killed so long after its start.
    pub killed_after: Option<Duration>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Came {
    /// Submissions whose student was told "it is safe".
    pub promised: Vec<SubmissionId>,
    /// It ended by itself, with everything done.
    pub finished: bool,
    pub said: String,
}

/// Runs a booth in `folder`, with its service at `url`.
pub fn run(folder: &Path, url: &str, errand: &Errand) -> Came {
    let ids: Vec<_> = errand.confirm.iter().map(ToString::to_string).collect();
    let deliver_ms = errand.deliver.map_or(0, |patience| patience.as_millis());
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([
            "--exact",
            NAME,
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("PROOF_BOOTH", folder)
        .env("PROOF_URL", url)
        .env("PROOF_CONFIRM", ids.join(","))
        .env("PROOF_DELIVER_MS", deliver_ms.to_string())
        .env("PROOF_PURGE", if errand.purge { "1" } else { "" })
        .envs(errand.variables.iter().map(|(name, value)| (*name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if !errand.variables.is_empty() {
        command
            .env("LD_PRELOAD", super::disk::library())
            .env("FAULT_ROOT", folder.join("state"));
    }
    let mut booth = command.spawn().unwrap();
    if let Some(after) = errand.killed_after {
        std::thread::sleep(after);
        // it may have ended already
        let _ended = booth.kill();
    }
    let output = booth.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let promised = said
        .lines()
        .filter_map(|line| line.split("confirmed ").nth(1)?.trim().parse().ok());
    Came {
        promised: promised.collect(),
        finished: said.contains("errand done"),
        said: said + &String::from_utf8_lossy(&output.stderr),
    }
}

#[test]
#[ignore = "is the booth of the other proofs, run by them"]
fn is_the_booth() {
    let folder = PathBuf::from(env::var("PROOF_BOOTH").expect("run by another proof"));
    let key: BoothKey =
        toml::from_str(&std::fs::read_to_string(folder.join("booth.key")).unwrap()).unwrap();
    let store = match Store::open(&folder.join("state"), &StateKey::from_bytes(STATE_KEY)) {
        Ok(store) => store,
        Err(error) => return say(&format!("cannot open: {error}")),
    };
    let mut is_well = true;
    for id in env::var("PROOF_CONFIRM")
        .unwrap()
        .split(',')
        .filter_map(|id| id.parse().ok())
    {
        match confirm(&store, &folder, &key, id) {
            Ok(()) => say(&format!("confirmed {id}")),
            Err(error) => {
                is_well = false;
                say(&format!("refused {id}: {error}"));
            }
        }
    }
    let patience: u64 = env::var("PROOF_DELIVER_MS").unwrap().parse().unwrap();
    if patience > 0 {
        is_well &= deliver(&store, &key, Duration::from_millis(patience));
    }
    if env::var("PROOF_PURGE").unwrap() == "1" {
        is_well &= store.purge(SignedDuration::ZERO, clock::utc()).is_ok();
    }
    if is_well {
        say("errand done");
    }
}

/// The harness's own printing may be cut off with the process; what is said here is out.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).unwrap();
}

pub fn student(id: SubmissionId) -> StudentRef {
    StudentRef::new(id.to_string())
}

fn confirm(
    store: &Store,
    folder: &Path,
    key: &BoothKey,
    id: SubmissionId,
) -> Result<(), gradbooth::store::StoreError> {
    let (photo, capture) = (
        std::fs::read(folder.join("photo.jpg")).unwrap(),
        super::office::capture_of(folder, id),
    );
    let collection = CollectionId(std::fs::read_to_string(folder.join("collection")).unwrap());
    let source = EntitlementSource::NothingDue;
    let known = KnownStudent {
        student: student(id),
        entitlements: vec![Entitlement {
            student: student(id),
            collection: collection.clone(),
            source,
        }],
        submissions: vec![],
    };
    store.learn_student(&known, clock::utc())?;
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        id,
        booth: key.booth,
        sequence: 0,
        student: student(id),
        masked_name: MASKED_NAME.into(),
        student_number: STUDENT_NUMBER.into(),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Postgraduate,
        collection,
        entitlement: source,
        consent: Consent {
            text_version: "2026-11".into(),
            at: clock::utc(),
        },
        captured_at: clock::utc(),
        photo_sha256: Digest::of(&photo),
        capture_sha256: Digest::of(&capture),
        imported: false,
        attendant_notes: vec![],
        findings: vec![],
        record: serde_json::Value::Null,
        phone: None,
    };
    let new = NewSubmission {
        manifest,
        photo: &photo,
        capture: &capture,
    };
    store.confirm(new, &key.sealer().unwrap(), clock::utc())
}

/// The booth's own workers, in a hurry; gives whether nothing waits any more.
fn deliver(store: &Store, key: &BoothKey, patience: Duration) -> bool {
    let client = ServiceClient::new(&env::var("PROOF_URL").unwrap(), key).unwrap();
    let enrolled = Enrolled {
        booth: key.booth,
        sealer: key.sealer().unwrap(),
        service_key: key.service_key().unwrap(),
        campus_key: None,
        retention: SignedDuration::from_hours(24),
        review_days: 2,
    };
    let soon = Duration::from_millis(5);
    let rhythm = Rhythm {
        poll: soon,
        unattended_poll: soon,
        pull: Duration::from_millis(200),
        retry: Pace {
            least: Duration::from_millis(2),
            most: Duration::from_millis(20),
        },
    };
    let wake: Wake = Arc::new(|| {});
    let workers = ServiceWorkers::start(store, client, enrolled, rhythm, &wake).unwrap();
    let end = clock::now() + patience;
    while clock::now() < end {
        workers.facts().for_each(drop);
        if store.counts().is_ok_and(|counts| counts.queued == 0) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}
