//! Breaks good bytes the way the world does: bits flip, ends are missing, lengths lie, parts are swapped.

use fastrand::Rng;

/// Lengths and counts that parsers stumble over.
const LIES: [[u8; 4]; 5] = [
    [0; 4],
    [0xff; 4],
    [0x7f, 0xff, 0xff, 0xff],
    [0x80, 0, 0, 0],
    [0, 0, 0, 1],
];

/// One of the seeds, broken in one to four ways.
pub fn mutated(seeds: &[Vec<u8>], dice: &mut Rng) -> Vec<u8> {
    let mut bytes = dice.choice(seeds).cloned().unwrap_or_default();
    for _ in 0..dice.usize(1..=4) {
        let other = dice.choice(seeds).map(Vec::as_slice).unwrap_or_default();
        break_once(&mut bytes, other, dice);
    }
    bytes
}

fn break_once(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Rng) {
    if bytes.is_empty() {
        bytes.extend((0..dice.usize(1..64)).map(|_| dice.u8(..)));
        return;
    }
    let at = place(bytes.len(), dice);
    match dice.u8(0..8) {
        0 => bytes[at] ^= 1 << dice.u8(0..8),
        1 => bytes[at] = dice.u8(..),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..(at + dice.usize(1..=64)).min(bytes.len()))),
        4 => bytes.insert(at, dice.u8(..)),
        5 => {
            let lie = LIES[dice.usize(0..LIES.len())];
            bytes
                .iter_mut()
                .skip(at)
                .zip(lie)
                .for_each(|(byte, lie)| *byte = lie);
        }
        6 => {
            let from = place(other.len().max(1), dice).min(other.len());
            bytes.truncate(at);
            bytes.extend(&other[from..]);
        }
        _ => {
            let end = (at + dice.usize(1..=256)).min(bytes.len());
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
    }
}

/// Mostly near the start, where headers are.
fn place(len: usize, dice: &mut Rng) -> usize {
    let near = dice.bool();
    dice.usize(0..if near { len.min(64) } else { len })
}
