//! The keypad, and how long a wrong PIN keeps everybody waiting. Only the number of wrong tries decides, which the store
//! keeps, so neither pulling the plug nor setting the clock gives more of them.

use super::event::{AdminEffect, Pin};
use super::step::EnteringPin;
use crate::session::Questions;
use std::mem::take;
use std::time::Duration;

/// So many wrong tries in a row cost nothing.
pub const FREE_TRIES: u32 = 5;
/// A PIN has at least so many digits.
pub const SHORTEST_PIN: usize = 4;
/// And at most so many.
pub const LONGEST_PIN: usize = 12;
/// The first wait; each further wrong try doubles it.
const FIRST_WAIT_S: u64 = 30;
/// Doubled no more than this often: an attendant who is locked out for hours calls somebody.
const MOST_DOUBLINGS: u32 = 7;

/// The wait after so many wrong tries in a row; `None` while tries are free.
pub fn wait_after(wrong: u32) -> Option<Duration> {
    let beyond = wrong.checked_sub(FREE_TRIES)?;
    Some(Duration::from_secs(
        FIRST_WAIT_S << beyond.min(MOST_DOUBLINGS),
    ))
}

impl EnteringPin {
    pub(super) fn digit(&mut self, digit: char) -> Vec<AdminEffect> {
        let open = self.closed_until.is_none() && self.question.is_none();
        if open && digit.is_ascii_digit() && self.typed.len() < LONGEST_PIN {
            self.typed.push(digit);
            self.wrong = false;
        }
        Vec::new()
    }

    /// What was typed leaves the screen with the question.
    pub(super) fn enter(&mut self, questions: &mut Questions) -> Vec<AdminEffect> {
        let shut = self.closed_until.is_some() || self.question.is_some();
        if shut || self.typed.len() < SHORTEST_PIN {
            return Vec::new();
        }
        let question = questions.draw();
        self.question = Some(question);
        vec![AdminEffect::VerifyPin {
            question,
            pin: Pin(take(&mut self.typed)),
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_tries_are_free_and_then_the_wait_doubles_up_to_about_an_hour() {
        let seconds = |wrong| wait_after(wrong).map(|wait| wait.as_secs());
        assert_eq!([0, 1, 4].map(seconds), [None; 3]);
        assert_eq!([5, 6, 7].map(seconds), [Some(30), Some(60), Some(120)]);
        assert_eq!(seconds(12), Some(3840));
        assert_eq!(seconds(u32::MAX), Some(3840));
    }
}
