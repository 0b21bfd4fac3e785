//! Importing what an attendant brought on a stick, or what was salvaged from a damaged booth. Each file is taken in
//! exactly as if it had come over the network, and again does nothing new.

use super::CommandError;
use crate::domain::BoothId;
use crate::review::intake::{self, IntakeError};
use crate::review::serve::Service;
use crate::wire::SealedPacket;
use crate::wire::sealed_packet::{LARGEST_HEAD_BYTES, LARGEST_SEALED_BYTES};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Files, or folders of files, that end in `.gbs2`.
pub(super) fn import(
    service: &Service,
    paths: &[PathBuf],
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    files.sort();
    let (mut taken, mut refused) = (0, 0);
    for file in files {
        match import_one(service, &file)? {
            Ok(()) => taken += 1,
            Err(why) => {
                refused += 1;
                writeln!(out, "{}: {why}", file.display())?;
            }
        }
    }
    writeln!(out, "{taken} submissions are here, {refused} were refused.")?;
    if refused > 0 {
        return Err(CommandError::Unusable(format!(
            "{refused} files were refused; the others are here"
        )));
    }
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), CommandError> {
    let trouble = |error| CommandError::File(path.to_owned(), error);
    if !path.is_dir() {
        fs::metadata(path).map_err(trouble)?;
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "gbs2")
        {
            files.push(path);
        }
    }
    Ok(())
}

/// The inner result says why this one was not taken; the outer one ends the import.
fn import_one(service: &Service, file: &Path) -> Result<Result<(), String>, CommandError> {
    let trouble = |error| CommandError::File(file.to_owned(), error);
    let size = fs::metadata(file).map_err(trouble)?.len();
    if size > (LARGEST_HEAD_BYTES + LARGEST_SEALED_BYTES) as u64 {
        return Ok(Err("larger than a submission can be".to_owned()));
    }
    let bytes = fs::read(file).map_err(trouble)?;
    let sealed = match SealedPacket::parse(&bytes) {
        Ok(sealed) => sealed,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let taken = intake::believe(service, &sealed).and_then(|envelope| {
        match intake::already(service, IMPORT, envelope.id, sealed.envelope)? {
            Some(_) => Ok(()),
            None => intake::take_in_sealed(service, IMPORT, &envelope, sealed).map(drop),
        }
    });
    match taken {
        Ok(()) => Ok(Ok(())),
        Err(IntakeError::Refused(_, why)) => Ok(Err(why)),
        Err(IntakeError::Store(error)) => Err(error.into()),
    }
}

/// Whom the audit names as the sender: nobody's booth.
const IMPORT: BoothId = BoothId::from_bytes([0; 16]);
