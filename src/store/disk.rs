//! Room on the disk.

use std::path::Path;

/// Below this the booth begins no session: room for five hundred submissions with their captures, so that those who
/// are waiting in front of it when the network fails can still be served.
pub const RESERVE_MB: u64 = 1500;

/// Free space at a folder in megabytes, for whoever is not the administrator; `None` where the system does not say.
pub fn free_mb(folder: &Path) -> Option<u64> {
    let there = rustix::fs::statvfs(folder).ok()?;
    Some(there.f_bavail.saturating_mul(there.f_frsize) / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_some_room_here_and_none_nowhere() {
        assert!(free_mb(Path::new(".")).is_some_and(|mb| mb > 0));
        assert_eq!(free_mb(Path::new("/nowhere/at/all")), None);
    }
}
