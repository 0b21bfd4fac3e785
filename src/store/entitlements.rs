//! The right to be photographed in a collection: of the student, given once, kept whatever happens to a photo.

use super::row::{from_json, json};
use super::{Store, StoreError, catalogue};
use crate::domain::{CollectionId, Entitlement, EntitlementSource, StudentRef};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

impl Store {
    /// The right to be photographed where the collection asks nothing. Doing it again gives the same.
    pub fn grant_nothing_due(
        &self,
        student: &StudentRef,
        collection: &CollectionId,
        at: Timestamp,
    ) -> Result<Entitlement, StoreError> {
        self.write(|sql| {
            let known = catalogue::collection(sql, collection)?;
            if known.is_none_or(|collection| !collection.fee.is_nothing()) {
                return Err(StoreError::Unlawful("something is due in this collection"));
            }
            let entitlement = Entitlement {
                student: student.clone(),
                collection: collection.clone(),
                source: EntitlementSource::NothingDue,
            };
            grant(sql, &entitlement, at)
        })
    }

    /// The right of a student in a collection.
    pub fn entitlement(
        &self,
        student: &StudentRef,
        collection: &CollectionId,
    ) -> Result<Option<Entitlement>, StoreError> {
        self.read(|sql| entitlement(sql, student, collection))
    }
}

/// Gives the right; the first source stays. Returns the right that stands.
pub(super) fn grant(
    sql: &Connection,
    wanted: &Entitlement,
    at: Timestamp,
) -> Result<Entitlement, StoreError> {
    sql.execute(
        "INSERT INTO entitlements (student, collection, source, granted_at) VALUES (mark(?), ?, ?, ?)
         ON CONFLICT DO NOTHING",
        params![
            wanted.student.as_str(),
            wanted.collection.0,
            json(&wanted.source)?,
            at.to_string()
        ],
    )?;
    entitlement(sql, &wanted.student, &wanted.collection)?
        .ok_or(StoreError::Unreadable("entitlement"))
}

pub(super) fn entitlement(
    sql: &Connection,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<Option<Entitlement>, StoreError> {
    let source: Option<String> = sql
        .query_row(
            "SELECT source FROM entitlements WHERE student = mark(?) AND collection = ?",
            params![student.as_str(), collection.0],
            |row| row.get(0),
        )
        .optional()?;
    let of = |source: String| {
        let source = from_json(&source, "entitlement")?;
        Ok(Entitlement {
            student: student.clone(),
            collection: collection.clone(),
            source,
        })
    };
    source.map(of).transpose()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, free_collection, paid_collection, store, student};
    use super::*;

    #[test]
    fn nothing_due_is_granted_only_where_nothing_is_due() {
        let (store, _folder) = store();
        let grant = |id: &CollectionId| store.grant_nothing_due(&student(), id, at(0));
        let free = grant(&free_collection().id).unwrap();
        assert_eq!(free.source, EntitlementSource::NothingDue);
        assert_eq!(grant(&free_collection().id).unwrap(), free);
        assert!(matches!(
            grant(&paid_collection().id),
            Err(StoreError::Unlawful(_))
        ));
        assert!(matches!(
            grant(&CollectionId("unknown".into())),
            Err(StoreError::Unlawful(_))
        ));
    }
}
