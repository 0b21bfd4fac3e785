//! One student's file: every collection of the chosen school and category, with what was paid and handed in.

use super::row::{column, from_word, parsed};
use super::{Store, StoreError, catalogue, entitlements, known, orders, rosters};
use crate::domain::standing::day_in_china;
use crate::domain::working_days::WorkingDays;
use crate::domain::{
    Collection, Eligibility, FileRequest, Standing, StudentFile, StudentRef, SubmissionId,
    SubmissionStanding, SubmissionState,
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

/// How a review's day is promised.
struct Promise {
    calendar: WorkingDays,
    days: u32,
}

impl Store {
    /// Where a student stands. `promised_days` holds until the service has said within how many working days
    /// it reviews.
    pub fn student_file(
        &self,
        request: &FileRequest,
        promised_days: u32,
    ) -> Result<StudentFile, StoreError> {
        self.read(|sql| {
            let service = catalogue::service_info(sql)?;
            let promise = Promise {
                calendar: catalogue::working_days(sql)?,
                days: service.map_or(promised_days, |service| service.review_working_days),
            };
            let all: Vec<Collection> =
                catalogue::bodies(sql, "SELECT body FROM collections", "collection")?;
            let mut standings = all
                .into_iter()
                .filter(|c| c.institution == request.institution && c.category == request.category)
                .map(|collection| standing(sql, request, collection, &promise))
                .collect::<Result<Vec<_>, _>>()?;
            standings.sort_by(|a, b| {
                b.collection
                    .closes
                    .cmp(&a.collection.closes)
                    .then(a.collection.id.cmp(&b.collection.id))
            });
            Ok(StudentFile {
                student: request.student.clone(),
                standings,
                as_of: catalogue::as_of(sql)?,
            })
        })
    }
}

fn standing(
    sql: &Connection,
    request: &FileRequest,
    collection: Collection,
    promise: &Promise,
) -> Result<Standing, StoreError> {
    let (student, id) = (&request.student, &collection.id);
    Ok(Standing {
        eligibility: match rosters::admits(sql, id, &request.student_number)? {
            Some(true) => Eligibility::Eligible,
            Some(false) => Eligibility::NotOnRoster,
            None => Eligibility::Provisional,
        },
        entitlement: entitlements::entitlement(sql, student, id)?,
        open_order: orders::open_order(sql, student, id)?.map(|open| open.order),
        submission: submission(sql, student, &collection, promise)?,
        collection,
    })
}

/// One that waits here stands before all others: the service cannot know of it. Else the newest that the
/// service has, by its own clock; a receipt makes ours one of those.
fn submission(
    sql: &Connection,
    student: &StudentRef,
    collection: &Collection,
    promise: &Promise,
) -> Result<Option<SubmissionStanding>, StoreError> {
    let ours = newest_here(sql, student, collection)?;
    if ours.as_ref().is_some_and(Ours::waits) {
        return Ok(ours.map(|ours| ours.standing(promise)));
    }
    let known = known::newest(sql, student, &collection.id)?;
    Ok(known.map(|known| {
        let here = ours.filter(|ours| ours.id == known.id);
        let submitted_at = here.map_or(known.received_at, |ours| ours.submitted_at);
        SubmissionStanding {
            id: known.id,
            state: known.state,
            submitted_at,
            due: known.due.unwrap_or_else(|| promise.due(submitted_at)),
            decision: known.decision,
        }
    }))
}

impl Promise {
    fn due(&self, submitted_at: Timestamp) -> jiff::civil::Date {
        self.calendar.due(day_in_china(submitted_at), self.days)
    }
}

struct Ours {
    id: SubmissionId,
    state: SubmissionState,
    submitted_at: Timestamp,
}

impl Ours {
    fn waits(&self) -> bool {
        matches!(self.state, SubmissionState::Queued | SubmissionState::Held)
    }

    fn standing(self, promise: &Promise) -> SubmissionStanding {
        let due = promise.due(self.submitted_at);
        SubmissionStanding {
            id: self.id,
            state: self.state,
            submitted_at: self.submitted_at,
            due,
            decision: None,
        }
    }
}

fn newest_here(
    sql: &Connection,
    student: &StudentRef,
    collection: &Collection,
) -> Result<Option<Ours>, StoreError> {
    let mut query = sql.prepare(
        "SELECT id, state, submitted_at FROM submissions WHERE student = mark(?) AND collection = ?
         ORDER BY sequence DESC LIMIT 1",
    )?;
    let mut rows = query.query(params![student.as_str(), collection.id.0])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    Ok(Some(Ours {
        id: parsed(row, "id")?,
        state: from_word(&column::<String>(row, "state")?, "submission state")?,
        submitted_at: parsed(row, "submitted_at")?,
    }))
}

#[cfg(test)]
mod tests;
