//! What can be read on the screen, as a screen reader would be told it: the kiosk's accessibility tree.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A thing on the screen.
#[derive(Debug, Clone, Deserialize)]
pub struct Thing {
    /// `Button`, `Label`, ...
    pub role: String,
    /// Its words.
    pub label: String,
    /// What stands in it, for a field.
    #[serde(default)]
    pub value: String,
    /// x, y, width, height in pixels of the screen.
    pub rect: [f32; 4],
    /// Can be used now.
    pub enabled: bool,
}

impl Thing {
    /// Where a finger would go.
    pub fn middle(&self) -> (f32, f32) {
        let [x, y, width, height] = self.rect;
        (x + width / 2.0, y + height / 2.0)
    }
}

/// Reads the kiosk's socket.
pub struct Eyes {
    socket: PathBuf,
}

impl Eyes {
    /// Eyes on the socket that the kiosk was started with (`--eyes`).
    pub fn on(socket: &Path) -> Self {
        Self {
            socket: socket.to_owned(),
        }
    }

    /// Everything on the screen now.
    pub fn look(&self) -> Result<Vec<Thing>> {
        let mut stream = UnixStream::connect(&self.socket)
            .context("the kiosk does not show what it draws (--eyes)")?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        serde_json::from_str(&text).context("the kiosk answered something else")
    }
}
