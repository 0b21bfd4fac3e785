//! From what a student confirmed to what is stored, signed for and reviewed.

use crate::domain::BoothId;
use crate::session::ConfirmedSubmission;
use crate::store::NewSubmission;
use crate::vision::rules::{Finding, Verdict};
use crate::wire::submission::MANIFEST_VERSION;
use crate::wire::{Consent, Digest, Manifest, PhoneRef, RecordedFinding, RecordedVerdict};

/// The submission, its sequence still to be given by the store.
pub fn of(
    confirmed: &ConfirmedSubmission,
    booth: BoothId,
) -> Result<NewSubmission<'_>, serde_json::Error> {
    let (status, visitor) = (&confirmed.identity.status, &confirmed.identity.visitor);
    let (photo, capture) = (&confirmed.photo, &confirmed.capture);
    let findings = confirmed
        .findings
        .iter()
        .map(recorded)
        .collect::<Result<_, _>>()?;
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        id: confirmed.id,
        booth,
        sequence: 0,
        student: status.student.clone(),
        masked_name: status.masked_name.clone(),
        student_number: status.student_number.clone(),
        institution: status.institution,
        category: status.category,
        collection: confirmed.collection.id.clone(),
        entitlement: confirmed.entitlement.source,
        consent: Consent {
            text_version: visitor.consent.version.clone(),
            at: visitor.consent.at,
        },
        captured_at: capture.taken_at,
        photo_sha256: Digest::of(photo.jpeg()),
        capture_sha256: Digest::of(&capture.jpeg),
        imported: capture.imported,
        attendant_notes: Vec::new(),
        findings,
        record: serde_json::to_value(photo.record())?,
        phone: visitor
            .phone
            .as_ref()
            .map(|phone| PhoneRef::new(phone.phone_ref.clone())),
    };
    Ok(NewSubmission {
        manifest,
        photo: photo.jpeg(),
        capture: &capture.jpeg,
    })
}

fn recorded(finding: &Finding) -> Result<RecordedFinding, serde_json::Error> {
    let rule = serde_json::to_value(finding.rule)?;
    Ok(RecordedFinding {
        rule: rule.as_str().unwrap_or_default().to_owned(),
        verdict: match finding.verdict {
            Verdict::Pass => RecordedVerdict::Pass,
            Verdict::Warn => RecordedVerdict::Warn,
            Verdict::Fail => RecordedVerdict::Fail,
            Verdict::Unknown => RecordedVerdict::Unknown,
            Verdict::Asked => RecordedVerdict::Asked,
        },
        value: finding.value.map(f64::from),
        limit: finding.limit.map(|limit| limit.to_string()),
        unit: finding.unit.to_owned(),
    })
}
