//! Inviting a booth: shows a one-time code, waits for the booth, shows four words, and enrols it when a person says
//! that the booth shows the same.

use super::CommandError;
use crate::domain::BoothId;
use crate::review::keys::Keys;
use crate::review::random;
use crate::review::store::{Store, invitations};
use crate::wire::invitation::Invitation;
use qrcodegen::{QrCode, QrCodeEcc};
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Duration;

const LOOK_EVERY: Duration = Duration::from_millis(500);
const QUIET_MODULES: i32 = 2;

/// Invites one booth and stays until it is enrolled, refused, or the invitation has expired.
pub(super) fn invite(
    (data, store): (&Path, &Store),
    (name, url): (&str, &str),
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let name = super::booths::checked_name(name)?;
    let keys = Keys::open(data)?;
    let service = Invitation::vouched(&keys.receipts.verifying_key(), &keys.review.public());
    let token: [u8; 16] = random::bytes()?;
    let invitation = Invitation {
        url: url.trim_end_matches('/').to_owned(),
        token,
        service,
    };
    let token = token
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    store.write_now(|tx| invitations::make(tx, &token, name).map(drop))?;
    show(&invitation.to_string(), out)?;
    writeln!(
        out,
        "Valid for one hour and one booth. At the booth: gradbooth enrol"
    )?;
    out.flush()?;
    let request = loop {
        let standing = store.read_now(|tx| invitations::standing(tx, &token))?;
        let standing =
            standing.ok_or_else(|| CommandError::Unusable("the invitation has expired".into()))?;
        if let Some(request) = standing.request {
            break request;
        }
        std::thread::sleep(LOOK_EVERY);
    };
    writeln!(out, "\n    {}\n", request.words(&service))?;
    write!(out, "Does the booth show the same four words? (yes/no) ")?;
    out.flush()?;
    let mut said = String::new();
    input.read_line(&mut said)?;
    if said.trim() != "yes" {
        return Err(CommandError::Unusable(
            "nothing was enrolled; make a new invitation".into(),
        ));
    }
    let id = BoothId::from_bytes(random::bytes()?);
    store.write_now(|tx| invitations::confirm(tx, &token, id))?;
    writeln!(out, "Booth {name} ({}) is enrolled.", id.short())?;
    Ok(())
}

/// The code in half blocks, two modules a character, and its text for a booth without a camera.
fn show(text: &str, out: &mut impl Write) -> Result<(), CommandError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|_| CommandError::Fault("the code"))?;
    let ends = code.size() + QUIET_MODULES;
    for y in (-QUIET_MODULES..ends).step_by(2) {
        let line: String = (-QUIET_MODULES..ends)
            .map(
                |x| match (code.get_module(x, y), code.get_module(x, y + 1)) {
                    (true, true) => ' ',
                    (true, false) => '▄',
                    (false, true) => '▀',
                    (false, false) => '█',
                },
            )
            .collect();
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{text}")?;
    Ok(())
}
