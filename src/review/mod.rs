//! The central review service: schools, collections and rosters, orders and payments, submissions and the
//! reviewers' verdicts, requests to the schools. One process, one SQLite file, loopback or behind a proxy.
//!
//! | room | what it holds |
//! |---|---|
//! | [`config`] | where to listen, where the data is, what the phone pages say |
//! | [`keys`] | the service's secrets, in a file beside the database |
//! | [`store`] | the database, one transaction an arrow |
//! | [`gateways`] | payment providers behind one trait |
//! | [`payment_keys`] | what signs receipts and vouchers, and the root that vouches for it |
//! | [`payments`] | what the provider proves is brought into the store |
//! | `finance` | the books as CSV, the provider's bill |
//! | [`receipts`] | what a paid order's page shows to a booth |
//! | [`phones`] | whose phone it is that signs in |
//! | `arriving`, [`intake`] | sealed submissions on their way in; opened, checked, committed, then signed for |
//! | [`photos`] | are these the pictures that the manifest says they are? |
//! | `routes` | the booths' side: JSON under `/v1` |
//! | `pages` | the people's side: reviewers, schools, phones |
//! | [`commands`] | the command line |
//!
//! It never asks for a name or a full ID number and could not store one: the tables have no column for it.

mod arriving;
pub mod commands;
pub mod config;
mod finance;
pub mod gateways;
pub mod intake;
pub mod keys;
mod pages;
pub mod payment_keys;
pub mod payments;
pub mod phones;
pub mod photos;
mod random;
pub mod receipts;
mod routes;
mod serve;
pub mod store;

pub use config::Config;
pub use serve::{ServeError, Service, serve, serve_on};

/// Makes ring the process's one provider of cryptography.
fn use_ring() {
    // a second call finds it installed
    let _installed = rustls::crypto::ring::default_provider().install_default();
}
