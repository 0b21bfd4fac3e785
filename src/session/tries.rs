//! How often the last four characters were typed wrong, by enrolment. Outlives the session, and by way of
//! the store a restart: else walking away, or pulling the plug, would give three more tries. Holds opaque
//! references only, and not for long.

use crate::domain::StudentRef;
use std::fmt;
use std::time::{Duration, Instant};

/// After this long without a try, they are forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(30);

/// Wrong tries of the last half hour.
#[derive(Default)]
pub struct Tries(Vec<Wrong>);

struct Wrong {
    student: StudentRef,
    times: u8,
    last: Instant,
}

impl fmt::Debug for Tries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tries({})", self.0.len())
    }
}

impl Tries {
    /// What was counted before the booth was started again; the time begins anew.
    pub fn recall(&mut self, counted: Vec<(StudentRef, u8)>, now: Instant) {
        self.0 = counted
            .into_iter()
            .map(|(student, times)| Wrong {
                student,
                times,
                last: now,
            })
            .collect();
    }

    /// Tries left of so many allowed.
    pub fn left(&mut self, student: &StudentRef, allowed: u8, now: Instant) -> u8 {
        self.0
            .retain(|w| now.saturating_duration_since(w.last) < FORGOTTEN_AFTER);
        let wrong = self.0.iter().find(|w| w.student == *student);
        allowed.saturating_sub(wrong.map_or(0, |w| w.times))
    }

    /// One more wrong try.
    pub fn wrong(&mut self, student: &StudentRef, now: Instant) {
        if let Some(known) = self.0.iter_mut().find(|w| w.student == *student) {
            known.times = known.times.saturating_add(1);
            known.last = now;
        } else {
            self.0.push(Wrong {
                student: student.clone(),
                times: 1,
                last: now,
            });
        }
    }

    /// The right ones were typed, or an attendant helped. Says whether there was anything to forget.
    pub fn forget(&mut self, student: &StudentRef) -> bool {
        let before = self.0.len();
        self.0.retain(|w| w.student != *student);
        self.0.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_counted_by_enrolment_and_forgotten_in_time() {
        let now = crate::clock::now();
        let (one, two) = (StudentRef::new("1"), StudentRef::new("2"));
        let mut tries = Tries::default();
        for left in [3, 2, 1, 0, 0] {
            assert_eq!(tries.left(&one, 3, now), left);
            tries.wrong(&one, now);
        }
        assert_eq!(tries.left(&two, 3, now), 3);
        assert_eq!(tries.left(&one, 3, now + FORGOTTEN_AFTER), 3);
        tries.recall(vec![(two.clone(), 2)], now);
        assert_eq!(tries.left(&two, 3, now), 1);
        assert!(tries.forget(&two) && !tries.forget(&two));
    }
}
