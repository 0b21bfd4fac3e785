//! What a student asks of the school or of customer service, by way of the booth. Idempotent by id.

use crate::domain::{
    CollectionId, EducationCategory, InstitutionCode, RequestId, StudentRef, SubmissionId,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who is asked for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// The school: "add me to your list" (M4.4).
    AddToRoster,
    /// Customer service: wrong information, another photo wanted, anything else (M8.2, M9.1).
    CustomerService,
}

/// A request. Knows the student by reference and student number only, never by name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceRequest {
    /// Drawn at random by the booth.
    pub id: RequestId,
    /// Who is asked for what.
    pub kind: RequestKind,
    /// School; customer service is asked before one is chosen, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<InstitutionCode>,
    /// Category, where chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<EducationCategory>,
    /// Collection, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<CollectionId>,
    /// The student, where identified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student: Option<StudentRef>,
    /// Student number, where known; a school needs it to add somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student_number: Option<String>,
    /// Which submission it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<SubmissionId>,
    /// What the booth adds, at most 500 characters.
    #[serde(default)]
    pub note: String,
    /// When it was made, by the booth's clock.
    pub made_at: jiff::Timestamp,
}

impl fmt::Debug for ServiceRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceRequest({}, {:?})", self.id.short(), self.kind)
    }
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Nobody has answered yet.
    Open,
    /// Done as asked.
    Granted,
    /// Answered with no.
    Refused,
}

/// The answer to a request, at once and later by way of the changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestStatus {
    /// Which request.
    pub id: RequestId,
    /// Where it stands.
    pub state: RequestState,
    /// Words of whoever answered; may be empty.
    #[serde(default)]
    pub answer: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_stay() {
        let request = ServiceRequest {
            id: RequestId::from_bytes([4; 16]),
            kind: RequestKind::AddToRoster,
            institution: Some("10559".parse().unwrap()),
            category: Some(EducationCategory::Regular),
            collection: Some(CollectionId("c".into())),
            student: None,
            student_number: Some("2022050107".into()),
            submission: None,
            note: String::new(),
            made_at: "2026-11-23T08:00:00Z".parse().unwrap(),
        };
        let text = serde_json::to_string(&request).unwrap();
        insta::assert_snapshot!(text,
            @r#"{"id":"04040404040404040404040404040404","kind":"add_to_roster","institution":"10559","category":"regular","collection":"c","student_number":"2022050107","note":"","made_at":"2026-11-23T08:00:00Z"}"#);
        assert!(!format!("{request:?}").contains("2022050107"));
        assert!(serde_json::from_str::<ServiceRequest>(&text.replace("note", "name")).is_err());
        let status = RequestStatus {
            id: request.id,
            state: RequestState::Open,
            answer: String::new(),
        };
        insta::assert_snapshot!(serde_json::to_string(&status).unwrap(),
            @r#"{"id":"04040404040404040404040404040404","state":"open","answer":""}"#);
    }
}
