//! Accounts of reviewers, schools and administrators.

use super::{CommandError, RoleName};
use crate::domain::InstitutionCode;
use crate::review::random;
use crate::review::store::users::{self, Role};
use crate::review::store::{Store, institutions};
use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use std::io::{self, BufRead, Write};

const SHORTEST_PASSWORD: usize = 10;

pub(super) fn role(
    name: RoleName,
    institution: Option<InstitutionCode>,
) -> Result<Role, CommandError> {
    match (name, institution) {
        (RoleName::Reviewer, _) => Ok(Role::Reviewer),
        (RoleName::Finance, _) => Ok(Role::Finance),
        (RoleName::School, Some(code)) => Ok(Role::School(code)),
        (RoleName::School, None) => Err(CommandError::Unusable(
            "the role school needs --institution".into(),
        )),
    }
}

/// Creates a person with a password from standard input, or with a new one that is printed once.
pub(super) fn create(
    store: &Store,
    name: &str,
    role: Role,
    password_stdin: bool,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let given = if password_stdin {
        Some(read_password()?)
    } else {
        None
    };
    let password = set(store, name, role, given)?;
    match password {
        None => writeln!(out, "{name} can log in now.")?,
        Some(password) => writeln!(
            out,
            "{name} can log in now. Password, shown this once: {password}"
        )?,
    }
    Ok(())
}

fn read_password() -> Result<String, CommandError> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(CommandError::Unusable(format!(
            "a password has at least {SHORTEST_PASSWORD} characters"
        )));
    }
    Ok(password)
}

/// Keeps a person; gives the password back when it was made here.
pub(super) fn set(
    store: &Store,
    name: &str,
    role: Role,
    given: Option<String>,
) -> Result<Option<String>, CommandError> {
    if name.is_empty()
        || name.len() > 64
        || name.chars().any(|c| c.is_control() || c.is_whitespace())
    {
        return Err(CommandError::Unusable(
            "a name has 1 to 64 characters and no spaces".into(),
        ));
    }
    if let Role::School(code) = role
        && !store
            .read_now(|tx| institutions::all(tx))?
            .iter()
            .any(|school| school.code == code)
    {
        return Err(CommandError::Unusable(format!(
            "no school has the code {code}; import the list first"
        )));
    }
    let (password, made) = match given {
        Some(password) => (password, None),
        None => random::password().map(|password| (password.clone(), Some(password)))?,
    };
    let hash = Argon2::default().hash_password(password.as_bytes());
    let phc = hash
        .map_err(|_| CommandError::Fault("a password hash"))?
        .to_string();
    store.write_now(|tx| users::put(tx, name, &phc, role))?;
    Ok(made)
}
