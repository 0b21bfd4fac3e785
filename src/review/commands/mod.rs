//! The command line of `gradbooth-review`. Each command says in words what it did, and in words why it did not.

mod booths;
mod bundle;
mod calendar;
mod codes;
pub mod demo;
mod institutions;
mod invite;
mod people;

use super::config::Config;
use super::keys::KeysError;
use super::serve::{self, ServeError};
use super::store::{Store, StoreError, begin_epoch};
use crate::domain::{EducationCategory, InstitutionCode};
use clap::{Parser, Subcommand, ValueEnum};
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The central review service of graduation portraits.
#[derive(Debug, Parser)]
#[command(name = "gradbooth-review", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the service until it is told to stop.
    Serve {
        /// Address to listen on; port 0 takes a free one.
        #[arg(long, default_value = "127.0.0.1:8470")]
        listen: SocketAddr,
        /// Folder of the database and the keys; made when missing.
        #[arg(long)]
        data: PathBuf,
        /// How phones reach the service, when a proxy stands before it: `https://photos.example.edu`.
        #[arg(long)]
        public_url: Option<String>,
    },
    /// Create an administrator, or give one another password.
    CreateAdmin {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// Name to log in with.
        #[arg(long)]
        name: String,
        /// Read the password from standard input; otherwise one is made and printed once.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Create a reviewer or a school's account, or give one another password.
    CreateUser {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// Name to log in with.
        #[arg(long)]
        name: String,
        /// What the person may do.
        #[arg(long)]
        role: RoleName,
        /// The school, for the role `school`.
        #[arg(long, required_if_eq("role", "school"))]
        institution: Option<InstitutionCode>,
        /// Read the password from standard input; otherwise one is made and printed once.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Enrol a booth and write its key file.
    EnrolBooth {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// What people call the booth.
        #[arg(long)]
        name: String,
        /// File to write; never one that exists.
        #[arg(long)]
        out: PathBuf,
    },
    /// Invite a booth with a one-time code, and enrol it when both sides show the same four words.
    InviteBooth {
        /// Folder of the database and the keys.
        #[arg(long)]
        data: PathBuf,
        /// What people will call the booth.
        #[arg(long)]
        name: String,
        /// How the booth reaches the service: `https://photos.example.edu`.
        #[arg(long)]
        public_url: String,
    },
    /// List the booths: who is enrolled, revoked, or was cloned.
    Booths {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
    },
    /// Take nothing from a booth any more: stolen, cloned, or given away.
    RevokeBooth {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// Its id, or as many of its first digits as no other booth has.
        booth: String,
    },
    /// Take in what an attendant copied to a stick, or what was salvaged from a booth.
    ImportBundle {
        /// Folder of the database and the keys.
        #[arg(long)]
        data: PathBuf,
        /// Files that end in .gbs2, or folders of them.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Read the Ministry of Education's published list of schools (.xls or .xlsx).
    ImportInstitutions {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// The list.
        file: PathBuf,
    },
    /// Make demonstration acquisition codes: PNG files and a page to print.
    IssueCodes {
        /// Folder of the keys.
        #[arg(long)]
        data: PathBuf,
        /// The school's five digits.
        #[arg(long)]
        institution: InstitutionCode,
        /// Kind of education.
        #[arg(long, value_parser = parse_category)]
        category: EducationCategory,
        /// How many.
        #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=500))]
        count: u32,
        /// Folder to write to; made when missing.
        #[arg(long)]
        out: PathBuf,
    },
    /// After the database was restored from a backup: booths offer their submissions again.
    Restored {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
    },
    /// Fill a demonstration: school, collections, people, a booth, codes. Again does nothing new.
    Demo {
        /// Folder of the database and the keys; made when missing.
        #[arg(long)]
        data: PathBuf,
    },
}

/// Roles that `create-user` gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Decides on submissions.
    Reviewer,
    /// Keeps the rosters of one school.
    School,
}

/// Why a command did not do it.
#[derive(Debug, Error)]
pub enum CommandError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The service.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// Nobody reads what is printed.
    #[error("cannot print: {0}")]
    Print(#[from] io::Error),
    /// A file.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// What was given cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// A fault of this program.
    #[error("cannot make {0}")]
    Fault(&'static str),
}

impl CommandError {
    /// 2: what was given cannot be used. 1: everything else.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Unusable(_) | Self::File(..) => 2,
            Self::Store(_) | Self::Keys(_) | Self::Serve(_) | Self::Print(_) | Self::Fault(_) => 1,
        }
    }
}

fn parse_category(word: &str) -> Result<EducationCategory, String> {
    let known = EducationCategory::ALL
        .iter()
        .filter_map(|c| super::store::columns::word(c).ok());
    super::store::columns::from_word(word.to_owned())
        .map_err(|_| format!("one of {}", known.collect::<Vec<_>>().join(", ")))
}

/// Does what the command line says; prints to `out`.
pub fn run(cli: Cli, out: &mut impl Write) -> Result<(), CommandError> {
    run_with(cli, &mut io::stdin().lock(), out)
}

/// [`run`], with somebody who answers questions.
pub fn run_with(
    cli: Cli,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    if let Command::InviteBooth {
        data,
        name,
        public_url,
    } = &cli.command
    {
        return invite::invite((data, &open(data)?), (name, public_url), input, out);
    }
    if let Command::Serve {
        listen,
        data,
        public_url,
    } = cli.command
    {
        let config = Config {
            public_url,
            ..Config::new(listen, data)
        };
        return run_service(config, out);
    }
    // printed when all is done: a reader who goes away interrupts nothing half-way
    let mut report = Vec::new();
    let done = work(cli.command, &mut report);
    out.write_all(&report)?;
    done
}

fn work(command: Command, out: &mut Vec<u8>) -> Result<(), CommandError> {
    match command {
        // done above: they print while they run
        Command::Serve { .. } | Command::InviteBooth { .. } => Ok(()),
        Command::CreateAdmin {
            data,
            name,
            password_stdin,
        } => people::create(
            &open(&data)?,
            &name,
            super::store::users::Role::Admin,
            password_stdin,
            out,
        ),
        Command::CreateUser {
            data,
            name,
            role,
            institution,
            password_stdin,
        } => {
            let role = people::role(role, institution)?;
            people::create(&open(&data)?, &name, role, password_stdin, out)
        }
        Command::EnrolBooth {
            data,
            name,
            out: file,
        } => booths::enrol(&data, &open(&data)?, &name, &file, out),
        Command::Booths { data } => booths::list(&open(&data)?, out),
        Command::RevokeBooth { data, booth } => booths::revoke(&open(&data)?, &booth, out),
        Command::ImportBundle { data, paths } => {
            let config = Config::new(SocketAddr::from(([127, 0, 0, 1], 0)), data);
            bundle::import(
                &serve::Service::open(config, SocketAddr::from(([127, 0, 0, 1], 0)))?,
                &paths,
                out,
            )
        }
        Command::ImportInstitutions { data, file } => {
            institutions::import(&open(&data)?, &file, out)
        }
        Command::IssueCodes {
            data,
            institution,
            category,
            count,
            out: folder,
        } => codes::issue_many(
            &data,
            &open(&data)?,
            (institution, category),
            count,
            &folder,
            out,
        ),
        Command::Restored { data } => {
            let epoch = open(&data)?.write_now(begin_epoch)?;
            Ok(writeln!(
                out,
                "A new epoch begins: {epoch}. Restart the service; booths will offer again what they have."
            )?)
        }
        Command::Demo { data } => demo::fill(&data, out),
    }
}

/// Opens the database of a data folder.
fn open(data: &Path) -> Result<Store, CommandError> {
    Config::make_folder(data).map_err(|error| CommandError::File(data.to_owned(), error))?;
    Ok(Store::open(&Config::database(data))?)
}

fn run_service(config: Config, out: &mut impl Write) -> Result<(), CommandError> {
    let data = config.data.clone();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| CommandError::File(data, error))?;
    let ready = |address: SocketAddr| {
        // whoever starts the service waits for this line
        drop(writeln!(out, "listening on http://{address}").and_then(|()| out.flush()));
    };
    Ok(runtime.block_on(serve::serve(config, ready, told_to_stop()))?)
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    drop(interrupted.await);
}
