//! `gradbooth standardize`: portraits in, standard photos out, by the booth's own engine.
//!
//! It writes `DIR/<stem>.jpg` whole or not at all, never over its own input, and never two inputs into one file. One
//! bad file does not stop the batch.

mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use serde::Serialize;
use sha2::{Digest, Sha256};

use whole::write_whole;

use super::pictures::{open_picture, read_bounded};
use crate::clock;
use crate::photo::{
    Options, PhotoError, ProcessingRecord, Reason, Stage, StandardPhoto, is_hopeless_light,
    standardize,
};
use crate::standard::{GRADUATION, Preset, background_rgb};
use crate::vision::rules::{Context, Finding, Verdict, assess, overall, sort_by_importance};
use crate::vision::{Look, Nets, Picture};

/// Make standard photos of portraits
#[derive(Debug, Args)]
pub struct StandardizeArgs {
    /// JPEG or PNG portraits
    #[arg(required = true, value_name = "PHOTO")]
    pub photos: Vec<PathBuf>,
    /// Where the standard photos go, each under its portrait's name
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The image standard
    #[arg(long, value_name = "NAME", default_value = GRADUATION.name)]
    pub preset: String,
    /// A picture of the empty booth, same camera, same place
    #[arg(long, value_name = "EMPTY.jpg")]
    pub plate: Option<PathBuf>,
    /// Take out a tilt of the head of up to 8 degrees; the record says so
    #[arg(long)]
    pub straighten: bool,
    /// Refuse for every rule, those about the person too
    #[arg(long)]
    pub strict: bool,
    /// Print one JSON object a photo
    #[arg(long)]
    pub json: bool,
}

/// One portrait's line of JSON.
#[derive(Debug, Serialize)]
struct Report<'a> {
    file: &'a str,
    verdict: Verdict,
    findings: &'a [Finding],
    ms: &'a BTreeMap<&'static str, f64>,
    output: Option<String>,
    record: Option<&'a ProcessingRecord>,
}

/// One unusable file's line of JSON.
#[derive(Debug, Serialize)]
struct Unusable<'a> {
    file: &'a str,
    error: &'a str,
}

/// What came of one portrait.
enum Outcome {
    /// A standard photo stands in the file.
    Written(PathBuf, Box<StandardPhoto>),
    /// A rule refuses it; nothing was written.
    Refused,
}

/// What is the same for the whole batch.
struct Studio<'a> {
    args: &'a StandardizeArgs,
    nets: Nets,
    preset: &'static Preset,
    plate: Option<Picture>,
}

/// Standardizes every portrait. 0: all written; 1: a rule refused one; 2: an input could not be used.
pub fn run(args: &StandardizeArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let studio = match Studio::open(args) {
        Ok(studio) => studio,
        Err(reason) => {
            writeln!(err, "{reason}")?;
            return Ok(2);
        }
    };
    let mut exit = 0;
    let mut taken = BTreeSet::new();
    for portrait in &args.photos {
        let file = portrait.display().to_string();
        exit = exit.max(match studio.target(portrait, &mut taken) {
            Ok(target) => studio.one(&file, portrait, &target, out, err)?,
            Err(reason) => unusable(&file, &reason, args.json, out, err)?,
        });
    }
    Ok(exit)
}

impl<'a> Studio<'a> {
    fn open(args: &'a StandardizeArgs) -> Result<Self, String> {
        let preset = Preset::by_name(&args.preset)
            .ok_or_else(|| format!("there is no preset {:?}", args.preset))?;
        let open_plate =
            |path: &PathBuf| open_picture(path).map_err(|e| format!("{}: {e}", path.display()));
        let plate = args.plate.as_ref().map(open_plate).transpose()?;
        fs::create_dir_all(&args.out).map_err(|e| format!("{}: {e}", args.out.display()))?;
        let nets = Nets::load().map_err(|e| e.to_string())?;
        Ok(Self {
            args,
            nets,
            preset,
            plate,
        })
    }

    /// Where the photo of a portrait goes: never onto a portrait, never twice to the same place.
    fn target(&self, portrait: &Path, taken: &mut BTreeSet<PathBuf>) -> Result<PathBuf, String> {
        let stem = portrait.file_stem().ok_or("has no file name")?;
        let mut name = stem.to_owned();
        name.push(".jpg");
        let target = self.args.out.join(name);
        if fs::canonicalize(&target)
            .is_ok_and(|old| fs::canonicalize(portrait).is_ok_and(|own| own == old))
        {
            return Err("its standard photo would replace it; choose another --out".to_owned());
        }
        if !taken.insert(target.clone()) {
            return Err(format!(
                "another photo of this batch goes to {}",
                target.display()
            ));
        }
        Ok(target)
    }

    fn one(
        &self,
        file: &str,
        portrait: &Path,
        target: &Path,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<u8> {
        let mut ms = BTreeMap::new();
        let mut findings = Vec::new();
        let outcome = match self.made(portrait, target, &mut findings, &mut ms) {
            Ok(outcome) => outcome,
            Err(reason) => return unusable(file, &reason, self.args.json, out, err),
        };
        let (output, record) = match &outcome {
            Outcome::Written(path, photo) => {
                (Some(path.display().to_string()), Some(photo.record()))
            }
            Outcome::Refused => (None, None),
        };
        let verdict = if output.is_none() {
            Verdict::Fail
        } else {
            overall(&findings)
        };
        let report = Report {
            file,
            verdict,
            findings: &findings,
            ms: &ms,
            output,
            record,
        };
        if self.args.json {
            serde_json::to_writer(&mut *out, &report)?;
            writeln!(out)?;
        } else {
            print_lines(&report, out)?;
        }
        Ok(u8::from(matches!(outcome, Outcome::Refused)))
    }

    /// Reads, measures, standardizes, writes. `Err` is a portrait that cannot be used.
    fn made(
        &self,
        portrait: &Path,
        target: &Path,
        findings: &mut Vec<Finding>,
        ms: &mut BTreeMap<&'static str, f64>,
    ) -> Result<Outcome, String> {
        let mut watch = Watch::start();
        let bytes = read_bounded(portrait).map_err(|e| e.to_string())?;
        let capture = Picture::decode(&bytes).map_err(|e| e.to_string())?;
        watch.lap("decode", ms);
        let look = self.nets.look(&capture).map_err(|e| e.to_string())?;
        watch.lap("look", ms);
        *findings = self.findings(&capture, &look);
        watch.lap("rules", ms);
        let sha256 = Sha256::digest(&bytes).into();
        let made = self.standardized(&capture, sha256, &look, &mut watch, ms);
        let outcome = match made {
            Ok(photo) if !self.refused(findings) => {
                write_whole(target, photo.jpeg())
                    .map_err(|e| format!("{}: {e}", target.display()))?;
                Outcome::Written(target.to_owned(), Box::new(photo))
            }
            Ok(_) => Outcome::Refused,
            Err(PhotoError::Refused(refusal)) => {
                note(findings, &refusal.reasons);
                Outcome::Refused
            }
            Err(
                fault @ (PhotoError::PlateSize
                | PhotoError::Vision(_)
                | PhotoError::Encode(_)
                | PhotoError::Check(_)),
            ) => return Err(fault.to_string()),
        };
        watch.lap("write", ms);
        Ok(outcome)
    }

    fn findings(&self, capture: &Picture, look: &Look) -> Vec<Finding> {
        let default = Context::default();
        let background = self
            .preset
            .backgrounds
            .first()
            .and_then(|first| background_rgb(*first));
        let output_background = background.unwrap_or(default.output_background);
        let context = Context {
            output_background,
            plate: self.plate.as_ref(),
            ..default
        };
        assess(capture, look, &context)
    }

    fn standardized(
        &self,
        capture: &Picture,
        sha256: [u8; 32],
        look: &Look,
        watch: &mut Watch,
        ms: &mut BTreeMap<&'static str, f64>,
    ) -> Result<StandardPhoto, PhotoError> {
        let background = self.preset.backgrounds.first().copied().unwrap_or_default();
        let options = Options {
            background,
            straighten: self.args.straighten,
            plate: self.plate.as_ref(),
            look: Some(look),
        };
        let mut running: Option<Stage> = None;
        let mut progress = |stage: Stage| {
            if let Some(done) = running.replace(stage) {
                watch.lap(done.name(), ms);
            }
        };
        let made = standardize(
            capture,
            sha256,
            &self.nets,
            self.preset,
            &options,
            &mut progress,
        );
        if let Some(last) = running {
            watch.lap(last.name(), ms);
        }
        made
    }

    /// Light beyond repair always refuses; with `--strict` every failed rule does.
    fn refused(&self, findings: &[Finding]) -> bool {
        findings
            .iter()
            .any(|f| is_hopeless_light(f) || (self.args.strict && f.verdict == Verdict::Fail))
    }
}

/// Puts the engine's own reasons among the findings, in the place of what was found against the same rule.
fn note(findings: &mut Vec<Finding>, reasons: &[Reason]) {
    for reason in reasons {
        findings.retain(|known| known.rule != reason.rule);
    }
    findings.extend(reasons.iter().map(Reason::finding));
    sort_by_importance(findings);
}

/// Times the stages, in milliseconds.
struct Watch(Instant);

impl Watch {
    fn start() -> Self {
        Self(clock::now())
    }

    fn lap(&mut self, stage: &'static str, ms: &mut BTreeMap<&'static str, f64>) {
        let now = clock::now();
        let passed = now.duration_since(self.0).as_secs_f64() * 1000.0;
        ms.insert(stage, (passed * 100.0).round() / 100.0);
        self.0 = now;
    }
}

fn unusable(
    file: &str,
    error: &str,
    json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    if json {
        serde_json::to_writer(&mut *out, &Unusable { file, error })?;
        writeln!(out)?;
    }
    writeln!(err, "{file}: {error}")?;
    Ok(2)
}

fn print_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    match (&report.output, report.record) {
        (Some(output), Some(record)) => {
            let checked = &record.result.checked;
            writeln!(
                out,
                "{}: {output}  {} bytes, quality {}, face {:.0} px, eyes {:.0} px, crown {:.0} px",
                report.file,
                checked.bytes,
                record.result.quality,
                checked.face_width_px,
                checked.eye_line_px,
                checked.crown_px
            )?;
        }
        _ => writeln!(out, "{}: refused", report.file)?,
    }
    for finding in report
        .findings
        .iter()
        .filter(|f| f.verdict == Verdict::Fail)
    {
        let numbers = match (finding.value, finding.limit) {
            (Some(value), Some(limit)) => format!("{value:.3} (limit {limit:.3}) {}", finding.unit),
            _ => String::new(),
        };
        writeln!(
            out,
            "  {:<17} {numbers:<30} {}",
            finding.rule.id(),
            finding.rule.clause()
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
