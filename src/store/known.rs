//! What the service knows of students and submissions, from any booth, with the reviewers' decisions.

use super::row::{column, from_json, from_word, json, parsed, word};
use super::{Store, StoreError, entitlements};
use crate::domain::{CollectionId, ReviewDecision, StudentRef, SubmissionId, SubmissionState};
use crate::wire::{Decided, KnownStudent, KnownSubmission};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, params};

impl Store {
    /// Takes over what the service has just said of one student.
    pub fn learn_student(&self, student: &KnownStudent, at: Timestamp) -> Result<(), StoreError> {
        self.write(|sql| {
            for entitlement in &student.entitlements {
                entitlements::grant(sql, entitlement, at)?;
            }
            student
                .submissions
                .iter()
                .try_for_each(|submission| learn(sql, submission))
        })
    }
}

/// Takes over what the service says of a submission; its word is newer than ours.
pub(super) fn learn(sql: &Connection, submission: &KnownSubmission) -> Result<(), StoreError> {
    let decision = submission.decision.as_ref().map(json).transpose()?;
    sql.execute(
        "INSERT OR REPLACE INTO known_submissions (submission, student, collection, state, received_at, due, decision)
         VALUES (?1, mark(?2), ?3, ?4, ?5, ?6, sealed('decision ' || ?1, ?7))",
        params![
            submission.submission.to_string(),
            submission.student.as_str(),
            submission.collection.0,
            word(&submission.state)?,
            submission.received_at.to_string(),
            submission.due.to_string(),
            decision,
        ],
    )?;
    follow(sql, submission.submission, submission.state)
}

/// Takes over a verdict. One that comes before its submission is known makes a line of its own.
pub(super) fn decide(sql: &Connection, decided: &Decided) -> Result<(), StoreError> {
    let state = match decided.decision {
        ReviewDecision::Approved => SubmissionState::Approved,
        ReviewDecision::NotApproved { .. } => SubmissionState::NotApproved,
    };
    sql.execute(
        "INSERT INTO known_submissions (submission, student, collection, state, received_at, decision)
         VALUES (?1, mark(?2), ?3, ?4, ?5, sealed('decision ' || ?1, ?6))
         ON CONFLICT (submission) DO UPDATE SET state = excluded.state, decision = excluded.decision",
        params![
            decided.submission.to_string(),
            decided.student.as_str(),
            decided.collection.0,
            word(&state)?,
            decided.at.to_string(),
            json(&decided.decision)?,
        ],
    )?;
    follow(sql, decided.submission, state)
}

/// Our own line follows, but never out of the queue: only a receipt does that.
fn follow(sql: &Connection, id: SubmissionId, state: SubmissionState) -> Result<(), StoreError> {
    sql.execute(
        "UPDATE submissions SET state = ? WHERE id = ? AND state NOT IN ('queued', 'held')",
        [word(&state)?, id.to_string()],
    )?;
    Ok(())
}

/// A submission in the service's words.
pub(super) struct Known {
    pub id: SubmissionId,
    pub state: SubmissionState,
    pub received_at: Timestamp,
    pub due: Option<Date>,
    pub decision: Option<ReviewDecision>,
}

/// The newest that the service knows of a student in a collection.
pub(super) fn newest(
    sql: &Connection,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<Option<Known>, StoreError> {
    let mut query = sql.prepare(
        "SELECT *, opened('decision ' || submission, decision) AS verdict FROM known_submissions
             WHERE student = mark(?) AND collection = ?",
    )?;
    let mut rows = query.query([student.as_str(), &collection.0])?;
    let mut newest: Option<Known> = None;
    while let Some(row) = rows.next()? {
        let due: Option<String> = column(row, "due")?;
        let decision: Option<String> = column(row, "verdict")?;
        let known = Known {
            id: parsed(row, "submission")?,
            state: from_word(&column::<String>(row, "state")?, "submission state")?,
            received_at: parsed(row, "received_at")?,
            due: due
                .map(|due| due.parse())
                .transpose()
                .map_err(|_| StoreError::Unreadable("due"))?,
            decision: decision
                .map(|decision| from_json(&decision, "decision"))
                .transpose()?,
        };
        if newest
            .as_ref()
            .is_none_or(|newest| newest.received_at < known.received_at)
        {
            newest = Some(known);
        }
    }
    Ok(newest)
}
