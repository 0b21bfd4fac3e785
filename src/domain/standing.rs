//! Where a student stands: every collection open to an enrolment, with what was paid and handed in.
//!
//! The booth's store fills it, the session decides by it, the screens draw it. It holds no name and no ID
//! number, and its `Debug` tells nothing about the person.

use super::{
    Collection, CollectionId, EducationCategory, Entitlement, InstitutionCode, Order,
    ReviewDecision, StudentRef, SubmissionId, SubmissionState,
};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whose file is asked for: the enrolment, and the school and category chosen at the booth.
#[derive(Clone, PartialEq, Eq)]
pub struct FileRequest {
    /// The enrolment.
    pub student: StudentRef,
    /// Student number, looked up in the rosters.
    pub student_number: String,
    /// The school.
    pub institution: InstitutionCode,
    /// The kind of education.
    pub category: EducationCategory,
}

impl fmt::Debug for FileRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileRequest({}, {:?})", self.institution, self.category)
    }
}

/// All that the booth knows about an enrolment.
#[derive(Clone, PartialEq, Eq)]
pub struct StudentFile {
    /// The enrolment.
    pub student: StudentRef,
    /// One a collection of its school and category, those still open first.
    pub standings: Vec<Standing>,
    /// When the service last spoke; `None` if it never did.
    pub as_of: Option<jiff::Timestamp>,
}

impl StudentFile {
    /// The standing in a collection.
    pub fn standing(&self, collection: &CollectionId) -> Option<&Standing> {
        self.standings
            .iter()
            .find(|standing| standing.collection.id == *collection)
    }
}

impl fmt::Debug for StudentFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StudentFile")
            .field("standings", &self.standings)
            .finish_non_exhaustive()
    }
}

/// What the school's roster says. A booth that was never told cannot refuse: the service checks at delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    /// On the roster, or the collection is open to every enrolment of the school.
    Eligible,
    /// The roster is known and does not have this student number.
    NotOnRoster,
    /// No roster is known at the booth: go on, to be verified by the service.
    Provisional,
}

/// One collection, as it is for one student.
#[derive(Clone, PartialEq, Eq)]
pub struct Standing {
    /// The collection.
    pub collection: Collection,
    /// May the student take part?
    pub eligibility: Eligibility,
    /// The right to be photographed, once paid or where nothing is due.
    pub entitlement: Option<Entitlement>,
    /// A fee asked and not yet answered: shown again, never asked a second time.
    pub open_order: Option<Order>,
    /// The latest submission.
    pub submission: Option<SubmissionStanding>,
}

impl Standing {
    /// A submission stands: queued, at the service, under review or approved. Nothing is photographed then.
    pub fn is_handed_in(&self) -> bool {
        self.submission
            .as_ref()
            .is_some_and(|submission| submission.state.is_standing())
    }

    /// The latest photo was not approved: the retake is free.
    pub fn may_retake(&self) -> bool {
        self.entitlement.is_some()
            && self
                .submission
                .as_ref()
                .is_some_and(|submission| submission.state == SubmissionState::NotApproved)
    }
}

impl fmt::Debug for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Standing")
            .field("collection", &self.collection.id)
            .field("eligibility", &self.eligibility)
            .field("entitled", &self.entitlement.is_some())
            .field("order_is_open", &self.open_order.is_some())
            .field("submission", &self.submission)
            .finish()
    }
}

/// Where the latest submission of a student in a collection stands.
#[derive(Clone, PartialEq, Eq)]
pub struct SubmissionStanding {
    /// Its id.
    pub id: SubmissionId,
    /// Its state.
    pub state: SubmissionState,
    /// When Submit was pressed.
    pub submitted_at: jiff::Timestamp,
    /// The day by which the review was promised.
    pub due: Date,
    /// The verdict, once there is one.
    pub decision: Option<ReviewDecision>,
}

impl SubmissionStanding {
    /// The promised day has passed without a verdict.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.decision.is_none() && self.due < today
    }
}

impl fmt::Debug for SubmissionStanding {
    /// Without the reviewer's note, which may speak of the person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubmissionStanding")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// The calendar day in China, where every booth stands: one zone, no summer time.
pub fn day_in_china(at: jiff::Timestamp) -> Date {
    at.to_zoned(TimeZone::fixed(Offset::constant(8))).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_changes_at_midnight_in_china() {
        assert_eq!(
            day_in_china("2026-11-22T15:59:59Z".parse().unwrap()),
            date(2026, 11, 22)
        );
        assert_eq!(
            day_in_china("2026-11-22T16:00:00Z".parse().unwrap()),
            date(2026, 11, 23)
        );
    }

    #[test]
    fn debug_tells_nothing_about_the_person() {
        let submission = SubmissionStanding {
            id: SubmissionId::from_bytes([1; 16]),
            state: SubmissionState::NotApproved,
            submitted_at: jiff::Timestamp::UNIX_EPOCH,
            due: date(2026, 11, 24),
            decision: Some(ReviewDecision::NotApproved {
                reasons: Vec::new(),
                note: "zhangsan".into(),
            }),
        };
        let request = FileRequest {
            student: StudentRef::new("00ff"),
            student_number: "2022050107".into(),
            institution: "10559".parse().unwrap(),
            category: EducationCategory::Regular,
        };
        let text = format!("{submission:?} {request:?}");
        assert!(
            !text.contains("zhangsan") && !text.contains("2022050107") && !text.contains("00ff"),
            "{text}"
        );
    }
}
