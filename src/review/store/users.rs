//! People who log in, and their sessions. Passwords as Argon2 strings, session tokens as hashes.

use super::columns::{first, now, parsed_at};
use super::{StoreError, audit};
use crate::domain::InstitutionCode;
use crate::wire::Digest;
use jiff::SignedDuration;
use rusqlite::{Connection, Row, Transaction, params};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Decides on submissions.
    Reviewer,
    /// Everything.
    Admin,
    /// Keeps the rosters of one school.
    School(InstitutionCode),
    /// Keeps the books: money, never a photo.
    Finance,
}

impl Role {
    /// May look at photos and decide.
    pub const fn reviews(self) -> bool {
        match self {
            Self::Reviewer | Self::Admin => true,
            Self::School(_) | Self::Finance => false,
        }
    }

    /// Answers at the service desk.
    pub const fn serves(self) -> bool {
        match self {
            Self::Admin => true,
            Self::Reviewer | Self::School(_) | Self::Finance => false,
        }
    }

    /// Sees the books and gives money back.
    pub const fn keeps_books(self) -> bool {
        match self {
            Self::Admin | Self::Finance => true,
            Self::Reviewer | Self::School(_) => false,
        }
    }

    /// May keep rosters at all.
    pub const fn keeps_rosters(self) -> bool {
        match self {
            Self::Reviewer | Self::Finance => false,
            Self::Admin | Self::School(_) => true,
        }
    }

    /// May keep the rosters of this school.
    pub fn keeps(self, code: InstitutionCode) -> bool {
        match self {
            Self::Reviewer | Self::Finance => false,
            Self::Admin => true,
            Self::School(own) => own == code,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
            Self::School(_) => "school",
            Self::Finance => "finance",
        }
    }
}

fn role(row: &Row<'_>) -> Result<Role, StoreError> {
    Ok(match row.get::<_, String>("role")?.as_str() {
        "admin" => Role::Admin,
        "school" => Role::School(parsed_at(row, "institution")?),
        "finance" => Role::Finance,
        _ => Role::Reviewer,
    })
}

/// Adds a person or gives one another password and role; every session of that person ends.
pub fn put(
    tx: &Transaction<'_>,
    name: &str,
    password_phc: &str,
    role: Role,
) -> Result<(), StoreError> {
    let institution = match role {
        Role::School(code) => Some(code.to_string()),
        Role::Reviewer | Role::Admin | Role::Finance => None,
    };
    tx.execute(
        "INSERT INTO users (name, password_phc, role, institution) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name) DO UPDATE SET password_phc = excluded.password_phc, role = excluded.role,
             institution = excluded.institution, failures = 0, locked_ms = 0",
        params![name, password_phc, role.word(), institution],
    )?;
    tx.execute("DELETE FROM sessions WHERE user = ?1", [name])?;
    audit::note(tx, "command line", "set user", name, role.word())
}

/// Somebody has this name.
pub fn exists(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM users WHERE name = ?1")?
        .exists([name])?)
}

/// The password to check against, unless the name is unknown or locked after too many failures.
pub fn password_phc(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT password_phc FROM users WHERE name = ?1 AND locked_ms <= ?2")?;
    first(
        select.query(params![name, now().as_millisecond()])?,
        |row| Ok(row.get(0)?),
    )
}

/// Counts a wrong password: from the fifth on, each one doubles the wait, up to a quarter of an hour.
pub fn count_failure(tx: &Transaction<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE users SET failures = failures + 1,
             locked_ms = iif(failures < 4, locked_ms, ?2 + min(900000, 30000 << min(failures - 4, 5)))
         WHERE name = ?1",
        params![name, now().as_millisecond()],
    )?;
    audit::note(tx, "login", "wrong password", name, "")
}

/// Begins a session.
pub fn begin_session(
    tx: &Transaction<'_>,
    name: &str,
    token: &str,
    csrf: &str,
    length: SignedDuration,
) -> Result<(), StoreError> {
    let expires = now().as_millisecond() + length.as_millis() as i64;
    tx.execute(
        "UPDATE users SET failures = 0, locked_ms = 0 WHERE name = ?1",
        [name],
    )?;
    tx.execute(
        "DELETE FROM sessions WHERE expires_ms < ?1",
        [now().as_millisecond()],
    )?;
    tx.execute(
        "INSERT INTO sessions (token_sha256, user, csrf, expires_ms) VALUES (?1, ?2, ?3, ?4)",
        params![
            Digest::of(token.as_bytes()).to_string(),
            name,
            csrf,
            expires
        ],
    )?;
    audit::note(tx, name, "log in", name, "")
}

/// A person who is logged in.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// Name.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Has to come back with every form.
    pub csrf: String,
}

/// Who holds this session token.
pub fn with_session(connection: &Connection, token: &str) -> Result<Option<LoggedIn>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT name, role, institution, csrf FROM sessions JOIN users ON name = user
         WHERE token_sha256 = ?1 AND expires_ms > ?2",
    )?;
    let token = Digest::of(token.as_bytes()).to_string();
    first(
        select.query(params![token, now().as_millisecond()])?,
        |row| {
            Ok(LoggedIn {
                name: row.get("name")?,
                role: role(row)?,
                csrf: row.get("csrf")?,
            })
        },
    )
}

/// Ends a session.
pub fn end_session(tx: &Transaction<'_>, token: &str) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM sessions WHERE token_sha256 = ?1",
        [Digest::of(token.as_bytes()).to_string()],
    )?;
    Ok(())
}
