//! The parts that screens are made of. They know looks, not the journey: words come in, presses go out.
//!
//! Everything that can be touched is named for assistive technology by exactly the words it shows.

pub mod badge;
pub mod button;
pub mod card;
pub mod choice;
pub mod dialog;
pub mod dock;
pub mod drawings;
pub mod facts;
pub mod icon;
pub mod keypad;
pub mod lines;
pub mod live;
pub mod picture;
pub mod progress;
pub mod qr;
pub mod touch;
pub mod words;

pub use badge::{badge, notice};
pub use button::{Button, actions};
pub use card::card;
pub use choice::Choice;
pub use facts::facts;
pub use icon::Icon;
pub use lines::{line, numbered};
pub use words::{heading, lead, note, say, title};
