//! A phone comes back: what it left open is offered before anything is asked again.

use super::world::World;
use super::{ChoosingSchool, Next, ReadingCode, Visitor};
use crate::domain::{
    Collection, CollectionId, EducationCategory, Institution, InstitutionCode, StudentRef,
    SubmissionId, SubmissionState,
};
use jiff::civil::Date;

/// A submission that this phone made earlier, as the service knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    /// Its id.
    pub submission: SubmissionId,
    /// The enrolment.
    pub student: StudentRef,
    /// The school.
    pub institution: InstitutionCode,
    /// The kind of education.
    pub category: EducationCategory,
    /// The collection.
    pub collection: CollectionId,
    /// Where it stands.
    pub state: SubmissionState,
    /// The day by which the review is promised.
    pub due: Date,
}

/// The same with the names that a person knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumeItem {
    /// The submission.
    pub returning: Returning,
    /// The school.
    pub institution: Institution,
    /// The collection, if the booth knows it.
    pub collection: Option<Collection>,
}

/// The earlier ones are on the screen. At least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resuming {
    /// Who signed in.
    pub visitor: Visitor,
    /// What there is, newest first.
    pub open: Vec<ResumeItem>,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResumingIntent {
    /// Go on with this one: its school and category are taken over, the acquisition code is shown again.
    Choose(usize),
    /// Another enrolment.
    SomethingElse,
}

impl Resuming {
    /// What there is to go on with; the search where there is nothing.
    pub(super) fn of(visitor: Visitor, returning: Vec<Returning>, world: &World<'_>) -> Next {
        if returning.is_empty() {
            return ChoosingSchool::begin(visitor, world);
        }
        let named = |returning: Returning| ResumeItem {
            institution: world.institution(returning.institution),
            collection: world.catalogue.collection(&returning.collection).cloned(),
            returning,
        };
        Next::to(Self {
            visitor,
            open: returning.into_iter().map(named).collect(),
        })
    }

    pub(super) fn on(mut self, intent: ResumingIntent, world: &World<'_>) -> Next {
        match intent {
            ResumingIntent::Choose(at) if at < self.open.len() => {
                let item = self.open.swap_remove(at);
                ReadingCode::open(self.visitor, item.institution, item.returning.category)
            }
            ResumingIntent::Choose(_) => Next::to(self),
            ResumingIntent::SomethingElse => ChoosingSchool::begin(self.visitor, world),
        }
    }
}
