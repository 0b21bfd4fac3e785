//! Stories: the booth told from the outside, one binary, one story a module.
//!
//! Each story ends in a transcript, `event -> step | effects`, with nothing of the person in it.
//! `rooms` guards the direction of imports.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a story that goes wrong ends in a panic, and tells only what matters to it"
)]

mod any_order;
mod booth;
mod describe;
mod happenings;
mod offline;
mod payment;
mod people;
mod promises;
mod rooms;
mod student;
mod studio;
mod submission;
mod whole;
