//! One collection out of a student's file: what the steps between the list and the camera share.

use super::world::World;
use super::{
    Collections, Details, Identity, Next, Preparing, StandingView, Step, StoreTrouble, Ticket, What,
};
use crate::domain::standing::{Standing, StudentFile};
use crate::domain::{Entitlement, Order};
use jiff::civil::Date;

/// The file is kept for the way back to the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Whose.
    pub identity: Identity,
    /// All collections.
    pub file: StudentFile,
    /// The chosen one.
    pub standing: Standing,
}

impl Chosen {
    /// Its details, or how its submission stands: that stops a second payment before it begins.
    pub(super) fn show(self) -> Next {
        if has_a_verdict_or_awaits_one(&self.standing) {
            Next::to(StandingView { chosen: self })
        } else {
            Next::to(Details {
                chosen: self,
                question: None,
            })
        }
    }

    /// Back to the list.
    pub(super) fn list(self) -> Next {
        Next::to(Collections {
            identity: self.identity,
            file: self.file,
        })
    }

    /// The same collection in a newer file; `None` if it is not in there any more.
    pub(super) fn renewed(self, file: StudentFile) -> Option<Self> {
        let standing = file.standing(&self.standing.collection.id)?.clone();
        Some(Self {
            identity: self.identity,
            file,
            standing,
        })
    }

    /// Why nobody is photographed today, whoever it is.
    pub(super) fn closed(&self, today: Date) -> Option<What> {
        let collection = &self.standing.collection;
        if today < collection.opens {
            Some(What::CollectionNotYetOpen)
        } else if collection.is_open(today) {
            None
        } else {
            Some(What::CollectionClosed)
        }
    }

    /// On to the requirements.
    pub(super) fn prepare(self, entitlement: Entitlement, world: &World<'_>) -> Next {
        let Self {
            identity, standing, ..
        } = self;
        Preparing::of(
            Ticket {
                identity,
                collection: standing.collection,
                entitlement,
            },
            world,
        )
    }

    /// On to the requirements with the right that was stored; on a full disk this step stays, told why.
    pub(super) fn granted<S: Into<Step>>(
        self,
        granted: Result<Entitlement, StoreTrouble>,
        stays: impl FnOnce(Self) -> S,
        world: &World<'_>,
    ) -> Next {
        match granted {
            Ok(entitlement) => self.prepare(entitlement, world),
            Err(trouble) => Next::to(stays(self)).telling(trouble.into()),
        }
    }

    /// The order that is open for this collection, or that none is.
    pub(super) fn keep_open(&mut self, order: Option<Order>) {
        self.standing.open_order.clone_from(&order);
        let id = &self.standing.collection.id;
        let mut standings = self.file.standings.iter_mut();
        if let Some(same) = standings.find(|standing| standing.collection.id == *id) {
            same.open_order = order;
        }
    }

    /// This right is this student's, for this collection.
    pub(super) fn is_for(&self, entitlement: &Entitlement) -> bool {
        entitlement.student == self.identity.status.student
            && entitlement.collection == self.standing.collection.id
    }
}

/// There is a submission that the student has to know of before anything else.
pub(super) fn has_a_verdict_or_awaits_one(standing: &Standing) -> bool {
    standing.is_handed_in() || standing.may_retake()
}
