//! Which submission is tried next: the oldest first, those that failed behind the others, each after its own waiting.

use super::super::backoff::{Backoff, Pace};
use crate::clock;
use crate::domain::SubmissionId;
use crate::store::Waiting;
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

/// What is known of the tries of this life of the booth; what waits, the store knows, and is asked page by page: a
/// backlog of a month costs a delivery no more than a backlog of one.
#[derive(Debug)]
pub(super) struct Tries {
    pace: Pace,
    /// What failed, each with its own waiting; gone once it is delivered.
    failed: HashMap<SubmissionId, Failed>,
    under_way: HashSet<SubmissionId>,
    /// Whatever waits up to here has failed or is under way.
    begun_to: u64,
    /// Between two tries that failed.
    rest_until: Option<Instant>,
    flows: bool,
}

#[derive(Debug)]
struct Failed {
    sequence: u64,
    backoff: Backoff,
}

impl Tries {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            failed: HashMap::new(),
            under_way: HashSet::new(),
            begun_to: 0,
            rest_until: None,
            flows: false,
        }
    }

    /// The last try went well: several may be under way at once.
    pub const fn flows(&self) -> bool {
        self.flows
    }

    /// Looks through the backlog from its beginning: an attendant may have released an old one.
    pub const fn begin_at_the_oldest(&mut self) {
        self.begun_to = 0;
    }

    /// Whatever waits for its time may be tried now. Where the service asked to be left alone, it is.
    pub fn hurry(&mut self) {
        self.failed.retain(|_, failed| {
            failed.backoff.hurry();
            !failed.backoff.is_due()
        });
        self.begun_to = 0;
        self.rest_until = None;
    }

    /// After a try that failed nothing is tried for a moment, whatever is due.
    pub fn rests(&self) -> bool {
        self.rest_until.is_some_and(|until| clock::now() < until)
    }

    /// The next one, from now on under way; `None` where nothing is due. `backlog` gives some of what waits behind a
    /// place in the order of confirming, oldest first, nothing where nothing is left.
    pub fn begin<E>(
        &mut self,
        backlog: impl Fn(u64) -> Result<Vec<Waiting>, E>,
    ) -> Result<Option<Waiting>, E> {
        if self.rests() {
            return Ok(None);
        }
        let untried = self.untried(self.begun_to, backlog)?;
        let again = self.due_again();
        let is_first = |untried: &Waiting| {
            again.is_none_or(|(failures, again)| (0, untried.sequence) < (failures, again.sequence))
        };
        let next = if untried.as_ref().is_some_and(is_first) {
            self.begun_to = untried.map_or(self.begun_to, |item| item.sequence);
            untried
        } else {
            again.map(|(_, item)| item)
        };
        self.under_way.extend(next.map(|item| item.id));
        Ok(next)
    }

    /// The oldest that waits behind `after` and was not tried yet.
    fn untried<E>(
        &self,
        mut after: u64,
        backlog: impl Fn(u64) -> Result<Vec<Waiting>, E>,
    ) -> Result<Option<Waiting>, E> {
        let is_untried = |item: &&Waiting| {
            !self.failed.contains_key(&item.id) && !self.under_way.contains(&item.id)
        };
        loop {
            let page = backlog(after)?;
            let Some(last) = page.last() else {
                return Ok(None);
            };
            after = last.sequence;
            if let Some(item) = page.iter().find(is_untried) {
                return Ok(Some(*item));
            }
        }
    }

    /// Of what failed and is due again, what failed least; the oldest of those.
    fn due_again(&self) -> Option<(u32, Waiting)> {
        let due = self
            .failed
            .iter()
            .filter(|(id, failed)| failed.backoff.is_due() && !self.under_way.contains(id));
        let (id, failed) =
            due.min_by_key(|(_, failed)| (failed.backoff.failures(), failed.sequence))?;
        let item = Waiting {
            id: *id,
            sequence: failed.sequence,
        };
        Some((failed.backoff.failures(), item))
    }

    /// It is delivered, or held for a person.
    pub fn ended(&mut self, id: SubmissionId) {
        self.forget(id);
        self.rest_until = None;
        self.flows = true;
    }

    /// It does not wait any more, for a reason of its own.
    pub fn forget(&mut self, id: SubmissionId) {
        self.under_way.remove(&id);
        self.failed.remove(&id);
    }

    /// It failed: later, behind the others. `asked` is how long the service asked to be left alone.
    pub fn failed(&mut self, item: Waiting, asked: Option<Duration>) {
        self.under_way.remove(&item.id);
        let failed = self.failed.entry(item.id).or_insert(Failed {
            sequence: item.sequence,
            backoff: Backoff::new(self.pace),
        });
        failed.backoff.failed(asked);
        self.stop();
    }

    /// Nothing more for a moment, and then one at a time.
    pub fn stop(&mut self) {
        self.rest_until = Some(clock::now() + self.pace.least);
        self.flows = false;
    }

    /// When something may be due; `None` if nothing waits.
    pub fn next_due<E>(
        &self,
        backlog: impl Fn(u64) -> Result<Vec<Waiting>, E>,
    ) -> Result<Option<Instant>, E> {
        let untried = self.untried(0, backlog)?.map(|_| clock::now());
        let again = self
            .failed
            .values()
            .map(|failed| failed.backoff.not_before());
        let again = again.map(|at| at.unwrap_or_else(clock::now)).min();
        let earliest = untried.into_iter().chain(again).min();
        Ok(earliest.map(|at| self.rest_until.map_or(at, |rest| rest.max(at))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::convert::Infallible;

    /// What waits, a page at a time; counts how often it is asked.
    struct Backlog {
        numbers: Vec<u64>,
        asked: Cell<usize>,
    }

    fn waiting(numbers: impl IntoIterator<Item = u64>) -> Backlog {
        Backlog {
            numbers: numbers.into_iter().collect(),
            asked: Cell::new(0),
        }
    }

    impl Backlog {
        fn after(&self, sequence: u64) -> Vec<Waiting> {
            self.asked.set(self.asked.get() + 1);
            let behind = self.numbers.iter().filter(|number| **number > sequence);
            behind.take(2).map(|number| item(*number)).collect()
        }

        fn begins(&self, tries: &mut Tries) -> Option<u64> {
            let Ok(begun) = tries.begin(|after| Ok::<_, Infallible>(self.after(after)));
            begun.map(|item| item.sequence)
        }
    }

    fn item(n: u64) -> Waiting {
        Waiting {
            id: SubmissionId::from_bytes(u128::from(n).to_be_bytes()),
            sequence: n,
        }
    }

    /// No waiting at all: the order alone is looked at.
    const AT_ONCE: Pace = Pace {
        least: Duration::ZERO,
        most: Duration::ZERO,
    };

    #[test]
    fn nothing_is_under_way_twice_and_what_failed_goes_behind_the_others() {
        let mut tries = Tries::new(AT_ONCE);
        let all = waiting(1..=5);
        assert_eq!(all.begins(&mut tries), Some(1));
        assert_eq!(all.begins(&mut tries), Some(2));
        tries.failed(item(1), None);
        assert!(!tries.flows());
        for untried in 3..=5 {
            assert_eq!(all.begins(&mut tries), Some(untried));
        }
        assert_eq!(all.begins(&mut tries), Some(1), "after the others");
        assert_eq!(all.begins(&mut tries), None, "all of them are under way");
        tries.ended(item(3).id);
        assert!(tries.flows());
    }

    #[test]
    fn what_failed_less_often_comes_before_what_failed_more_often() {
        let mut tries = Tries::new(AT_ONCE);
        let all = waiting(1..=3);
        for begun in [1, 2, 3] {
            assert_eq!(all.begins(&mut tries), Some(begun));
            tries.failed(item(begun), None);
        }
        assert_eq!(all.begins(&mut tries), Some(1));
        tries.failed(item(1), None);
        assert_eq!(all.begins(&mut tries), Some(2));
        tries.failed(item(2), None);
        assert_eq!(all.begins(&mut tries), Some(3));
    }

    #[test]
    fn what_an_attendant_released_is_found_though_it_is_older() {
        let mut tries = Tries::new(AT_ONCE);
        assert_eq!(waiting([2, 3]).begins(&mut tries), Some(2));
        tries.ended(item(2).id);
        tries.begin_at_the_oldest();
        assert_eq!(waiting([1, 3]).begins(&mut tries), Some(1));
    }

    #[test]
    fn a_long_backlog_is_not_read_again_for_each_delivery() {
        let mut tries = Tries::new(AT_ONCE);
        let mut all = waiting(1..=1000);
        for n in 1..=500 {
            assert_eq!(all.begins(&mut tries), Some(n));
            all.numbers.remove(0);
            tries.ended(item(n).id);
        }
        assert_eq!(all.asked.get(), 500, "one page a delivery");
    }

    #[test]
    fn after_a_failure_everything_rests_until_somebody_hurries() {
        let slow = Duration::from_hours(1);
        let mut tries = Tries::new(Pace {
            least: slow,
            most: slow,
        });
        let all = waiting(1..=2);
        assert_eq!(all.begins(&mut tries), Some(1));
        tries.failed(item(1), None);
        assert!(tries.rests() && all.begins(&mut tries).is_none());
        let Ok(due) = tries.next_due(|after| Ok::<_, Infallible>(all.after(after)));
        assert!(due.is_some_and(|due| due > clock::now()));
        tries.hurry();
        assert_eq!(all.begins(&mut tries), Some(1));
    }

    #[test]
    fn where_nothing_waits_nothing_is_due() {
        let Ok(due) =
            Tries::new(AT_ONCE).next_due(|after| Ok::<_, Infallible>(waiting([]).after(after)));
        assert_eq!(due, None);
    }

    #[test]
    fn a_wish_of_the_service_outlasts_a_hurry_and_holds_up_no_other() {
        let mut tries = Tries::new(Pace {
            most: Duration::from_hours(1),
            ..AT_ONCE
        });
        let all = waiting(1..=2);
        assert_eq!(all.begins(&mut tries), Some(1));
        tries.failed(item(1), Some(Duration::from_hours(1)));
        tries.hurry();
        assert_eq!(all.begins(&mut tries), Some(2));
        assert_eq!(all.begins(&mut tries), None);
    }
}
