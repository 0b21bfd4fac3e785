//! The kind of education. Two codes, two kinds: each is collected for on its own.

use super::Visitor;
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
