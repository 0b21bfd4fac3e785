//! What is printed of each portrait: lines for people, or one JSON object for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::photo::ProcessingRecord;
use crate::vision::rules::{Finding, Verdict};

/// One portrait's line of JSON.
#[derive(Debug, Serialize)]
pub(super) struct Report<'a> {
    pub file: &'a str,
    pub verdict: Verdict,
    pub findings: &'a [Finding],
    pub ms: &'a BTreeMap<&'static str, f64>,
    pub output: Option<String>,
    pub record: Option<&'a ProcessingRecord>,
}

/// One unusable file's line of JSON.
#[derive(Debug, Serialize)]
struct Unusable<'a> {
    file: &'a str,
    error: &'a str,
}

/// A portrait that could not be used, in both streams where JSON is asked for.
pub(super) fn unusable(file: &str, error: &str, json: bool, out: &mut Vec<u8>, err: &mut Vec<u8>) {
    if json {
        add_json(&Unusable { file, error }, out);
    }
    err.extend(format!("{file}: {error}\n").bytes());
}

/// A portrait that was looked at.
pub(super) fn print_lines(report: &Report<'_>, json: bool, out: &mut Vec<u8>) {
    if json {
        add_json(report, out);
    } else {
        out.extend(report.lines().bytes());
    }
}

fn add_json(value: &impl Serialize, out: &mut Vec<u8>) {
    // numbers, strings and lists of them always become JSON
    if let Ok(line) = serde_json::to_vec(value) {
        out.extend(line);
        out.push(b'\n');
    }
}

impl Report<'_> {
    /// The verdict in a few words.
    pub(super) fn headline(&self) -> String {
        match self.record {
            Some(record) => format!("quality {}", record.result.quality),
            None => self
                .failed()
                .next()
                .map_or_else(|| "refused".to_owned(), |f| f.rule.id().to_owned()),
        }
    }

    fn failed(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.verdict == Verdict::Fail)
    }

    fn lines(&self) -> String {
        let mut lines = match (&self.output, self.record) {
            (Some(output), Some(record)) => {
                let checked = &record.result.checked;
                format!(
                    "{}: {output}  {} bytes, quality {}, face {:.0} px, eyes {:.0} px, crown {:.0} px\n",
                    self.file,
                    checked.bytes,
                    record.result.quality,
                    checked.face_width_px,
                    checked.eye_line_px,
                    checked.crown_px
                )
            }
            _ => format!("{}: refused\n", self.file),
        };
        for finding in self.failed() {
            let numbers = match (finding.value, finding.limit) {
                (Some(value), Some(limit)) => {
                    format!("{value:.3} (limit {limit:.3}) {}", finding.unit)
                }
                _ => String::new(),
            };
            let (id, clause) = (finding.rule.id(), finding.rule.clause());
            // writing to a string cannot fail
            let _ = writeln!(lines, "  {id:<17} {numbers:<30} {clause}");
        }
        lines
    }
}
