//! Eight by eight samples, or the frequencies in them.

use std::sync::LazyLock;

/// Samples each way.
pub const SIDE: usize = 8;
/// Samples of a block.
pub const AREA: usize = SIDE * SIDE;

/// Samples or frequencies, row by row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block(pub [f32; AREA]);

/// The waves: `WAVES[u][x]`, orthonormal, so that errors weigh as much in frequencies as in samples (ITU-T T.81, A.3.3).
static WAVES: LazyLock<[[f32; SIDE]; SIDE]> = LazyLock::new(|| {
    let wave = |u: usize, x: usize| {
        let height = if u == 0 { 0.125_f64.sqrt() } else { 0.5 };
        (height * (((2 * x + 1) * u) as f64 * std::f64::consts::PI / 16.0).cos()) as f32
    };
    std::array::from_fn(|u| std::array::from_fn(|x| wave(u, x)))
});

/// The same, sample by sample: `TURNED_WAVES[x][u]`.
static TURNED_WAVES: LazyLock<[[f32; SIDE]; SIDE]> =
    LazyLock::new(|| std::array::from_fn(|x| WAVES.map(|wave| wave[x])));

/// Each frequency as the samples that it alone makes.
static PATTERNS: LazyLock<Vec<Block>> = LazyLock::new(|| {
    let waves = &*WAVES;
    (0..AREA)
        .map(|k| Block::from_fn(|x, y| waves[k / SIDE][y] * waves[k % SIDE][x]))
        .collect()
});

/// The samples that a frequency of height 1 makes.
pub fn pattern(frequency: usize) -> &'static Block {
    &PATTERNS[frequency]
}

impl Block {
    /// All zero.
    pub const ZERO: Self = Self([0.0; AREA]);

    /// A block of `value(x, y)`.
    #[inline(always)]
    pub fn from_fn(value: impl Fn(usize, usize) -> f32) -> Self {
        Self(std::array::from_fn(|k| value(k % SIDE, k / SIDE)))
    }

    /// The frequencies in these samples.
    #[inline(always)]
    pub fn frequencies(&self) -> Self {
        self.across().turned().across().turned()
    }

    /// The samples that these frequencies make.
    #[inline(always)]
    pub fn samples(&self) -> Self {
        self.along().turned().along().turned()
    }

    /// Sample by sample.
    #[inline(always)]
    pub fn times(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|k| self.0[k] * other.0[k]))
    }

    /// Adds `height` times another block.
    #[inline(always)]
    pub fn add(&mut self, height: f32, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine += height * theirs;
        }
    }

    /// The frequencies in each row.
    #[inline(always)]
    fn across(&self) -> Self {
        self.row_by_row(&TURNED_WAVES)
    }

    /// The samples of each row of frequencies.
    #[inline(always)]
    fn along(&self) -> Self {
        self.row_by_row(&WAVES)
    }

    /// Each row as the sum of `parts` times its numbers.
    #[inline(always)]
    fn row_by_row(&self, parts: &[[f32; SIDE]; SIDE]) -> Self {
        let mut result = Self::ZERO;
        let rows = result.0.as_chunks_mut::<SIDE>().0.iter_mut();
        for (row, out) in self.0.as_chunks::<SIDE>().0.iter().zip(rows) {
            for (height, part) in row.iter().zip(parts) {
                for (value, part) in out.iter_mut().zip(part) {
                    *value += height * part;
                }
            }
        }
        result
    }

    #[inline(always)]
    fn turned(&self) -> Self {
        Self::from_fn(|x, y| self.0[x * SIDE + y])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_make_the_samples_again() {
        let samples = Block::from_fn(|x, y| (x * x + 3 * y) as f32 - 20.0);
        let frequencies = samples.frequencies();
        let mut again = Block::ZERO;
        for (k, height) in frequencies.0.iter().enumerate() {
            again.add(*height, pattern(k));
        }
        let whole = frequencies.samples();
        for ((a, b), c) in again.0.iter().zip(&samples.0).zip(&whole.0) {
            assert!(
                (a - b).abs() < 1e-3 && (c - b).abs() < 1e-3,
                "{a}, {c} for {b}"
            );
        }
        // a flat block has its mean, eight times, and nothing else
        let flat = Block::from_fn(|_, _| 5.0).frequencies();
        assert!((flat.0[0] - 40.0).abs() < 1e-3 && flat.0[1..].iter().all(|v| v.abs() < 1e-3));
    }
}
