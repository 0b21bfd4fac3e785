//! Finding one's school.

use super::world::World;
use super::{ChoosingCategory, Next, Overlay, SigningIn, Visitor, What};
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

/// As many as fit a screen.
const SHOWN: usize = 8;

impl ChoosingSchool {
    pub(super) fn begin(visitor: Visitor, world: &World<'_>) -> Next {
        let results = search("", world);
        // a booth of one school does not ask which
        let chosen = (results.len() == 1).then_some(0);
        Next::to(Self {
            visitor,
            query: String::new(),
            results,
            chosen,
        })
    }

    pub(super) fn on(mut self, intent: ChoosingSchoolIntent, world: &mut World<'_>) -> Next {
        match intent {
            ChoosingSchoolIntent::Type(query) => {
                (self.results, self.chosen) = (search(&query, world), None);
                self.query = query;
                Next::to(self)
            }
            ChoosingSchoolIntent::Choose(at) => {
                if at < self.results.len() {
                    self.chosen = Some(at);
                }
                Next::to(self)
            }
            ChoosingSchoolIntent::Sure => self.sure(world),
            ChoosingSchoolIntent::Back if self.visitor.phone.is_some() => {
                Next::to(self).under(Overlay::LeaveSure)
            }
            ChoosingSchoolIntent::Back => SigningIn::begin(self.visitor, world),
        }
    }

    fn sure(self, world: &World<'_>) -> Next {
        let Some(hit) = self.chosen.and_then(|at| self.results.get(at)) else {
            return Next::to(self);
        };
        if !world.catalogue.serves(hit.institution.code) {
            return Next::to(self).telling(What::SchoolNotServed);
        }
        let institution = hit.institution.clone();
        ChoosingCategory::of(self.visitor, institution, world)
    }

    /// The service said something new about schools and collections.
    pub(super) fn refreshed(mut self, world: &World<'_>) -> Next {
        let chosen = self
            .chosen
            .and_then(|at| Some(self.results.get(at)?.institution.code));
        self.results = search(&self.query, world);
        self.chosen = chosen.and_then(|code| {
            self.results
                .iter()
                .position(|hit| hit.institution.code == code)
        });
        Next::to(self)
    }
}

fn search(query: &str, world: &World<'_>) -> Vec<SchoolHit> {
    if query.trim().is_empty() {
        return served(world);
    }
    let found = world.institutions.search(query, SHOWN).into_iter();
    let hit = |institution: &Institution| SchoolHit {
        served: world.catalogue.serves(institution.code),
        institution: institution.clone(),
    };
    found.map(hit).collect()
}

/// Schools with a collection here, each once.
fn served(world: &World<'_>) -> Vec<SchoolHit> {
    let codes = world
        .catalogue
        .collections
        .iter()
        .map(|collection| collection.institution);
    let codes: std::collections::BTreeSet<_> = codes.collect();
    let hit = |code| SchoolHit {
        institution: world.institution(code),
        served: true,
    };
    codes.into_iter().take(SHOWN).map(hit).collect()
}
