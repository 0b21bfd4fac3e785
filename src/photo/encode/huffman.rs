//! The shortest codes for what a photo holds: how often each symbol comes decides how long its code is.

/// Symbols of a table.
const SYMBOLS: usize = 256;
/// The longest code that JPEG knows.
const LONGEST: usize = 16;

/// How often each symbol comes.
#[derive(Clone)]
pub struct Counts([u32; SYMBOLS]);

impl Counts {
    /// Nothing came yet.
    pub const NONE: Self = Self([0; SYMBOLS]);

    /// A symbol came.
    pub fn add(&mut self, symbol: u8) {
        self.0[usize::from(symbol)] += 1;
    }

    fn of(&self, symbol: u8) -> u32 {
        self.0[usize::from(symbol)]
    }
}

/// A code for each symbol that comes.
pub struct Table {
    /// How many codes there are of each length, from 1 on.
    pub of_length: [u8; LONGEST],
    /// The symbols, those with short codes first.
    pub symbols: Vec<u8>,
    codes: [(u16, u8); SYMBOLS],
}

impl Table {
    /// The best table for these counts.
    pub fn best(counts: &Counts) -> Self {
        let mut symbols: Vec<u8> = (0..=u8::MAX).filter(|s| counts.of(*s) > 0).collect();
        // the more often, the shorter; equally often: in their order
        symbols.sort_by_key(|s| std::cmp::Reverse(counts.of(*s)));
        let heights: Vec<u64> = symbols.iter().map(|s| u64::from(counts.of(*s))).collect();
        let of_length = lengths(&heights);
        let mut codes = [(0, 0); SYMBOLS];
        let mut next = symbols.iter();
        let mut code = 0_u16;
        for (length, count) in (1..).zip(of_length) {
            for symbol in next.by_ref().take(usize::from(count)) {
                codes[usize::from(*symbol)] = (code, length);
                code += 1;
            }
            code <<= 1;
        }
        Self {
            of_length,
            symbols,
            codes,
        }
    }

    /// The code of a symbol and its length in bits.
    pub fn code(&self, symbol: u8) -> (u16, u8) {
        self.codes[usize::from(symbol)]
    }
}

/// How many codes of each length are best for symbols that come so often, often ones first.
///
/// Package-merge (Larmore and Hirschberg 1990), which no length exceeds. One more symbol that never comes takes the code
/// of all ones, which JPEG keeps free; being last, it is the last of the longest.
fn lengths(heights: &[u64]) -> [u8; LONGEST] {
    let mut leaves: Vec<(u64, Vec<usize>)> = heights
        .iter()
        .enumerate()
        .map(|(k, height)| (*height, vec![k]))
        .collect();
    leaves.push((0, vec![heights.len()]));
    leaves.sort_by_key(|(height, _)| *height);
    let mut packages = leaves.clone();
    for _ in 1..LONGEST {
        let pairs = packages.chunks_exact(2).map(|pair| {
            (
                pair[0].0 + pair[1].0,
                [pair[0].1.as_slice(), &pair[1].1].concat(),
            )
        });
        packages = pairs.chain(leaves.iter().cloned()).collect();
        packages.sort_by_key(|(height, _)| *height);
    }
    let mut length = vec![0_usize; heights.len() + 1];
    for (_, members) in packages.iter().take(2 * heights.len()) {
        for member in members {
            length[*member] += 1;
        }
    }
    let mut of_length = [0; LONGEST];
    for length in length {
        of_length[length.max(1) - 1] += 1;
    }
    // the code of all ones stays free
    if let Some(longest) = of_length.iter_mut().rev().find(|count| **count > 0) {
        *longest -= 1;
    }
    of_length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(heights: &[u32]) -> Table {
        let mut counts = Counts::NONE;
        counts.0[..heights.len()].copy_from_slice(heights);
        Table::best(&counts)
    }

    /// Codes fit: none is the beginning of another, none is of ones only, none is too long.
    fn is_sound(table: &Table) -> bool {
        let codes: Vec<(u16, u8)> = table.symbols.iter().map(|s| table.code(*s)).collect();
        codes.iter().enumerate().all(|(k, (code, length))| {
            let begins = |(other, longer): &(u16, u8)| {
                longer >= length && other >> (longer - length) == *code
            };
            *length >= 1
                && usize::from(*length) <= LONGEST
                && u32::from(*code) != (1 << length) - 1
                && codes.iter().skip(k + 1).all(|other| !begins(other))
        })
    }

    #[test]
    fn often_means_short_and_the_codes_are_sound() {
        let table = table(&[50, 25, 12, 6, 3]);
        assert!(is_sound(&table));
        assert_eq!(table.symbols, [0, 1, 2, 3, 4]);
        let lengths: Vec<u8> = (0..5).map(|s| table.code(s).1).collect();
        assert_eq!(lengths, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn no_code_is_too_long_however_uneven_the_counts() {
        let mut fibonacci = vec![1_u32, 1];
        while fibonacci.len() < 40 {
            fibonacci.push(fibonacci[fibonacci.len() - 1] + fibonacci[fibonacci.len() - 2]);
        }
        assert!(is_sound(&table(&fibonacci)));
        assert!(is_sound(&table(&[7; 256])));
        assert!(is_sound(&table(&[0, 0, 3])));
    }
}
