//! What is decided for all booths; it goes to them with everything else that is new.

use super::columns::now;
use super::feed::{self, Kind};
use super::{StoreError, audit, meta, set_meta};
use crate::domain::BoothSettings;
use rusqlite::{Connection, Transaction};

const KEY: &str = "booth_settings";

/// What is decided; nothing, if nobody ever did.
pub fn decided(connection: &Connection) -> Result<BoothSettings, StoreError> {
    let text = meta(connection, KEY)?;
    let decided = text.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(decided.unwrap_or_default())
}

/// Decides, from now on and for every booth.
pub fn decide(
    tx: &Transaction<'_>,
    settings: BoothSettings,
    actor: &str,
) -> Result<(), StoreError> {
    let settings = BoothSettings {
        decided_at: Some(now()),
        ..settings.within_bounds()
    };
    let text = serde_json::to_string(&settings)?;
    set_meta(tx, KEY, &text)?;
    feed::changed(tx, Kind::BoothSettings, "")?;
    audit::note(tx, actor, "decide booth settings", "", &text)
}
