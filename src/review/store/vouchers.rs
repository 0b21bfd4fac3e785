//! Vouchers that were issued, and who spent them. The first to be heard of counts; a copy gives nobody anything.

use super::columns::{first, now};
use super::{StoreError, audit, entitlements};
use crate::domain::{CollectionId, EntitlementSource, StudentRef, VoucherId};
use rusqlite::{Connection, Transaction, params};

/// Issues a voucher.
pub fn issue(
    tx: &Transaction<'_>,
    id: VoucherId,
    collection: &CollectionId,
    by: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO vouchers (id, collection, issued_by, issued_ms) VALUES (?1, ?2, ?3, ?4)",
        params![id.to_string(), collection.0, by, now().as_millisecond()],
    )?;
    audit::note(tx, by, "issue voucher", &id.to_string(), &collection.0)
}

/// Spends a voucher for a student; tells whether it is this student's now. Who is entitled already keeps it unspent.
pub fn spend(
    tx: &Transaction<'_>,
    id: VoucherId,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<bool, StoreError> {
    let Some((issued_for, spent_by)) = find(tx, id)? else {
        return Ok(false);
    };
    if issued_for != *collection {
        return Ok(false);
    }
    if let Some(spent_by) = spent_by {
        return Ok(spent_by == *student);
    }
    if entitlements::give(
        tx,
        student,
        collection,
        EntitlementSource::Voucher { voucher: id },
    )? {
        tx.execute(
            "UPDATE vouchers SET student = ?2, spent_ms = ?3 WHERE id = ?1",
            params![id.to_string(), student.as_str(), now().as_millisecond()],
        )?;
        audit::note(tx, "voucher", "spend voucher", &id.to_string(), "")?;
    }
    Ok(true)
}

/// For which collection it was issued, and who spent it.
fn find(
    connection: &Connection,
    id: VoucherId,
) -> Result<Option<(CollectionId, Option<StudentRef>)>, StoreError> {
    let mut select =
        connection.prepare_cached("SELECT collection, student FROM vouchers WHERE id = ?1")?;
    first(select.query([id.to_string()])?, |row| {
        let student: Option<String> = row.get("student")?;
        Ok((
            CollectionId(row.get("collection")?),
            student.map(StudentRef::new),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::commands::demo;
    use crate::review::store::Store;

    #[test]
    fn a_voucher_spent_at_two_booths_counts_for_whom_was_heard_first() {
        let folder = tempfile::tempdir().unwrap();
        demo::fill(folder.path(), &mut Vec::new()).unwrap();
        let store = Store::open(&crate::review::Config::database(folder.path())).unwrap();
        let id = VoucherId::from_bytes([3; 16]);
        let [one, two] = ["00ff", "11ff"].map(StudentRef::new);
        let heard = store.write_now(|tx| {
            let collection = crate::review::store::catalogue::all(tx)?.collections[0]
                .id
                .clone();
            issue(tx, id, &collection, "test")?;
            let elsewhere = CollectionId("elsewhere".into());
            Ok([
                spend(tx, id, &one, &elsewhere)?,
                spend(tx, id, &one, &collection)?,
                spend(tx, id, &one, &collection)?,
                spend(tx, id, &two, &collection)?,
                entitlements::find(tx, &two, &collection)?.is_some(),
            ])
        });
        assert_eq!(heard.unwrap(), [false, true, true, false, false]);
    }
}
