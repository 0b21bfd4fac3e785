//! What the attendant asks of the booth's records, off the window's thread: the PIN, the queue, a held submission let
//! go again, the audit log.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use zeroize::Zeroizing;

use super::{Facts, Wake, spawn};
use crate::clock;
use crate::config::AttendantPin;
use crate::domain::SubmissionId;
use crate::session::QuestionId;
use crate::store::calibration::KeptCalibration;
use crate::store::{Counts, QueueItem, Store, StoreError, WrongTries, free_mb};

/// Whose wrong tries are counted: there is one PIN.
const ATTENDANT: &str = "attendant";

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
    /// Remember that this was done.
    Audit(&'static str),
}

impl AttendantCommand {
    /// The question that waits for an answer.
    fn question(&self) -> Option<QuestionId> {
        match self {
            Self::Pin(question, _)
            | Self::Overview(question)
            | Self::Queue(question)
            | Self::Calibration(question, _) => Some(*question),
            Self::Release(_) | Self::Audit(_) => None,
        }
    }
}

/// What is answered.
#[derive(Debug)]
pub enum AttendantFact {
    /// The PIN was right, or how many wrong ones there were in a row.
    Pin(QuestionId, Result<(), u32>),
    /// The queue in figures, and the free space in megabytes where it can be told.
    Overview(QuestionId, Counts, Option<u64>),
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
    pub fn start(store: Store, pin: AttendantPin, wake: &Wake) -> io::Result<Self> {
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
                    let fact = handle(&store, &pin, command).unwrap_or_else(|error| {
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

fn handle(
    store: &Store,
    pin: &AttendantPin,
    command: AttendantCommand,
) -> Result<Option<AttendantFact>, StoreError> {
    Ok(match command {
        AttendantCommand::Pin(question, typed) => {
            Some(AttendantFact::Pin(question, check(store, pin, &typed)?))
        }
        AttendantCommand::Overview(question) => Some(AttendantFact::Overview(
            question,
            store.counts()?,
            free_mb(store.folder()),
        )),
        AttendantCommand::Queue(question) => Some(AttendantFact::Queue(question, store.queue()?)),
        AttendantCommand::Release(id) => {
            store.release(id)?;
            store.audit("release", &id.short(), clock::utc())?;
            Some(AttendantFact::Released)
        }
        AttendantCommand::Calibration(question, kept) => {
            store.keep_calibration(&kept)?;
            Some(AttendantFact::Calibrated(question, kept))
        }
        AttendantCommand::Audit(what) => {
            store.audit(what, "", clock::utc())?;
            None
        }
    })
}

/// How many wrong PINs in a row the store remembers.
pub fn wrong_pins(store: &Store) -> Result<u32, StoreError> {
    store.wrong_tries(WrongTries::Pin, ATTENDANT)
}

/// Wrong tries are counted in the store, so that pulling the plug does not give new ones.
fn check(store: &Store, pin: &AttendantPin, typed: &str) -> Result<Result<(), u32>, StoreError> {
    if pin.matches(typed) {
        store.forget_wrong(WrongTries::Pin, ATTENDANT)?;
        store.audit("attendant enters", "", clock::utc())?;
        return Ok(Ok(()));
    }
    Ok(Err(store.count_wrong(WrongTries::Pin, ATTENDANT)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_tries_are_counted_until_the_right_pin() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let pin = AttendantPin::hash("246810").unwrap();
        assert_eq!(check(&store, &pin, "111111").unwrap(), Err(1));
        assert_eq!(check(&store, &pin, "222222").unwrap(), Err(2));
        assert_eq!(check(&store, &pin, "246810").unwrap(), Ok(()));
        assert_eq!(check(&store, &pin, "111111").unwrap(), Err(1));
    }
}
