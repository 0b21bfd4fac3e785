//! How coarsely light and colour are stored.

use super::block::AREA;

/// The steps of light and colour in ITU-T T.81, annex K, at quality 50: row by row, coarse for what is fine.
#[rustfmt::skip]
const ANNEX_K: [[u16; AREA]; 2] = [
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ],
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ],
];
/// Its coarsest steps ring beside every outline before a flat background. A tenth of them and nine of one even step
/// spend the same bytes where this photo needs them. Either way a table's sum stays below annex K's, so that a reader
/// who estimates quality finds at least ours.
const EVEN_STEP: f32 = 16.0;
const EVEN_SHARE: f32 = 0.9;
/// Colour in slightly finer steps than light: of 22 portraits at one size of file the edge had .1 dE less fringe.
const COLOUR: f32 = 0.9;
/// Steps are whole. While their mean grows from one to the next, those of fine frequencies grow first: this share of the
/// way lies between the finest and the coarsest.
const IN_TURN: f32 = 0.9;

/// The size of all steps, in thousandths of annex K's: smaller is finer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fineness(u16);

impl Fineness {
    /// Quality 98: beyond it only bytes are added.
    pub const FINEST: Self = Self(40);
    /// A portrait's file is mostly full at about this, quality 84.
    pub const USUAL: Self = Self(320);

    /// What a quality from 50 on means by the usual rule.
    pub fn of_quality(quality: u8) -> Self {
        Self(2000 - 20 * u16::from(quality.clamp(50, 100)))
    }

    /// The quality by the usual rule, 50..100, rounded down.
    pub fn quality(self) -> u8 {
        ((2000 - self.0.min(1000)) / 20) as u8
    }

    /// The next one whose steps are smaller.
    pub fn finer(self) -> Self {
        Self(self.0 - 1)
    }

    /// The next one whose steps are larger.
    pub fn coarser(self) -> Self {
        Self(self.0 + 1)
    }

    /// Steps larger by a factor.
    pub fn times(self, factor: f32) -> Self {
        Self((f32::from(self.0) * factor).round().clamp(1.0, 1000.0) as u16)
    }

    /// In the middle of the two.
    pub fn between(self, other: Self) -> Self {
        Self(u16::midpoint(self.0, other.0))
    }

    /// The steps of light and of colour, row by row.
    pub fn steps(self) -> [[u8; AREA]; 2] {
        let size = f32::from(self.0) / 1000.0;
        let table = |annex_k: &[u16; AREA], by: f32| {
            std::array::from_fn(|k| {
                let step = EVEN_SHARE * EVEN_STEP + (1.0 - EVEN_SHARE) * f32::from(annex_k[k]);
                let fine = (k % 8 + k / 8) as f32 / 14.0;
                (step * size * by + 0.5 + IN_TURN * (fine - 0.5))
                    .floor()
                    .clamp(1.0, 255.0) as u8
            })
        };
        [table(&ANNEX_K[0], 1.0), table(&ANNEX_K[1], COLOUR)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_and_steps_go_together() {
        for quality in 60..=98 {
            let fineness = Fineness::of_quality(quality);
            assert_eq!(fineness.quality(), quality);
            let percent = 200 - 2 * u32::from(quality);
            for (steps, annex_k) in fineness.steps().iter().zip(&ANNEX_K) {
                let sum: u32 = steps.iter().map(|step| u32::from(*step)).sum();
                let theirs: u32 = annex_k
                    .iter()
                    .map(|step| (u32::from(*step) * percent + 50) / 100)
                    .sum();
                assert!(sum <= theirs, "quality {quality}: {sum} of {theirs}");
            }
            assert!(
                fineness.finer().steps()[0]
                    .iter()
                    .zip(&fineness.steps()[0])
                    .all(|(a, b)| a <= b)
            );
        }
    }
}
