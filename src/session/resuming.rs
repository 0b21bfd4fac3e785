//! A phone comes back: what it left open is offered before anything is asked again.

use super::Visitor;
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
