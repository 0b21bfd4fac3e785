//! Which submission is tried next: the oldest first, those that failed behind the others, each after its own waiting.

use super::super::backoff::{Backoff, Pace};
use crate::clock;
use crate::domain::SubmissionId;
use crate::store::Waiting;
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

/// What is known of the tries of this life of the booth; what waits, the store knows.
#[derive(Debug)]
pub(super) struct Tries {
    pace: Pace,
    /// Each item's own waiting; gone once it is delivered.
    items: HashMap<SubmissionId, Backoff>,
    under_way: HashSet<SubmissionId>,
    /// Between two tries that failed.
    rest_until: Option<Instant>,
    flows: bool,
}

impl Tries {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            items: HashMap::new(),
            under_way: HashSet::new(),
            rest_until: None,
            flows: false,
        }
    }

    /// The last try went well: several may be under way at once.
    pub const fn flows(&self) -> bool {
        self.flows
    }

    /// Whatever waits for its time may be tried now. Where the service asked to be left alone, it is.
    pub fn hurry(&mut self) {
        self.items.values_mut().for_each(Backoff::hurry);
        self.rest_until = None;
    }

    /// After a try that failed nothing is tried for a moment, whatever is due.
    pub fn rests(&self) -> bool {
        self.rest_until.is_some_and(|until| clock::now() < until)
    }

    /// The next one of what waits, from now on under way; `None` where nothing is due.
    pub fn begin(&mut self, waiting: &[Waiting]) -> Option<SubmissionId> {
        if self.rests() {
            return None;
        }
        self.items
            .retain(|id, _| waiting.iter().any(|item| item.id == *id));
        let failures = |item: &Waiting| self.items.get(&item.id).map_or(0, Backoff::failures);
        let is_due = |item: &&Waiting| self.items.get(&item.id).is_none_or(Backoff::is_due);
        let id = waiting
            .iter()
            .filter(|item| !self.under_way.contains(&item.id))
            .filter(is_due)
            .min_by_key(|item| (failures(item), item.sequence))?
            .id;
        self.under_way.insert(id);
        Some(id)
    }

    /// It is delivered, or held for a person.
    pub fn ended(&mut self, id: SubmissionId) {
        self.under_way.remove(&id);
        self.items.remove(&id);
        self.rest_until = None;
        self.flows = true;
    }

    /// It failed: later, behind the others. `asked` is how long the service asked to be left alone.
    pub fn failed(&mut self, id: SubmissionId, asked: Option<Duration>) {
        self.under_way.remove(&id);
        self.items
            .entry(id)
            .or_insert(Backoff::new(self.pace))
            .failed(asked);
        self.stop();
    }

    /// Nothing more for a moment, and then one at a time.
    pub fn stop(&mut self) {
        self.rest_until = Some(clock::now() + self.pace.least);
        self.flows = false;
    }

    /// When something may be due; `None` if nothing waits.
    pub fn next_due(&self, waiting: &[Waiting]) -> Option<Instant> {
        let due = |item: &Waiting| self.items.get(&item.id).and_then(Backoff::not_before);
        let earliest = waiting
            .iter()
            .map(|item| due(item).unwrap_or_else(clock::now))
            .min()?;
        Some(self.rest_until.map_or(earliest, |rest| rest.max(earliest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(numbers: &[u8]) -> Vec<Waiting> {
        let item = |n: &u8| Waiting {
            id: SubmissionId::from_bytes([*n; 16]),
            sequence: u64::from(*n),
            tries: 0,
        };
        numbers.iter().map(item).collect()
    }

    fn id(n: u8) -> SubmissionId {
        SubmissionId::from_bytes([n; 16])
    }

    /// No waiting at all: the order alone is looked at.
    const AT_ONCE: Pace = Pace {
        least: Duration::ZERO,
        most: Duration::ZERO,
    };

    #[test]
    fn nothing_is_under_way_twice_and_what_failed_goes_behind_the_others() {
        let mut tries = Tries::new(AT_ONCE);
        let all = waiting(&[1, 2, 3]);
        assert_eq!(tries.begin(&all), Some(id(1)));
        assert_eq!(tries.begin(&all), Some(id(2)));
        tries.failed(id(1), None);
        assert!(!tries.flows());
        assert_eq!(tries.begin(&all), Some(id(3)));
        assert_eq!(tries.begin(&all), Some(id(1)), "after the others");
        assert_eq!(tries.begin(&all), None, "all of them are under way");
        tries.ended(id(3));
        assert!(tries.flows());
    }

    #[test]
    fn after_a_failure_everything_rests_until_somebody_hurries() {
        let slow = Duration::from_hours(1);
        let mut tries = Tries::new(Pace {
            least: slow,
            most: slow,
        });
        let all = waiting(&[1, 2]);
        assert_eq!(tries.begin(&all), Some(id(1)));
        tries.failed(id(1), None);
        assert!(tries.rests() && tries.begin(&all).is_none());
        assert!(tries.next_due(&all).is_some_and(|due| due > clock::now()));
        assert_eq!(tries.next_due(&[]), None);
        tries.hurry();
        assert_eq!(tries.begin(&all), Some(id(1)));
    }
}
