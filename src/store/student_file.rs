//! One student's file: every collection of the chosen school and category, with what was paid and handed in.

use super::row::{column, from_word, parsed};
use super::{Store, StoreError, catalogue, known, orders};
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
        eligibility: match catalogue::admits(sql, id, &request.student_number)? {
            Some(true) => Eligibility::Eligible,
            Some(false) => Eligibility::NotOnRoster,
            None => Eligibility::Provisional,
        },
        entitlement: orders::entitlement(sql, student, id)?,
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
        "SELECT id, state, submitted_at FROM submissions WHERE student = ? AND collection = ?
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
mod tests {
    use super::super::samples::{
        at, changes, decided, entitled_store, file_request, known, new_submission, order,
        paid_collection, receipt, store,
    };
    use super::*;
    use crate::domain::{NotApprovedReason, ReviewDecision};
    use crate::wire::{Admission, Changes, Roster, RosterMark};

    fn paid(store: &Store) -> Standing {
        let file = store.student_file(&file_request(), 2).unwrap();
        file.standing(&paid_collection().id).unwrap().clone()
    }

    fn id(n: u8) -> SubmissionId {
        SubmissionId::from_bytes([n; 16])
    }

    fn with_members(numbers: &[&str]) -> Changes {
        let collection = paid_collection().id;
        let members = numbers
            .iter()
            .map(|number| RosterMark::of(&collection, number))
            .collect();
        Changes {
            rosters: vec![Roster {
                collection,
                admission: Admission::Listed { members },
            }],
            ..changes()
        }
    }

    #[test]
    fn eligibility_follows_the_roster_and_without_one_is_provisional() {
        let (store, _folder) = store();
        assert_eq!(paid(&store).eligibility, Eligibility::Provisional);
        store.apply(&with_members(&["1", "2"]), at(1)).unwrap();
        assert_eq!(paid(&store).eligibility, Eligibility::NotOnRoster);
        store
            .apply(&with_members(&["1", "2022050107"]), at(2))
            .unwrap();
        assert_eq!(paid(&store).eligibility, Eligibility::Eligible);
        let everyone = Roster {
            collection: paid_collection().id,
            admission: Admission::Everyone,
        };
        store
            .apply(
                &Changes {
                    rosters: vec![everyone],
                    ..changes()
                },
                at(3),
            )
            .unwrap();
        assert_eq!(paid(&store).eligibility, Eligibility::Eligible);
    }

    #[test]
    fn an_open_order_and_then_the_entitlement_are_in_the_file() {
        let (store, _folder) = store();
        assert_eq!(
            (paid(&store).open_order, paid(&store).entitlement),
            (None, None)
        );
        store.open_order(&order(1), at(0)).unwrap();
        assert_eq!(paid(&store).open_order, Some(order(1)));
        let entitlement = store.settle_order(order(1).id, at(1)).unwrap();
        assert_eq!(
            (paid(&store).open_order, paid(&store).entitlement),
            (None, Some(entitlement))
        );
    }

    #[test]
    fn a_submission_goes_from_queued_to_not_approved_and_may_then_be_taken_again() {
        let (store, _folder) = entitled_store();
        assert!(paid(&store).submission.is_none());
        store.confirm(new_submission(1), at(0)).unwrap();
        let standing = paid(&store);
        let queued = standing.submission.clone().unwrap();
        assert_eq!(
            (queued.state, queued.submitted_at),
            (SubmissionState::Queued, at(0))
        );
        assert!(standing.is_handed_in() && !standing.may_retake());

        store.delivered(&receipt(&store, id(1)), at(1)).unwrap();
        assert_eq!(
            paid(&store).submission.unwrap().state,
            SubmissionState::Delivered
        );

        let under_review = known(1, SubmissionState::UnderReview, at(1));
        store
            .apply(
                &Changes {
                    submissions: vec![under_review.clone()],
                    ..changes()
                },
                at(3),
            )
            .unwrap();
        let reviewed = paid(&store).submission.unwrap();
        assert_eq!(
            (reviewed.state, reviewed.due),
            (SubmissionState::UnderReview, under_review.due)
        );

        let verdict = ReviewDecision::NotApproved {
            reasons: vec![NotApprovedReason::Glasses],
            note: String::new(),
        };
        store
            .apply(
                &Changes {
                    decisions: vec![decided(1, verdict.clone())],
                    ..changes()
                },
                at(4),
            )
            .unwrap();
        let standing = paid(&store);
        assert_eq!(
            standing.submission.as_ref().unwrap().decision,
            Some(verdict)
        );
        assert!(standing.may_retake() && !standing.is_handed_in());

        // the free retake stands before the old verdict
        store.confirm(new_submission(2), at(5)).unwrap();
        assert_eq!(paid(&store).submission.unwrap().id, id(2));
        store.delivered(&receipt(&store, id(2)), at(6)).unwrap();
        assert_eq!(paid(&store).submission.unwrap().id, id(2));
    }

    #[test]
    fn another_booths_submission_stands_here_too() {
        let (store, _folder) = entitled_store();
        let approved = known(9, SubmissionState::Approved, at(0));
        store
            .apply(
                &Changes {
                    submissions: vec![approved],
                    ..changes()
                },
                at(1),
            )
            .unwrap();
        assert!(paid(&store).is_handed_in());
    }

    #[test]
    fn the_promise_is_in_working_days() {
        let (store, _folder) = entitled_store();
        // a Friday evening in China
        store
            .confirm(new_submission(1), "2026-11-20T12:00:00Z".parse().unwrap())
            .unwrap();
        assert_eq!(
            paid(&store).submission.unwrap().due,
            jiff::civil::date(2026, 11, 24)
        );
    }

    #[test]
    fn other_schools_are_not_in_the_file() {
        let (store, _folder) = store();
        let elsewhere = FileRequest {
            institution: "10001".parse().unwrap(),
            ..file_request()
        };
        assert!(
            store
                .student_file(&elsewhere, 2)
                .unwrap()
                .standings
                .is_empty()
        );
    }
}
