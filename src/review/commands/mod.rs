//! The command line of `gradbooth-review`. Each command says in words what it did, and in words why it did not.

mod booths;
mod bundle;
mod calendar;
mod cli;
mod codes;
pub mod demo;
mod institutions;
mod invite;
pub mod money;
mod people;

pub use cli::{Cli, Command, RoleName};

use super::config::Config;
use super::keys::KeysError;
use super::serve::{self, ServeError};
use super::store::{Store, StoreError, begin_epoch};
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use thiserror::Error;

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
        wechat_pay,
        wechat_login,
    } = cli.command
    {
        let config = Config {
            public_url,
            wechat_pay,
            wechat_login,
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
        Command::Money(command) => money::work(command, out),
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
