//! Who takes the data, what for, for how long: agreed to before anything else is asked.

/// The text is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consent {}

/// What the person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentIntent {
    /// Go on.
    Agree,
    /// Leave; nothing was kept.
    Refuse,
}
