//! A slot that holds the latest value for one consumer. What is not taken in time is replaced, never
//! queued: a live picture is worth showing now or not at all. Facts do not go through here.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Called after a value was put, from the thread that put it; must be quick.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// A latest-value slot; clones share it.
pub struct Latest<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    slot: Mutex<Slot<T>>,
    filled: Condvar,
    wake: Option<Wake>,
}

struct Slot<T> {
    value: Option<T>,
    closed: bool,
}

impl<T> Clone for Latest<T> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self::with(None)
    }
}

impl<T> Latest<T> {
    /// An empty slot whose consumer waits in [`Latest::wait`].
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty slot whose consumer is woken.
    pub fn waking(wake: Wake) -> Self {
        Self::with(Some(wake))
    }

    fn with(wake: Option<Wake>) -> Self {
        let slot = Mutex::new(Slot {
            value: None,
            closed: false,
        });
        Self {
            shared: Arc::new(Shared {
                slot,
                filled: Condvar::new(),
                wake,
            }),
        }
    }

    /// Replaces what is in the slot.
    pub fn put(&self, value: T) {
        self.store(value);
        self.wake();
    }

    /// As [`Latest::put`], but the consumer is not woken yet: for callers that hold a lock.
    pub(super) fn store(&self, value: T) {
        let older = self.lock().value.replace(value);
        self.shared.filled.notify_one();
        // a picture is freed outside the lock
        drop(older);
    }

    pub(super) fn wake(&self) {
        if let Some(wake) = &self.shared.wake {
            wake();
        }
    }

    /// Takes what is there.
    pub fn take(&self) -> Option<T> {
        self.lock().value.take()
    }

    /// Waits for a value; `None` once the slot is closed.
    pub fn wait(&self) -> Option<T> {
        let waiting = self
            .shared
            .filled
            .wait_while(self.lock(), |slot| slot.value.is_none() && !slot.closed);
        let mut slot = waiting.unwrap_or_else(PoisonError::into_inner);
        if slot.closed { None } else { slot.value.take() }
    }

    /// Drops what is there.
    pub fn clear(&self) {
        drop(self.take());
    }

    /// Ends all waiting, now and later.
    pub fn close(&self) {
        let mut slot = self.lock();
        slot.closed = true;
        slot.value = None;
        self.shared.filled.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Slot<T>> {
        // a slot is whole after each statement, a panic elsewhere cannot have broken it
        self.shared
            .slot
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn holds_the_latest_only() {
        let woken = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&woken);
        let slot = Latest::waking(Arc::new(move || {
            counter.fetch_add(1, Ordering::SeqCst);
        }));
        slot.put(1);
        slot.put(2);
        assert_eq!(slot.take(), Some(2));
        assert_eq!(slot.take(), None);
        assert_eq!(woken.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn waiting_ends_with_a_value_or_with_the_slot() {
        let slot = Latest::new();
        let consumer = slot.clone();
        let (sender, seen) = std::sync::mpsc::sync_channel(2);
        let waiting = super::super::spawn(
            "waiting",
            |_| (),
            move || {
                for _ in 0..2 {
                    sender.send(consumer.wait()).unwrap();
                }
            },
        );
        slot.put(5);
        assert_eq!(seen.recv().unwrap(), Some(5));
        slot.close();
        assert_eq!(seen.recv().unwrap(), None);
        waiting.unwrap().join().unwrap();
        assert_eq!(slot.wait(), None);
    }
}
