//! What becomes of the photo that a right was for: handed in, decided on, withdrawn. It stands between a payment and its
//! way back: what was approved is not paid back, and nothing stands without a right.

use super::world::World;
use gradbooth::domain::{SubmissionId, SubmissionState};
use gradbooth::review::store::{self as books, withdrawals};
use rusqlite::params;

impl World {
    /// By the rule of the intake: a right, and nothing that stands. What a photo is made of plays no part here.
    pub fn hands_in(&mut self) {
        let id = SubmissionId::from_bytes(self.bytes());
        let (student, of) = (self.student.clone(), self.collection_id());
        let booth = self.booths[0].id();
        self.service
            .write_now(|tx| {
                let is_free = withdrawals::standing(tx, &student, &of)?.is_none();
                if !is_free || books::entitlements::find(tx, &student, &of)?.is_none() {
                    return Ok(());
                }
                tx.execute(
                    "INSERT INTO submissions (id, booth, sequence, manifest_sha256, student, student_number, masked_name,
                         institution, category, collection, imported, captured_ms, received_ms, due, state)
                     VALUES (?1, ?2, 1, '', ?3, '', '', '10559', 'regular', ?4, 0, 0, 0, '2100-01-01', 'under_review')",
                    params![id.to_string(), booth.to_string(), student.as_str(), of.0],
                )?;
                Ok(())
            })
            .unwrap();
    }

    fn under_review(&self) -> Option<SubmissionId> {
        match self.standing()? {
            (id, SubmissionState::UnderReview) => Some(id),
            _ => None,
        }
    }

    /// What stands for the student.
    pub fn standing(&self) -> Option<(SubmissionId, SubmissionState)> {
        let (student, of) = (&self.student, self.collection_id());
        self.service
            .read_now(|tx| withdrawals::standing(tx, student, &of))
            .unwrap()
    }

    /// A reviewer's verdict.
    pub fn is_decided(&mut self, state: &str) {
        if let Some(id) = self.under_review() {
            let decided = "UPDATE submissions SET state = ?2 WHERE id = ?1";
            self.service
                .write_now(|tx| Ok(tx.execute(decided, params![id.to_string(), state])?))
                .unwrap();
        }
    }

    /// The desk takes back what stands; the rule says no to what was decided.
    pub fn desk_withdraws(&mut self) {
        if let Some((id, _)) = self.standing() {
            let _ = self
                .service
                .write_now(|tx| withdrawals::withdraw(tx, id, "desk"));
        }
    }
}
