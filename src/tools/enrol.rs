//! `gradbooth enrol`: answers an invitation of the review service with keys that this booth makes itself, shows four
//! words for comparing, and writes the booth's key once a person at the console has said yes.

use super::pictures::open_picture;
use crate::camera::Purpose;
use crate::clock;
use crate::config::Config;
use crate::vision::codes::{Effort, Luma, read_codes};
use crate::wire::invitation::Invitation;
use crate::workers::enrolment::{ASK_EVERY, Candidate, EnrolError, Place, Standing};
use crate::workers::{VisionFact, VisionWorkers, Wake, camera_source};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// As long as an invitation is valid.
const MOST_QUESTIONS: u32 = 3600;
/// How often the camera's finds are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Somebody has to walk from the console to the booth.
const LOOK_FOR: Duration = Duration::from_mins(15);

/// Enrol this booth at the review service with a one-time invitation.
///
/// The invitation's text is read from standard input, or its code by the booth's camera or from a picture.
#[derive(Debug, Args)]
pub struct EnrolArgs {
    /// The booth's settings
    #[arg(long, value_name = "FILE", default_value = "kiosk-config/booth.toml")]
    pub config: PathBuf,
    /// A picture with the invitation's code
    #[arg(long, value_name = "PICTURE")]
    pub image: Option<PathBuf>,
    /// Read the code with the booth's camera
    #[arg(long, conflicts_with = "image")]
    pub camera: bool,
}

/// Enrols; 0 when the key is written.
pub fn run(args: &EnrolArgs, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<u8> {
    let config = Config::load(&args.config).map_err(|faults| {
        anyhow::anyhow!(
            "{}",
            faults
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        )
    })?;
    let place = Place {
        service_url: config.service_url.clone(),
        key_file: config.key_file.clone(),
        anew: false,
    };
    let candidate = Candidate::invited(&invitation_text(args, &config, input, out)?, place)?;
    writeln!(
        out,
        "\n    {}\n\nThe console must show the same four words.",
        candidate.words()
    )?;
    out.flush()?;
    let name = confirmed(&candidate)?;
    writeln!(
        out,
        "This is booth {name} now; its key is in {}.",
        config.key_file.display()
    )?;
    Ok(0)
}

fn invitation_text(
    args: &EnrolArgs,
    config: &Config,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<String> {
    if args.camera {
        writeln!(out, "Hold the invitation's code in front of the camera.")?;
        out.flush()?;
        return seen_by_camera(config);
    }
    let Some(image) = &args.image else {
        let mut line = String::new();
        input.read_line(&mut line)?;
        return Ok(line);
    };
    let picture = open_picture(image)?;
    let codes = read_codes(&Luma::of(&picture), Effort::Picture);
    let text = codes
        .iter()
        .filter_map(|code| code.text())
        .find(|text| Invitation::parse(text).is_ok());
    text.map(ToOwned::to_owned)
        .context("no invitation is in the picture")
}

/// The first invitation that is held up. Other codes are not ours to read.
fn seen_by_camera(config: &Config) -> Result<String> {
    let nobody_draws: Wake = Arc::new(|| {});
    let eyes = VisionWorkers::start(camera_source(&config.camera), &nobody_draws)?;
    eyes.open(Purpose::ReadCode);
    let end = clock::now() + LOOK_FOR;
    while clock::now() < end {
        for fact in eyes.facts() {
            if let VisionFact::CodeSeen { code, .. } = fact
                && Invitation::parse(code.as_str()).is_ok()
            {
                return Ok(code.as_str().to_owned());
            }
        }
        std::thread::sleep(LOOK_EVERY);
    }
    bail!("no invitation was held up")
}

/// Asks until somebody has said yes; a line that breaks is no answer. Gives what people call the booth.
fn confirmed(candidate: &Candidate) -> Result<String> {
    for _ in 0..MOST_QUESTIONS {
        match candidate.ask() {
            Ok(Standing::Enrolled(name)) => return Ok(name),
            Ok(Standing::Compare) => {}
            Err(EnrolError::NotHeard(trouble)) => tracing::warn!(%trouble, "asked again"),
            Err(error) => return Err(error.into()),
        }
        std::thread::sleep(ASK_EVERY);
    }
    bail!("nobody confirmed the four words")
}
