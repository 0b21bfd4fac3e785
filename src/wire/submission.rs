//! The manifest of a submission: everything about it but the pictures.
//!
//! The booth writes the manifest once, when the student presses Submit, and keeps those very bytes: their
//! hash is what the receipt signs, so both sides hash what was sent and never what they would write again.

use super::{Digest, PhoneRef};
use crate::domain::{
    BoothId, CollectionId, EducationCategory, EntitlementSource, InstitutionCode, StudentRef,
    SubmissionId,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The form of manifests written today.
pub const MANIFEST_VERSION: u8 = 1;

/// What a submission is about. Names nobody: masked name, opaque reference, student number.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`MANIFEST_VERSION`].
    pub version: u8,
    /// The submission; drawn at random by the booth.
    pub id: SubmissionId,
    /// The booth that it comes from.
    pub booth: BoothId,
    /// The booth's own running number, from 1, without gaps.
    pub sequence: u64,
    /// Whose photo.
    pub student: StudentRef,
    /// `周*`.
    pub masked_name: String,
    /// Given by the school.
    pub student_number: String,
    /// School.
    pub institution: InstitutionCode,
    /// Category.
    pub category: EducationCategory,
    /// Collection.
    pub collection: CollectionId,
    /// Why the student may submit.
    pub entitlement: EntitlementSource,
    /// What the student agreed to.
    pub consent: Consent,
    /// When the capture was taken, by the booth's clock.
    pub captured_at: jiff::Timestamp,
    /// Hash of the standard photo.
    pub photo_sha256: Digest,
    /// Hash of the untouched capture.
    pub capture_sha256: Digest,
    /// The picture was brought along, not taken here.
    pub imported: bool,
    /// What attendants decided and why, oldest first.
    #[serde(default)]
    pub attendant_notes: Vec<String>,
    /// Every rule that was checked on the still, the worst first.
    pub findings: Vec<RecordedFinding>,
    /// How the standard photo was made, as `standardize --json` writes it.
    pub record: serde_json::Value,
    /// The phone that signed in, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneRef>,
}

impl fmt::Debug for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Manifest({}, booth {} no. {})",
            self.id.short(),
            self.booth.short(),
            self.sequence
        )
    }
}

impl Manifest {
    /// The bytes to keep, hash and send.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

/// What the student agreed to, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Version of the text that was shown.
    pub text_version: String,
    /// By the booth's clock.
    pub at: jiff::Timestamp,
}

/// A rule and what was measured against it, as the tools print it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedFinding {
    /// Name of the rule.
    pub rule: String,
    /// How it came out.
    pub verdict: RecordedVerdict,
    /// What was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What the rule allows, in words or figures: `<= 3`, `200..300`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// Unit of both.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
}

/// How a rule came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedVerdict {
    /// Kept.
    Pass,
    /// Near the limit.
    Warn,
    /// Broken.
    Fail,
    /// Could not be measured.
    Unknown,
    /// The student was asked.
    Asked,
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::OrderId;

    pub(in crate::wire) fn manifest() -> Manifest {
        Manifest {
            version: MANIFEST_VERSION,
            id: SubmissionId::from_bytes([3; 16]),
            booth: BoothId::from_bytes([1; 16]),
            sequence: 7,
            student: StudentRef::new("00112233445566ff"),
            masked_name: "周*".into(),
            student_number: "2022050107".into(),
            institution: "10559".parse().unwrap(),
            category: EducationCategory::Regular,
            collection: CollectionId("10559-regular-2027".into()),
            entitlement: EntitlementSource::Order {
                order: OrderId::from_bytes([2; 16]),
            },
            consent: Consent {
                text_version: "2026-11".into(),
                at: "2026-11-23T08:00:00Z".parse().unwrap(),
            },
            captured_at: "2026-11-23T08:02:00Z".parse().unwrap(),
            photo_sha256: Digest::of(b"photo"),
            capture_sha256: Digest::of(b"capture"),
            imported: false,
            attendant_notes: vec![],
            findings: vec![RecordedFinding {
                rule: "head_roll".into(),
                verdict: RecordedVerdict::Pass,
                value: Some(0.5),
                limit: Some("<= 3".into()),
                unit: "deg".into(),
            }],
            record: serde_json::json!({"quality": 85}),
            phone: None,
        }
    }

    #[test]
    fn the_shape_stays() {
        let text = serde_json::to_string_pretty(&manifest()).unwrap();
        insta::assert_snapshot!(text, @r#"
        {
          "version": 1,
          "id": "03030303030303030303030303030303",
          "booth": "01010101010101010101010101010101",
          "sequence": 7,
          "student": "00112233445566ff",
          "masked_name": "周*",
          "student_number": "2022050107",
          "institution": "10559",
          "category": "regular",
          "collection": "10559-regular-2027",
          "entitlement": {
            "by": "order",
            "order": "02020202020202020202020202020202"
          },
          "consent": {
            "text_version": "2026-11",
            "at": "2026-11-23T08:00:00Z"
          },
          "captured_at": "2026-11-23T08:02:00Z",
          "photo_sha256": "55c64d0fcd6f9d5f7c828093857e3fdfda68478bb4e9bd24d481ef391c7804e8",
          "capture_sha256": "460ee6aa3a80359181b794cc31a7185addba77626e9f719c10e3c8efb8668a1d",
          "imported": false,
          "attendant_notes": [],
          "findings": [
            {
              "rule": "head_roll",
              "verdict": "pass",
              "value": 0.5,
              "limit": "<= 3",
              "unit": "deg"
            }
          ],
          "record": {
            "quality": 85
          }
        }
        "#);
        assert_eq!(serde_json::from_str::<Manifest>(&text).unwrap(), manifest());
        assert!(
            serde_json::from_str::<Manifest>(&text.replace("\"imported\"", "\"full_name\""))
                .is_err()
        );
        assert!(!format!("{:?}", manifest()).contains("2022050107"));
    }
}
