//! The library without the kiosk: what people and scripts call from the command line.
//!
//! Every tool prints through the writers it is given, one JSON object a line with `--json`, and ends with
//! 0 (all right), 1 (refused by a rule, or nothing found) or 2 (an input could not be used).

pub mod card;
pub mod check;
pub mod doctor;
pub mod enrol;
pub mod pictures;
pub mod pin;
pub mod scan;
pub mod standardize;
pub mod tour;

#[cfg(test)]
mod tests;
