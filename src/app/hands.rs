//! Executes the session's effects by telling workers, and gathers what they answer. Knows which worker does what, and
//! nothing else: no order of steps, no rule, no picture.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::camera::{self, Frame};
use crate::domain::{Collection, Language};
use crate::session::{Answer, Effect, Event, Purpose, QuestionId, StudioNews};
use crate::standard::{GRADUATION, background_rgb};
use crate::workers::attendant::{AttendantCommand, AttendantFact, AttendantWorker};
use crate::workers::import::{ImportFact, ImportWorker};
use crate::workers::service::{ServiceFact, ServiceWorkers};
use crate::workers::{Findings, Judging, PhotoWish, StudioError, VisionFact, VisionWorkers};

use super::ears;

/// Frames of which the best becomes the capture.
const BURST: usize = 5;

/// All workers of the booth.
pub struct Hands {
    vision: VisionWorkers,
    service: ServiceWorkers,
    import: ImportWorker,
    attendant: AttendantWorker,
    /// Questions that went to workers which answer by number.
    asked: BTreeMap<u64, QuestionId>,
    language: Language,
}

/// Something heard from a worker.
pub enum Heard {
    /// For the session.
    Event(Event),
    /// From the service's workers, besides answers.
    Service(ServiceFact),
    /// For the attendant.
    Attendant(AttendantFact),
}

impl Hands {
    /// Hands that hold these workers.
    pub fn new(
        vision: VisionWorkers,
        service: ServiceWorkers,
        import: ImportWorker,
        attendant: AttendantWorker,
        language: Language,
    ) -> Self {
        Self {
            vision,
            service,
            import,
            attendant,
            asked: BTreeMap::new(),
            language,
        }
    }

    /// Does what the session asks for.
    pub fn execute(&mut self, effect: Effect) {
        let Some(effect) = self.service.execute(effect, self.language) else {
            return;
        };
        match effect {
            Effect::OpenCamera(purpose) => self.open_camera(purpose),
            Effect::CloseCamera => self.vision.close(),
            Effect::Capture { question } => {
                let number = self.remember(question);
                self.vision.capture(number, BURST);
            }
            Effect::Standardize {
                question,
                capture,
                collection,
            } => {
                let number = self.remember(question);
                self.vision.standardize(number, capture, wish(&collection));
            }
            Effect::ScanPicture { question } => {
                let number = self.remember(question);
                self.import.find_code(number);
            }
            Effect::ImportPicture { question } => {
                let number = self.remember(question);
                self.import.newest_photo(number);
            }
            Effect::SetLanguage(language) => self.language = language,
            Effect::NewSession => {
                self.asked.clear();
                self.service.new_session();
            }
            // sounds come with the voice, time is the shell's, the rest was done by the service's workers
            Effect::Sound(_)
            | Effect::WakeAt(_)
            | Effect::StartSignIn { .. }
            | Effect::CancelSignIn { .. }
            | Effect::Decode { .. }
            | Effect::LoadFile { .. }
            | Effect::VerifyAgain { .. }
            | Effect::OpenOrder { .. }
            | Effect::CloseOrder { .. }
            | Effect::GrantNothingDue { .. }
            | Effect::FileServiceRequest { .. }
            | Effect::Confirm { .. } => {}
        }
    }

    /// What frames are judged by, from the photographed collection on.
    pub fn judge_by(&self, collection: &Collection) {
        if let Some(output_background) = background_rgb(collection.background) {
            self.vision.judge_by(Judging {
                output_background,
                ..Judging::default()
            });
        }
    }

    /// Shows the live picture, to the student or to the attendant.
    pub fn open_camera(&self, purpose: Purpose) {
        self.vision.open(match purpose {
            Purpose::ReadCode => camera::Purpose::ReadCode,
            Purpose::Portrait => camera::Purpose::Portrait,
        });
    }

    /// Nobody looks any more.
    pub fn close_camera(&self) {
        self.vision.close();
    }

    /// Asks for the attendant.
    pub fn ask_for_attendant(&self, command: AttendantCommand) {
        self.attendant.ask(command);
    }

    /// Delivers and pulls now.
    pub fn sync_now(&self) {
        self.service.sync_now();
    }

    /// The newest frame, once.
    pub fn frame(&self) -> Option<Arc<Frame>> {
        self.vision.frame()
    }

    /// The newest findings, once.
    pub fn findings(&self) -> Option<Arc<Findings>> {
        self.vision.findings()
    }

    /// Everything that workers said since last time.
    pub fn listen(&mut self) -> Vec<Heard> {
        let vision: Vec<VisionFact> = self.vision.facts().collect();
        let import: Vec<ImportFact> = self.import.facts().collect();
        let mut heard: Vec<Heard> = Vec::new();
        heard.extend(
            vision
                .into_iter()
                .filter_map(|fact| self.seen(fact))
                .map(Heard::Event),
        );
        heard.extend(
            import
                .into_iter()
                .filter_map(|fact| self.brought(fact))
                .map(Heard::Event),
        );
        heard.extend(self.service.facts().map(|fact| match fact {
            ServiceFact::Answer(question, answer) => Heard::Event(Event::Answer(question, answer)),
            other @ (ServiceFact::Status(_)
            | ServiceFact::Catalogue(_)
            | ServiceFact::Institutions(_)
            | ServiceFact::Info { .. }
            | ServiceFact::StoreTrouble(_)
            | ServiceFact::WorkerLost(_)) => Heard::Service(other),
        }));
        heard.extend(self.attendant.facts().map(Heard::Attendant));
        heard
    }

    fn remember(&mut self, question: QuestionId) -> u64 {
        self.asked.insert(question.number(), question);
        question.number()
    }

    fn answer(&self, number: u64, answer: Answer) -> Option<Event> {
        // a question of somebody who left is not known any more
        self.asked
            .get(&number)
            .map(|question| Event::Answer(*question, answer))
    }

    fn seen(&self, fact: VisionFact) -> Option<Event> {
        match fact {
            VisionFact::CameraChanged(state) => Some(Event::Camera(ears::camera(&state))),
            VisionFact::CodeSeen { code, .. } => Some(Event::Seen(code)),
            VisionFact::Captured { request, capture } => {
                self.answer(request, Answer::Captured(Ok(capture)))
            }
            VisionFact::CaptureFailed { request, error } => self.answer(
                request,
                Answer::Captured(Err(ears::capture_trouble(&error))),
            ),
            VisionFact::Progress { request, stage } => {
                self.answer(request, Answer::Studio(StudioNews::Progress(stage)))
            }
            VisionFact::Standardized { request, outcome } => {
                let news = match outcome.photo {
                    Ok(photo) => StudioNews::Done(photo, outcome.findings),
                    Err(StudioError::Refused(reasons)) => StudioNews::Refused(reasons),
                    Err(StudioError::Broken) => StudioNews::Broken,
                };
                self.answer(request, Answer::Studio(news))
            }
            VisionFact::WorkerLost(name) => Some(Event::WorkerLost(name.to_owned())),
        }
    }

    fn brought(&self, fact: ImportFact) -> Option<Event> {
        match fact {
            ImportFact::Code { request, found } => self.answer(
                request,
                Answer::PictureScanned(found.map_err(ears::picture_problem)),
            ),
            ImportFact::Photo { request, found } => self.answer(
                request,
                Answer::Imported(found.map_err(ears::picture_problem)),
            ),
            ImportFact::WorkerLost(name) => Some(Event::WorkerLost(name.to_owned())),
        }
    }
}

fn wish(collection: &Collection) -> PhotoWish {
    PhotoWish {
        preset: &GRADUATION,
        background: collection.background,
        straighten: collection.straighten,
        plate: None,
    }
}
