//! Questions to the outside and their numbers. An answer is heard only while its question is open.

/// The number of a question. Drawn once, never again in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(u64);

impl QuestionId {
    /// The question of a number that went out with it, for workers that know numbers only.
    pub const fn of(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// Draws the numbers.
#[derive(Debug, Default)]
pub struct Questions(u64);

impl Questions {
    /// A number that was never drawn before.
    pub fn draw(&mut self) -> QuestionId {
        self.0 += 1;
        QuestionId(self.0)
    }
}
