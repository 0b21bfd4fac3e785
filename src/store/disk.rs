//! Room on the disk.

use std::path::Path;
use std::process::Command;

/// Free space at a folder in megabytes. As `df` says: the standard library does not know, and one more crate for this
/// would be too much.
pub fn free_mb(folder: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let free_kb: u64 = text
        .lines()
        .nth(1)?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()?;
    Some(free_kb / 1000)
}
