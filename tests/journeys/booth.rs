//! A booth without hardware: the real session, and the story plays everything outside of it.

use crate::describe;
use crate::people;
use gradbooth::domain::Language;
use gradbooth::domain::standing::StudentFile;
use gradbooth::session::{
    Answer, AnywhereIntent, CameraView, CheckingStatusIntent, ChoosingCategoryIntent,
    ChoosingSchoolIntent, ChoosingServiceIntent, Clock, CodeText, CollectionsIntent, ConsentIntent,
    DetailsIntent, Effect, EnteringLastFourIntent, Event, Intent, PreparingIntent, QuestionId,
    ServiceView, Session, Settings, SigningInIntent, Step, WelcomeIntent,
};
use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub struct Booth {
    pub session: Session,
    pub now: Instant,
    pub effects: Vec<Effect>,
    wake: Option<Instant>,
    questions: Vec<QuestionId>,
    transcript: String,
}

pub fn settings() -> Settings {
    Settings {
        default_language: Language::English,
        ..Settings::default()
    }
}

impl Booth {
    /// A booth whose service can be reached.
    pub fn new() -> Self {
        let mut booth = Self::with(settings());
        booth.session.on(
            Event::Service(ServiceView {
                online: true,
                as_of: None,
            }),
            booth.clock(),
        );
        booth
    }

    /// A booth without its service.
    pub fn with(settings: Settings) -> Self {
        let mut next = 0_u8;
        let ids = Box::new(move || {
            next += 1;
            [next; 16]
        });
        let (institutions, catalogue) = (people::institutions(), people::catalogue());
        Self {
            session: Session::new(settings, Arc::new(institutions), Arc::new(catalogue), ids),
            now: gradbooth::clock::now(),
            effects: Vec::new(),
            wake: None,
            questions: Vec::new(),
            transcript: String::new(),
        }
    }

    fn clock(&self) -> Clock {
        Clock {
            now: self.now,
            today: people::TODAY,
            utc: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    /// Something happens; a line is written about it.
    pub fn on(&mut self, event: Event) -> &mut Self {
        let told = describe::event(&event);
        let before = describe::place(&self.session);
        let effects = self.session.on(event, self.clock());
        for effect in &effects {
            match effect {
                Effect::WakeAt(at) => self.wake = Some(*at),
                effect => self.questions.extend(question(effect)),
            }
        }
        let done: Vec<String> = effects.iter().filter_map(describe::effect).collect();
        let place = describe::place(&self.session);
        // time that changes nothing is not worth a line
        if told != "time" || place != before || !done.is_empty() {
            let effects = if done.is_empty() {
                String::new()
            } else {
                format!(" | {}", done.join(", "))
            };
            writeln!(self.transcript, "{told:<44} -> {place}{effects}").unwrap();
        }
        self.effects.extend(effects);
        self
    }

    pub fn touch(&mut self, intent: Intent) -> &mut Self {
        self.on(Event::Intent(intent))
    }

    /// Answers the latest question.
    pub fn answer(&mut self, answer: Answer) -> &mut Self {
        let question = self.last_question();
        self.on(Event::Answer(question, answer))
    }

    /// Answers a question that was asked before the latest one.
    pub fn late_answer(&mut self, answer: Answer) -> &mut Self {
        match self.questions.iter().rev().nth(1) {
            Some(&question) => self.on(Event::Answer(question, answer)),
            None => self,
        }
    }

    pub fn has_asked(&self) -> bool {
        !self.questions.is_empty()
    }

    pub fn last_question(&self) -> QuestionId {
        *self.questions.last().expect("nothing was asked")
    }

    /// Time passes; the booth is woken when it asked to be.
    pub fn wait(&mut self, seconds: f32) -> &mut Self {
        let until = self.now + Duration::from_secs_f32(seconds);
        while let Some(wake) = self.wake.filter(|wake| *wake <= until) {
            self.now = wake.max(self.now);
            self.wake = None;
            self.on(Event::Tick);
        }
        self.now = until;
        self.on(Event::Tick)
    }

    pub fn transcript(&self) -> &str {
        &self.transcript
    }

    /// Forgets what was told so far: an earlier story's part is not told again.
    pub fn told_already(&mut self) -> &mut Self {
        self.transcript.clear();
        self
    }

    // --- what students do, in the manual's order ---

    pub fn starts(&mut self) -> &mut Self {
        self.touch(Intent::Welcome(WelcomeIntent::Start))
            .touch(Intent::Consent(ConsentIntent::Agree))
    }

    pub fn uses_code(&mut self) -> &mut Self {
        self.touch(Intent::SigningIn(SigningInIntent::UseCode))
    }

    pub fn chooses_school(&mut self) -> &mut Self {
        self.touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Type(
            "jndx".into(),
        )))
        .touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Choose(0)))
        .touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Sure))
        .touch(Intent::ChoosingCategory(ChoosingCategoryIntent::Sure))
        .on(Event::Camera(CameraView::Live))
    }

    pub fn shows_code(&mut self) -> &mut Self {
        self.on(Event::Seen(CodeText::new(people::CODE.into())))
            .answer(Answer::Decoded(Ok(Box::new(people::zhou()))))
    }

    pub fn types(&mut self, characters: &str) -> &mut Self {
        for key in characters.chars() {
            let intent = Intent::EnteringLastFour(EnteringLastFourIntent::Key(key));
            // one line for the whole
            self.session.on(Event::Intent(intent), self.clock());
        }
        self.touch(Intent::EnteringLastFour(EnteringLastFourIntent::Sure))
    }

    pub fn is_found_with(&mut self, file: StudentFile) -> &mut Self {
        self.touch(Intent::CheckingStatus(CheckingStatusIntent::ItIsMe))
            .answer(Answer::File(Ok(file)))
    }

    pub fn chooses_collection(&mut self) -> &mut Self {
        self.touch(Intent::Collections(CollectionsIntent::Choose(0)))
            .touch(Intent::Details(DetailsIntent::Next))
    }

    /// From the start screen to the list of collections.
    pub fn identified(&mut self, file: StudentFile) -> &mut Self {
        self.starts()
            .uses_code()
            .chooses_school()
            .shows_code()
            .types("175x")
            .is_found_with(file)
    }

    pub fn pays_now(&mut self) -> &mut Self {
        self.touch(Intent::ChoosingService(ChoosingServiceIntent::PayNow))
    }

    pub fn reads_requirements(&mut self) -> &mut Self {
        self.touch(Intent::Preparing(PreparingIntent::HaveRead(true)))
            .touch(Intent::Preparing(PreparingIntent::Continue))
    }

    /// Stands right until the still is taken.
    pub fn is_photographed(&mut self) -> &mut Self {
        self.on(Event::Camera(CameraView::Live))
            .on(Event::Guidance(people::all_right()))
            .wait(3.1)
            .answer(Answer::Captured(Ok(people::capture())))
    }

    pub fn leaves(&mut self) -> &mut Self {
        self.touch(Intent::Anywhere(AnywhereIntent::Leave))
    }

    #[track_caller]
    pub fn stands_at(&self, name: &str) {
        assert_eq!(self.session.step().name(), name, "{}", self.transcript);
    }

    pub fn nothing_is_left(&self) {
        assert!(
            matches!(self.session.step(), Step::Welcome(_)),
            "{}",
            self.transcript
        );
        assert!(self.session.step().visitor().is_none());
        assert_eq!(*self.session.overlay(), gradbooth::session::Overlay::None);
        assert_eq!(self.session.language(), settings().default_language);
    }
}

fn question(effect: &Effect) -> Option<QuestionId> {
    match effect {
        Effect::StartSignIn { question, .. }
        | Effect::Decode { question, .. }
        | Effect::ScanPicture { question }
        | Effect::LoadFile { question, .. }
        | Effect::VerifyAgain { question, .. }
        | Effect::OpenOrder { question, .. }
        | Effect::CloseOrder { question, .. }
        | Effect::GrantNothingDue { question, .. }
        | Effect::ProvePayment { question, .. }
        | Effect::TakeCash { question, .. }
        | Effect::GrantPayLater { question, .. }
        | Effect::FileServiceRequest { question, .. }
        | Effect::Capture { question }
        | Effect::ImportPictures { question }
        | Effect::FetchAlbum { question, .. }
        | Effect::Standardize { question, .. }
        | Effect::Confirm { question, .. } => Some(*question),
        Effect::CancelSignIn { .. }
        | Effect::OpenCamera(_)
        | Effect::CloseCamera
        | Effect::CountWrongLastFour(_)
        | Effect::ForgetWrongLastFour(_)
        | Effect::Sound(_)
        | Effect::Say(_)
        | Effect::WakeAt(_)
        | Effect::NewSession
        | Effect::SetLanguage(_) => None,
    }
}
