//! Signing in by phone: one sign-in at a time, asked after until the phone has answered or nobody waits.

use super::Facts;
use super::backoff::Backoff;
use super::http::{PATIENCE, ServiceClient, Trouble};
use super::service::{COMMANDS, Rhythm, ServiceFact, hand, start};
use crate::clock;
use crate::domain::{Language, SignInId};
use crate::session::{Answer, PhonePage, QuestionId, Returning, SignInNews, SignedIn};
use crate::wire::{KnownSubmission, SignInOffer, SignInRequest, SignInState, paths};
use reqwest::Method;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// No page is shown for longer, whatever the clocks say.
const LONGEST_SHOWN: Duration = Duration::from_mins(15);
/// A single lost answer is nothing to speak of.
const SILENT_AFTER: u32 = 3;

enum Command {
    Begin {
        question: QuestionId,
        id: SignInId,
        language: Language,
    },
    Cancel(SignInId),
    CancelAll,
}

pub(super) struct SignIns(SyncSender<Command>);

impl SignIns {
    pub fn start(work: Work) -> io::Result<Self> {
        let (sender, commands) = sync_channel(COMMANDS);
        start("sign-in", &work.facts.clone(), move || work.run(&commands))?;
        Ok(Self(sender))
    }

    pub fn begin(&self, question: QuestionId, id: SignInId, language: Language) {
        hand(
            &self.0,
            "sign-in",
            Command::Begin {
                question,
                id,
                language,
            },
        );
    }

    pub fn cancel(&self, id: SignInId) {
        hand(&self.0, "sign-in", Command::Cancel(id));
    }

    pub fn cancel_all(&self) {
        hand(&self.0, "sign-in", Command::CancelAll);
    }
}

pub(super) struct Work {
    client: Arc<ServiceClient>,
    facts: Facts<ServiceFact>,
    rhythm: Rhythm,
}

/// The sign-in on the screen.
struct Open {
    question: QuestionId,
    request: SignInRequest,
    page: Option<PhonePage>,
    scanned: bool,
    trouble_told: bool,
    backoff: Backoff,
    next: Instant,
}

impl Work {
    pub fn new(client: Arc<ServiceClient>, facts: Facts<ServiceFact>, rhythm: Rhythm) -> Self {
        Self {
            client,
            facts,
            rhythm,
        }
    }

    fn run(&self, commands: &Receiver<Command>) {
        let mut open: Option<Open> = None;
        loop {
            let wait = open.as_ref().map_or(Duration::MAX, |open| {
                open.next.saturating_duration_since(clock::now())
            });
            match commands.recv_timeout(wait.min(Duration::from_hours(1))) {
                Ok(Command::Begin {
                    question,
                    id,
                    language,
                }) => open = Some(self.begin(question, id, language)),
                Ok(Command::Cancel(id)) => open = open.filter(|open| open.request.id != id),
                Ok(Command::CancelAll) => open = None,
                Err(RecvTimeoutError::Timeout) => open = open.and_then(|open| self.ask(open)),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn begin(&self, question: QuestionId, id: SignInId, language: Language) -> Open {
        Open {
            question,
            request: SignInRequest { id, language },
            page: None,
            scanned: false,
            trouble_told: false,
            backoff: Backoff::new(self.rhythm.retry),
            next: clock::now(),
        }
    }

    /// One exchange; `None` once the sign-in is over.
    fn ask(&self, mut open: Open) -> Option<Open> {
        let over = if open.page.is_none() {
            self.offer(&mut open)
        } else {
            self.poll(&mut open)
        };
        match over {
            Ok(false) => {
                open.backoff.reset();
                open.next = clock::now() + self.rhythm.poll;
            }
            Ok(true) => return None,
            Err(trouble) => self.failed(&mut open, trouble),
        }
        Some(open)
    }

    fn offer(&self, open: &mut Open) -> Result<bool, Trouble> {
        let offer: SignInOffer = self
            .client
            .json(Method::POST, paths::SIGN_INS, &open.request)?;
        let expires = self.client.instant_of(offer.expires_at, LONGEST_SHOWN);
        let page = PhonePage {
            url: offer.page_url,
            expires,
        };
        open.page = Some(page.clone());
        self.tell(open, SignInNews::Shown(page));
        Ok(false)
    }

    fn poll(&self, open: &mut Open) -> Result<bool, Trouble> {
        let state = self
            .client
            .get(&paths::sign_in(open.request.id), PATIENCE)?;
        if std::mem::take(&mut open.trouble_told)
            && let Some(page) = &open.page
        {
            self.tell(open, SignInNews::Shown(page.clone()));
            open.scanned = false;
        }
        let news = match state {
            SignInState::Waiting => return Ok(false),
            SignInState::Scanned => {
                if !std::mem::replace(&mut open.scanned, true) {
                    self.tell(open, SignInNews::Scanned);
                }
                return Ok(false);
            }
            SignInState::Confirmed {
                phone_masked,
                phone_ref,
                returning,
            } => SignInNews::Confirmed {
                phone: SignedIn {
                    masked: phone_masked,
                    phone_ref: phone_ref.as_str().to_owned(),
                },
                returning: returning.into_iter().map(returning_of).collect(),
            },
            SignInState::Refused => SignInNews::Refused,
            SignInState::Expired => SignInNews::Expired,
        };
        self.tell(open, news);
        Ok(true)
    }

    fn failed(&self, open: &mut Open, trouble: Trouble) {
        if trouble == Trouble::Refused(crate::wire::RefusalCode::NotFound) {
            // the service does not remember it any more
            open.page = None;
        }
        open.backoff.failed(None);
        open.next = open.backoff.not_before().unwrap_or(open.next);
        let telling = open.page.is_none() || open.backoff.failures() >= SILENT_AFTER;
        if telling && !std::mem::replace(&mut open.trouble_told, true) {
            tracing::warn!(%trouble, "sign-in");
            self.tell(open, SignInNews::Unavailable);
        }
    }

    fn tell(&self, open: &Open, news: SignInNews) {
        self.facts
            .tell(ServiceFact::Answer(open.question, Answer::SignIn(news)));
    }
}

fn returning_of(known: KnownSubmission) -> Returning {
    Returning {
        submission: known.submission,
        student: known.student,
        institution: known.institution,
        category: known.category,
        collection: known.collection,
        state: known.state,
        due: known.due,
    }
}
