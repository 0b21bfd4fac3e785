//! Collections, the calendar, and how to reach customer service: what the booths know of the world.

use super::columns::{collect, first, json_at, now, word};
use super::feed::{self, Kind};
use super::{StoreError, meta, set_meta};
use crate::domain::working_days::WorkingDays;
use crate::domain::{Catalogue, Collection, CollectionId, InstitutionCode, Order};
use crate::wire::ServiceInfo;
use rusqlite::{Connection, Transaction, params};

/// Whom a collection admits, before any list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admits {
    /// Everyone of the school and category.
    Everyone,
    /// Whoever is on the roster.
    Listed,
}

impl Admits {
    const fn word(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Listed => "listed",
        }
    }
}

/// Opens a collection or brings it up to date.
pub fn put(
    tx: &Transaction<'_>,
    collection: &Collection,
    admits: Admits,
) -> Result<(), StoreError> {
    keep_old_price(tx, collection)?;
    let written = tx.execute(
        "INSERT INTO collections (id, institution, category, admits, body) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET institution = excluded.institution, category = excluded.category,
             admits = excluded.admits, body = excluded.body
         WHERE body <> excluded.body OR admits <> excluded.admits",
        params![
            collection.id.0,
            collection.institution.to_string(),
            word(&collection.category)?,
            admits.word(),
            serde_json::to_string(collection)?
        ],
    )?;
    if written > 0 {
        feed::changed(tx, Kind::Catalogue, "")?;
        feed::changed(tx, Kind::Roster, &collection.id.0)?;
    }
    Ok(())
}

/// A price that is replaced is remembered, because orders over it may be on their way.
fn keep_old_price(tx: &Transaction<'_>, new: &Collection) -> Result<(), StoreError> {
    let Some((old, _)) = find(tx, &new.id)? else {
        return Ok(());
    };
    if (old.fee, old.price_version) != (new.fee, new.price_version) {
        tx.execute(
            "INSERT OR REPLACE INTO prices (collection, version, fee_fen, replaced_ms) VALUES (?1, ?2, ?3, ?4)",
            params![old.id.0, old.price_version, old.fee.fen(), now().as_millisecond()],
        )?;
    }
    Ok(())
}

/// An order over a price that was replaced is honoured so long: a booth without a network could not know.
const OLD_PRICE_HONOURED_MS: i64 = 24 * 60 * 60 * 1000;

/// The order asks for the price that the collection had a short while ago.
pub fn was_the_price(connection: &Connection, order: &Order) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM prices WHERE collection = ?1 AND version = ?2 AND fee_fen = ?3 AND replaced_ms > ?4",
        )?
        .exists(params![
            order.collection.0,
            order.price_version,
            order.fee.fen(),
            now().as_millisecond() - OLD_PRICE_HONOURED_MS
        ])?)
}

/// Every collection, open or not.
pub fn all(connection: &Connection) -> Result<Catalogue, StoreError> {
    let mut select = connection.prepare_cached("SELECT body FROM collections ORDER BY id")?;
    let collections = collect(select.query([])?, |row| json_at(row, "body"))?;
    Ok(Catalogue {
        as_of: Some(super::columns::now()),
        collections,
    })
}

/// Collections of one school.
pub fn of_institution(
    connection: &Connection,
    code: InstitutionCode,
) -> Result<Vec<Collection>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT body FROM collections WHERE institution = ?1 ORDER BY id")?;
    collect(select.query([code.to_string()])?, |row| {
        json_at(row, "body")
    })
}

/// One collection and whom it admits.
pub fn find(
    connection: &Connection,
    id: &CollectionId,
) -> Result<Option<(Collection, Admits)>, StoreError> {
    let mut select =
        connection.prepare_cached("SELECT body, admits FROM collections WHERE id = ?1")?;
    first(select.query([&id.0])?, |row| {
        let admits = match row.get::<_, String>("admits")?.as_str() {
            "everyone" => Admits::Everyone,
            _ => Admits::Listed,
        };
        Ok((json_at(row, "body")?, admits))
    })
}

/// The calendar; plain weeks while none was entered.
pub fn working_days(connection: &Connection) -> Result<WorkingDays, StoreError> {
    let text = meta(connection, "working_days")?;
    Ok(text
        .map(|text| serde_json::from_str(&text))
        .transpose()?
        .unwrap_or_default())
}

/// Enters the calendar.
pub fn set_working_days(tx: &Transaction<'_>, days: &WorkingDays) -> Result<(), StoreError> {
    if set_meta(tx, "working_days", &serde_json::to_string(days)?)? {
        feed::changed(tx, Kind::WorkingDays, "")?;
    }
    Ok(())
}

/// How to reach customer service.
pub fn service_info(connection: &Connection) -> Result<ServiceInfo, StoreError> {
    let text = meta(connection, "service")?;
    let unset = ServiceInfo {
        review_working_days: 2,
        ..ServiceInfo::default()
    };
    Ok(text
        .map(|text| serde_json::from_str(&text))
        .transpose()?
        .unwrap_or(unset))
}

/// Says how to reach customer service.
pub fn set_service_info(tx: &Transaction<'_>, info: &ServiceInfo) -> Result<(), StoreError> {
    if set_meta(tx, "service", &serde_json::to_string(info)?)? {
        feed::changed(tx, Kind::Service, "")?;
    }
    Ok(())
}
