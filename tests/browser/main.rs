//! The service's pages in a real Chromium: the phone's at the size of a cheap phone, the finance office's on a desk, in
//! both languages and with the longest names.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and waits for a real browser"
)]

#[path = "../service/bench.rs"]
#[allow(
    dead_code,
    reason = "shared with the service's own tests, which use the rest"
)]
mod bench;
mod desk;
mod driver;
mod phone;
