//! What the service knows of a student: entitlements and submissions made at any booth.

use crate::domain::{
    CollectionId, EducationCategory, Entitlement, InstitutionCode, ReviewDecision, StudentRef,
    SubmissionId, SubmissionState,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A submission as any booth may show it to its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownSubmission {
    /// Its id.
    pub submission: SubmissionId,
    /// Whose.
    pub student: StudentRef,
    /// For which collection.
    pub collection: CollectionId,
    /// School.
    pub institution: InstitutionCode,
    /// Category.
    pub category: EducationCategory,
    /// `UnderReview`, `Approved`, `NotApproved` or `Withdrawn`.
    pub state: SubmissionState,
    /// When the service received it.
    pub received_at: jiff::Timestamp,
    /// By which day the review is promised.
    pub due: Date,
    /// The verdict, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<ReviewDecision>,
}

/// A student as the service knows one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownStudent {
    /// Whose.
    pub student: StudentRef,
    /// Rights to be photographed, from any booth.
    pub entitlements: Vec<Entitlement>,
    /// Submissions from any booth, newest first.
    pub submissions: Vec<KnownSubmission>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EntitlementSource, NotApprovedReason, OrderId};

    #[test]
    fn the_shapes_stay() {
        let (student, collection) = (StudentRef::new("00ff"), CollectionId("c".into()));
        let known = KnownStudent {
            student: student.clone(),
            entitlements: vec![Entitlement {
                student: student.clone(),
                collection: collection.clone(),
                source: EntitlementSource::Order {
                    order: OrderId::from_bytes([2; 16]),
                },
            }],
            submissions: vec![KnownSubmission {
                submission: SubmissionId::from_bytes([3; 16]),
                student,
                collection,
                institution: "10559".parse().unwrap(),
                category: EducationCategory::Regular,
                state: SubmissionState::NotApproved,
                received_at: "2026-11-23T08:00:00Z".parse().unwrap(),
                due: "2026-11-25".parse().unwrap(),
                decision: Some(ReviewDecision::NotApproved {
                    reasons: vec![NotApprovedReason::Glasses],
                    note: String::new(),
                }),
            }],
        };
        let text = serde_json::to_string_pretty(&known).unwrap();
        insta::assert_snapshot!(text, @r#"
        {
          "student": "00ff",
          "entitlements": [
            {
              "student": "00ff",
              "collection": "c",
              "source": {
                "by": "order",
                "order": "02020202020202020202020202020202"
              }
            }
          ],
          "submissions": [
            {
              "submission": "03030303030303030303030303030303",
              "student": "00ff",
              "collection": "c",
              "institution": "10559",
              "category": "regular",
              "state": "not_approved",
              "received_at": "2026-11-23T08:00:00Z",
              "due": "2026-11-25",
              "decision": {
                "verdict": "not_approved",
                "reasons": [
                  "glasses"
                ],
                "note": ""
              }
            }
          ]
        }
        "#);
        assert_eq!(serde_json::from_str::<KnownStudent>(&text).unwrap(), known);
    }
}
