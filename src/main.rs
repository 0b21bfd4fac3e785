//! `gradbooth`: arguments -> the kiosk, or one of the tools.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use gradbooth::tools::{card, check, doctor, enrol, pin, scan, standardize, tour};
use gradbooth::{app, memory, telling};

/// The photo booth for the official portrait of a Chinese graduation certificate.
///
/// Without a command: the kiosk. Exit codes of the tools: 0 all right, 1 refused by a rule, 2 unusable input.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    tool: Option<Tool>,
    /// The booth's settings.
    #[arg(long, value_name = "FILE", default_value = "kiosk-config/booth.toml")]
    config: PathBuf,
    /// A window instead of the full screen.
    #[arg(long)]
    windowed: bool,
    /// Show what is drawn, as words and places, on this local socket.
    #[arg(long, value_name = "SOCKET")]
    eyes: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Tool {
    Standardize(standardize::StandardizeArgs),
    Check(check::CheckArgs),
    Card(card::CardArgs),
    Scan(scan::ScanArgs),
    Doctor(doctor::DoctorArgs),
    Enrol(enrol::EnrolArgs),
    /// Read an attendant's PIN from standard input and print the line for booth.toml.
    Pin,
    /// Take one student's whole way through a running kiosk's window, as a person would.
    Tour(tour::TourArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    telling::start();
    memory::keep_freed();
    let (mut out, mut err) = (io::stdout().lock(), io::stderr());
    let ended = match &cli.tool {
        None => app::run(app::Start {
            config: cli.config,
            windowed: cli.windowed,
            eyes: cli.eyes,
        })
        .map(|()| 0),
        Some(Tool::Standardize(args)) => {
            standardize::run(args, &mut out, &mut err).map_err(Into::into)
        }
        Some(Tool::Check(args)) => check::run(args, &mut out, &mut err).map_err(Into::into),
        Some(Tool::Card(args)) => card::run(args, &mut out, &mut err).map_err(Into::into),
        Some(Tool::Scan(args)) => scan::run(args, &mut out, &mut err).map_err(Into::into),
        Some(Tool::Doctor(args)) => doctor::run(args, &mut out).map_err(Into::into),
        Some(Tool::Enrol(args)) => enrol::run(args, &mut io::stdin().lock(), &mut out),
        Some(Tool::Pin) => {
            pin::run(&mut io::stdin().lock(), &mut out, &mut err).map_err(Into::into)
        }
        Some(Tool::Tour(args)) => tour::run(args, &mut out).map(|()| 0),
    };
    let code = ended.unwrap_or_else(|error: anyhow::Error| {
        // nothing can be done about a broken stderr
        let _unheard = writeln!(err, "gradbooth: {error:#}");
        2
    });
    ExitCode::from(code)
}
