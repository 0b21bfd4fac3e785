//! Chance that falls the same way in every run: the parameters of a trial belong to its name.

/// A stream of numbers.
pub struct Luck(u64);

impl Luck {
    /// The stream of a name.
    pub fn of(name: &str) -> Self {
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed | 1)
    }

    /// Even between two numbers.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        for _ in 0..2 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
        }
        low + (high - low) * ((self.0 >> 40) as f32 / (1_u64 << 24) as f32)
    }

    /// -1 or 1.
    pub fn side(&mut self) -> f32 {
        if self.between(0.0, 1.0) < 0.5 {
            -1.0
        } else {
            1.0
        }
    }

    /// One of these.
    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[(self.between(0.0, of.len() as f32) as usize).min(of.len() - 1)]
    }
}
