//! What `standardize` is asked on the command line. Says nothing of how it is done.

use std::path::PathBuf;

use clap::Args;

use crate::domain::collection::Background;
use crate::standard::{GRADUATION, Preset};

/// Make standard photos of portraits
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub struct StandardizeArgs {
    /// JPEG or PNG portraits
    #[arg(required = true, value_name = "PHOTO")]
    pub photos: Vec<PathBuf>,
    /// Where the standard photos go, each under its portrait's name
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The image standard: graduation, resident-id, exit-entry, mandarin, teacher, cet, ncre, postgraduate,
    /// social-security, us-visa or icao
    #[arg(long, value_name = "NAME", default_value = GRADUATION.name)]
    pub preset: String,
    /// What stands behind the person: light-blue, white, light-grey, red or keep, as far as the standard allows it; its
    /// first choice by default
    #[arg(long, value_name = "NAME")]
    pub background: Option<String>,
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
    /// Write beside each photo a picture (NAME.overlay.png) with the standard's bands and what was measured
    #[arg(long)]
    pub overlay: bool,
    /// Write a contact sheet (PNG) of the whole batch with its verdicts
    #[arg(long, value_name = "FILE")]
    pub sheet: Option<PathBuf>,
    /// Leave out portraits whose photo already stands in DIR and is newer: goes on where a batch was stopped
    #[arg(long)]
    pub resume: bool,
    /// How many portraits are worked on at once; all cores by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

impl StandardizeArgs {
    /// The preset, and the background that it is asked for with; both must be known, and go together.
    pub(super) fn standard(&self) -> Result<(&'static Preset, Background), String> {
        let preset = Preset::by_name(&self.preset)
            .ok_or_else(|| format!("there is no preset {:?}", self.preset))?;
        let allowed = preset.backgrounds.iter().copied();
        let background = match &self.background {
            None => allowed.clone().next(),
            Some(wanted) => allowed.clone().find(|known| known.name() == wanted),
        };
        let names = || allowed.map(Background::name).collect::<Vec<_>>().join(", ");
        let background = background.ok_or_else(|| {
            format!(
                "the preset {} has these backgrounds: {}",
                preset.name,
                names()
            )
        })?;
        Ok((preset, background))
    }
}
