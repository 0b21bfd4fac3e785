//! The recorded camera with its real workers: the code is read out of live frames, guidance comes from the
//! analysis, the studio makes the photo. Nothing is scripted but the person.

use gradbooth::camera::{self, CameraSource, RecordingFolder};
use gradbooth::session::{
    Answer, CameraView, Effect, Event, GuidanceView, Purpose, QuestionId, StudioNews,
};
use gradbooth::standard::GRADUATION;
use gradbooth::workers::{CameraState, PhotoWish, StudioError, VisionFact, VisionWorkers, Wake};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct Camera(VisionWorkers);

impl Camera {
    /// The demonstration's student, who holds up this code.
    pub fn recorded(code: PathBuf) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
        let source = CameraSource::Recording(RecordingFolder {
            folder,
            code_page: Some(code),
        });
        let wake: Wake = Arc::new(|| {});
        Self(VisionWorkers::start(source, &wake).unwrap())
    }

    pub fn execute(&mut self, effect: &Effect) {
        match effect {
            Effect::OpenCamera(Purpose::ReadCode) => self.0.open(camera::Purpose::ReadCode),
            Effect::OpenCamera(Purpose::Portrait) => self.0.open(camera::Purpose::Portrait),
            Effect::CloseCamera => self.0.close(),
            Effect::Capture { question } => self.0.capture(question.number(), 3),
            Effect::Standardize {
                question,
                capture,
                collection,
            } => {
                let wish = PhotoWish {
                    preset: &GRADUATION,
                    background: collection.background,
                    straighten: collection.straighten,
                    plate: None,
                };
                self.0
                    .standardize(question.number(), Arc::clone(capture), wish);
            }
            _ => {}
        }
    }

    pub fn events(&mut self) -> Vec<Event> {
        let mut events: Vec<Event> = self.0.facts().map(event).collect();
        if let Some(findings) = self.0.findings() {
            let state = &findings.guidance;
            events.push(Event::Guidance(GuidanceView {
                first: state.first,
                ready: state.ready,
                hints: state.findings.clone(),
            }));
        }
        events
    }
}

fn event(fact: VisionFact) -> Event {
    let answer = |number, answer| Event::Answer(QuestionId::of(number), answer);
    match fact {
        VisionFact::CameraChanged(CameraState::Live) => Event::Camera(CameraView::Live),
        VisionFact::CameraChanged(CameraState::Lost(error))
        | VisionFact::CaptureFailed { error, .. } => panic!("{error}"),
        VisionFact::CameraChanged(_) => Event::Camera(CameraView::Opening),
        VisionFact::CodeSeen { code, .. } => Event::Seen(code),
        VisionFact::Captured { request, capture } => answer(request, Answer::Captured(Ok(capture))),
        VisionFact::Progress { request, stage } => {
            answer(request, Answer::Studio(StudioNews::Progress(stage)))
        }
        VisionFact::Standardized { request, outcome } => {
            let news = match outcome.photo {
                Ok(photo) => StudioNews::Done(photo, outcome.findings),
                Err(StudioError::Refused(reasons)) => StudioNews::Refused(reasons),
                Err(StudioError::Broken) => StudioNews::Broken,
            };
            answer(request, Answer::Studio(news))
        }
        VisionFact::WorkerLost(name) => panic!("{name} is lost"),
    }
}
