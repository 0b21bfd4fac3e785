//! Enrolling a booth: its token and the keys it believes, in a file that is written once.

use super::CommandError;
use crate::domain::BoothId;
use crate::review::keys::{Keys, write_secret};
use crate::review::payment_keys::PaymentKeys;
use crate::review::random;
use crate::review::store::{Store, StoreError, booths};
use crate::wire::BoothKey;
use ed25519_dalek::SigningKey;
use std::io::Write;
use std::path::Path;

pub(super) fn enrol(
    data: &Path,
    store: &Store,
    name: &str,
    file: &Path,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let id = write_key(data, store, name, file)?;
    writeln!(
        out,
        "Booth {name} ({}) is enrolled; its key is in {}",
        id.short(),
        file.display()
    )?;
    writeln!(
        out,
        "Bring the file to the booth, name it in its configuration, and keep no other copy."
    )?;
    Ok(())
}

/// What people can call a booth.
pub(super) fn checked_name(name: &str) -> Result<&str, CommandError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        return Err(CommandError::Unusable(
            "a booth's name has 1 to 60 characters".into(),
        ));
    }
    Ok(name)
}

/// Enrols a booth and writes its key; a file that cannot be written enrols nobody.
pub(super) fn write_key(
    data: &Path,
    store: &Store,
    name: &str,
    file: &Path,
) -> Result<BoothId, CommandError> {
    let name = checked_name(name)?;
    let (keys, paying) = (Keys::open(data)?, PaymentKeys::open(data, store)?);
    let (id, token) = (BoothId::from_bytes(random::bytes()?), random::secret()?);
    let signing = SigningKey::from_bytes(&random::bytes()?);
    let key = BoothKey::new(
        (id, name),
        (token.clone(), &signing),
        (&keys.receipts.verifying_key(), &keys.review.public()),
        keys.campus(),
        &keys.issuer.verifying_key(),
    )
    .believing(&paying.root, PaymentKeys::list(store)?.unwrap_or_default());
    let text = toml::to_string(&key).map_err(|_| CommandError::Fault("a booth key"))?;
    let text = format!(
        "# Secret. Read by the kiosk only; whoever has it can speak as this booth.\n{text}"
    );
    let mut failed = None;
    let enrolled = store.write_now(|tx| {
        booths::enrol(tx, id, name, (&token, &signing.verifying_key()))?;
        // written before the commit: no booth is enrolled without its key
        write_secret(file, &text).map_err(|error| {
            failed = Some(error);
            StoreError::CutShort
        })
    });
    if let Some(error) = failed {
        let why = format!("{}: {error}; nothing was enrolled", file.display());
        return Err(CommandError::Unusable(why));
    }
    enrolled?;
    Ok(id)
}

/// Prints every booth, and what an administrator has to look at.
pub(super) fn list(store: &Store, out: &mut impl Write) -> Result<(), CommandError> {
    for booth in store.read_now(|tx| booths::all(tx))? {
        let state = match (booth.is_revoked, booth.is_forked) {
            (true, _) => "revoked",
            (false, true) => "CLONED OR SET BACK: revoke it and enrol it again",
            (false, false) => "enrolled",
        };
        writeln!(
            out,
            "{}\t{}\t{} confirmed\t{state}",
            booth.id, booth.name, booth.confirmed
        )?;
    }
    Ok(())
}

/// Revokes the one booth whose id begins so.
pub(super) fn revoke(
    store: &Store,
    begins: &str,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let all = store.read_now(|tx| booths::all(tx))?;
    let mut fitting = all
        .iter()
        .filter(|booth| booth.id.to_string().starts_with(begins));
    let (Some(booth), None) = (fitting.next(), fitting.next()) else {
        return Err(CommandError::Unusable(format!(
            "not exactly one booth's id begins with {begins}"
        )));
    };
    if store.write_now(|tx| booths::revoke(tx, booth.id, "command line"))? {
        writeln!(
            out,
            "Booth {} ({}) is revoked.",
            booth.name,
            booth.id.short()
        )?;
    } else {
        writeln!(out, "Booth {} was revoked before.", booth.name)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::store::in_memory;

    #[test]
    fn a_key_that_cannot_be_written_enrols_nobody() {
        let (store, folder) = in_memory();
        let file = folder.path().join("booth.key");
        write_key(folder.path(), &store, "Library 1", &file).unwrap();
        let first = std::fs::read_to_string(&file).unwrap();
        let refused = write_key(folder.path(), &store, "Library 2", &file);
        assert!(matches!(refused, Err(CommandError::Unusable(_))));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
        let key: BoothKey = toml::from_str(&first).unwrap();
        let known = |tx: &rusqlite::Transaction<'_>| {
            let booths = tx.query_row("SELECT count(*) FROM booths", [], |row| row.get(0))?;
            Ok::<(u32, _), StoreError>((booths, booths::with_token(tx, &key.token)?))
        };
        let (count, booth) = store.read_now(known).unwrap();
        assert_eq!((count, booth.unwrap().name.as_str()), (1, "Library 1"));
    }
}
