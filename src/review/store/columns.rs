//! Values in and out of columns: ids and enums as their words, times as milliseconds.

use super::StoreError;
use jiff::Timestamp;
use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// The word of a value that serialises as one: `under_review`.
pub fn word<T: Serialize>(value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_) => Err(StoreError::Unreadable("not a word".into())),
    }
}

/// The value of a word.
pub fn from_word<T: DeserializeOwned>(word: String) -> Result<T, StoreError> {
    Ok(serde_json::from_value(serde_json::Value::String(word))?)
}

/// A column that holds a word.
pub fn word_at<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, StoreError> {
    from_word(row.get(column)?)
}

/// A column that holds JSON.
pub fn json_at<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(&row.get::<_, String>(column)?)?)
}

/// A column that holds the text of an id, a code or a day.
pub fn parsed_at<T: FromStr>(row: &Row<'_>, column: &str) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    text.parse()
        .map_err(|_| StoreError::Unreadable(column.to_owned()))
}

/// A column that holds a time.
pub fn time_at(row: &Row<'_>, column: &str) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(row.get(column)?)
        .map_err(|_| StoreError::Unreadable(column.to_owned()))
}

/// Now, cut to what the database keeps, so that what is signed is what is stored.
pub fn now() -> Timestamp {
    let now = crate::clock::utc();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// Collects rows through a reading that may fail in our own way.
pub fn collect<T>(
    mut rows: rusqlite::Rows<'_>,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push(read(row)?);
    }
    Ok(values)
}

/// The first row, read in our own way.
pub fn first<T>(
    mut rows: rusqlite::Rows<'_>,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    rows.next()?.map(read).transpose()
}
