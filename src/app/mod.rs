//! The shell around the journey: drains what the workers found, lets the session decide, has its effects executed,
//! draws the step. It decides nothing and knows no rule.
//!
//! ```text
//! workers --facts--> ears --Event--> session --Effect--> hands --> workers
//!                                       |
//!                                    screens --Intent--> session
//! ```

mod attendant;
mod ears;
mod enrolment;
mod eyes;
mod faults;
mod hands;
mod kiosk;
pub mod scene;
mod start;
mod window;

use std::sync::Arc;
use std::time::Instant;

use eframe::egui::{Context, Ui};

use crate::admin::{Admin, AdminAnswer, AdminEvent};
use crate::clock;
use crate::domain::InstitutionIndex;
use crate::session::{
    Clock, ContactInfo, Effect, Event, PausedReason, ServiceView, Session, Settings, Step,
};
use crate::ui::screens::{self, Scene};
use crate::ui::{Gallery, LiveView, Text};
use crate::workers::service::{ServiceFact, SyncStatus};

use hands::{Hands, Heard};
pub use start::{Start, run};
use window::Window;

/// The kiosk.
pub struct App {
    session: Session,
    /// As this booth's own file has them.
    own: Settings,
    admin: Admin,
    /// `None` when the booth could not start: the screen says why.
    hands: Option<Hands>,
    institutions: Arc<InstitutionIndex>,
    gallery: Gallery,
    live: LiveView,
    window: Window,
    status: SyncStatus,
    wake_at: Option<Instant>,
    /// The attendant has an invitation, or gets one.
    enrols_again: bool,
}

/// The time, as the session wants it.
fn time() -> Clock {
    let utc = clock::utc();
    let today = utc
        .to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)))
        .date();
    Clock {
        now: clock::now(),
        today,
        utc,
    }
}

impl App {
    fn new(
        session: Session,
        admin: Admin,
        hands: Option<Hands>,
        institutions: Arc<InstitutionIndex>,
        window: Window,
    ) -> Self {
        Self {
            own: session.settings().clone(),
            session,
            admin,
            hands,
            institutions,
            gallery: Gallery::default(),
            live: LiveView::default(),
            window,
            status: SyncStatus::default(),
            wake_at: None,
            enrols_again: false,
        }
    }

    /// Lets the session hear an event, and does what it asks for.
    fn hear(&mut self, event: Event) {
        for effect in self.session.on(event, time()) {
            self.execute(effect);
        }
    }

    fn execute(&mut self, effect: Effect) {
        if let Effect::WakeAt(at) = effect {
            return self.wake(at);
        }
        if matches!(effect, Effect::NewSession) {
            self.live = LiveView::default();
            self.gallery.forget_people();
        }
        if matches!(effect, Effect::OpenCamera(_) | Effect::CloseCamera) {
            self.live = LiveView::default();
            self.judge();
        }
        if let Some(hands) = &mut self.hands {
            hands.execute(effect);
        }
    }

    /// Frames are judged by the collection that the photo is for.
    fn judge(&self) {
        if let (Some(hands), Step::Capturing(step)) = (&self.hands, self.session.step()) {
            hands.judge_by(&step.ticket.collection, self.session.head_excused());
        }
    }

    fn wake(&mut self, at: Instant) {
        self.wake_at = Some(self.wake_at.map_or(at, |before| before.min(at)));
    }

    /// Everything that happened since the last frame, in its order.
    fn listen(&mut self, ctx: &Context) {
        let heard = self.hands.as_mut().map(Hands::listen).unwrap_or_default();
        for heard in heard {
            match heard {
                Heard::Event(event) => self.hear(event),
                Heard::Service(fact) => self.told(fact),
                Heard::Attendant(fact) => self.answered(fact, ctx),
                Heard::NoPlate(question) => {
                    let answer = AdminAnswer::Calibrated(false);
                    self.attend(AdminEvent::Answer(question, answer), ctx);
                }
            }
        }
        self.look(ctx);
        if self.wake_at.is_some_and(|at| at <= clock::now()) {
            self.wake_at = None;
            self.hear(Event::Tick);
            self.attend(AdminEvent::Tick, ctx);
        }
    }

    fn look(&mut self, ctx: &Context) {
        let Some(hands) = &mut self.hands else {
            return;
        };
        if let Some(frame) = hands.frame() {
            self.live = LiveView {
                serial: frame.number,
                picture: Some(Arc::clone(&frame.picture)),
            };
        }
        let sighting = hands.sighting();
        if let Some(findings) = hands.findings() {
            if let Some(fit) = findings.fit {
                hands.scene_looks(fit);
            }
            let guidance = ears::guidance(&findings);
            self.hear(Event::Guidance(guidance));
        }
        if let Some(sighting) = sighting {
            self.attend(AdminEvent::Sighted(Box::new(sighting)), ctx);
        }
    }

    fn told(&mut self, fact: ServiceFact) {
        match fact {
            ServiceFact::Answer(question, answer) => self.hear(Event::Answer(question, answer)),
            ServiceFact::Status(status) => {
                self.status = status;
                self.hear(Event::Service(ServiceView {
                    online: status.online,
                    as_of: status.last_contact,
                }));
            }
            ServiceFact::Catalogue(catalogue) => self.hear(Event::Catalogue(catalogue)),
            ServiceFact::Institutions(known) => {
                self.institutions = Arc::new(InstitutionIndex::new(start::schools(&known)));
                self.hear(Event::Institutions(Arc::clone(&self.institutions)));
            }
            ServiceFact::Info {
                working_days,
                info,
                settings: decided,
            } => {
                let mut settings = self.session.settings().clone();
                settings.working_days = working_days;
                settings.decided_by(decided, &self.own);
                if let Some(info) = info {
                    settings.review_days = info.review_working_days;
                    settings.customer_service = ContactInfo {
                        phone: info.phone,
                        hours_zh: info.hours_zh,
                        hours_en: info.hours_en,
                        url: settings.customer_service.url,
                    };
                }
                self.hear(Event::Settings(Box::new(settings)));
            }
            ServiceFact::Room(true) => self.hear(Event::Resolve(PausedReason::DiskLow)),
            ServiceFact::Room(false) => self.hear(Event::Pause(PausedReason::DiskLow)),
            ServiceFact::StoreTrouble(_) => self.hear(Event::Pause(PausedReason::StoreBroken)),
            ServiceFact::WorkerLost(name) => self.hear(Event::WorkerLost(name.to_owned())),
        }
    }
}

impl App {
    /// The attendant wants this booth to be enrolled again.
    const fn enrols_again(&self) -> bool {
        self.enrols_again
    }

    /// Everything between two pictures.
    fn logic(&mut self, ctx: &Context) {
        self.window.keep(ctx);
        self.listen(ctx);
        if let Some(at) = self.wake_at {
            ctx.request_repaint_after(at.saturating_duration_since(clock::now()));
        }
    }

    /// The student's or the attendant's screen.
    fn draw(&mut self, ui: &mut Ui) {
        if self.admin.is_here() {
            self.draw_desk(ui);
        } else {
            self.draw_step(ui);
        }
    }

    fn draw_step(&mut self, ui: &mut Ui) {
        let (step, overlay) = (self.session.step().clone(), self.session.overlay().clone());
        let (wanted, corner) = self.with_scene(|scene| {
            let wanted = screens::draw(ui, &step, &overlay, scene);
            (wanted, screens::attendant_corner(ui, scene))
        });
        if corner {
            let ctx = ui.ctx().clone();
            self.attend(AdminEvent::Corner, &ctx);
        }
        if let Some(intent) = wanted {
            self.hear(Event::Intent(intent));
            // what was wanted is seen at once
            ui.ctx().request_repaint();
        }
    }

    /// Lends a screen what it may need.
    fn with_scene<T>(&mut self, draw: impl FnOnce(&mut Scene<'_>) -> T) -> T {
        let clock = time();
        let institutions = &self.institutions;
        let schools = |code| institutions.by_code(code).cloned();
        draw(&mut Scene {
            text: Text::of(self.session.language()),
            settings: self.session.settings(),
            service: *self.session.service(),
            attendant: self.session.attendant_view(),
            schools: &schools,
            live: &self.live,
            gallery: &mut self.gallery,
            now: clock.now,
            today: clock.today,
        })
    }
}

#[cfg(test)]
mod tests;
