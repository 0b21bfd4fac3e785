//! The booth's service workers against a scripted service on loopback: the network comes and goes, portals and
//! forgers answer, and nothing is lost, doubled or believed without proof.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking, and looks for one fact among all"
)]

mod booth;
mod confirm;
mod older;
mod payment;
mod queue;
mod scripted;
mod sign_in;
mod student;
