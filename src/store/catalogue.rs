//! What the service says of schools, collections, rosters and the calendar, mirrored.
//!
//! [`Store::apply`] takes one answer of the service whole, with its cursor, in one transaction: a booth that
//! is unplugged in the middle asks for the same changes again.

use super::row::{from_json, json};
use super::{Store, StoreError, entitlements, known, offline_payment, requests, rosters};
use crate::domain::working_days::WorkingDays;
use crate::domain::{BoothSettings, Catalogue, Collection, CollectionId, Epoch, Institution};
use crate::wire::feed::Head;
use crate::wire::{Changes, Cursor, Digest, ServiceInfo};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

/// Its place among the settings.
const BOOTH_SETTINGS: &str = "booth_settings";

impl Store {
    /// Applies what is new at the service. `at` is when it was heard.
    pub fn apply(&self, changes: &Changes, at: Timestamp) -> Result<(), StoreError> {
        self.write(|sql| {
            apply_mirrors(sql, changes)?;
            // what ends comes first: a right may have another source in its place
            for order in &changes.refunded {
                offline_payment::refunded(sql, *order, at)?;
            }
            for entitlement in &changes.entitlements {
                entitlements::told(sql, entitlement, at)?;
            }
            for submission in &changes.submissions {
                known::learn(sql, submission)?;
            }
            for decided in &changes.decisions {
                known::decide(sql, decided)?;
            }
            for status in &changes.requests {
                requests::answer(sql, status)?;
            }
            offer_again_after_a_restore(sql, changes.epoch)?;
            sql.execute(
                "UPDATE booth SET cursor = ?, epoch = ?, as_of = ?",
                params![
                    changes.cursor.as_str(),
                    changes.epoch.to_string(),
                    at.to_string()
                ],
            )?;
            Ok(())
        })
    }

    /// When the service last said what is new; `None` if it never did.
    pub fn last_contact(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(as_of)
    }

    /// How far the changes were applied.
    pub fn cursor(&self) -> Result<Cursor, StoreError> {
        self.read(|sql| {
            let cursor: String = sql.query_row("SELECT cursor FROM booth", [], |row| row.get(0))?;
            Ok(Cursor::new(cursor))
        })
    }

    /// Where the booth's own chain of envelopes ends.
    pub fn head(&self) -> Result<Head, StoreError> {
        self.read(|sql| {
            let (sequence, last): (i64, Option<String>) = sql.query_row(
                "SELECT last_sequence, last_envelope FROM booth",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let envelope = last.map_or(Ok(Digest::from_bytes([0; 32])), |text| text.parse());
            let envelope = envelope.map_err(|_| StoreError::Unreadable("last_envelope"))?;
            Ok(Head {
                sequence: sequence.cast_unsigned(),
                envelope,
            })
        })
    }

    /// Every collection, with the time at which the service was last heard.
    pub fn catalogue(&self) -> Result<Catalogue, StoreError> {
        self.read(|sql| {
            let collections = bodies(
                sql,
                "SELECT body FROM collections ORDER BY id",
                "collection",
            )?;
            Ok(Catalogue {
                as_of: as_of(sql)?,
                collections,
            })
        })
    }

    /// Schools that the service has told of; empty if it never did.
    pub fn institutions(&self) -> Result<Vec<Institution>, StoreError> {
        self.read(|sql| {
            bodies(
                sql,
                "SELECT body FROM institutions ORDER BY code",
                "institution",
            )
        })
    }

    /// The working-day calendar; weekends only if the service never told.
    pub fn working_days(&self) -> Result<WorkingDays, StoreError> {
        self.read(working_days)
    }

    /// What the service decides for all booths; nothing, if it never did.
    pub fn booth_settings(&self) -> Result<BoothSettings, StoreError> {
        self.read(|sql| {
            let body: Option<String> = sql
                .query_row(
                    "SELECT value FROM settings WHERE key = ?",
                    [BOOTH_SETTINGS],
                    |row| row.get(0),
                )
                .optional()?;
            let decided = body.map(|body| from_json(&body, BOOTH_SETTINGS));
            Ok(decided.transpose()?.unwrap_or_default())
        })
    }

    /// How to reach customer service, as the service says.
    pub fn service_info(&self) -> Result<Option<ServiceInfo>, StoreError> {
        self.read(service_info)
    }
}

fn apply_mirrors(sql: &Connection, changes: &Changes) -> Result<(), StoreError> {
    if let Some(catalogue) = &changes.catalogue {
        let keyed = catalogue
            .collections
            .iter()
            .map(|collection| (collection.id.0.clone(), collection));
        replace_all(sql, "collections", "id", keyed)?;
    }
    if let Some(institutions) = &changes.institutions {
        let keyed = institutions
            .iter()
            .map(|institution| (institution.code.to_string(), institution));
        replace_all(sql, "institutions", "code", keyed)?;
    }
    if let Some(days) = &changes.working_days {
        sql.execute(
            "INSERT OR REPLACE INTO calendar (only, body) VALUES (1, ?)",
            [json(days)?],
        )?;
    }
    if let Some(service) = &changes.service {
        sql.execute("UPDATE booth SET service_info = ?", [json(service)?])?;
    }
    if let Some(settings) = &changes.settings {
        sql.execute(
            "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)",
            params![BOOTH_SETTINGS, json(settings)?],
        )?;
    }
    changes
        .rosters
        .iter()
        .try_for_each(|roster| rosters::replace(sql, roster))
}

fn replace_all<'a, T: Serialize + 'a>(
    sql: &Connection,
    table: &'static str,
    key: &'static str,
    rows: impl Iterator<Item = (String, &'a T)>,
) -> Result<(), StoreError> {
    sql.execute(&format!("DELETE FROM {table}"), [])?;
    let mut insert = sql.prepare(&format!(
        "INSERT OR REPLACE INTO {table} ({key}, body) VALUES (?, ?)"
    ))?;
    for (name, body) in rows {
        insert.execute([name, json(body)?])?;
    }
    Ok(())
}

/// The service was restored from a backup: whatever it signed for in another life may be lost there, so all
/// that is still here is offered again. It answers the same to what it still has.
fn offer_again_after_a_restore(sql: &Connection, epoch: Epoch) -> Result<(), StoreError> {
    sql.execute(
        "UPDATE submissions SET state = 'queued' WHERE receipt_epoch <> ? AND purged_at IS NULL AND state <> 'held'",
        [epoch.to_string()],
    )?;
    Ok(())
}

pub(super) fn collection(
    sql: &Connection,
    id: &CollectionId,
) -> Result<Option<Collection>, StoreError> {
    let body: Option<String> = sql
        .query_row(
            "SELECT body FROM collections WHERE id = ?",
            [&id.0],
            |row| row.get(0),
        )
        .optional()?;
    body.map(|body| from_json(&body, "collection")).transpose()
}

pub(super) fn as_of(sql: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let text: Option<String> = sql.query_row("SELECT as_of FROM booth", [], |row| row.get(0))?;
    text.map(|text| text.parse())
        .transpose()
        .map_err(|_| StoreError::Unreadable("as_of"))
}

pub(super) fn working_days(sql: &Connection) -> Result<WorkingDays, StoreError> {
    let body: Option<String> = sql
        .query_row("SELECT body FROM calendar", [], |row| row.get(0))
        .optional()?;
    body.map_or_else(
        || Ok(WorkingDays::default()),
        |body| from_json(&body, "calendar"),
    )
}

pub(super) fn service_info(sql: &Connection) -> Result<Option<ServiceInfo>, StoreError> {
    let body: Option<String> =
        sql.query_row("SELECT service_info FROM booth", [], |row| row.get(0))?;
    body.map(|body| from_json(&body, "service_info"))
        .transpose()
}

pub(super) fn bodies<T: serde::de::DeserializeOwned>(
    sql: &Connection,
    query: &str,
    what: &'static str,
) -> Result<Vec<T>, StoreError> {
    let mut query = sql.prepare(query)?;
    let mut rows = query.query([])?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push(from_json(&row.get::<_, String>(0)?, what)?);
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        at, changes, entitled_store, new_submission, paid_collection, receipt, sealer, state_key,
        store,
    };
    use super::*;
    use crate::domain::{SubmissionId, SubmissionState};

    #[test]
    fn changes_are_applied_whole_and_outlive_a_restart() {
        let (store, folder) = store();
        drop(store);
        let store = Store::open(folder.path(), &state_key()).unwrap();
        let catalogue = store.catalogue().unwrap();
        assert_eq!(catalogue.as_of, Some(at(0)));
        assert_eq!(store.last_contact().unwrap(), Some(at(0)));
        assert_eq!(catalogue.collections.len(), 2);
        assert_eq!(store.cursor().unwrap(), changes().cursor);
        store.apply(&changes(), at(5)).unwrap();
        assert_eq!(
            store.catalogue().unwrap().collections,
            catalogue.collections
        );
        assert_eq!(store.service_info().unwrap(), changes().service);
    }

    #[test]
    fn a_catalogue_replaces_the_one_before_it() {
        let (store, _folder) = store();
        let only = Catalogue {
            as_of: None,
            collections: vec![paid_collection()],
        };
        store
            .apply(
                &Changes {
                    catalogue: Some(only),
                    ..changes()
                },
                at(1),
            )
            .unwrap();
        assert_eq!(store.catalogue().unwrap().collections, [paid_collection()]);
        store
            .apply(
                &Changes {
                    catalogue: None,
                    ..changes()
                },
                at(2),
            )
            .unwrap();
        assert_eq!(store.catalogue().unwrap().collections, [paid_collection()]);
    }

    #[test]
    fn a_restored_service_is_offered_again_what_is_still_here() {
        let (store, _folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        let id = SubmissionId::from_bytes([1; 16]);
        store.delivered(&receipt(&store, id), at(1)).unwrap();
        store.apply(&changes(), at(2)).unwrap();
        assert_eq!(
            store.submission_state(id).unwrap(),
            Some(SubmissionState::Delivered)
        );
        store
            .apply(
                &Changes {
                    epoch: Epoch::from_bytes([8; 16]),
                    ..changes()
                },
                at(3),
            )
            .unwrap();
        assert_eq!(
            store.submission_state(id).unwrap(),
            Some(SubmissionState::Queued)
        );
    }
}
