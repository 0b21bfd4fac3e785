//! The shell around the enrolment of a booth: its camera and the worker that answers invitations. No other worker runs
//! meanwhile: a booth that is nobody yet has no records to open.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use eframe::egui::{Context, Ui};

use super::{ears, time};
use crate::admin::{
    EnrolEffect, EnrolEvent, EnrolFault, EnrolStage, EnrolTrouble, EnrolWord, Enrolment,
};
use crate::camera::Purpose;
use crate::clock;
use crate::config::Config;
use crate::domain::Language;
use crate::session::{AttendantView, ServiceView, Settings};
use crate::ui::screens::{Scene, admin::enrolment_ui};
use crate::ui::{Gallery, LiveView, Text};
use crate::wire::invitation::Invitation;
use crate::wire::{FourWords, RefusalCode};
use crate::workers::enrolment::{EnrolError, EnrolFact, EnrolWorker, Place};
use crate::workers::http::Trouble;
use crate::workers::{VisionFact, VisionWorkers, Wake, camera_source};

/// So long the booth's new name stays on the screen.
const DONE_FOR: Duration = Duration::from_secs(4);

/// A booth that is being enrolled.
pub struct Enrolling {
    enrolment: Enrolment,
    eyes: VisionWorkers,
    worker: EnrolWorker,
    looks: bool,
    language: Language,
    settings: Settings,
    gallery: Gallery,
    live: LiveView,
    /// The booth goes on from then on, enrolled or as it was.
    over_at: Option<Instant>,
}

impl Enrolling {
    /// Waits for an invitation. `anew` where the booth was enrolled before: its key stays until there is a new one.
    pub fn begin(config: &Config, anew: bool, wake: &Wake) -> Result<Self> {
        let place = Place {
            service_url: config.service_url.clone(),
            key_file: config.key_file.clone(),
            anew,
        };
        Ok(Self {
            enrolment: Enrolment::new(anew),
            eyes: VisionWorkers::start(camera_source(&config.camera), wake)?,
            worker: EnrolWorker::start(place, wake)?,
            looks: false,
            language: config.language,
            settings: Settings::default(),
            gallery: Gallery::default(),
            live: LiveView::default(),
            over_at: None,
        })
    }

    /// There is nothing more to do here.
    pub fn is_over(&self) -> bool {
        self.over_at.is_some_and(|at| at <= clock::now())
    }

    /// Everything that happened since the last frame.
    pub fn listen(&mut self, ctx: &Context) {
        let seen: Vec<_> = self.eyes.facts().filter_map(seen).collect();
        let told: Vec<_> = self.worker.facts().map(told).collect();
        for event in seen.into_iter().chain(told) {
            self.hear(event);
        }
        if self.looks != self.enrolment.looks() {
            self.looks = self.enrolment.looks();
            self.live = LiveView::default();
            if self.looks {
                self.eyes.open(Purpose::ReadCode);
            } else {
                self.eyes.close();
            }
        }
        if let Some(frame) = self.eyes.frame().filter(|_| self.looks) {
            self.live = LiveView {
                serial: frame.number,
                picture: Some(Arc::clone(&frame.picture)),
            };
        }
        if let EnrolStage::Done(_) = self.enrolment.stage {
            let at = *self.over_at.get_or_insert_with(|| clock::now() + DONE_FOR);
            ctx.request_repaint_after(at.saturating_duration_since(clock::now()));
        }
    }

    fn hear(&mut self, event: EnrolEvent) {
        match self.enrolment.on(event) {
            None => {}
            Some(EnrolEffect::Answer(invitation)) => self.worker.answer(invitation),
            Some(EnrolEffect::GiveUp) => self.worker.give_up(),
            Some(EnrolEffect::Leave) => self.over_at = Some(clock::now()),
            Some(EnrolEffect::OtherLanguage) => {
                self.language = match self.language {
                    Language::Chinese => Language::English,
                    Language::English => Language::Chinese,
                };
            }
        }
    }

    /// Draws the screen, and hears what is wanted there.
    pub fn draw(&mut self, ui: &mut Ui) {
        let clock = time();
        let wanted = enrolment_ui(
            ui,
            &self.enrolment,
            &mut Scene {
                text: Text::of(self.language),
                settings: &self.settings,
                service: ServiceView::default(),
                attendant: AttendantView::default(),
                schools: &|_| None,
                live: &self.live,
                gallery: &mut self.gallery,
                now: clock.now,
                today: clock.today,
            },
        );
        if let Some(intent) = wanted {
            self.hear(EnrolEvent::Intent(intent));
            // what was wanted is seen at once
            ui.ctx().request_repaint();
        }
    }
}

fn seen(fact: VisionFact) -> Option<EnrolEvent> {
    match fact {
        VisionFact::CameraChanged(state) => Some(EnrolEvent::Camera(ears::camera(&state))),
        VisionFact::CodeSeen { code, .. } => Some(match Invitation::parse(code.as_str()) {
            Ok(_) => EnrolEvent::Invited(code.as_str().to_owned()),
            Err(_) => EnrolEvent::OtherCode,
        }),
        VisionFact::WorkerLost(_) => Some(EnrolEvent::Camera(crate::session::CameraView::Lost)),
        // nobody is photographed here
        VisionFact::Captured { .. }
        | VisionFact::CaptureFailed { .. }
        | VisionFact::Progress { .. }
        | VisionFact::Standardized { .. } => None,
    }
}

fn told(fact: EnrolFact) -> EnrolEvent {
    match fact {
        EnrolFact::Compare(words) => EnrolEvent::Compare(each(words)),
        EnrolFact::Enrolled(name) => EnrolEvent::Enrolled(name),
        EnrolFact::Failed(EnrolError::NotHeard(trouble)) => EnrolEvent::Trouble(not_heard(trouble)),
        EnrolFact::Failed(error) => EnrolEvent::Failed(fault(error)),
        EnrolFact::WorkerLost(_) => EnrolEvent::Failed(EnrolFault::Refused),
    }
}

fn each(words: FourWords) -> [EnrolWord; 4] {
    words
        .each()
        .map(|(chinese, latin)| EnrolWord { chinese, latin })
}

const fn not_heard(trouble: Trouble) -> EnrolTrouble {
    match trouble {
        Trouble::NotTheService => EnrolTrouble::NotTheService,
        Trouble::Later(_) => EnrolTrouble::Busy,
        Trouble::Unreachable
        | Trouble::Silent
        | Trouble::Certificate
        | Trouble::Unauthorized
        | Trouble::Refused(_) => EnrolTrouble::Unreachable,
    }
}

fn fault(error: EnrolError) -> EnrolFault {
    match error {
        EnrolError::NotAnInvitation => EnrolFault::NotAnInvitation,
        EnrolError::OtherService {
            invited,
            configured,
        } => EnrolFault::OtherService {
            invited,
            configured,
        },
        EnrolError::Refused(Trouble::Refused(RefusalCode::NotFound)) => EnrolFault::Gone,
        EnrolError::Refused(Trouble::Refused(RefusalCode::Conflict)) => EnrolFault::Taken,
        EnrolError::Refused(Trouble::Certificate) => EnrolFault::Certificate,
        EnrolError::Refused(_) | EnrolError::NotHeard(_) | EnrolError::NoRandomness => {
            EnrolFault::Refused
        }
        EnrolError::Impostor => EnrolFault::Impostor,
        EnrolError::KeyExists(file) | EnrolError::NotWritten(file, _) => {
            EnrolFault::NotWritten(file.display().to_string())
        }
    }
}
