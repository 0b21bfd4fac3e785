//! Enrolling this booth at its own screen: the console's invitation is held up, the booth answers it, a person compares
//! four words on both sides and says yes at the console. Asks for no PIN: without an invitation nothing happens here,
//! and only the console says yes. A booth that has been enrolled comes here from the attendant's screens alone.

use crate::session::CameraView;

/// The screen of a booth that is being enrolled.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// How far it is.
    pub stage: EnrolStage,
    /// How the camera is.
    pub camera: CameraView,
    /// It was enrolled before: one can go back.
    pub anew: bool,
    /// What was answered last: the same invitation stays in view, and is not answered again.
    answered: Option<String>,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Enrolment({:?}, {:?})", self.stage, self.camera)
    }
}

/// How far an enrolment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnrolStage {
    /// An invitation has to be held up; with what was wrong before.
    Looking(Option<EnrolFault>),
    /// Answered; somebody has to say yes at the console.
    Waiting {
        /// What both sides have to show; `None` until the service has heard the booth.
        words: Option<[EnrolWord; 4]>,
        /// Why the service was not heard just now.
        trouble: Option<EnrolTrouble>,
    },
    /// The booth is this one now.
    Done(String),
}

/// One of four words, in both scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolWord {
    /// A Chinese character.
    pub chinese: char,
    /// A made-up word of Latin letters.
    pub latin: String,
}

/// Why an invitation does not enrol this booth. Each has its own way on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnrolFault {
    /// What is held up is no invitation.
    NotAnInvitation,
    /// It is of another service than the one in booth.toml.
    OtherService {
        /// Of the invitation.
        invited: String,
        /// In booth.toml.
        configured: String,
    },
    /// Expired, refused at the console, or used up.
    Gone,
    /// Another booth answered it, or this one before a restart.
    Taken,
    /// The service's certificate is not valid, or the booth's clock is wrong.
    Certificate,
    /// Somebody else answers in the service's place.
    Impostor,
    /// The service does not want it.
    Refused,
    /// The key cannot be written to this file.
    NotWritten(String),
}

/// Why the service is not heard; it is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolTrouble {
    /// No network.
    Unreachable,
    /// A portal or a proxy answers.
    NotTheService,
    /// The service asks to come later.
    Busy,
}

/// What this screen hears.
#[derive(Clone, PartialEq, Eq)]
pub enum EnrolEvent {
    /// An invitation is held up.
    Invited(String),
    /// Another code is held up.
    OtherCode,
    /// How the camera is.
    Camera(CameraView),
    /// The service has heard the booth, and waits for a person.
    Compare([EnrolWord; 4]),
    /// The service was not heard.
    Trouble(EnrolTrouble),
    /// This invitation does not enrol this booth.
    Failed(EnrolFault),
    /// The booth is this one now.
    Enrolled(String),
    /// Something was touched.
    Intent(EnrolIntent),
}

/// What the person in charge wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolIntent {
    /// Another invitation, or away from here.
    Back,
    /// The other language.
    OtherLanguage,
}

/// Something for the outside to do.
#[derive(Clone, PartialEq, Eq)]
pub enum EnrolEffect {
    /// Answer this invitation.
    Answer(String),
    /// Do not ask about it any more.
    GiveUp,
    /// Away from here; the booth is as it was.
    Leave,
    /// The other language.
    OtherLanguage,
}

impl Enrolment {
    /// Nothing was held up yet. `anew` where the booth was enrolled before.
    pub const fn new(anew: bool) -> Self {
        Self {
            stage: EnrolStage::Looking(None),
            camera: CameraView::Opening,
            anew,
            answered: None,
        }
    }

    /// The camera is needed.
    pub const fn looks(&self) -> bool {
        matches!(self.stage, EnrolStage::Looking(_))
    }

    /// There is something to go back to.
    pub const fn goes_back(&self) -> bool {
        match self.stage {
            EnrolStage::Looking(_) => self.anew,
            EnrolStage::Waiting { .. } => true,
            EnrolStage::Done(_) => false,
        }
    }

    /// Hears an event; says what the outside has to do.
    pub fn on(&mut self, event: EnrolEvent) -> Option<EnrolEffect> {
        match event {
            EnrolEvent::Invited(text) => return self.invited(text),
            EnrolEvent::OtherCode if self.looks() => {
                self.answered = None;
                self.stage = EnrolStage::Looking(Some(EnrolFault::NotAnInvitation));
            }
            EnrolEvent::OtherCode => {}
            EnrolEvent::Camera(camera) => self.camera = camera,
            EnrolEvent::Compare(heard) => {
                if let EnrolStage::Waiting { words, trouble } = &mut self.stage {
                    (*words, *trouble) = (Some(heard), None);
                }
            }
            EnrolEvent::Trouble(met) => {
                if let EnrolStage::Waiting { trouble, .. } = &mut self.stage {
                    *trouble = Some(met);
                }
            }
            EnrolEvent::Failed(fault) => {
                if !self.looks() {
                    self.stage = EnrolStage::Looking(Some(fault));
                }
            }
            // whoever gave up in that very moment is enrolled all the same
            EnrolEvent::Enrolled(name) => self.stage = EnrolStage::Done(name),
            EnrolEvent::Intent(intent) => return self.intent(intent),
        }
        None
    }

    fn invited(&mut self, text: String) -> Option<EnrolEffect> {
        if !self.looks() || self.answered.as_ref() == Some(&text) {
            return None;
        }
        self.answered = Some(text.clone());
        self.stage = EnrolStage::Waiting {
            words: None,
            trouble: None,
        };
        Some(EnrolEffect::Answer(text))
    }

    fn intent(&mut self, intent: EnrolIntent) -> Option<EnrolEffect> {
        match intent {
            EnrolIntent::OtherLanguage => Some(EnrolEffect::OtherLanguage),
            EnrolIntent::Back if !self.goes_back() => None,
            EnrolIntent::Back if self.looks() => Some(EnrolEffect::Leave),
            EnrolIntent::Back => {
                self.stage = EnrolStage::Looking(None);
                Some(EnrolEffect::GiveUp)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> [EnrolWord; 4] {
        ['天', '地', '玄', '黄'].map(|chinese| EnrolWord {
            chinese,
            latin: "baban".into(),
        })
    }

    fn invited() -> Enrolment {
        let mut enrolment = Enrolment::new(false);
        let effect = enrolment.on(EnrolEvent::Invited("one".into()));
        assert!(effect == Some(EnrolEffect::Answer("one".into())));
        enrolment
    }

    #[test]
    fn an_invitation_is_answered_compared_and_confirmed() {
        let mut enrolment = invited();
        assert!(!enrolment.looks());
        enrolment.on(EnrolEvent::Compare(words()));
        let compared = EnrolStage::Waiting {
            words: Some(words()),
            trouble: None,
        };
        assert_eq!(enrolment.stage, compared);
        enrolment.on(EnrolEvent::Enrolled("图书馆 1".into()));
        assert_eq!(enrolment.stage, EnrolStage::Done("图书馆 1".into()));
        assert!(!enrolment.goes_back());
    }

    #[test]
    fn a_line_that_breaks_is_said_and_takes_no_words_away() {
        let mut enrolment = invited();
        enrolment.on(EnrolEvent::Trouble(EnrolTrouble::Unreachable));
        let silent = EnrolStage::Waiting {
            words: None,
            trouble: Some(EnrolTrouble::Unreachable),
        };
        assert_eq!(enrolment.stage, silent);
        enrolment.on(EnrolEvent::Compare(words()));
        enrolment.on(EnrolEvent::Trouble(EnrolTrouble::Busy));
        let known = EnrolStage::Waiting {
            words: Some(words()),
            trouble: Some(EnrolTrouble::Busy),
        };
        assert_eq!(enrolment.stage, known);
    }

    #[test]
    fn what_failed_and_stays_in_view_is_not_answered_again_and_another_one_is() {
        let mut enrolment = invited();
        enrolment.on(EnrolEvent::Failed(EnrolFault::Gone));
        assert!(enrolment.on(EnrolEvent::Invited("one".into())).is_none());
        assert_eq!(enrolment.stage, EnrolStage::Looking(Some(EnrolFault::Gone)));
        assert!(enrolment.on(EnrolEvent::Invited("two".into())).is_some());
    }

    #[test]
    fn another_code_is_named_and_disturbs_nobody_who_compares() {
        let mut enrolment = Enrolment::new(false);
        enrolment.on(EnrolEvent::OtherCode);
        let named = EnrolStage::Looking(Some(EnrolFault::NotAnInvitation));
        assert_eq!(enrolment.stage, named);
        enrolment.on(EnrolEvent::Invited("one".into()));
        enrolment.on(EnrolEvent::OtherCode);
        assert!(!enrolment.looks());
    }

    #[test]
    fn going_back_gives_up_and_from_the_first_screen_leads_only_an_enrolled_booth_away() {
        let back = || EnrolEvent::Intent(EnrolIntent::Back);
        let mut enrolment = invited();
        assert!(enrolment.on(back()) == Some(EnrolEffect::GiveUp));
        assert!(enrolment.on(back()).is_none());
        let mut enrolled = Enrolment::new(true);
        assert!(enrolled.on(back()) == Some(EnrolEffect::Leave));
    }

    #[test]
    fn a_late_word_of_what_was_given_up_changes_nothing() {
        let mut enrolment = invited();
        enrolment.on(EnrolEvent::Intent(EnrolIntent::Back));
        enrolment.on(EnrolEvent::Compare(words()));
        enrolment.on(EnrolEvent::Failed(EnrolFault::Gone));
        assert_eq!(enrolment.stage, EnrolStage::Looking(None));
    }
}
