//! `gradbooth-review`: the central review service and its commands. Arguments in, exit code out.

use clap::Parser as _;
use gradbooth::review::commands::{Cli, CommandError, run};
use std::io::{self, Write as _};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,gradbooth=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .init();
    match run(Cli::parse(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(CommandError::Print(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            drop(writeln!(io::stderr(), "gradbooth-review: {error}"));
            ExitCode::from(error.exit_code())
        }
    }
}
