//! What may be said on the command line, each with its help.

use super::money;
use crate::domain::{EducationCategory, InstitutionCode};
use crate::review::store::columns;
use clap::{Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

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
        /// The merchant's file of WeChat Pay; without it no money is taken, and the pages say so.
        #[arg(long)]
        wechat_pay: Option<PathBuf>,
        /// The mini program's file; without it phones sign in on a page that simulates it.
        #[arg(long)]
        wechat_login: Option<PathBuf>,
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
    /// Create an account of a reviewer, a school or the finance office, or give one another password.
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
    /// Keys, vouchers, bills, books, refunds, withdrawals.
    #[command(flatten)]
    Money(money::MoneyCommand),
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
    /// Keeps the books and gives money back; sees no photo.
    Finance,
}

fn parse_category(word: &str) -> Result<EducationCategory, String> {
    let known = EducationCategory::ALL
        .iter()
        .filter_map(|c| columns::word(c).ok());
    columns::from_word(word.to_owned())
        .map_err(|_| format!("one of {}", known.collect::<Vec<_>>().join(", ")))
}
