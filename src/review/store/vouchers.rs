//! Vouchers that were issued, and whose they are. The first to be heard of counts; a copy gives nobody anything.

use super::columns::{first, now, parsed_at};
use super::{StoreError, audit, debts, entitlements};
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

/// A student shows a voucher; tells whether it is this student's now. It is spent where it gives the right or pays what
/// was owed; who has paid already keeps it unspent, and it stands in should that money go back: the booth that saw the
/// voucher has let the student in by it.
pub fn spend(
    tx: &Transaction<'_>,
    id: VoucherId,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<bool, StoreError> {
    let Some((issued_for, shown_by)) = find(tx, id)? else {
        return Ok(false);
    };
    if issued_for != *collection {
        return Ok(false);
    }
    if let Some(shown_by) = shown_by {
        return Ok(shown_by == *student);
    }
    tx.execute(
        "UPDATE vouchers SET student = ?2 WHERE id = ?1",
        params![id.to_string(), student.as_str()],
    )?;
    let source = EntitlementSource::Voucher { voucher: id };
    if entitlements::give(tx, student, collection, source)? {
        spent(tx, id)?;
    } else if debts::pay(tx, student, collection)? {
        entitlements::replace(tx, student, collection, source)?;
        spent(tx, id)?;
    }
    Ok(true)
}

/// The money that had given a right goes back: a voucher that the student keeps unspent gives it from here on.
pub fn stand_in(
    tx: &Transaction<'_>,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<(), StoreError> {
    let mut kept = tx.prepare_cached(
        "SELECT id FROM vouchers WHERE student = ?1 AND collection = ?2 AND spent_ms IS NULL ORDER BY id",
    )?;
    let rows = kept.query(params![student.as_str(), collection.0])?;
    let Some(voucher) = first(rows, |row| parsed_at(row, "id"))? else {
        return Ok(());
    };
    if entitlements::give(
        tx,
        student,
        collection,
        EntitlementSource::Voucher { voucher },
    )? {
        spent(tx, voucher)?;
    }
    Ok(())
}

fn spent(tx: &Transaction<'_>, id: VoucherId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE vouchers SET spent_ms = ?2 WHERE id = ?1",
        params![id.to_string(), now().as_millisecond()],
    )?;
    audit::note(tx, "voucher", "spend voucher", &id.to_string(), "")
}

/// For which collection it was issued, and whose it is.
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
