//! The camera and the workers that see, from the device to the findings.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking, looks for one fact among all, and says what it measured"
)]

mod calibration;
mod device;
#[path = "../fakecam/mod.rs"]
mod fakecam;
mod measures;
mod printed;
mod recording;
mod sequences;
mod wrong;

use std::time::Duration;

use gradbooth::clock::now;

/// Ends a test that would otherwise hang; says nothing about speed.
const LIMIT: Duration = Duration::from_mins(1);

/// Looks again and again until there is an answer.
fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < LIMIT, "waited for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
