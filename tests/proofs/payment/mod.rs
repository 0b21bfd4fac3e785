//! Money: paid is a right, a right is paid, and nobody is charged twice for long, whatever crashes, is cut, comes late or
//! comes twice. The real store, payment worker and service are driven step by step; only the line between them, the
//! provider and the student's fingers are the proof's.
//!
//! ```sh
//! PROOF_HISTORIES=1000000 PROOF_SEED=7 cargo test --release --test proofs payment -- --nocapture
//! ```

mod checks;
mod history;
mod photos;
mod provider;
mod world;

use crate::plan::Plan;
use history::{Happening, history, shrunk};
use world::World;

/// Histories that share a world: each has a collection and students of its own.
const A_WORLD: u64 = 250;

#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    histories: u64,
    happenings: u64,
    pub paid: u64,
    pub rights: u64,
    pub paid_back: u64,
    pub refused_proofs: u64,
    pub approved: u64,
}

/// Plays a history; `Err` says what was broken.
fn played(
    world: &mut World,
    seed: u64,
    happenings: &[Happening],
    counts: &mut Counts,
) -> Result<(), String> {
    world.begin(seed);
    for happening in happenings {
        world.happens(*happening);
        counts.happenings += 1;
        checks::always(world)?;
    }
    world.settles_down();
    checks::at_the_end(world, counts)
}

/// Plays these seeds one after the other.
fn played_all(seeds: &[u64]) -> Counts {
    let mut counts = Counts::default();
    let mut world = World::new();
    for (n, seed) in seeds.iter().enumerate() {
        if n as u64 % A_WORLD == A_WORLD - 1 {
            world = World::new();
        }
        let happenings = history(*seed);
        if let Err(broken) = played(&mut world, *seed, &happenings, &mut counts) {
            let fails = |shorter: &[Happening]| {
                played(&mut World::new(), *seed, shorter, &mut Counts::default()).is_err()
            };
            let shortest = shrunk(&happenings, fails);
            panic!(
                "seed {seed}: {broken}\n  PROOF_SEED={seed} PROOF_HISTORIES=1 plays it again; the shortest that breaks:\n  {shortest:?}"
            );
        }
        counts.histories += 1;
    }
    counts
}

#[test]
fn payment_no_history_loses_money_or_gives_it_away() {
    let plan = Plan::asked(10_000);
    let began = gradbooth::clock::now();
    let seeds: Vec<u64> = plan.seeds().collect();
    let hands = std::thread::available_parallelism().map_or(1, usize::from);
    let share = seeds.len().div_ceil(hands).max(1);
    let counts = std::thread::scope(|scope| {
        let begun: Vec<_> = seeds
            .chunks(share)
            .map(|seeds| scope.spawn(|| played_all(seeds)))
            .collect();
        begun
            .into_iter()
            .map(|hand| hand.join().unwrap())
            .fold(Counts::default(), Counts::with)
    });
    println!(
        "payment: seeds {}..={}, {counts:?}, {:.1} s\n  0 paid without entitlement, 0 entitlements without payment, 0 second charges kept",
        plan.seed,
        plan.seed.wrapping_add(plan.histories.saturating_sub(1)),
        began.elapsed().as_secs_f64()
    );
    let reaches_everything =
        counts.paid > 0 && counts.paid_back > 0 && counts.refused_proofs > 0 && counts.approved > 0;
    assert!(reaches_everything || plan.histories < 1_000, "{counts:?}");
}

impl Counts {
    fn with(self, other: Self) -> Self {
        Self {
            histories: self.histories + other.histories,
            happenings: self.happenings + other.happenings,
            paid: self.paid + other.paid,
            rights: self.rights + other.rights,
            paid_back: self.paid_back + other.paid_back,
            refused_proofs: self.refused_proofs + other.refused_proofs,
            approved: self.approved + other.approved,
        }
    }
}

/// Found among a million: a voucher shown by somebody who has paid lets him in at that booth, and the money then goes
/// back before the booth has heard of the payment.
#[test]
fn payment_a_voucher_kept_unspent_stands_in_for_money_that_goes_back() {
    let happenings = [
        Happening::Buys(1),
        Happening::ShowsVoucher(1),
        Happening::Notice(0),
        Happening::Line(1, history::Cut::After),
        Happening::Syncs(1),
        Happening::StaffRefunds(1),
    ];
    let mut counts = Counts::default();
    let broken = played(&mut World::new(), 296_766, &happenings, &mut counts);
    assert_eq!(broken, Ok(()));
    assert_eq!((counts.paid_back, counts.rights, counts.paid), (1, 1, 0));
}

/// A proof that cannot fail proves nothing: the checks see each kind of wrong when it is made by hand.
#[test]
fn payment_the_checks_notice_what_is_wrong() {
    let bought = || {
        let mut world = World::new();
        world.begin(1);
        world.happens(Happening::Buys(0));
        world.settles_down();
        world
    };
    let end = |world: &mut World| checks::at_the_end(world, &mut Counts::default());
    assert_eq!(end(&mut bought()), Ok(()));
    let mut without = bought();
    let erase = "DELETE FROM entitlements";
    without
        .service
        .write_now(|tx| Ok(tx.execute(erase, [])?))
        .unwrap();
    assert!(
        end(&mut without)
            .unwrap_err()
            .starts_with("paid without entitlement")
    );
    let mut unpaid = bought();
    let id = unpaid.orders[0].id;
    unpaid.provider.book().trades.get_mut(&id).unwrap().refunded = true;
    assert!(
        end(&mut unpaid)
            .unwrap_err()
            .starts_with("entitlement without payment")
    );
    unpaid.provider.book().trades.remove(&id);
    assert!(
        checks::always(&unpaid)
            .unwrap_err()
            .contains("nobody has paid")
    );
    let mut standing = bought();
    standing.happens(Happening::HandsIn);
    standing.happens(Happening::Approved);
    standing.happens(Happening::StaffRefunds(0));
    assert_eq!(end(&mut standing), Ok(()), "an approved photo is frozen");
    let order = standing.orders[0].clone();
    let lost = "UPDATE submissions SET state = 'under_review'";
    standing
        .service
        .write_now(|tx| {
            tx.execute(lost, [])?;
            tx.execute(erase, [])?;
            Ok(tx.execute("UPDATE orders SET state = 'refunded'", [])?)
        })
        .unwrap();
    standing
        .provider
        .book()
        .trades
        .get_mut(&order.id)
        .unwrap()
        .refunded = true;
    assert!(
        end(&mut standing)
            .unwrap_err()
            .starts_with("a photo stands")
    );
    let mut twice = bought();
    twice.happens(Happening::Line(1, history::Cut::Before));
    twice.orders.push(twice.orders[0].clone());
    assert!(
        end(&mut twice)
            .unwrap_err()
            .starts_with("a second charge is kept")
    );
}
