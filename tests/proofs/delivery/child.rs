//! The booth as a process that can be killed: opens its records, confirms, delivers, purges, and says what it promised.

use super::booth;
use super::office::capture_of;
use super::{thief, tls};
use gradbooth::clock;
use gradbooth::domain::SubmissionId;
use gradbooth::store::{StateKey, Store};
use gradbooth::wire::BoothKey;
use gradbooth::workers::backoff::Pace;
use gradbooth::workers::service::Rhythm;
use jiff::SignedDuration;
use rustix::process::{Pid, Signal, kill_process};
use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The test that is the booth; run by the others, in a process of its own.
pub const NAME: &str = "delivery::child::is_the_booth";
pub const STATE_KEY: [u8; 32] = [7; 32];

/// When a booth has delivered enough.
#[derive(Debug, Clone, Copy)]
pub enum Enough {
    /// No more than so many wait.
    Waiting(usize),
    /// Each that waits was tried so often.
    TriedInVain(u32),
}

impl Default for Enough {
    fn default() -> Self {
        Self::Waiting(0)
    }
}

impl Enough {
    /// As the process is told it.
    fn told(self) -> (&'static str, String) {
        match self {
            Self::Waiting(most) => ("PROOF_WAITING", most.to_string()),
            Self::TriedInVain(tries) => ("PROOF_IN_VAIN", tries.to_string()),
        }
    }

    /// As the process has heard it.
    fn heard() -> Self {
        let told = |name| env::var(name).ok();
        match told("PROOF_IN_VAIN") {
            Some(tries) => Self::TriedInVain(tries.parse().unwrap()),
            None => Self::Waiting(told("PROOF_WAITING").unwrap().parse().unwrap()),
        }
    }

    fn is_reached(self, store: &Store) -> bool {
        match self {
            Self::Waiting(most) => store
                .counts()
                .is_ok_and(|counts| counts.queued as usize <= most),
            Self::TriedInVain(tries) => store
                .queue()
                .is_ok_and(|queue| queue.iter().all(|waiting| waiting.tries >= tries)),
        }
    }
}

/// What a booth is to do, in this order.
#[derive(Debug, Clone, Default)]
pub struct Errand {
    pub confirm: Vec<SubmissionId>,
    /// Deliver until it is enough, at most for so long.
    pub deliver: Option<Duration>,
    pub enough: Enough,
    pub purge: bool,
    /// For the process: faults of its disk and its clock.
    pub variables: Vec<(&'static str, String)>,
    /// Killed so long after its start.
    pub killed_after: Option<Duration>,
    /// Stopped after each of these, one after the other, so that its files can be looked at as they are.
    pub looked_at: Vec<Duration>,
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
        .envs([errand.enough.told()])
        .env("PROOF_PURGE", if errand.purge { "1" } else { "" })
        // whatever a booth writes beside its records is looked at with them
        .env("TMPDIR", folder.join("state"))
        // reading all authorities of this machine is most of a short life; none of them is asked
        .env("SSL_CERT_FILE", tls::authority())
        .env("SSL_CERT_DIR", folder.join("no-authorities"))
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
    for after in &errand.looked_at {
        std::thread::sleep(*after);
        look_at(&mut booth, folder, errand);
    }
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

/// What a thief would find who came just now.
fn look_at(booth: &mut Child, folder: &Path, errand: &Errand) {
    if !matches!(booth.try_wait(), Ok(None)) {
        return;
    }
    let process = Pid::from_child(booth);
    kill_process(process, Signal::STOP).unwrap();
    thief::finds_nothing(folder, &errand.confirm, "while it runs");
    kill_process(process, Signal::CONT).unwrap();
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
        match booth::confirms(&store, (&folder, &key), (id, &capture_of(&folder, id))) {
            Ok(_) => say(&format!("confirmed {id}")),
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

/// The booth's own workers, in a hurry, until it is enough; gives whether nothing waits any more.
fn deliver(store: &Store, key: &BoothKey, patience: Duration) -> bool {
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
    let workers = booth::workers(store, key, &env::var("PROOF_URL").unwrap(), rhythm);
    let (enough, end) = (Enough::heard(), clock::now() + patience);
    while clock::now() < end && !enough.is_reached(store) {
        workers.facts().for_each(drop);
        std::thread::sleep(Duration::from_millis(1));
    }
    store.counts().is_ok_and(|counts| counts.queued == 0)
}
