//! `gradbooth scan`: what QR codes are in a picture, and what the booth makes of them.
//!
//! Redacted on purpose: a payload is a student's key. Only its kind, its length, its first four characters
//! and a short hash are told, enough to see that a code is read and whether two pictures hold the same one.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::pictures::open_picture;
use crate::clock;
use crate::domain::acquisition_code::{AcquisitionCode, CodeError, Seen};
use crate::vision::codes::{Code, Effort, Luma, read_codes};

/// Read the QR codes in pictures
#[derive(Debug, Args)]
pub struct ScanArgs {
    /// JPEG or PNG pictures
    #[arg(required = true, value_name = "IMAGE")]
    pub images: Vec<PathBuf>,
    /// Print one JSON object a picture
    #[arg(long)]
    pub json: bool,
}

/// One picture's line of JSON.
#[derive(Debug, Serialize)]
struct Scanned {
    file: String,
    codes: Vec<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    ms: f64,
}

/// What is told of one code.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Told {
    kind: &'static str,
    bytes: usize,
    starts: String,
    sha256: String,
    corners: [[f32; 2]; 4],
}

/// Scans every picture. 0: each holds a code; 1: one holds none; 2: one could not be used.
pub fn run(args: &ScanArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let mut exit = 0;
    for image in &args.images {
        let scanned = scan(image);
        exit = exit.max(match (&scanned.error, scanned.codes.is_empty()) {
            (Some(_), _) => 2,
            (None, true) => 1,
            (None, false) => 0,
        });
        if args.json {
            serde_json::to_writer(&mut *out, &scanned)?;
            writeln!(out)?;
        } else {
            print(&scanned, out)?;
        }
        if let Some(error) = &scanned.error {
            writeln!(err, "{}: {error}", scanned.file)?;
        }
    }
    Ok(exit)
}

fn scan(image: &Path) -> Scanned {
    let file = image.display().to_string();
    match open_picture(image) {
        Ok(picture) => {
            let start = clock::now();
            let codes = read_codes(&Luma::of(&picture), Effort::Picture);
            let ms = start.elapsed().as_secs_f64() * 1e3;
            Scanned {
                file,
                codes: codes.iter().map(told).collect(),
                error: None,
                ms,
            }
        }
        Err(error) => Scanned {
            file,
            codes: Vec::new(),
            error: Some(error.to_string()),
            ms: 0.0,
        },
    }
}

fn told(code: &Code) -> Told {
    let hash = Sha256::digest(code.payload());
    Told {
        kind: kind_of(code),
        bytes: code.payload().len(),
        starts: String::from_utf8_lossy(code.payload())
            .chars()
            .take(4)
            .map(shown)
            .collect(),
        sha256: format!(
            "{:02x}{:02x}{:02x}{:02x}",
            hash[0], hash[1], hash[2], hash[3]
        ),
        corners: code.corners(),
    }
}

/// Control characters of a hostile code must not reach a terminal.
fn shown(c: char) -> char {
    if c.is_control() { '?' } else { c }
}

fn kind_of(code: &Code) -> &'static str {
    let Some(text) = code.text() else {
        return "other";
    };
    match AcquisitionCode::from_scan(text) {
        Ok(_) => "acquisition code",
        Err(CodeError::SomethingElse(Seen::WebLink)) => "web link",
        Err(CodeError::SomethingElse(Seen::PaymentCode)) => "payment code",
        Err(CodeError::SomethingElse(Seen::Payment)) => "payment receipt or voucher",
        Err(CodeError::SomethingElse(Seen::Certificate)) => "certificate",
        Err(CodeError::SomethingElse(Seen::Number)) => "number",
        Err(_) => "other",
    }
}

fn print(scanned: &Scanned, out: &mut dyn Write) -> io::Result<()> {
    if scanned.error.is_some() {
        return Ok(());
    }
    if scanned.codes.is_empty() {
        writeln!(out, "{}: no code", scanned.file)?;
    }
    for code in &scanned.codes {
        let Told {
            kind,
            bytes,
            starts,
            sha256,
            ..
        } = code;
        writeln!(
            out,
            "{}: {kind}, {bytes} bytes, starts with {starts:?}, sha256 {sha256}..",
            scanned.file
        )?;
    }
    Ok(())
}
