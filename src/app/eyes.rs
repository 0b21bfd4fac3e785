//! Shows what is drawn, as words and places, on a local socket: the tour and tests read the screen with it, as a
//! screen reader would. Off unless the kiosk is started with `--eyes`.

use std::io::{self, Write};
use std::os::unix::net::UnixListener;
use std::path::Path;

use crate::ui::eyes::Seen;
use crate::workers::spawn;

/// Answers every connection with the things on the screen now, as one JSON array.
pub fn serve(socket: &Path, seen: Seen) -> io::Result<()> {
    // a socket left behind by a kiosk that was killed
    if socket.exists() {
        std::fs::remove_file(socket)?;
    }
    let listener = UnixListener::bind(socket)?;
    let lost = |name| tracing::error!(worker = name, "nobody can look at the screen any more");
    spawn("eyes", lost, move || {
        for mut stream in listener.incoming().flatten() {
            // whoever hung up does not want to know
            let _gone = serde_json::to_vec(&seen.things()).map(|json| stream.write_all(&json));
        }
    })?;
    Ok(())
}
