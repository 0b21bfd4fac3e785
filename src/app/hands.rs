//! Executes the session's effects by telling workers, and gathers what they answer. Knows which worker does what, and
//! nothing else: no order of steps, no rule, no picture.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::camera::{self, Frame};
use crate::domain::{Collection, Language};
use crate::session::{Answer, Effect, Event, HEAD_COVERED, Purpose, QuestionId, StudioNews};
use crate::standard::{GRADUATION, background_rgb};
use crate::store::calibration::KeptCalibration;
use crate::vision::Capture;
use crate::vision::measuring::{Calibration, Sighting};
use crate::vision::rules::SceneFit;
use crate::workers::attendant::{AttendantCommand, AttendantFact, AttendantWorker};
use crate::workers::import::{ImportFact, ImportWorker};
use crate::workers::service::{ServiceFact, ServiceWorkers};
use crate::workers::voice::Voice;
use crate::workers::{Findings, Judging, PhotoWish, StudioError, VisionFact, VisionWorkers};

use super::ears;
use super::scene::KnownScene;

/// Frames of which the best becomes the capture.
const BURST: usize = 5;
/// The request for a clean plate; a student's request never has this number.
const PLATE: u64 = u64::MAX;

/// All workers of the booth.
pub struct Hands {
    vision: VisionWorkers,
    service: ServiceWorkers,
    import: ImportWorker,
    attendant: AttendantWorker,
    /// Questions that went to workers which answer by number.
    asked: BTreeMap<u64, QuestionId>,
    language: Language,
    scene: KnownScene,
    voice: Voice,
    /// The attendant's question that the next clean plate answers, and what the card gave.
    plate_for: Option<(QuestionId, Calibration)>,
}

/// Something heard from a worker.
pub enum Heard {
    /// For the session.
    Event(Event),
    /// From the service's workers, besides answers.
    Service(ServiceFact),
    /// For the attendant.
    Attendant(AttendantFact),
    /// No clean plate could be taken.
    NoPlate(QuestionId),
}

impl Hands {
    /// Hands that hold these workers.
    pub fn new(
        vision: VisionWorkers,
        service: ServiceWorkers,
        import: ImportWorker,
        attendant: AttendantWorker,
        language: Language,
        scene: KnownScene,
        voice: Voice,
    ) -> Self {
        Self {
            vision,
            service,
            import,
            attendant,
            asked: BTreeMap::new(),
            language,
            scene,
            voice,
            plate_for: None,
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
                let wish = PhotoWish {
                    preset: &GRADUATION,
                    background: collection.background,
                    straighten: collection.straighten,
                    plate: self.scene.plate(),
                };
                self.vision.standardize(number, capture, wish);
            }
            Effect::ScanPicture { question } => {
                let number = self.remember(question);
                self.import.find_code(number);
            }
            Effect::ImportPictures { question } => {
                let number = self.remember(question);
                self.import.newest_photos(number);
            }
            Effect::CountWrongLastFour(student) => {
                self.attendant
                    .ask(AttendantCommand::CountWrongLastFour(student));
            }
            Effect::ForgetWrongLastFour(student) => {
                self.attendant
                    .ask(AttendantCommand::ForgetWrongLastFour(student));
            }
            Effect::SetLanguage(language) => self.language = language,
            Effect::NewSession => {
                self.asked.clear();
                self.service.new_session();
            }
            Effect::Sound(sound) => self.voice.sound(sound),
            Effect::Say(prompt) => self.voice.say(prompt, self.language),
            // time is the shell's, the rest was done by the service's workers
            Effect::WakeAt(_)
            | Effect::StartSignIn { .. }
            | Effect::CancelSignIn { .. }
            | Effect::FetchAlbum { .. }
            | Effect::Decode { .. }
            | Effect::LoadFile { .. }
            | Effect::VerifyAgain { .. }
            | Effect::OpenOrder { .. }
            | Effect::CloseOrder { .. }
            | Effect::ProvePayment { .. }
            | Effect::TakeCash { .. }
            | Effect::GrantPayLater { .. }
            | Effect::GrantNothingDue { .. }
            | Effect::FileServiceRequest { .. }
            | Effect::Confirm { .. } => {}
        }
    }

    /// What frames are judged by, from the photographed collection on.
    pub fn judge_by(&self, collection: &Collection, head_excused: bool) {
        if let Some(output_background) = background_rgb(collection.background) {
            self.vision.judge_by(Judging {
                output_background,
                plate: self.scene.plate(),
                ruler: self.scene.ruler(),
                excused: if head_excused {
                    HEAD_COVERED.to_vec()
                } else {
                    Vec::new()
                },
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

    /// Shows the live picture to the attendant, and measures it.
    pub fn measure(&self) {
        self.vision.open(camera::Purpose::Measure);
    }

    /// What the newest frame showed while the booth is measured in.
    pub fn sighting(&self) -> Option<Sighting> {
        self.vision.sighting()
    }

    /// Photographs the empty booth, and keeps it with what the card gave.
    pub fn take_plate(&mut self, question: QuestionId, found: Calibration) {
        self.plate_for = Some((question, found));
        self.vision.capture(PLATE, BURST);
    }

    /// The booth was measured in anew.
    pub fn calibrated(&mut self, kept: &KeptCalibration) {
        self.scene = KnownScene::read(kept);
    }

    /// The wall behind a student, against the clean plate.
    pub fn scene_looks(&mut self, fit: SceneFit) {
        self.scene.looks(fit);
    }

    /// What is known of the booth.
    pub fn scene(&self) -> &KnownScene {
        &self.scene
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
        heard.extend(vision.into_iter().filter_map(|fact| self.seen(fact)));
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
            | ServiceFact::Room(_)
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

    fn seen(&mut self, fact: VisionFact) -> Option<Heard> {
        match fact {
            VisionFact::Captured {
                request: PLATE,
                capture,
            } => self.keep_plate(&capture),
            VisionFact::CaptureFailed { request: PLATE, .. } => self
                .plate_for
                .take()
                .map(|(question, _)| Heard::NoPlate(question)),
            fact @ (VisionFact::CameraChanged(_)
            | VisionFact::CodeSeen { .. }
            | VisionFact::Captured { .. }
            | VisionFact::CaptureFailed { .. }
            | VisionFact::Progress { .. }
            | VisionFact::Standardized { .. }
            | VisionFact::WorkerLost(_)) => self.seen_by_student(fact).map(Heard::Event),
        }
    }

    fn keep_plate(&mut self, capture: &Capture) -> Option<Heard> {
        let (question, found) = self.plate_for.take()?;
        let Some(kept) = KnownScene::kept(&found, capture) else {
            return Some(Heard::NoPlate(question));
        };
        self.attendant
            .ask(AttendantCommand::Calibration(question, kept));
        None
    }

    fn seen_by_student(&self, fact: VisionFact) -> Option<Event> {
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
            ImportFact::Photos { request, found } => self.answer(
                request,
                Answer::Imported(found.map_err(ears::picture_problem)),
            ),
            ImportFact::WorkerLost(name) => Some(Event::WorkerLost(name.to_owned())),
        }
    }
}
