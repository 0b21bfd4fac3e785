//! Values as columns: the words, ids and times in SQL are those of the JSON, so that one word stays one thing.

use super::StoreError;
use rusqlite::Row;
use rusqlite::types::FromSql;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// A value as JSON text.
pub fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable("value"))
}

/// JSON text that [`json`] wrote.
pub fn from_json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable(what))
}

/// A variant as its one word.
pub fn word(value: &impl Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::Unreadable("word")),
    }
}

/// The variant of a word.
pub fn from_word<T: DeserializeOwned>(word: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(word.into()).map_err(|_| StoreError::Unreadable(what))
}

/// A column as it is.
pub fn column<T: FromSql>(row: &Row<'_>, name: &'static str) -> Result<T, StoreError> {
    row.get(name).map_err(|_| StoreError::Unreadable(name))
}

/// A column of text that has a form: an id, a time, a day.
pub fn parsed<T: FromStr>(row: &Row<'_>, name: &'static str) -> Result<T, StoreError> {
    column::<String>(row, name)?
        .parse()
        .map_err(|_| StoreError::Unreadable(name))
}
