//! `gradbooth enrol`: answers an invitation of the review service with keys that this booth makes itself, shows four
//! words for comparing, and writes the booth's key once a person at the console has said yes.

use super::pictures::open_picture;
use crate::camera::Purpose;
use crate::clock;
use crate::config::Config;
use crate::vision::codes::{Effort, Luma, read_codes};
use crate::wire::invitation::{EnrolAnswer, Enrolling, Invitation};
use crate::wire::paths;
use crate::workers::http::{Trouble, ask_unknown};
use crate::workers::{VisionFact, VisionWorkers, Wake, camera_source};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::fs;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often the service is asked whether somebody has said yes.
const ASK_EVERY: Duration = Duration::from_secs(1);
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
    let invitation = Invitation::parse(&invitation_text(args, &config, input, out)?)?;
    if invitation.url != config.service_url {
        bail!(
            "the invitation is of {}, but booth.toml names {}",
            invitation.url,
            config.service_url
        );
    }
    if config.key_file.exists() {
        bail!(
            "{} exists: move it away if this booth is to be enrolled anew",
            config.key_file.display()
        );
    }
    let mut random = zeroize::Zeroizing::new([0; 96]);
    getrandom::fill(random.as_mut_slice())
        .map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    let enrolling = Enrolling::new(invitation, &random)?;
    writeln!(
        out,
        "\n    {}\n\nThe console must show the same four words.",
        enrolling.words()
    )?;
    out.flush()?;
    let sealed = confirmed(&config.service_url, &enrolling)?;
    let key = enrolling.finish(&sealed)?;
    let text = zeroize::Zeroizing::new(
        toml::to_string(&key).context("the booth's key cannot be written")?,
    );
    write_key(&config.key_file, &text).with_context(|| config.key_file.display().to_string())?;
    writeln!(
        out,
        "This is booth {} now; its key is in {}.",
        key.name,
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

/// Asks until somebody has said yes; a line that breaks is no answer.
fn confirmed(url: &str, enrolling: &Enrolling) -> Result<String> {
    for _ in 0..MOST_QUESTIONS {
        match ask_unknown(url, paths::ENROLMENTS, &enrolling.request()) {
            Ok(EnrolAnswer::Confirmed { sealed }) => return Ok(sealed),
            Ok(EnrolAnswer::Compare) => {}
            Err(trouble @ (Trouble::Refused(_) | Trouble::Certificate | Trouble::Unauthorized)) => {
                bail!("{trouble}")
            }
            Err(
                trouble @ (Trouble::Unreachable
                | Trouble::Silent
                | Trouble::NotTheService
                | Trouble::Later(_)),
            ) => {
                tracing::warn!(%trouble, "asked again");
            }
        }
        std::thread::sleep(ASK_EVERY);
    }
    bail!("nobody confirmed the four words")
}

/// Whole or not at all, for the booth's account only, never over a key that exists.
fn write_key(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
