//! The only reader of the clock. Everything else is given the time as a value.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one lawful place to read the clock"
)]

use std::time::Instant;

/// Monotonic time, for waiting and measuring.
pub fn now() -> Instant {
    Instant::now()
}

/// Wall-clock time, for showing and recording; no decision about money or safety depends on it.
pub fn utc() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
