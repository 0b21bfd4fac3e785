//! Retake or accept: the last captures, or the pictures brought along, side by side.

use super::world::World;
use super::{Capturing, Effect, Next, Standardizing, Ticket};
use crate::vision::capture::Capture;
use std::sync::Arc;

/// The captures are on the screen. At least one.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// Who was photographed, and for what.
    pub ticket: Ticket,
    /// Newest first.
    pub shots: Vec<Arc<Capture>>,
    /// The one shown large.
    pub chosen: usize,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoosingIntent {
    /// Show this one large.
    Show(usize),
    /// Make the standard photo of it (上传).
    Accept,
    /// Once more (重拍).
    Retake,
}

impl Choosing {
    pub(super) fn on(mut self, intent: ChoosingIntent, world: &mut World<'_>) -> Next {
        match intent {
            ChoosingIntent::Show(at) => {
                if at < self.shots.len() {
                    self.chosen = at;
                }
                Next::to(self)
            }
            ChoosingIntent::Accept => self.accept(world),
            ChoosingIntent::Retake => Capturing::open(self.ticket, self.shots, world),
        }
    }

    fn accept(self, world: &mut World<'_>) -> Next {
        let Some(capture) = self.shots.get(self.chosen).cloned() else {
            return Next::to(self);
        };
        let question = world.ask();
        let Self {
            ticket,
            shots,
            chosen,
        } = self;
        let collection = Box::new(ticket.collection.clone());
        Next::to(Standardizing {
            ticket,
            shots,
            chosen,
            stage: None,
            question,
        })
        .doing(Effect::Standardize {
            question,
            capture,
            collection,
        })
    }
}
