//! What the attendant measured in: the figures as JSON, and the picture of the empty booth. The newest only.

use super::row::{column, parsed};
use super::{Store, StoreError};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

/// A calibration as it is kept. The figures are read by whoever measured them.
#[derive(Clone, PartialEq)]
pub struct KeptCalibration {
    /// When the empty booth was photographed.
    pub taken_at: Timestamp,
    /// The figures, as JSON.
    pub facts: String,
    /// The clean plate, as JPEG.
    pub plate: Vec<u8>,
}

impl std::fmt::Debug for KeptCalibration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptCalibration({})", self.taken_at)
    }
}

impl Store {
    /// Keeps a calibration in place of the one before.
    pub fn keep_calibration(&self, kept: &KeptCalibration) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "INSERT INTO calibration (id, taken_at, facts, plate) VALUES (1, ?, ?, ?)
                 ON CONFLICT DO UPDATE SET taken_at = excluded.taken_at, facts = excluded.facts, plate = excluded.plate",
                params![kept.taken_at.to_string(), kept.facts, kept.plate],
            )?;
            Ok(())
        })
    }

    /// The calibration that holds; `None` for a booth that was never measured in.
    pub fn calibration(&self) -> Result<Option<KeptCalibration>, StoreError> {
        self.read(|sql| {
            let mut statement = sql.prepare("SELECT taken_at, facts, plate FROM calibration")?;
            let found = statement
                .query_row([], |row| {
                    Ok(parsed(row, "taken_at").and_then(|taken_at| {
                        Ok(KeptCalibration {
                            taken_at,
                            facts: column(row, "facts")?,
                            plate: column(row, "plate")?,
                        })
                    }))
                })
                .optional()?;
            found.transpose()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples::state_key;

    #[test]
    fn the_newest_calibration_survives_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let kept = |facts: &str| KeptCalibration {
            taken_at: "2026-11-02T08:00:00Z".parse().unwrap(),
            facts: facts.to_owned(),
            plate: vec![0xff, 0xd8, 1],
        };
        let store = Store::open(folder.path(), &state_key()).unwrap();
        assert_eq!(store.calibration().unwrap(), None);
        store.keep_calibration(&kept("{}")).unwrap();
        store.keep_calibration(&kept("{\"focal\":0.8}")).unwrap();
        drop(store);
        let store = Store::open(folder.path(), &state_key()).unwrap();
        assert_eq!(store.calibration().unwrap(), Some(kept("{\"focal\":0.8}")));
    }
}
