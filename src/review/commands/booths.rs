//! Enrolling a booth: its token and the keys it believes, in a file that is written once.

use super::CommandError;
use crate::domain::BoothId;
use crate::review::keys::{Keys, write_secret};
use crate::review::random;
use crate::review::store::{Store, booths};
use crate::wire::BoothKey;
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

/// Enrols a booth and writes its key; a file that cannot be written enrols nobody.
pub(super) fn write_key(
    data: &Path,
    store: &Store,
    name: &str,
    file: &Path,
) -> Result<BoothId, CommandError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        return Err(CommandError::Unusable(
            "a booth's name has 1 to 60 characters".into(),
        ));
    }
    let keys = Keys::open(data)?;
    let (id, token) = (BoothId::from_bytes(random::bytes()?), random::secret()?);
    let key = BoothKey::new(
        (id, name),
        token.clone(),
        &keys.receipts.verifying_key(),
        keys.campus(),
        &keys.issuer.verifying_key(),
    );
    let text = toml::to_string(&key).map_err(|_| CommandError::Fault("a booth key"))?;
    let text = format!(
        "# Secret. Read by the kiosk only; whoever has it can speak as this booth.\n{text}"
    );
    store
        .write_now(|tx| {
            booths::enrol(tx, id, name, &token)?;
            // written before the commit: no booth is enrolled without its key
            Ok(write_secret(file, &text)
                .map_err(|error| CommandError::File(file.to_owned(), error)))
            .and_then(|written| {
                written.map_or_else(|_| Err(crate::review::store::StoreError::CutShort), Ok)
            })
        })
        .map_err(|error| match (error, file.exists()) {
            (crate::review::store::StoreError::CutShort, true) => CommandError::Unusable(format!(
                "{} exists already; nothing was enrolled",
                file.display()
            )),
            (crate::review::store::StoreError::CutShort, false) => CommandError::Unusable(format!(
                "{} cannot be written; nothing was enrolled",
                file.display()
            )),
            (error, _) => error.into(),
        })?;
    Ok(id)
}
