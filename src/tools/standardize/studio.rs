//! One portrait of a batch: read, measured, standardized, written whole, reported.
//!
//! Nothing is written where a rule refuses; the photo comes last of what is written, because it says that the portrait
//! is done.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest, Sha256};

use super::arguments::StandardizeArgs;
use super::batch::Job;
use super::overlay;
use super::report::{Report, print_lines, unusable};
use super::sheet::Tile;
use super::whole::write_whole;
use crate::clock;
use crate::domain::collection::Background;
use crate::photo::{
    Options, PhotoError, Reason, Stage, StandardPhoto, is_hopeless_light, standardize,
};
use crate::standard::{Preset, background_rgb};
use crate::tools::pictures::{open_picture, read_bounded};
use crate::vision::rules::{Context, Finding, Verdict, assess, overall, sort_by_importance};
use crate::vision::{Look, Nets, Picture};

/// What came of one portrait.
enum Outcome {
    /// A standard photo stands in the file.
    Written(PathBuf, Box<StandardPhoto>),
    /// A rule refuses it; nothing was written.
    Refused,
}

/// What is the same for the whole batch.
pub(super) struct Studio<'a> {
    pub args: &'a StandardizeArgs,
    preset: &'static Preset,
    background: Background,
    plate: Option<Picture>,
}

/// What one portrait says when it is done.
#[derive(Default)]
pub(super) struct Said {
    pub exit: u8,
    pub out: Vec<u8>,
    pub err: Vec<u8>,
    pub tile: Option<Tile>,
}

impl<'a> Studio<'a> {
    /// Everything that a batch needs before its first portrait.
    pub fn open(args: &'a StandardizeArgs) -> Result<Self, String> {
        let (preset, background) = args.standard()?;
        let open_plate =
            |path: &PathBuf| open_picture(path).map_err(|e| format!("{}: {e}", path.display()));
        let plate = args.plate.as_ref().map(open_plate).transpose()?;
        fs::create_dir_all(&args.out).map_err(|e| format!("{}: {e}", args.out.display()))?;
        Ok(Self {
            args,
            preset,
            background,
            plate,
        })
    }

    /// Where the photo of a portrait goes: never onto a portrait, never twice to the same place.
    pub fn target(
        &self,
        portrait: &Path,
        taken: &mut BTreeSet<PathBuf>,
    ) -> Result<PathBuf, String> {
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

    /// Does one job and says what came of it.
    pub fn one(&self, nets: &Nets, job: &Job) -> Said {
        let mut said = Said::default();
        let (mut ms, mut findings) = (BTreeMap::new(), Vec::new());
        let made = job.target.as_deref().map_err(Clone::clone);
        let made = made.and_then(|target| {
            if self.args.resume && is_newer(target, &job.portrait) {
                return Ok(None);
            }
            self.made(nets, &job.portrait, target, &mut findings, &mut ms)
                .map(Some)
        });
        let json = self.args.json;
        match made {
            Err(reason) => {
                said.exit = 2;
                unusable(&job.file, &reason, json, &mut said.out, &mut said.err);
                said.tile = self.tile(job, None, &reason);
            }
            Ok(None) => said.tile = self.tile(job, None, "kept"),
            Ok(Some(outcome)) => {
                said.exit = u8::from(matches!(outcome, Outcome::Refused));
                let report = report_of(&job.file, &outcome, &findings, &ms);
                print_lines(&report, json, &mut said.out);
                let photo = match &outcome {
                    Outcome::Written(_, photo) => Some(photo.jpeg()),
                    Outcome::Refused => None,
                };
                said.tile = self.tile(job, photo, &report.headline());
            }
        }
        said
    }

    /// The portrait's place on the contact sheet: its photo, or itself where there is none.
    fn tile(&self, job: &Job, photo: Option<&[u8]>, verdict: &str) -> Option<Tile> {
        self.args.sheet.as_ref()?;
        let picture = match (photo, &job.target) {
            (Some(bytes), _) => Picture::decode(bytes).ok(),
            (None, Ok(target)) => open_picture(target)
                .or_else(|_| open_picture(&job.portrait))
                .ok(),
            (None, Err(_)) => open_picture(&job.portrait).ok(),
        };
        Some(Tile::new(picture.as_ref(), &job.file, verdict))
    }

    /// Reads, measures, standardizes, writes. `Err` is a portrait that cannot be used.
    fn made(
        &self,
        nets: &Nets,
        portrait: &Path,
        target: &Path,
        findings: &mut Vec<Finding>,
        ms: &mut BTreeMap<&'static str, f64>,
    ) -> Result<Outcome, String> {
        let mut watch = Watch::start();
        let bytes = read_bounded(portrait).map_err(|e| e.to_string())?;
        let capture = Picture::decode(&bytes).map_err(|e| e.to_string())?;
        watch.lap("decode", ms);
        let look = nets.look(&capture).map_err(|e| e.to_string())?;
        watch.lap("look", ms);
        *findings = self.findings(&capture, &look);
        watch.lap("rules", ms);
        let sha256 = Sha256::digest(&bytes).into();
        let made = self.standardized(nets, (&capture, sha256), &look, &mut watch, ms);
        let outcome = match made {
            Ok(photo) if !self.refused(findings) => {
                let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", target.display());
                if self.args.overlay {
                    let picture = overlay::drawn(&photo, self.preset).map_err(|e| failed(&e))?;
                    write_whole(&target.with_extension("overlay.png"), &picture)
                        .map_err(|e| failed(&e))?;
                }
                // the photo comes last: it says that the portrait is done
                write_whole(target, photo.jpeg()).map_err(|e| failed(&e))?;
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
        let background = background_rgb(self.background);
        let context = Context {
            output_background: background.unwrap_or(default.output_background),
            plate: self.plate.as_ref(),
            ..default
        };
        assess(capture, look, &context)
    }

    fn standardized(
        &self,
        nets: &Nets,
        (capture, sha256): (&Picture, [u8; 32]),
        look: &Look,
        watch: &mut Watch,
        ms: &mut BTreeMap<&'static str, f64>,
    ) -> Result<StandardPhoto, PhotoError> {
        let options = Options {
            background: self.background,
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
        let made = standardize(capture, sha256, nets, self.preset, &options, &mut progress);
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

/// Whether the photo is there and no older than its portrait.
fn is_newer(photo: &Path, portrait: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|m| m.modified());
    matches!((changed(photo), changed(portrait)), (Ok(made), Ok(taken)) if made >= taken)
}

fn report_of<'a>(
    file: &'a str,
    outcome: &'a Outcome,
    findings: &'a [Finding],
    ms: &'a BTreeMap<&'static str, f64>,
) -> Report<'a> {
    let (output, record) = match outcome {
        Outcome::Written(path, photo) => (Some(path.display().to_string()), Some(photo.record())),
        Outcome::Refused => (None, None),
    };
    let verdict = if output.is_none() {
        Verdict::Fail
    } else {
        overall(findings)
    };
    Report {
        file,
        verdict,
        findings,
        ms,
        output,
        record,
    }
}
