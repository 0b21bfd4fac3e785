//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file appears whole under its name, or not at all.
pub(super) fn write_whole(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut part = target.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, target)
    });
    if written.is_err() {
        // what could not be finished is taken away; if even that fails, the first error says more
        let _ = fs::remove_file(&part);
    }
    written
}
