//! The kind of education. Two codes, two kinds: each is collected for on its own.

use super::world::World;
use super::{ChoosingSchool, Next, ReadingCode, Visitor};
use crate::domain::{EducationCategory, Institution};

/// The school's kinds are on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoosingCategory {
    /// Who chooses.
    pub visitor: Visitor,
    /// The school.
    pub institution: Institution,
    /// What it collects for.
    pub offered: Vec<CategoryOffer>,
    /// The chosen one.
    pub chosen: Option<EducationCategory>,
}

/// A kind of education that the school collects for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategoryOffer {
    /// The kind.
    pub category: EducationCategory,
    /// A collection is open today. A closed one may be chosen, to see how an earlier submission stands.
    pub open: bool,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoosingCategoryIntent {
    /// This kind.
    Choose(EducationCategory),
    /// Go on with the chosen one (确认).
    Sure,
    /// Another school.
    Back,
}

impl ChoosingCategory {
    pub(super) fn of(visitor: Visitor, institution: Institution, world: &World<'_>) -> Next {
        let open = |category| {
            world
                .catalogue
                .of(institution.code, category)
                .any(|c| c.is_open(world.clock.today))
        };
        let offer = |category| CategoryOffer {
            category,
            open: open(category),
        };
        let offered: Vec<_> = world
            .catalogue
            .categories_of(institution.code)
            .into_iter()
            .map(offer)
            .collect();
        let chosen = match offered.as_slice() {
            [only] => Some(only.category),
            _ => None,
        };
        Next::to(Self {
            visitor,
            institution,
            offered,
            chosen,
        })
    }

    pub(super) fn on(mut self, intent: ChoosingCategoryIntent, world: &World<'_>) -> Next {
        match intent {
            ChoosingCategoryIntent::Choose(category) => {
                if self.offered.iter().any(|offer| offer.category == category) {
                    self.chosen = Some(category);
                }
                Next::to(self)
            }
            ChoosingCategoryIntent::Sure => match self.chosen {
                Some(category) => ReadingCode::open(self.visitor, self.institution, category),
                None => Next::to(self),
            },
            ChoosingCategoryIntent::Back => ChoosingSchool::begin(self.visitor, world),
        }
    }
}
