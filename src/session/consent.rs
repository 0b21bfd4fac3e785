//! Who takes the data, what for, for how long: agreed to before anything else is asked.

use super::world::World;
use super::{ConsentGiven, Next, SigningIn, Visitor};

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

impl Consent {
    pub(super) fn on(intent: ConsentIntent, world: &mut World<'_>) -> Next {
        match intent {
            ConsentIntent::Agree => {
                let version = world.settings.consent_version.clone();
                let consent = ConsentGiven {
                    version,
                    at: world.clock.utc,
                };
                SigningIn::begin(
                    Visitor {
                        consent,
                        phone: None,
                    },
                    world,
                )
            }
            ConsentIntent::Refuse => Next::leave(),
        }
    }
}
