//! `gradbooth standardize`: portraits in, standard photos out, by the booth's own engine.
//!
//! It writes `DIR/<stem>.jpg` whole or not at all, never over its own input, and never two inputs into one file. One
//! bad file does not stop the batch.

mod arguments;
mod batch;
mod canvas;
mod overlay;
mod report;
mod sheet;
mod studio;
mod whole;

use std::collections::BTreeSet;
use std::io::{self, Write};

pub use arguments::StandardizeArgs;
use batch::{Batch, Job};
use studio::Studio;

/// Standardizes every portrait. 0: all written; 1: a rule refused one; 2: an input could not be used.
pub fn run(args: &StandardizeArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let studio = match Studio::open(args) {
        Ok(studio) => studio,
        Err(reason) => {
            writeln!(err, "{reason}")?;
            return Ok(2);
        }
    };
    let mut taken = BTreeSet::new();
    let jobs: Vec<Job> = args
        .photos
        .iter()
        .map(|portrait| Job {
            file: portrait.display().to_string(),
            portrait: portrait.clone(),
            target: studio.target(portrait, &mut taken),
        })
        .collect();
    let (mut exit, mut tiles) = (0, Vec::new());
    Batch::new(args.jobs, args.json).run(&studio, &jobs, err, &mut |said, err| {
        exit = exit.max(said.exit);
        tiles.extend(said.tile);
        out.write_all(&said.out)?;
        err.write_all(&said.err)
    })?;
    if let Some(file) = &args.sheet
        && let Err(reason) = sheet::write(file, &tiles)
    {
        writeln!(err, "{}: {reason}", file.display())?;
        exit = 2;
    }
    Ok(exit)
}

#[cfg(test)]
mod tests;
