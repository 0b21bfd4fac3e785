//! `gradbooth tour`: one student's whole way through the real window, as a person takes it: words are looked for on
//! the screen and touched, codes on the screen are scanned, a phone opens the service's pages, a reviewer decides.
//! Leaves a picture of every screen in both languages, the standard photo and a transcript.
//!
//! It knows nothing of the kiosk but what a screen reader would be told, and fakes nothing: the same programs, the
//! same camera path, the same service.

pub mod eyes;
pub mod hand;
pub mod phone;
pub mod story;
pub mod window;
pub mod words;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use eyes::Eyes;
use hand::Person;
use phone::Phone;
use story::{Cast, Desk};
use window::Screen;

/// Where everything is.
#[derive(Debug, Args)]
pub struct TourArgs {
    /// The X display that the kiosk fills, such as `:99`.
    #[arg(long)]
    display: String,
    /// The socket that the kiosk was started with.
    #[arg(long)]
    eyes: PathBuf,
    /// Address of the review service.
    #[arg(long)]
    service: String,
    /// The file that `gradbooth-review demo` keeps its passwords in.
    #[arg(long)]
    passwords: PathBuf,
    /// What the student types after showing the code.
    #[arg(long, default_value = "175X")]
    last_four: String,
    /// Where pictures and transcript go.
    #[arg(long)]
    out: PathBuf,
}

/// Takes the tour.
pub fn run(args: &TourArgs, say: &mut dyn std::io::Write) -> Result<()> {
    let pictures = args.out.join("screens");
    let mut person = Person::at(
        Screen::open(&args.display)?,
        Eyes::on(&args.eyes),
        &pictures,
    )?;
    let told = take(args, &mut person);
    let transcript = args.out.join("transcript.txt");
    std::fs::write(&transcript, person.transcript().join("\n") + "\n")?;
    told?;
    writeln!(
        say,
        "{} steps; transcript: {}",
        person.transcript().len(),
        transcript.display()
    )?;
    Ok(())
}

fn take(args: &TourArgs, person: &mut Person) -> Result<()> {
    let mut phone = Phone::new(&args.service)?;
    let mut desk = Desk::open(&args.service, &args.passwords)?;
    // the recorded camera shows by itself what it was opened for
    let pose = &mut |_| {};
    let last_four = args.last_four.clone();
    story::whole_way(
        &mut Cast {
            person,
            phone: &mut phone,
            last_four,
            pose,
        },
        &mut desk,
        &args.out,
    )
}
