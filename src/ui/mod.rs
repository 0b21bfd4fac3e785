//! Looks and words: draws a step, returns what the person wants, does nothing.
//!
//! Sees only the pure rooms. No number outside [`theme`], no word outside [`text`].

pub mod eyes;
pub mod fonts;
pub mod gallery;
pub mod keyboard;
pub mod layout;
pub mod screens;
pub mod text;
pub mod theme;
pub mod widgets;

pub use gallery::{Gallery, LiveView};
pub use text::Text;
