//! The log: what a booth tells whoever keeps it. Never a name, a number, a code or a picture: types that hold one
//! redact themselves.

use tracing_subscriber::EnvFilter;

/// Writes to standard error, which the session manager keeps. `GRADBOOTH_LOG=debug` tells more.
pub fn start() {
    let usual = "gradbooth=info,warn,rten=error";
    let filter = EnvFilter::try_from_env("GRADBOOTH_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // a second start, in a test, keeps the first log
    let _kept = log.try_init();
}
