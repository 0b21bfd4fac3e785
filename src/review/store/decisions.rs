//! The reviewers' queue and their verdicts. A verdict is one transaction: decision, state, feed, audit.

use super::columns::{collect, first, json_at, now, parsed_at, time_at, word_at};
use super::feed::{self, Kind};
use super::{StoreError, audit};
use crate::domain::{
    CollectionId, DecisionId, EducationCategory, InstitutionCode, ReviewDecision, StudentRef,
    SubmissionId, SubmissionState,
};
use crate::wire::Decided;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// A submission as a reviewer sees it in the queue: masked.
#[derive(Clone)]
pub struct Waiting {
    /// Its id.
    pub id: SubmissionId,
    /// `周*`.
    pub masked_name: String,
    /// Given by the school.
    pub student_number: String,
    /// School.
    pub institution: InstitutionCode,
    /// Its Chinese name.
    pub institution_zh: String,
    /// Its English name, may be empty.
    pub institution_en: String,
    /// Category.
    pub category: EducationCategory,
    /// Collection.
    pub collection: CollectionId,
    /// Brought along, not taken at the booth.
    pub imported: bool,
    /// When it came.
    pub received_at: Timestamp,
    /// By when it is promised.
    pub due: Date,
    /// Where it stands.
    pub state: SubmissionState,
    /// Name of the booth.
    pub booth_name: String,
}

const SELECT: &str =
    "SELECT submissions.*, booths.name AS booth_name, name_zh, name_en FROM submissions
     JOIN booths ON booths.id = submissions.booth
     LEFT JOIN institutions ON institutions.code = submissions.institution";

fn waiting(row: &Row<'_>) -> Result<Waiting, StoreError> {
    Ok(Waiting {
        id: parsed_at(row, "id")?,
        masked_name: row.get("masked_name")?,
        student_number: row.get("student_number")?,
        institution: parsed_at(row, "institution")?,
        institution_zh: row.get::<_, Option<String>>("name_zh")?.unwrap_or_default(),
        institution_en: row.get::<_, Option<String>>("name_en")?.unwrap_or_default(),
        category: word_at(row, "category")?,
        collection: CollectionId(row.get("collection")?),
        imported: row.get("imported")?,
        received_at: time_at(row, "received_ms")?,
        due: parsed_at(row, "due")?,
        state: word_at(row, "state")?,
        booth_name: row.get("booth_name")?,
    })
}

/// The oldest submissions under review.
pub fn queue(connection: &Connection, limit: u32) -> Result<Vec<Waiting>, StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "{SELECT} WHERE state = 'under_review' ORDER BY received_ms, submissions.id LIMIT ?1"
    ))?;
    collect(select.query([limit])?, waiting)
}

/// One submission.
pub fn find(connection: &Connection, id: SubmissionId) -> Result<Option<Waiting>, StoreError> {
    let mut select = connection.prepare_cached(&format!("{SELECT} WHERE submissions.id = ?1"))?;
    first(select.query([id.to_string()])?, waiting)
}

/// Neighbours in the queue of a submission that came at `received_at`: the one before and the one after.
pub fn neighbours(
    connection: &Connection,
    of: &Waiting,
) -> Result<[Option<SubmissionId>; 2], StoreError> {
    let place = params![of.received_at.as_millisecond(), of.id.to_string()];
    let before =
        "SELECT id FROM submissions WHERE state = 'under_review' AND (received_ms, id) < (?1, ?2)
         ORDER BY received_ms DESC, id DESC LIMIT 1";
    let after =
        "SELECT id FROM submissions WHERE state = 'under_review' AND (received_ms, id) > (?1, ?2)
         ORDER BY received_ms, id LIMIT 1";
    let one = |sql: &str| {
        first(connection.prepare_cached(sql)?.query(place)?, |row| {
            parsed_at(row, "id")
        })
    };
    Ok([one(before)?, one(after)?])
}

/// How many wait, how many of them beyond their promised day, how many were decided since `since`.
pub fn counts(
    connection: &Connection,
    today: Date,
    since: Timestamp,
) -> Result<[u32; 3], StoreError> {
    let sql = "SELECT (SELECT count(*) FROM submissions WHERE state = 'under_review'),
         (SELECT count(*) FROM submissions WHERE state = 'under_review' AND due < ?1),
         (SELECT count(*) FROM decisions WHERE decided_ms >= ?2)";
    let counted = connection
        .prepare_cached(sql)?
        .query_row(params![today.to_string(), since.as_millisecond()], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?])
        })?;
    Ok(counted)
}

/// What became of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It counts, now or since the same key was pressed before.
    Decided,
    /// Somebody else was quicker, or the submission was withdrawn.
    TooLate,
}

/// Decides. The same decision again does nothing; a second verdict never replaces the first.
pub fn decide(
    tx: &Transaction<'_>,
    id: DecisionId,
    submission: SubmissionId,
    decision: &ReviewDecision,
    reviewer: &str,
) -> Result<Outcome, StoreError> {
    let mut same =
        tx.prepare_cached("SELECT 1 FROM decisions WHERE id = ?1 AND submission = ?2")?;
    if same.exists([id.to_string(), submission.to_string()])? {
        return Ok(Outcome::Decided);
    }
    let state = match decision {
        ReviewDecision::Approved => "approved",
        ReviewDecision::NotApproved { .. } => "not_approved",
    };
    let changed = tx.execute(
        "UPDATE submissions SET state = ?2 WHERE id = ?1 AND state = 'under_review'",
        params![submission.to_string(), state],
    )?;
    if changed == 0 {
        return Ok(Outcome::TooLate);
    }
    tx.execute(
        "INSERT INTO decisions (id, submission, reviewer, decision, decided_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id.to_string(),
            submission.to_string(),
            reviewer,
            serde_json::to_string(decision)?,
            now().as_millisecond()
        ],
    )?;
    feed::changed(tx, Kind::Submission, &submission.to_string())?;
    feed::changed(tx, Kind::Decision, &id.to_string())?;
    audit::note(
        tx,
        reviewer,
        state,
        &submission.to_string(),
        &id.to_string(),
    )?;
    Ok(Outcome::Decided)
}

/// A decision as booths receive it.
pub fn for_booths(connection: &Connection, id: &str) -> Result<Option<Decided>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT decisions.*, student, collection FROM decisions
         JOIN submissions ON submissions.id = decisions.submission WHERE decisions.id = ?1",
    )?;
    first(select.query([id])?, |row| {
        Ok(Decided {
            id: parsed_at(row, "id")?,
            submission: parsed_at(row, "submission")?,
            student: StudentRef::new(row.get::<_, String>("student")?),
            collection: CollectionId(row.get("collection")?),
            decision: json_at(row, "decision")?,
            at: time_at(row, "decided_ms")?,
        })
    })
}

/// The verdict on a submission and who gave it.
pub fn of_submission(
    connection: &Connection,
    submission: SubmissionId,
) -> Result<Option<(ReviewDecision, String)>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT decision, reviewer FROM decisions WHERE submission = ?1")?;
    first(select.query([submission.to_string()])?, |row| {
        Ok((json_at(row, "decision")?, row.get("reviewer")?))
    })
}

/// Submissions of a collection by state: under review, approved, not approved.
pub fn progress(
    connection: &Connection,
    collection: &CollectionId,
) -> Result<[u32; 3], StoreError> {
    let sql = "SELECT count(*) FILTER (WHERE state = 'under_review'), count(*) FILTER (WHERE state = 'approved'),
         count(*) FILTER (WHERE state = 'not_approved') FROM submissions WHERE collection = ?1";
    let row = connection
        .prepare_cached(sql)?
        .query_row([&collection.0], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?])
        })
        .optional()?;
    Ok(row.unwrap_or_default())
}
