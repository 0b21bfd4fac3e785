//! Schools: the starter list, what was imported, what was added.

use super::StoreError;
use super::columns::{collect, json_at, parsed_at};
use super::feed::{self, Kind};
use crate::domain::Institution;
use rusqlite::{Connection, Transaction, params};

/// Adds schools or brings their names up to date; an empty English name or alias list never replaces a filled one.
pub fn put(tx: &Transaction<'_>, institutions: &[Institution]) -> Result<usize, StoreError> {
    let mut upsert = tx.prepare_cached(
        "INSERT INTO institutions (code, name_zh, name_en, aliases) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (code) DO UPDATE SET
             name_zh = excluded.name_zh,
             name_en = iif(excluded.name_en = '', name_en, excluded.name_en),
             aliases = iif(excluded.aliases = '[]', aliases, excluded.aliases)
         WHERE name_zh <> excluded.name_zh
            OR (excluded.name_en <> '' AND name_en <> excluded.name_en)
            OR (excluded.aliases <> '[]' AND aliases <> excluded.aliases)",
    )?;
    let mut changed = 0;
    for school in institutions {
        let aliases = serde_json::to_string(&school.aliases)?;
        changed += upsert.execute(params![
            school.code.to_string(),
            school.name_zh,
            school.name_en,
            aliases
        ])?;
    }
    if changed > 0 {
        feed::changed(tx, Kind::Institutions, "")?;
    }
    Ok(changed)
}

/// Every school, by code.
pub fn all(connection: &Connection) -> Result<Vec<Institution>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT code, name_zh, name_en, aliases FROM institutions ORDER BY code")?;
    collect(select.query([])?, |row| {
        Ok(Institution {
            code: parsed_at(row, "code")?,
            name_zh: row.get("name_zh")?,
            name_en: row.get("name_en")?,
            aliases: json_at(row, "aliases")?,
        })
    })
}
