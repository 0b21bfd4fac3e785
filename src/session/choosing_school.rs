//! Finding one's school.

use super::Visitor;
use crate::domain::Institution;

/// The search is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoosingSchool {
    /// Who searches.
    pub visitor: Visitor,
    /// What was typed.
    pub query: String,
    /// What was found, best first; before anything is typed, the schools that this booth serves.
    pub results: Vec<SchoolHit>,
    /// The chosen one, an index into `results`.
    pub chosen: Option<usize>,
}

/// A school that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolHit {
    /// The school.
    pub institution: Institution,
    /// It has a collection here.
    pub served: bool,
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoosingSchoolIntent {
    /// The whole new query.
    Type(String),
    /// This one of the results.
    Choose(usize),
    /// Go on with the chosen one (确认).
    Sure,
    /// Back.
    Back,
}
