//! One named thread each, around the pure rooms. A worker is told what to do through small methods,
//! answers with facts through a bounded channel and with pictures through a latest-value slot, never sees
//! the window (it is given a closure that wakes it), and ends when its handle is dropped.
//!
//! Nothing is decided here: rules live in `vision`, order in `session`, money in `store`.

mod album;
mod analysis;
pub mod attendant;
pub mod backoff;
mod burst;
mod camera;
mod capture;
mod clerk;
mod codes;
mod delivery;
mod desk;
pub mod enrolment;
pub mod http;
pub mod import;
pub mod latest;
mod manifest;
mod mirror;
pub mod payment;
mod portrait;
pub mod service;
mod sign_in;
mod source;
mod studio;
mod sync;
mod trouble;
pub mod vision;
pub mod voice;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread::{Builder, JoinHandle};

pub use desk::CameraState;
pub use latest::{Latest, Wake};
pub use portrait::{FaceOutline, Findings, Judging};
pub use source::camera_source;
pub use studio::{PhotoWish, Standardized, StudioError};
pub use vision::{VisionFact, VisionWorkers};

/// Starts a thread that carries its name in panics and in `top`. Should `work` panic, `lost` is told the
/// name: a worker that is gone must be seen, not missed.
pub fn spawn(
    name: &'static str,
    lost: impl FnOnce(&'static str) + Send + 'static,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    Builder::new().name(name.to_owned()).spawn(move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            tracing::error!(worker = name, "a worker panicked");
            lost(name);
        }
    })
}

/// Where a worker's facts go: a bounded channel, so that none is lost and none piles up, and a wake so
/// that they are read at once.
pub struct Facts<T> {
    sender: SyncSender<T>,
    wake: Wake,
}

impl<T> Clone for Facts<T> {
    fn clone(&self) -> Self {
        Self {
            sender: self.sender.clone(),
            wake: Wake::clone(&self.wake),
        }
    }
}

impl<T> Facts<T> {
    /// Facts into `sender`.
    pub fn new(sender: SyncSender<T>, wake: Wake) -> Self {
        Self { sender, wake }
    }

    /// Tells a fact, waiting while the channel is full. After the other end is gone nobody wants to know.
    pub fn tell(&self, fact: T) {
        if self.sender.send(fact).is_ok() {
            self.wake();
        }
    }

    /// As [`Facts::tell`] for the thread that reads the facts: waiting for itself it would wait for ever.
    /// A full channel then means that it does not read, and nothing is owed to it.
    pub fn tell_at_once(&self, fact: T) {
        if self.offer(fact).is_ok() {
            self.wake();
        } else {
            tracing::error!("nobody reads the facts; one is lost");
        }
    }

    /// Puts a fact into the channel without waiting and without waking: for callers that hold a lock.
    ///
    /// # Errors
    /// The fact, where there is no room for it now.
    pub(in crate::workers) fn offer(&self, fact: T) -> Result<(), T> {
        match self.sender.try_send(fact) {
            Err(TrySendError::Full(fact)) => Err(fact),
            Ok(()) | Err(TrySendError::Disconnected(_)) => Ok(()),
        }
    }

    pub(in crate::workers) fn wake(&self) {
        (self.wake)();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn a_panic_is_told_with_the_name() {
        let (sender, lost) = sync_channel(1);
        let worker = spawn(
            "brittle",
            move |name| sender.send(name).unwrap(),
            || panic!("on purpose"),
        )
        .unwrap();
        worker.join().unwrap();
        assert_eq!(lost.recv().unwrap(), "brittle");
    }

    #[test]
    fn facts_wake_and_outlive_their_reader() {
        let woken = Arc::new(std::sync::atomic::AtomicU32::new(0));
        let counter = Arc::clone(&woken);
        let (sender, receiver) = sync_channel(1);
        let facts = Facts::new(
            sender,
            Arc::new(move || {
                counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            }),
        );
        facts.tell(7);
        assert_eq!(receiver.recv().unwrap(), 7);
        drop(receiver);
        facts.tell(8);
        assert_eq!(woken.load(std::sync::atomic::Ordering::SeqCst), 1);
    }
}
