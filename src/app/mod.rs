//! The shell around the journey: drains what the workers found, lets the session decide, has its effects executed,
//! draws the step. It decides nothing and knows no rule.
//!
//! ```text
//! workers --facts--> ears --Event--> Session --Effect--> hands --> workers
//!                                      |                  
//!                                   screens --Intent--> Session
//! ```

mod attendant;
mod ears;
mod eyes;
mod hands;
mod start;
mod window;

use std::time::Instant;

use eframe::egui::{Context, Ui};

use crate::camera::Frame;
use crate::clock;
use crate::domain::Language;
use crate::session::{Clock, Effect, Event, Intent, Session};
use crate::ui::{Gallery, LiveView, screens};

use attendant::Attendant;
use hands::Hands;
pub use start::{Start, run};

/// The kiosk.
pub struct App {
    session: Session,
    attendant: Option<Attendant>,
    hands: Hands,
    gallery: Gallery,
    live: LiveView,
    window: window::Window,
    wake_at: Option<Instant>,
}

impl App {
    /// Lets the session hear an event, and does what it asks for.
    fn hear(&mut self, event: Event) {
        let effects = self.session.on(event, time());
        for effect in effects {
            self.execute(effect);
        }
    }

    fn execute(&mut self, effect: Effect) {
        match effect {
            Effect::WakeAt(at) => self.wake_at = Some(self.wake_at.map_or(at, |before| before.min(at))),
            Effect::NewSession => {
                self.live.forget();
                self.gallery.forget();
                self.hands.forget();
            }
            other => self.hands.execute(other),
        }
    }

    /// Everything that happened since the last frame, in its order.
    fn listen(&mut self) {
        for event in self.hands.events() {
            self.hear(event);
        }
        if let Some(frame) = self.hands.frame() {
            self.live.show(&frame);
        }
        if let Some(findings) = self.hands.findings() {
            let guidance = ears::guidance(&findings);
            self.live.overlay(findings);
            self.hear(Event::Guidance(guidance));
        }
        if self.wake_at.is_some_and(|at| at <= clock::now()) {
            self.wake_at = None;
            self.hear(Event::Tick);
        }
    }
}
