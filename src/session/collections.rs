//! The student's collections, each with where it stands.

use super::chosen::{Chosen, has_a_verdict_or_awaits_one};
use super::{CheckingStatus, Identity, Next, StandingView};
use crate::domain::standing::StudentFile;

/// The list is on the screen. At least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collections {
    /// Whose.
    pub identity: Identity,
    /// What the booth knows.
    pub file: StudentFile,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CollectionsIntent {
    /// This one.
    Choose(usize),
    /// To the enrolment.
    Back,
}

impl Collections {
    /// The list; or at once the one collection of which there is something to tell.
    pub(super) fn of(identity: Identity, file: StudentFile) -> Next {
        match file.standings.as_slice() {
            [only] if has_a_verdict_or_awaits_one(only) => {
                let standing = only.clone();
                Next::to(StandingView {
                    chosen: Chosen {
                        identity,
                        file,
                        standing,
                    },
                })
            }
            _ => Next::to(Self { identity, file }),
        }
    }

    pub(super) fn on(self, intent: CollectionsIntent) -> Next {
        match intent {
            CollectionsIntent::Choose(at) => match self.file.standings.get(at).cloned() {
                Some(standing) => {
                    let Self { identity, file } = self;
                    Chosen {
                        identity,
                        file,
                        standing,
                    }
                    .show()
                }
                None => Next::to(self),
            },
            CollectionsIntent::Back => Next::to(CheckingStatus {
                identity: self.identity,
                question: None,
            }),
        }
    }
}
