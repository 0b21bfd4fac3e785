//! What is new at the service, pulled by the booth with a cursor. Applying the same changes twice does nothing.
//!
//! Parts that are `None` have not changed. A catalogue, the institutions, one roster and the calendar come
//! whole and replace what the booth has; decisions, submissions, entitlements and answers come one by one.

use super::digest::encode_hex;
use super::{KnownSubmission, RequestStatus};
use crate::domain::working_days::WorkingDays;
use crate::domain::{
    BoothSettings, Catalogue, CollectionId, DecisionId, Entitlement, Epoch, Institution, OrderId,
    ReviewDecision, StudentRef, SubmissionId,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// How far a booth has read. Only the service knows what it means; the booth keeps it in the transaction in
/// which it applies the changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor kept from earlier changes; [`Cursor::default`] asks for everything.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The answer to `GET /v1/booth/changes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// To ask with next time.
    pub cursor: Cursor,
    /// The service's database. When it differs from the one in a booth's receipts, the booth offers again
    /// every submission that it still has.
    pub epoch: Epoch,
    /// There is more after this cursor: ask again at once.
    pub more: bool,
    /// Every collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<Catalogue>,
    /// Every school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institutions: Option<Vec<Institution>>,
    /// Rosters that changed, each whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rosters: Vec<Roster>,
    /// The calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<WorkingDays>,
    /// How to reach customer service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceInfo>,
    /// What is decided for all booths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<BoothSettings>,
    /// Verdicts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decided>,
    /// Submissions of any booth, so that nobody is photographed twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub submissions: Vec<KnownSubmission>,
    /// Rights given anywhere, so that nobody pays twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entitlements: Vec<Entitlement>,
    /// Orders that were paid back: they entitle nobody any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunded: Vec<OrderId>,
    /// Which keys sign receipts and vouchers, as the root signed the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_keys: Option<String>,
    /// Answers to this booth's requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<RequestStatus>,
}

/// A verdict on a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The decision.
    pub id: DecisionId,
    /// On which submission.
    pub submission: SubmissionId,
    /// Whose.
    pub student: StudentRef,
    /// For which collection.
    pub collection: CollectionId,
    /// The verdict.
    pub decision: ReviewDecision,
    /// When.
    pub at: jiff::Timestamp,
}

/// How to reach customer service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ServiceInfo {
    /// Telephone.
    pub phone: String,
    /// Hours, Chinese.
    pub hours_zh: String,
    /// Hours, English.
    pub hours_en: String,
    /// Within how many working days a review is promised.
    pub review_working_days: u32,
    /// How phones reach the service: where a booth without a network sends them. Empty if it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub public_url: String,
    /// Who is paid, as the screen shows it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payee: String,
}

/// Who may be photographed in a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// The collection.
    pub collection: CollectionId,
    /// Who is admitted.
    #[serde(flatten)]
    pub admission: Admission,
}

/// Everyone of the school and category, or a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "admits")]
pub enum Admission {
    /// Whoever has an acquisition code of this school and category.
    Everyone,
    /// Whoever is on the list.
    Listed {
        /// The list, sorted.
        members: Vec<RosterMark>,
    },
}

impl Roster {
    /// This student number is admitted.
    pub fn admits(&self, student_number: &str) -> bool {
        match &self.admission {
            Admission::Everyone => true,
            Admission::Listed { members } => members
                .binary_search(&RosterMark::of(&self.collection, student_number))
                .is_ok(),
        }
    }
}

/// A student number on a roster, hashed with the name of the collection: 16 hexadecimal digits. Enough to
/// find a number that a student brings, and no list of numbers to read. (Numbers are short, so whoever takes
/// the list can try them all; it names nobody even then.)
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RosterMark(String);

impl RosterMark {
    /// The mark of a student number in a collection.
    pub fn of(collection: &CollectionId, student_number: &str) -> Self {
        let hash = Sha256::digest(format!(
            "gradbooth roster 1\n{collection}\n{student_number}"
        ));
        Self(encode_hex(hash.get(..8).unwrap_or_default()))
    }

    /// A mark kept in a store.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roster_knows_its_members_without_listing_them() {
        let collection = CollectionId("10559-regular-2027".into());
        let mut members: Vec<_> = ["2022050107", "2022050108"]
            .map(|number| RosterMark::of(&collection, number))
            .into();
        members.sort();
        let roster = Roster {
            collection: collection.clone(),
            admission: Admission::Listed { members },
        };
        assert!(roster.admits("2022050107") && !roster.admits("2022050109"));
        assert!(
            Roster {
                collection,
                admission: Admission::Everyone
            }
            .admits("anything")
        );
        let text = serde_json::to_string(&roster).unwrap();
        assert!(!text.contains("20220501"));
        assert_eq!(serde_json::from_str::<Roster>(&text).unwrap(), roster);
    }

    #[test]
    fn the_shape_stays() {
        let changes = Changes {
            cursor: Cursor::new("0909.17"),
            epoch: Epoch::from_bytes([9; 16]),
            more: false,
            catalogue: None,
            institutions: None,
            rosters: vec![Roster {
                collection: CollectionId("c".into()),
                admission: Admission::Everyone,
            }],
            working_days: None,
            service: Some(ServiceInfo {
                phone: "020-0000 0000".into(),
                hours_zh: "9:00–21:00".into(),
                hours_en: "9:00–21:00".into(),
                review_working_days: 2,
                ..ServiceInfo::default()
            }),
            decisions: vec![Decided {
                id: DecisionId::from_bytes([5; 16]),
                submission: SubmissionId::from_bytes([3; 16]),
                student: StudentRef::new("00ff"),
                collection: CollectionId("c".into()),
                decision: ReviewDecision::Approved,
                at: "2026-11-24T02:00:00Z".parse().unwrap(),
            }],
            submissions: vec![],
            entitlements: vec![],
            refunded: vec![],
            payment_keys: None,
            settings: None,
            requests: vec![],
        };
        let text = serde_json::to_string_pretty(&changes).unwrap();
        insta::assert_snapshot!(text, @r#"
        {
          "cursor": "0909.17",
          "epoch": "09090909090909090909090909090909",
          "more": false,
          "rosters": [
            {
              "collection": "c",
              "admits": "everyone"
            }
          ],
          "service": {
            "phone": "020-0000 0000",
            "hours_zh": "9:00–21:00",
            "hours_en": "9:00–21:00",
            "review_working_days": 2
          },
          "decisions": [
            {
              "id": "05050505050505050505050505050505",
              "submission": "03030303030303030303030303030303",
              "student": "00ff",
              "collection": "c",
              "decision": {
                "verdict": "approved"
              },
              "at": "2026-11-24T02:00:00Z"
            }
          ]
        }
        "#);
        assert_eq!(serde_json::from_str::<Changes>(&text).unwrap(), changes);
    }
}
