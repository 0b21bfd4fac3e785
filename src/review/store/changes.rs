//! What is new since a cursor. A cursor is `epoch.place`; one of another epoch starts from the beginning.

use super::PAYMENT_KEYS;
use super::feed::{self, Kind};
use super::{
    StoreError, booth_settings, catalogue, decisions, entitlements, institutions, requests,
    rosters, submissions,
};
use crate::domain::{BoothId, CollectionId, Epoch, OrderId, StudentRef};
use crate::wire::{Changes, Cursor};
use rusqlite::Connection;

const AT_ONCE: u32 = 500;

/// Collects the next changes for a booth.
pub fn after(
    connection: &Connection,
    epoch: Epoch,
    cursor: &Cursor,
    booth: BoothId,
) -> Result<Changes, StoreError> {
    let from = place(epoch, cursor);
    let feed = feed::after(connection, from, AT_ONCE)?;
    let reached = feed.last().map_or(from, |change| change.seq);
    let mut changes = Changes {
        cursor: Cursor::new(format!("{epoch}.{reached}")),
        epoch,
        more: feed.len() == AT_ONCE as usize,
        catalogue: None,
        institutions: None,
        rosters: vec![],
        working_days: None,
        service: None,
        decisions: vec![],
        submissions: vec![],
        entitlements: vec![],
        refunded: vec![],
        payment_keys: None,
        settings: None,
        requests: vec![],
    };
    for change in feed {
        add(&mut changes, connection, change.kind, &change.key, booth)?;
    }
    Ok(changes)
}

fn place(epoch: Epoch, cursor: &Cursor) -> i64 {
    let mine = cursor
        .as_str()
        .split_once('.')
        .filter(|(of, _)| *of == epoch.to_string());
    mine.and_then(|(_, place)| place.parse().ok())
        .filter(|place| *place >= 0)
        .unwrap_or(0)
}

fn add(
    changes: &mut Changes,
    connection: &Connection,
    kind: Kind,
    key: &str,
    booth: BoothId,
) -> Result<(), StoreError> {
    match kind {
        Kind::Catalogue => changes.catalogue = Some(catalogue::all(connection)?),
        Kind::Institutions => changes.institutions = Some(institutions::all(connection)?),
        Kind::WorkingDays => changes.working_days = Some(catalogue::working_days(connection)?),
        Kind::BoothSettings => changes.settings = Some(booth_settings::decided(connection)?),
        Kind::Service => changes.service = Some(catalogue::service_info(connection)?),
        Kind::Roster => {
            changes.rosters.extend(rosters::for_booths(
                connection,
                &CollectionId(key.to_owned()),
            )?);
        }
        Kind::Decision => changes
            .decisions
            .extend(decisions::for_booths(connection, key)?),
        Kind::Submission => changes
            .submissions
            .extend(submissions::find(connection, key)?),
        Kind::Entitlement => {
            if let Some((student, collection)) = key.split_once(' ') {
                let (student, collection) = (
                    StudentRef::new(student),
                    CollectionId(collection.to_owned()),
                );
                changes
                    .entitlements
                    .extend(entitlements::find(connection, &student, &collection)?);
            }
        }
        Kind::Refund => changes.refunded.extend(key.parse::<OrderId>()),
        Kind::PaymentKeys => changes.payment_keys = super::meta(connection, PAYMENT_KEYS)?,
        Kind::Request => changes
            .requests
            .extend(requests::for_booth(connection, key, booth)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_another_epoch_or_of_nonsense_starts_from_the_beginning() {
        let (now, before) = (Epoch::from_bytes([1; 16]), Epoch::from_bytes([2; 16]));
        assert_eq!(place(now, &Cursor::new(format!("{now}.7"))), 7);
        for strange in [
            format!("{before}.7"),
            format!("{now}.-7"),
            "7".into(),
            String::new(),
        ] {
            assert_eq!(place(now, &Cursor::new(strange)), 0);
        }
    }
}
