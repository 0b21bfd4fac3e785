//! gradbooth: a photo booth for the official portrait of a Chinese graduation certificate.
//!
//! The rooms, in reading order. Imports point one way, from the bottom of this list to its top;
//! `tests/journeys/rooms.rs` reads the `use crate::` lines and fails on a wrong arrow.
//!
//! | room | what it holds |
//! |---|---|
//! | [`domain`] | the words and their rules: school, category, acquisition code, collection, fee, submission |
//! | [`standard`] | every number of the image standards, one preset a file |
//! | [`vision`] | pixels in, findings out: faces, coarse matte, codes, rules |
//! | [`photo`] | a capture in, a standard photo out |
//! | [`session`], [`admin`] | the student's and the attendant's journey, pure |
//! | [`wire`] | what booth and service say to each other |
//! | [`config`] | kiosk-config: read once, checked whole |
//! | [`store`] | the booth's SQLite: orders, entitlements, the submission queue |
//! | [`camera`], [`workers`] | one named thread each, around the pure rooms |
//! | [`ui`] | looks and words; draws a step, returns what the person wants |
//! | [`app`] | the shell: answers -> session -> effects -> screen |
//! | [`tools`] | the library without the kiosk: standardize, check, scan, doctor |
//! | [`review`] | the central review service |

pub mod admin;
pub mod app;
pub mod camera;
pub mod clock;
pub mod config;
pub mod domain;
pub mod memory;
pub mod photo;
pub mod review;
pub mod session;
pub mod standard;
pub mod store;
pub mod telling;
pub mod tools;
pub mod ui;
pub mod vision;
pub mod wire;
pub mod workers;
