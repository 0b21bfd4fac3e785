//! `gradbooth check`: every precaution, measured on picture files.
//!
//! The verdicts are the kiosk's own: the same nets, the same rules. It changes nothing and writes no file.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use serde::Serialize;

use super::pictures::open_picture;
use crate::clock;
use crate::vision::rules::{Context, Finding, KnownBy, Verdict, assess, overall};
use crate::vision::{Nets, Picture, VisionError};

/// Measure every precaution on photos
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// JPEG or PNG photos
    #[arg(required = true, value_name = "PHOTO")]
    pub photos: Vec<PathBuf>,
    /// Print one JSON object a photo
    #[arg(long)]
    pub json: bool,
}

/// One photo's line of JSON.
#[derive(Debug, Serialize)]
struct Checked {
    file: String,
    verdict: Verdict,
    findings: Vec<Finding>,
    ms: BTreeMap<&'static str, f64>,
}

/// One unusable file's line of JSON.
#[derive(Debug, Serialize)]
struct Unusable<'a> {
    file: &'a str,
    error: String,
}

/// Checks every photo. 0: all pass or warn; 1: a rule fails; 2: a file could not be used. The batch goes on.
pub fn run(args: &CheckArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let nets = match Nets::load() {
        Ok(nets) => nets,
        Err(error) => {
            writeln!(err, "{error}")?;
            return Ok(2);
        }
    };
    let mut exit = 0;
    for photo in &args.photos {
        exit = exit.max(check_one(&nets, photo, args.json, out, err)?);
    }
    Ok(exit)
}

fn check_one(
    nets: &Nets,
    photo: &Path,
    json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let file = photo.display().to_string();
    let mut ms = BTreeMap::new();
    let start = clock::now();
    let picture = match open_picture(photo) {
        Ok(picture) => picture,
        Err(error) => return unusable(&file, &error.to_string(), json, out, err),
    };
    ms.insert("decode", since(start));
    match measured(nets, &picture, &mut ms) {
        Ok(findings) => {
            let checked = Checked {
                file,
                verdict: overall(&findings),
                findings,
                ms,
            };
            if json {
                serde_json::to_writer(&mut *out, &checked)?;
                writeln!(out)?;
            } else {
                print_table(&checked, out)?;
            }
            Ok(u8::from(checked.verdict == Verdict::Fail))
        }
        Err(error) => unusable(&file, &error.to_string(), json, out, err),
    }
}

fn measured(
    nets: &Nets,
    picture: &Picture,
    ms: &mut BTreeMap<&'static str, f64>,
) -> Result<Vec<Finding>, VisionError> {
    let start = clock::now();
    let look = nets.look(picture)?;
    ms.insert("look", since(start));
    let start = clock::now();
    let findings = assess(picture, &look, &Context::default());
    ms.insert("rules", since(start));
    Ok(findings)
}

fn unusable(
    file: &str,
    error: &str,
    json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    if json {
        serde_json::to_writer(
            &mut *out,
            &Unusable {
                file,
                error: error.to_owned(),
            },
        )?;
        writeln!(out)?;
    }
    writeln!(err, "{file}: {error}")?;
    Ok(2)
}

fn since(start: Instant) -> f64 {
    (start.elapsed().as_secs_f64() * 1e5).round() / 100.0
}

/// What is not as it should be, line by line; the rest in one.
fn print_table(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", checked.file, word(checked.verdict))?;
    for finding in checked
        .findings
        .iter()
        .filter(|f| matches!(f.verdict, Verdict::Fail | Verdict::Warn))
    {
        writeln!(
            out,
            "  {:<8} {:<17} {:<26} {}",
            word(finding.verdict),
            finding.rule.id(),
            numbers(finding),
            finding.rule.clause()
        )?;
    }
    for verdict in [Verdict::Asked, Verdict::Unknown, Verdict::Pass] {
        let ids: Vec<String> = checked
            .findings
            .iter()
            .filter(|f| f.verdict == verdict)
            .map(named)
            .collect();
        if !ids.is_empty() {
            writeln!(out, "  {:<8} {}", word(verdict), ids.join(", "))?;
        }
    }
    let times: Vec<String> = checked
        .ms
        .iter()
        .map(|(stage, ms)| format!("{stage} {ms:.0} ms"))
        .collect();
    writeln!(out, "  {}", times.join(", "))
}

/// An asked rule whose measurement points at something is marked.
fn named(finding: &Finding) -> String {
    let hint = finding.rule.known_by() == KnownBy::Asked
        && finding.score.is_some_and(|score| score >= 1.0);
    format!(
        "{}{}",
        finding.rule.id(),
        if hint { " (look!)" } else { "" }
    )
}

fn numbers(finding: &Finding) -> String {
    match (finding.value, finding.limit) {
        (Some(value), Some(limit)) => format!("{value:.3} (limit {limit}) {}", finding.unit),
        _ => String::new(),
    }
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Warn => "warn",
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
        Verdict::Asked => "asked",
    }
}
