//! The review service over loopback HTTP: what a booth, a phone, a reviewer and a stranger get from it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod bench;
mod books;
mod clones;
mod delivery;
mod enrolment;
mod guarantees;
mod hostile;
mod money;
mod offline;
mod payment;
mod people;
mod phone;
mod sealed;
mod sign_in;
mod wechat;
mod wechat_login;
