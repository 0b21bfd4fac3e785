//! How many histories, from which seed, and how many at the same time.
use std::env;
use std::sync::atomic::{AtomicU64, Ordering};

/// So many lines are printed by a proof that goes on for long.
const TOLD_TIMES: u64 = 20;

/// What was asked for by `PROOF_HISTORIES`, `PROOF_SEED` and `PROOF_JOBS`.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many.
    pub histories: u64,
    /// Of the first.
    pub seed: u64,
    /// At the same time.
    pub jobs: u64,
}

impl Plan {
    /// `usual` histories where nothing else is asked for.
    pub fn asked(usual: u64) -> Self {
        Self {
            histories: number("PROOF_HISTORIES").unwrap_or(usual),
            seed: number("PROOF_SEED").unwrap_or(1),
            jobs: number("PROOF_JOBS").unwrap_or(1).max(1),
        }
    }

    /// One seed a history.
    pub fn seeds(self) -> impl Iterator<Item = u64> {
        (0..self.histories).map(move |n| self.seed.wrapping_add(n))
    }

    /// Goes through all seeds, `together` of them at a time with one and the same `ground`, which is new for each such
    /// group: what a service has seen of one history shall not make another one slow. Gives what came of each group.
    pub fn goes_through<G, T: Send>(
        self,
        together: u64,
        ground: impl Fn() -> G + Sync,
        group: impl Fn(&G, &[u64]) -> T + Sync,
    ) -> Vec<T> {
        let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
        let goes = || {
            let mut came = Vec::new();
            loop {
                let begins = next.fetch_add(together, Ordering::SeqCst);
                let ends = (begins + together).min(self.histories);
                if begins >= ends {
                    return came;
                }
                let seeds: Vec<_> = (begins..ends).map(|n| self.seed.wrapping_add(n)).collect();
                came.push(group(&ground(), &seeds));
                let before = done.fetch_add(ends - begins, Ordering::SeqCst);
                let times = |n: u64| n * TOLD_TIMES / self.histories;
                if times(before) < times(before + ends - begins) {
                    println!(
                        "{} of {} gone through",
                        before + ends - begins,
                        self.histories
                    );
                }
            }
        };
        std::thread::scope(|scope| {
            let jobs: Vec<_> = (0..self.jobs).map(|_| scope.spawn(goes)).collect();
            jobs.into_iter()
                .flat_map(|job| job.join().unwrap())
                .collect()
        })
    }
}

/// A variable that is there and no number stops the proof: it would otherwise prove less than was asked.
fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    assert!(
        text.parse::<u64>().is_ok(),
        "{name} is not a number: {text}"
    );
    text.parse().ok()
}

#[test]
fn every_history_has_a_seed_of_its_own() {
    let plan = Plan {
        histories: 3,
        seed: u64::MAX,
        jobs: 2,
    };
    assert_eq!(plan.seeds().collect::<Vec<_>>(), [u64::MAX, 0, 1]);
    let groups = plan.goes_through(2, || (), |(), seeds| seeds.to_vec());
    let mut all: Vec<_> = groups.into_iter().flatten().collect();
    all.sort_unstable();
    assert_eq!(all, [0, 1, u64::MAX]);
}
