//! What can happen, drawn from a seed, and the shortest part of it that still breaks something.

use fastrand::Rng;

/// One of the two booths.
pub type BoothNumber = usize;

/// One thing that happens. Numbers are taken modulo what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// The student touches "pay" at a booth.
    Asks(BoothNumber),
    /// The student asks, the worker has its turn, the phone scans what is shown and pays.
    Buys(BoothNumber),
    /// The booth's worker has its turn.
    Works(BoothNumber),
    GivesUp(BoothNumber),
    Leaves(BoothNumber),
    /// The phone scans what the booth shows.
    Scans(BoothNumber),
    /// The phone pays one of the orders whose code it has seen.
    Pays(usize),
    /// The provider's notice comes, late or once more.
    Notice(usize),
    /// The phone opens an order's page and holds what it shows into a booth's camera.
    ShowsReceipt(BoothNumber, usize),
    /// A friend holds up a copy.
    FriendShowsCopy(BoothNumber, usize),
    TypesDigits(BoothNumber, usize),
    GuessesDigits(BoothNumber),
    /// The student has a voucher.
    ShowsVoucher(BoothNumber),
    /// The friend has a copy of it.
    FriendShowsVoucher(BoothNumber),
    Cash(BoothNumber),
    /// Reports out, changes in.
    Syncs(BoothNumber),
    /// The power goes and comes back.
    PowerFails(BoothNumber),
    /// The line of a booth: whole, dead, or dead after the question has arrived.
    Line(BoothNumber, Cut),
    /// The same between service and provider.
    Provider(Cut),
    PriceChanges,
    KeysRotate,
    /// The service's clock jumps ahead: every code has run out.
    ClockJumps,
    /// Somebody of the service gives an order's money back.
    StaffRefunds(usize),
    /// A photo made by the student's right arrives at the service.
    HandsIn,
    /// A reviewer says no: the right stays.
    NotApproved,
    /// A reviewer says yes: from then on nothing goes back.
    Approved,
    /// The desk takes the photo back that is under review: the right stays.
    DeskWithdraws,
    /// The service closes what has run out and pays back what it owes.
    Sweeps,
}

/// Where a line is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cut {
    #[default]
    Whole,
    /// Nothing arrives.
    Before,
    /// It arrives and is done; the answer is lost.
    After,
}

/// The history of a seed.
pub fn history(seed: u64) -> Vec<Happening> {
    let mut dice = Rng::with_seed(seed);
    (0..dice.usize(6..28))
        .map(|_| happening(&mut dice))
        .collect()
}

fn happening(dice: &mut Rng) -> Happening {
    let (booth, which) = (dice.usize(0..2), dice.usize(0..4));
    match dice.u32(0..100) {
        0..6 => Happening::Asks(booth),
        6..14 => Happening::Buys(booth),
        14..26 => Happening::Works(booth),
        26..30 => photo(dice),
        30..40 => Happening::Scans(booth),
        40..52 => Happening::Pays(which),
        52..57 => Happening::Notice(which),
        57..64 => Happening::ShowsReceipt(booth, which),
        64..66 => Happening::FriendShowsCopy(booth, which),
        66..69 => Happening::TypesDigits(booth, which),
        69..70 => Happening::GuessesDigits(booth),
        70..72 => Happening::ShowsVoucher(booth),
        72..73 => Happening::FriendShowsVoucher(booth),
        73..74 => Happening::Cash(booth),
        74..79 => Happening::Syncs(booth),
        79..82 => Happening::PowerFails(booth),
        82..87 => Happening::Line(booth, cut(dice)),
        87..90 => Happening::Provider(cut(dice)),
        90..91 => Happening::PriceChanges,
        91..92 => Happening::KeysRotate,
        92..94 => Happening::ClockJumps,
        94..95 => Happening::StaffRefunds(which),
        95..97 => Happening::Sweeps,
        97..99 => Happening::GivesUp(booth),
        _ => Happening::Leaves(booth),
    }
}

/// What becomes of the photo that was paid for.
fn photo(dice: &mut Rng) -> Happening {
    match dice.u32(0..8) {
        0..4 => Happening::HandsIn,
        4..5 => Happening::NotApproved,
        5..6 => Happening::Approved,
        _ => Happening::DeskWithdraws,
    }
}

fn cut(dice: &mut Rng) -> Cut {
    [Cut::Whole, Cut::Before, Cut::After][dice.usize(0..3)]
}

/// Leaves out whatever is not needed to break it.
pub fn shrunk(happenings: &[Happening], fails: impl Fn(&[Happening]) -> bool) -> Vec<Happening> {
    let mut shortest = happenings.to_vec();
    let mut at = 0;
    while at < shortest.len() {
        let mut shorter = shortest.clone();
        shorter.remove(at);
        if fails(&shorter) {
            shortest = shorter;
            at = 0;
        } else {
            at += 1;
        }
    }
    shortest
}

#[test]
fn shrinking_finds_the_two_that_matter() {
    let long: Vec<_> = (1..40)
        .map(history)
        .find(|h| h.contains(&Happening::PriceChanges) && h.contains(&Happening::KeysRotate))
        .unwrap_or_else(|| {
            vec![
                Happening::PriceChanges,
                Happening::Sweeps,
                Happening::KeysRotate,
            ]
        });
    let both = |h: &[Happening]| {
        h.contains(&Happening::PriceChanges) && h.contains(&Happening::KeysRotate)
    };
    assert_eq!(shrunk(&long, both).len(), 2);
}
