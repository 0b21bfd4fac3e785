//! The last four characters of the ID number: the one thing a student ever types about themselves.

use super::world::World;
use super::{CheckingStatus, Effect, Identity, Next, ReadingCode, Sound, Visitor, What};
use crate::domain::acquisition_code::{CodeContents, LastFourCheck};
use crate::domain::{LastFour, StudentRef, StudentStatus};
use std::fmt;
use zeroize::Zeroizing;

/// The keypad is on the screen.
#[derive(Clone, PartialEq, Eq)]
pub struct EnteringLastFour {
    /// Who types.
    pub visitor: Visitor,
    /// The enrolment of the code, masked.
    pub status: StudentStatus,
    /// What the typed characters are held against.
    pub check: LastFourCheck,
    /// What was typed so far.
    pub typed: Zeroizing<String>,
    /// Tries left.
    pub tries_left: u8,
    /// The last try was wrong.
    pub wrong: bool,
    /// No try is left: an attendant has to help.
    pub locked: bool,
}

impl fmt::Debug for EnteringLastFour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnteringLastFour")
            .field("status", &self.status)
            .field("typed", &self.typed.len())
            .field("tries_left", &self.tries_left)
            .finish_non_exhaustive()
    }
}

/// What the person wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum EnteringLastFourIntent {
    /// A key of the pad: 0-9, A-Z.
    Key(char),
    /// Take the last one back.
    Erase,
    /// These four.
    Sure,
    /// Another code.
    Back,
}

impl fmt::Debug for EnteringLastFourIntent {
    /// Which key it was is nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key(_) => "Key(*)",
            Self::Erase => "Erase",
            Self::Sure => "Sure",
            Self::Back => "Back",
        })
    }
}

impl EnteringLastFour {
    pub(super) fn of(visitor: Visitor, contents: CodeContents, world: &mut World<'_>) -> Next {
        let CodeContents {
            status,
            last_four: check,
        } = contents;
        let allowed = world.settings.last_four_tries;
        let tries_left = world.tries.left(&status.student, allowed, world.clock.now);
        let step = Self {
            visitor,
            status,
            check,
            typed: Zeroizing::new(String::new()),
            tries_left,
            wrong: false,
            locked: tries_left == 0,
        };
        Next::to(step)
            .doing(Effect::CloseCamera)
            .doing(Effect::Sound(Sound::Success))
    }

    pub(super) fn on(mut self, intent: EnteringLastFourIntent, world: &mut World<'_>) -> Next {
        match intent {
            EnteringLastFourIntent::Key(key) => {
                if !self.locked && self.typed.len() < 4 && key.is_ascii_alphanumeric() {
                    self.typed.push(key.to_ascii_uppercase());
                    self.wrong = false;
                }
                Next::to(self)
            }
            EnteringLastFourIntent::Erase => {
                self.typed.pop();
                Next::to(self)
            }
            EnteringLastFourIntent::Sure => self.sure(world),
            EnteringLastFourIntent::Back => {
                let institution = world.institution(self.status.institution);
                ReadingCode::open(self.visitor, institution, self.status.category)
            }
        }
    }

    /// As if nothing had been typed yet.
    pub(super) fn forgiven(mut self, world: &mut World<'_>) -> Next {
        let student = self.status.student.clone();
        self.tries_left = world.settings.last_four_tries;
        (self.wrong, self.locked) = (false, false);
        forgetting(Next::to(self), student, world)
    }

    fn sure(mut self, world: &mut World<'_>) -> Next {
        let Ok(typed) = LastFour::parse(&self.typed) else {
            return Next::to(self);
        };
        if self.locked {
            return Next::to(self);
        }
        if self.check.matches(&typed) {
            let student = self.status.student.clone();
            let identity = Identity {
                visitor: self.visitor,
                status: self.status,
                last_four: typed,
            };
            let next = Next::to(CheckingStatus {
                identity,
                question: None,
            });
            return forgetting(next, student, world);
        }
        self.typed = Zeroizing::new(String::new());
        self.wrong = true;
        self.tries_left = self.tries_left.saturating_sub(1);
        let student = self.status.student.clone();
        world.tries.wrong(&student, world.clock.now);
        self.locked = self.tries_left == 0;
        let locked = self.locked;
        let next = Next::to(self).doing(Effect::CountWrongLastFour(student));
        if locked {
            next.telling(What::LastFourLocked)
        } else {
            next
        }
    }
}

/// With the wrong tries forgotten, here and in the booth's records.
fn forgetting(next: Next, student: StudentRef, world: &mut World<'_>) -> Next {
    if world.tries.forget(&student) {
        next.doing(Effect::ForgetWrongLastFour(student))
    } else {
        next
    }
}
