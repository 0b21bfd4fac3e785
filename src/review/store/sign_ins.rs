//! Sign-ins by phone: begun by a booth, answered by whichever phone opened the page first.

use super::columns::{first, now, time_at, word, word_at};
use super::{StoreError, submissions};
use crate::domain::{BoothId, Language, SignInId};
use crate::wire::{PhoneRef, SignInState};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// How far the phone has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// No phone yet.
    Waiting,
    /// Opened.
    Scanned,
    /// "Sign in" was pressed; the number is still to come.
    Agreed,
    /// The number was given.
    Confirmed,
    /// Refused.
    Refused,
    /// Too late.
    Expired,
}

/// A sign-in as its page needs it.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// How far the phone has come.
    pub stage: Stage,
    /// Language in which the page opens.
    pub language: Language,
    /// Name of the booth.
    pub booth_name: String,
    /// Until when.
    pub expires_at: Timestamp,
    /// Proof of the phone that opened it first.
    pub holder: Option<String>,
}

fn stage(word: &str, expires_at: Timestamp) -> Stage {
    match word {
        "confirmed" => Stage::Confirmed,
        "refused" => Stage::Refused,
        _ if expires_at <= now() => Stage::Expired,
        "scanned" => Stage::Scanned,
        "agreed" => Stage::Agreed,
        _ => Stage::Waiting,
    }
}

/// Begins a sign-in, or finds the one already begun under this id by the same booth.
pub fn begin(
    tx: &Transaction<'_>,
    id: SignInId,
    booth: BoothId,
    language: Language,
    validity: SignedDuration,
) -> Result<Option<Timestamp>, StoreError> {
    let began = now().as_millisecond();
    tx.execute(
        "INSERT OR IGNORE INTO sign_ins (id, booth, language, state, began_ms, expires_ms)
         VALUES (?1, ?2, ?3, 'waiting', ?4, ?5)",
        params![
            id.to_string(),
            booth.to_string(),
            word(&language)?,
            began,
            began + validity.as_millis() as i64
        ],
    )?;
    let mut select =
        tx.prepare_cached("SELECT expires_ms FROM sign_ins WHERE id = ?1 AND booth = ?2")?;
    first(select.query([id.to_string(), booth.to_string()])?, |row| {
        time_at(row, "expires_ms")
    })
}

/// The sign-in of an id, for its page.
pub fn find(connection: &Connection, id: SignInId) -> Result<Option<SignIn>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT sign_ins.*, booths.name AS booth_name FROM sign_ins JOIN booths ON booths.id = booth WHERE sign_ins.id = ?1",
    )?;
    first(select.query([id.to_string()])?, |row| {
        let expires_at = time_at(row, "expires_ms")?;
        Ok(SignIn {
            stage: stage(&row.get::<_, String>("state")?, expires_at),
            language: word_at(row, "language")?,
            booth_name: row.get("booth_name")?,
            expires_at,
            holder: row.get("holder")?,
        })
    })
}

/// The state as the booth that began it may know it.
pub fn state(
    connection: &Connection,
    id: SignInId,
    booth: BoothId,
) -> Result<Option<SignInState>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT state, expires_ms, phone_ref, phone_masked FROM sign_ins WHERE id = ?1 AND booth = ?2",
    )?;
    first(select.query([id.to_string(), booth.to_string()])?, |row| {
        let phone: Option<String> = row.get("phone_ref")?;
        Ok(
            match stage(&row.get::<_, String>("state")?, time_at(row, "expires_ms")?) {
                Stage::Waiting => SignInState::Waiting,
                Stage::Scanned | Stage::Agreed => SignInState::Scanned,
                Stage::Refused => SignInState::Refused,
                Stage::Expired => SignInState::Expired,
                Stage::Confirmed => {
                    let phone_ref = PhoneRef::new(phone.unwrap_or_default());
                    SignInState::Confirmed {
                        phone_masked: row
                            .get::<_, Option<String>>("phone_masked")?
                            .unwrap_or_default(),
                        returning: submissions::of_phone(connection, &phone_ref)?,
                        phone_ref,
                    }
                }
            },
        )
    })
}

/// The first phone that opens the page holds it; tells who does.
pub fn hold(
    tx: &Transaction<'_>,
    id: SignInId,
    holder: &str,
) -> Result<Option<String>, StoreError> {
    tx.execute(
        "UPDATE sign_ins SET holder = ?2, state = 'scanned' WHERE id = ?1 AND state = 'waiting' AND expires_ms > ?3",
        params![id.to_string(), holder, now().as_millisecond()],
    )?;
    let held = tx.query_row(
        "SELECT holder FROM sign_ins WHERE id = ?1",
        [id.to_string()],
        |row| row.get(0),
    );
    Ok(held.optional()?.flatten())
}

/// What the phone answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// "Sign in".
    Agree,
    /// The number, masked and as a reference.
    Phone(String, PhoneRef),
    /// "Do not sign in".
    Refuse,
}

/// Takes an answer of the phone that holds the page. An answer that comes too late or twice changes nothing.
pub fn answer(
    tx: &Transaction<'_>,
    id: SignInId,
    holder: &str,
    answer: &Answer,
) -> Result<bool, StoreError> {
    let (from, to, masked, reference) = match answer {
        Answer::Agree => ("scanned", "agreed", None, None),
        Answer::Phone(masked, phone) => ("agreed", "confirmed", Some(masked), Some(phone.as_str())),
        Answer::Refuse => ("", "refused", None, None),
    };
    let changed = tx.execute(
        "UPDATE sign_ins SET state = ?3, phone_masked = ?4, phone_ref = ?5
         WHERE id = ?1 AND holder = ?2 AND expires_ms > ?6
           AND (state = ?7 OR (?7 = '' AND state IN ('scanned', 'agreed')))",
        params![
            id.to_string(),
            holder,
            to,
            masked,
            reference,
            now().as_millisecond(),
            from
        ],
    )?;
    Ok(changed > 0)
}

/// Forgets sign-ins of the day before yesterday.
pub fn forget_old(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let old = now().as_millisecond() - SignedDuration::from_hours(48).as_millis() as i64;
    tx.execute("DELETE FROM sign_ins WHERE expires_ms < ?1", [old])?;
    Ok(())
}
