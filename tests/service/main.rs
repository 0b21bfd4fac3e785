//! The review service over loopback HTTP: what a booth, a phone, a reviewer and a stranger get from it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bench;
mod delivery;
mod hostile;
mod offline;
mod payment;
mod people;
mod sign_in;
mod wechat;
mod wechat_login;
