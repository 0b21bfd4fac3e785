//! How often each rule is right: breakers made of every sitter of a folder, and good pictures of the same people.
//!
//! `cargo bench --bench rules -- FOLDER [--only KIND,..] [--look DIR] [--scores FILE]`; the folder holds portraits that
//! break nothing, with a `labels.csv` for the table by tone. Without a folder it tries the shipped students, who are few.
//! It prints a table and the names of every miss, and asserts nothing: nobody new is photographed here, the pictures
//! are manipulated by known amounts, so it tells a rule's reach over persons, not over cameras.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a bench prints what it measured; a mesh has 478 points"
)]

mod breakers;
mod canvas;
mod luck;
mod sitter;
mod table;

use std::path::{Path, PathBuf};

use breakers::{BREAKERS, GOOD};
use canvas::Canvas;
use gradbooth::vision::rules::{Context, Finding, Rule, Verdict, assess};
use gradbooth::vision::{Nets, Picture};
use luck::Luck;
use sitter::{Sitter, sitters};
use table::{Outcome, Table};

fn main() {
    let wish = Wish::of(std::env::args().skip(1));
    // `cargo test --all-targets` runs benches as tests: nothing to measure then
    if !wish.meant {
        return;
    }
    let Ok(nets) = Nets::load() else { return };
    let people = wish.people(&nets);
    if people.is_empty() {
        println!("nobody sits in {:?}", wish.folder);
        return;
    }
    let mut table = Table::default();
    for (i, sitter) in people.iter().enumerate() {
        let other = &people[(i + 1) % people.len()];
        let trial = Trial {
            nets: &nets,
            sitter,
            other,
            wish: &wish,
        };
        for (kind, make) in GOOD.iter().filter(|(kind, _)| wish.tries(kind)) {
            let findings = trial.of(kind, *make, [100, 197, 255]);
            table.good(kind, sitter, &findings);
        }
        for breaker in BREAKERS.iter().filter(|breaker| wish.tries(breaker.name)) {
            let findings = trial.of(breaker.name, breaker.make, breaker.output);
            table.broken(breaker, sitter, &Outcome::of(&findings, breaker.rule));
        }
    }
    table.print();
}

/// What was asked for on the command line.
#[derive(Default)]
struct Wish {
    meant: bool,
    folder: Option<PathBuf>,
    kinds: Vec<String>,
    only: Vec<String>,
    look: Option<PathBuf>,
    scores: bool,
}

impl Wish {
    fn of(mut args: impl Iterator<Item = String>) -> Self {
        let mut wish = Self {
            kinds: vec!["lon_".to_owned()],
            ..Self::default()
        };
        let list = |text: Option<String>| -> Vec<String> {
            text.iter()
                .flat_map(|text| text.split(','))
                .map(str::to_owned)
                .collect()
        };
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--bench" => wish.meant = true,
                "--only" => wish.only = list(args.next()),
                "--kinds" => wish.kinds = list(args.next()),
                "--look" => wish.look = args.next().map(PathBuf::from),
                "--scores" => wish.scores = true,
                folder => wish.folder = Some(PathBuf::from(folder)),
            }
        }
        wish
    }

    fn tries(&self, kind: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == kind)
    }

    fn people(&self, nets: &Nets) -> Vec<Sitter> {
        if let Some(folder) = &self.folder {
            let kinds: Vec<&str> = self.kinds.iter().map(String::as_str).collect();
            return sitters(nets, folder, &kinds);
        }
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        [
            "assets/demo/frames/0030.jpg",
            "tests/fixtures/students/s01.jpg",
        ]
        .iter()
        .filter_map(|file| {
            let picture = Picture::decode(&std::fs::read(home.join(file)).ok()?).ok()?;
            Sitter::of(nets, &picture, file, "rendered")
        })
        .collect()
    }
}

/// One sitter's turn.
struct Trial<'a> {
    nets: &'a Nets,
    sitter: &'a Sitter,
    other: &'a Sitter,
    wish: &'a Wish,
}

impl Trial<'_> {
    fn of(&self, kind: &str, make: breakers::Make, output_background: [u8; 3]) -> Vec<Finding> {
        let mut luck = Luck::of(&format!("{kind} {}", self.sitter.name));
        let canvas: Canvas = make(self.sitter, self.other, &mut luck);
        let quality = luck.between(72.0, 95.0) as u8;
        let Ok(picture) = canvas.through_jpeg(quality) else {
            return Vec::new();
        };
        if let Some(folder) = &self.wish.look {
            self.keep(folder, kind, &picture);
        }
        let Ok(look) = self.nets.look(&picture) else {
            return Vec::new();
        };
        let context = Context {
            output_background,
            ..Context::default()
        };
        let findings = assess(&picture, &look, &context);
        if self.wish.scores {
            if let Some(face) = &look.face {
                let points: Vec<String> = face
                    .points()
                    .iter()
                    .map(|p| format!("{:.1} {:.1}", p[0], p[1]))
                    .collect();
                println!(
                    "POINTS,{kind},{},{},{}",
                    self.sitter.name,
                    self.sitter.tone,
                    points.join(" ")
                );
            }
            for finding in &findings {
                let (value, score) = (
                    finding.value.unwrap_or(f32::NAN),
                    finding.score.unwrap_or(f32::NAN),
                );
                println!(
                    "SCORE,{kind},{},{},{},{value},{score}",
                    self.sitter.name,
                    self.sitter.tone,
                    finding.rule.id()
                );
            }
        }
        findings
    }

    fn keep(&self, folder: &Path, kind: &str, picture: &Picture) {
        let mut file = Vec::new();
        let small = picture;
        let size = [small.width(), small.height()].map(|v| u16::try_from(v).unwrap_or(u16::MAX));
        let written = jpeg_encoder::Encoder::new(&mut file, 85)
            .encode(small.rgb(), size[0], size[1], jpeg_encoder::ColorType::Rgb)
            .is_ok();
        let name = format!("{kind}-{}", self.sitter.name.replace('/', "_"));
        if written && std::fs::create_dir_all(folder).is_ok() {
            let _ = std::fs::write(folder.join(name), file);
        }
    }
}

/// The failing rules, worst first.
fn failing(findings: &[Finding]) -> Vec<Rule> {
    let fails = findings.iter().filter(|f| f.verdict == Verdict::Fail);
    fails.map(|f| f.rule).collect()
}
