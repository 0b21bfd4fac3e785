//! What the attendant asks of the booth's records, off the window's thread: the PIN, the queue, a held submission let
//! go again, the audit log, and the wrong tries that only an attendant can forgive.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use zeroize::Zeroizing;

use super::{Facts, Wake, spawn};
use crate::clock;
use crate::config::AttendantPin;
use crate::domain::{StudentRef, SubmissionId};
use crate::session::QuestionId;
use crate::store::calibration::KeptCalibration;
use crate::store::{
    Counts, Exported, KeyPlace, QueueItem, Store, StoreError, WrongTries, free_mb, sticks,
};

/// On the stick; what `gradbooth-review import-bundle` is given.
const BUNDLE_FOLDER: &str = "gradbooth";

/// Whose wrong tries are counted: there is one PIN.
const ATTENDANT: &str = "attendant";

/// Among the settings made at the booth: whether it is out of service.
const OUT_OF_SERVICE: &str = "out_of_service";
const YES: &str = "yes";
const NO: &str = "no";

/// What is asked.
#[derive(Debug)]
pub enum AttendantCommand {
    /// Is this the PIN?
    Pin(QuestionId, Zeroizing<String>),
    /// The booth in figures.
    Overview(QuestionId),
    /// The queue.
    Queue(QuestionId),
    /// Send this one now, also when it was held.
    Release(SubmissionId),
    /// Keep what was measured in, with the clean plate.
    Calibration(QuestionId, KeptCalibration),
    /// Copy what is not delivered to the stick that is plugged in.
    Export(QuestionId),
    /// Remember that this was done.
    Audit(&'static str),
    /// The booth went out of service, or came back: a restart changes nothing about it.
    OutOfService(bool),
    /// The last four characters of this enrolment were typed wrong once more.
    CountWrongLastFour(StudentRef),
    /// They were typed right, or forgiven.
    ForgetWrongLastFour(StudentRef),
}

impl AttendantCommand {
    /// The question that waits for an answer.
    fn question(&self) -> Option<QuestionId> {
        match self {
            Self::Pin(question, _)
            | Self::Overview(question)
            | Self::Queue(question)
            | Self::Calibration(question, _)
            | Self::Export(question) => Some(*question),
            Self::Release(_)
            | Self::Audit(_)
            | Self::OutOfService(_)
            | Self::CountWrongLastFour(_)
            | Self::ForgetWrongLastFour(_) => None,
        }
    }
}

/// What is answered.
#[derive(Debug)]
pub enum AttendantFact {
    /// The PIN was right, or how many wrong ones there were in a row.
    Pin(QuestionId, Result<(), u32>),
    /// The queue in figures, the free space in megabytes where it can be told, and whether the key of the records is
    /// a credential of the system and not a file.
    Overview(QuestionId, Counts, Option<u64>, bool),
    /// What was copied to a stick; `None` where none is plugged in, or it takes nothing.
    Exported(QuestionId, Option<Exported>),
    /// The queue, oldest first.
    Queue(QuestionId, Vec<QueueItem>),
    /// The submission waits to be sent.
    Released,
    /// The calibration is kept.
    Calibrated(QuestionId, KeptCalibration),
    /// The records cannot be read or written.
    Broken(QuestionId),
    /// The worker panicked and is gone.
    WorkerLost(&'static str),
}

/// The thread.
pub struct AttendantWorker {
    commands: SyncSender<AttendantCommand>,
    facts: Receiver<AttendantFact>,
}

impl AttendantWorker {
    /// Starts the thread.
    pub fn start(desk: Desk, wake: &Wake) -> io::Result<Self> {
        let (commands, inbox) = sync_channel::<AttendantCommand>(16);
        let (sender, facts) = sync_channel(16);
        let told = Facts::new(sender, Arc::clone(wake));
        let lost = told.clone();
        spawn(
            "attendant",
            move |name| lost.tell(AttendantFact::WorkerLost(name)),
            move || {
                while let Ok(command) = inbox.recv() {
                    let question = command.question();
                    let fact = desk.handle(command).unwrap_or_else(|error| {
                        tracing::error!(%error, "the booth's records");
                        question.map(AttendantFact::Broken)
                    });
                    if let Some(fact) = fact {
                        told.tell(fact);
                    }
                }
            },
        )?;
        Ok(Self { commands, facts })
    }

    /// Asks. Sixteen open questions are more than an attendant has fingers for.
    pub fn ask(&self, command: AttendantCommand) {
        if self.commands.try_send(command).is_err() {
            tracing::error!("the attendant's worker takes no more");
        }
    }

    /// The facts since last time.
    pub fn facts(&self) -> impl Iterator<Item = AttendantFact> + '_ {
        self.facts.try_iter()
    }
}

/// What the attendant's wishes need.
pub struct Desk {
    store: Store,
    pin: AttendantPin,
    stick_folders: Vec<PathBuf>,
    key_place: KeyPlace,
}

impl Desk {
    /// Sticks are looked for below `stick_folders`; `key_place` is where the key of the records comes from.
    pub const fn new(
        store: Store,
        pin: AttendantPin,
        stick_folders: Vec<PathBuf>,
        key_place: KeyPlace,
    ) -> Self {
        Self {
            store,
            pin,
            stick_folders,
            key_place,
        }
    }

    fn handle(&self, command: AttendantCommand) -> Result<Option<AttendantFact>, StoreError> {
        let store = &self.store;
        Ok(match command {
            AttendantCommand::Pin(question, typed) => Some(AttendantFact::Pin(
                question,
                check(store, &self.pin, &typed)?,
            )),
            AttendantCommand::Overview(question) => Some(AttendantFact::Overview(
                question,
                store.counts()?,
                free_mb(store.folder()),
                matches!(self.key_place, KeyPlace::Credentials(_)),
            )),
            AttendantCommand::Queue(question) => {
                Some(AttendantFact::Queue(question, store.queue()?))
            }
            AttendantCommand::Release(id) => {
                store.release(id)?;
                store.audit("release", &id.short(), clock::utc())?;
                Some(AttendantFact::Released)
            }
            AttendantCommand::Export(question) => {
                Some(AttendantFact::Exported(question, self.export()?))
            }
            AttendantCommand::Calibration(question, kept) => {
                store.keep_calibration(&kept)?;
                Some(AttendantFact::Calibrated(question, kept))
            }
            AttendantCommand::Audit(what) => {
                store.audit(what, "", clock::utc())?;
                None
            }
            AttendantCommand::OutOfService(out) => {
                store.set_setting(OUT_OF_SERVICE, if out { YES } else { NO })?;
                let what = if out { "out of service" } else { "in service" };
                store.audit(what, "", clock::utc())?;
                None
            }
            AttendantCommand::CountWrongLastFour(student) => {
                store.count_wrong(WrongTries::LastFour, student.as_str())?;
                None
            }
            AttendantCommand::ForgetWrongLastFour(student) => {
                store.forget_wrong(WrongTries::LastFour, student.as_str())?;
                None
            }
        })
    }

    /// A stick that is full or was pulled out is no fault of the booth's records.
    fn export(&self) -> Result<Option<Exported>, StoreError> {
        let Some(stick) = sticks(&self.stick_folders).into_iter().next() else {
            return Ok(None);
        };
        match self.store.export(&stick.join(BUNDLE_FOLDER)) {
            Ok(exported) => {
                self.store.audit(
                    "copied to a stick",
                    &exported.saved.to_string(),
                    clock::utc(),
                )?;
                Ok(Some(exported))
            }
            Err(StoreError::Folder(error)) => {
                tracing::warn!(%error, "the stick takes nothing");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// How many wrong PINs in a row the store remembers.
pub fn wrong_pins(store: &Store) -> Result<u32, StoreError> {
    store.wrong_tries(WrongTries::Pin, ATTENDANT)
}

/// An attendant has taken the booth out of service, and nobody has put it back.
pub fn out_of_service(store: &Store) -> Result<bool, StoreError> {
    Ok(store.setting(OUT_OF_SERVICE)?.as_deref() == Some(YES))
}

/// Wrong tries at the last four characters, by enrolment, as the store remembers them.
pub fn wrong_last_fours(store: &Store) -> Result<Vec<(StudentRef, u8)>, StoreError> {
    let counted = store.all_wrong_tries(WrongTries::LastFour)?;
    Ok(counted
        .into_iter()
        .map(|(whose, times)| {
            (
                StudentRef::new(whose),
                u8::try_from(times).unwrap_or(u8::MAX),
            )
        })
        .collect())
}

/// Wrong tries are counted in the store, so that pulling the plug does not give new ones.
fn check(store: &Store, pin: &AttendantPin, typed: &str) -> Result<Result<(), u32>, StoreError> {
    if pin.matches(typed) {
        store.forget_wrong(WrongTries::Pin, ATTENDANT)?;
        store.audit("attendant enters", "", clock::utc())?;
        return Ok(Ok(()));
    }
    let wrong = store.count_wrong(WrongTries::Pin, ATTENDANT)?;
    store.audit("wrong PIN", &wrong.to_string(), clock::utc())?;
    Ok(Err(wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_last_fours_outlive_a_restart_until_they_are_forgiven() {
        let folder = tempfile::tempdir().unwrap();
        let pin = AttendantPin::hash("246810").unwrap();
        let student = StudentRef::new("00ff");
        let store =
            || Store::open(folder.path(), &crate::store::StateKey::from_bytes([3; 32])).unwrap();
        let place = || KeyPlace::File(PathBuf::new());
        let tell = |command| {
            let desk = Desk::new(store(), pin.clone(), Vec::new(), place());
            desk.handle(command).unwrap()
        };
        let remembered = || wrong_last_fours(&store()).unwrap();
        for _ in 0..2 {
            assert!(tell(AttendantCommand::CountWrongLastFour(student.clone())).is_none());
        }
        assert_eq!(remembered(), [(student.clone(), 2)]);
        assert!(tell(AttendantCommand::ForgetWrongLastFour(student)).is_none());
        assert!(remembered().is_empty());
    }

    #[test]
    fn wrong_tries_are_counted_until_the_right_pin() {
        let folder = tempfile::tempdir().unwrap();
        let key = crate::store::StateKey::from_bytes([3; 32]);
        let store = Store::open(folder.path(), &key).unwrap();
        let pin = AttendantPin::hash("246810").unwrap();
        assert_eq!(check(&store, &pin, "111111").unwrap(), Err(1));
        assert_eq!(check(&store, &pin, "222222").unwrap(), Err(2));
        assert_eq!(check(&store, &pin, "246810").unwrap(), Ok(()));
        assert_eq!(check(&store, &pin, "111111").unwrap(), Err(1));
        let log = store.audit_log(10).unwrap();
        let log = log.iter().rev().map(|line| (&*line.what, &*line.about));
        // how many in a row, and never what was typed
        let written = [
            ("wrong PIN", "1"),
            ("wrong PIN", "2"),
            ("attendant enters", ""),
            ("wrong PIN", "1"),
        ];
        assert_eq!(log.collect::<Vec<_>>(), written);
    }
}
