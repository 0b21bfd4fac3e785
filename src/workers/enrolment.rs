//! Answering an invitation of the review service with keys that this booth makes itself, and keeping the key once a
//! person at the console has said yes. The command and the kiosk's screen both go this way.

use super::http::{Trouble, ask_unknown};
use super::{Facts, Wake, spawn};
use crate::wire::invitation::{EnrolAnswer, Enrolling, Invitation};
use crate::wire::{FourWords, paths};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryIter, sync_channel};
use std::time::Duration;
use thiserror::Error;

/// How often the service is asked whether somebody has said yes.
pub const ASK_EVERY: Duration = Duration::from_secs(1);

/// Why this booth is not enrolled.
#[derive(Debug, Error)]
pub enum EnrolError {
    /// Not the text of an invitation.
    #[error("this is no invitation")]
    NotAnInvitation,
    /// Of another service than the one in booth.toml.
    #[error("the invitation is of {invited}, but booth.toml names {configured}")]
    OtherService {
        /// Of the invitation.
        invited: String,
        /// In booth.toml.
        configured: String,
    },
    /// The operating system gives no random numbers.
    #[error("no randomness")]
    NoRandomness,
    /// The service was not heard; it may be asked again.
    #[error("{0}")]
    NotHeard(Trouble),
    /// The service, or its certificate, says no.
    #[error("{0}")]
    Refused(Trouble),
    /// The answer is not that of the service that invited.
    #[error("somebody else answers in the service's place")]
    Impostor,
    /// There is a key already.
    #[error("{} exists: move it away if this booth is to be enrolled anew", .0.display())]
    KeyExists(PathBuf),
    /// The key cannot be written.
    #[error("{file}: {why}", file = .0.display(), why = .1)]
    NotWritten(PathBuf, #[source] io::Error),
}

/// Where a booth is enrolled, and where its key goes.
#[derive(Debug, Clone)]
pub struct Place {
    /// The service's address, as in booth.toml.
    pub service_url: String,
    /// The key's file.
    pub key_file: PathBuf,
    /// A key that is there is put aside. Without this it is not touched.
    pub anew: bool,
}

/// How an enrolment stands.
#[derive(Debug)]
pub enum Standing {
    /// A person still has to compare the four words.
    Compare,
    /// The key is written; people call the booth so.
    Enrolled(String),
}

/// A booth that answered an invitation.
pub struct Candidate {
    enrolling: Enrolling,
    place: Place,
}

impl Candidate {
    /// Makes the booth's keys for this invitation.
    pub fn invited(text: &str, place: Place) -> Result<Self, EnrolError> {
        let invitation = Invitation::parse(text).map_err(|_| EnrolError::NotAnInvitation)?;
        if invitation.url != place.service_url {
            return Err(EnrolError::OtherService {
                invited: invitation.url,
                configured: place.service_url,
            });
        }
        if !place.anew && place.key_file.exists() {
            return Err(EnrolError::KeyExists(place.key_file));
        }
        let mut random = zeroize::Zeroizing::new([0; 96]);
        getrandom::fill(random.as_mut_slice()).map_err(|_| EnrolError::NoRandomness)?;
        let enrolling =
            Enrolling::new(invitation, &random).map_err(|_| EnrolError::NoRandomness)?;
        Ok(Self { enrolling, place })
    }

    /// What the console has to show too.
    pub fn words(&self) -> FourWords {
        self.enrolling.words()
    }

    /// Asks the service once; keeps the key if somebody has said yes.
    pub fn ask(&self) -> Result<Standing, EnrolError> {
        let url = &self.place.service_url;
        match ask_unknown(url, paths::ENROLMENTS, &self.enrolling.request()) {
            Ok(EnrolAnswer::Compare) => Ok(Standing::Compare),
            Ok(EnrolAnswer::Confirmed { sealed }) => self.keep(&sealed).map(Standing::Enrolled),
            Err(trouble @ (Trouble::Refused(_) | Trouble::Certificate | Trouble::Unauthorized)) => {
                Err(EnrolError::Refused(trouble))
            }
            Err(
                trouble @ (Trouble::Unreachable
                | Trouble::Silent
                | Trouble::NotTheService
                | Trouble::Later(_)),
            ) => Err(EnrolError::NotHeard(trouble)),
        }
    }

    fn keep(&self, sealed: &str) -> Result<String, EnrolError> {
        let key = self.enrolling.finish(sealed);
        let key = key.map_err(|_| EnrolError::Impostor)?;
        let path = &self.place.key_file;
        let failed = |error| EnrolError::NotWritten(path.clone(), error);
        let text = toml::to_string(&key).map_err(|error| failed(io::Error::other(error)))?;
        let text = zeroize::Zeroizing::new(text);
        if self.place.anew {
            replace_key(path, &text).map_err(failed)?;
        } else {
            write_key(path, &text).map_err(failed)?;
        }
        Ok(key.name)
    }
}

/// Whole or not at all, for the booth's account only, never over a key that exists.
fn write_key(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The key of before stays beside the new one; at every moment one of the two has the key's name.
fn replace_key(path: &Path, text: &str) -> io::Result<()> {
    let (new, old) = (path.with_extension("new"), path.with_extension("old"));
    for left_over in [&new, &old] {
        match fs::remove_file(left_over) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    write_key(&new, text)?;
    if path.exists() {
        fs::hard_link(path, &old)?;
    }
    fs::rename(&new, path)
}

/// What became of an invitation.
#[derive(Debug)]
pub enum EnrolFact {
    /// The service waits for a person who compared these words.
    Compare(FourWords),
    /// The booth is this one now.
    Enrolled(String),
    /// Not, or not yet: see [`EnrolError::NotHeard`].
    Failed(EnrolError),
    /// The worker panicked and is gone.
    WorkerLost(&'static str),
}

enum Command {
    Answer(String),
    GiveUp,
}

/// The thread that answers invitations.
pub struct EnrolWorker {
    commands: SyncSender<Command>,
    facts: Receiver<EnrolFact>,
}

impl EnrolWorker {
    /// Starts the thread.
    pub fn start(place: Place, wake: &Wake) -> io::Result<Self> {
        let (commands, inbox) = sync_channel(16);
        let (sender, facts) = sync_channel(16);
        let told = Facts::new(sender, Arc::clone(wake));
        let lost = told.clone();
        spawn(
            "enrolment",
            move |name| lost.tell(EnrolFact::WorkerLost(name)),
            move || work(&place, &inbox, &told),
        )?;
        Ok(Self { commands, facts })
    }

    /// Answers this invitation, and asks until somebody has said yes or no.
    pub fn answer(&self, invitation: String) {
        self.hand(Command::Answer(invitation));
    }

    /// Asks no more about it.
    pub fn give_up(&self) {
        self.hand(Command::GiveUp);
    }

    fn hand(&self, command: Command) {
        if self.commands.try_send(command).is_err() {
            tracing::error!("the worker of enrolments takes no more");
        }
    }

    /// The facts since last time.
    pub fn facts(&self) -> TryIter<'_, EnrolFact> {
        self.facts.try_iter()
    }
}

fn work(place: &Place, inbox: &Receiver<Command>, told: &Facts<EnrolFact>) {
    let mut candidate = None;
    loop {
        let heard = match &candidate {
            Some(_) => inbox.recv_timeout(ASK_EVERY),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match heard {
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
            Ok(Command::GiveUp) => candidate = None,
            Ok(Command::Answer(text)) => {
                candidate = Candidate::invited(&text, place.clone())
                    .map_err(|error| told.tell(EnrolFact::Failed(error)))
                    .ok();
            }
        }
        candidate = candidate.filter(|candidate| asks(candidate, told));
    }
}

/// Gives whether it is asked again.
fn asks(candidate: &Candidate, told: &Facts<EnrolFact>) -> bool {
    let (fact, again) = match candidate.ask() {
        Ok(Standing::Compare) => (EnrolFact::Compare(candidate.words()), true),
        Ok(Standing::Enrolled(name)) => (EnrolFact::Enrolled(name), false),
        Err(error) => {
            tracing::warn!(%error, "not enrolled");
            let again = matches!(error, EnrolError::NotHeard(_));
            (EnrolFact::Failed(error), again)
        }
    };
    told.tell(fact);
    again
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_replaced_with_the_one_of_before_beside_it_and_never_by_accident() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("booth.key");
        write_key(&path, "first").unwrap();
        assert!(write_key(&path, "second").is_err());
        for (new, old) in [("second", "first"), ("third", "second")] {
            replace_key(&path, new).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), new);
            let kept = fs::read_to_string(path.with_extension("old")).unwrap();
            assert_eq!(kept, old);
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn what_is_no_invitation_or_of_another_service_is_refused_before_anything_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place {
            service_url: "https://photos.example.edu".into(),
            key_file: folder.path().join("booth.key"),
            anew: false,
        };
        let refused = |text: &str, place: &Place| Candidate::invited(text, place.clone()).err();
        assert!(matches!(
            refused("hello", &place),
            Some(EnrolError::NotAnInvitation)
        ));
        let invitation = |url: &str| {
            let invitation = Invitation {
                url: url.into(),
                token: [1; 16],
                service: [2; 16],
            };
            invitation.to_string()
        };
        assert!(matches!(
            refused(&invitation("https://other.example.edu"), &place),
            Some(EnrolError::OtherService { .. })
        ));
        let ours = invitation("https://photos.example.edu");
        assert!(refused(&ours, &place).is_none());
        fs::write(&place.key_file, "a key").unwrap();
        assert!(matches!(
            refused(&ours, &place),
            Some(EnrolError::KeyExists(_))
        ));
    }
}
