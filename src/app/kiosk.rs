//! The two faces of the program: a booth that serves, and a booth that is being enrolled. One follows the other without a
//! restart.

use std::time::{Duration, Instant};

use eframe::egui::{Context, Ui};

use super::App;
use super::enrolment::Enrolling;
use super::start::{self, Begun, Start};
use super::window::Window;
use crate::clock;
use crate::ui::theme;

/// The workers of before may still be at their last question to the service, with the records in their hands.
const MOST_WAIT: Duration = Duration::from_mins(4);
const TRY_EVERY: Duration = Duration::from_secs(1);

/// What is on the screen.
pub(super) enum Face {
    /// Serves students, or says why it cannot.
    Serving(Box<App>),
    /// Waits for an invitation.
    Enrolling(Box<Enrolling>),
}

/// The whole program.
pub(super) struct Kiosk {
    start: Start,
    /// While the booth is enrolled; one that serves keeps its own, which the attendant may leave.
    window: Window,
    face: Face,
    /// Since when the records of before are waited for, and when they are tried next.
    waits: Option<(Instant, Instant)>,
}

impl Kiosk {
    /// As the booth's files have it.
    pub fn begin(ctx: &Context, start: Start) -> Self {
        Self {
            window: Window::new(!start.windowed),
            face: start::begin(ctx, &start).face,
            start,
            waits: None,
        }
    }

    /// From one face to the other.
    fn turn(&mut self, ctx: &Context) {
        match &self.face {
            Face::Serving(app) if app.enrols_again() => {
                self.face = start::enrol_again(ctx, &self.start);
            }
            Face::Enrolling(enrolling) if enrolling.is_over() => self.go_on(ctx),
            Face::Serving(_) | Face::Enrolling(_) => {}
        }
    }

    fn go_on(&mut self, ctx: &Context) {
        let now = clock::now();
        let (since, next) = *self.waits.get_or_insert((now, now));
        if now >= next {
            let Begun { face, in_use } = start::begin(ctx, &self.start);
            if !in_use || now > since + MOST_WAIT {
                (self.face, self.waits) = (face, None);
                return;
            }
            self.waits = Some((since, clock::now() + TRY_EVERY));
        }
        ctx.request_repaint_after(TRY_EVERY);
    }
}

impl eframe::App for Kiosk {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        theme::fit(ctx);
        match &mut self.face {
            Face::Serving(app) => app.logic(ctx),
            Face::Enrolling(enrolling) => {
                self.window.keep(ctx);
                enrolling.listen(ctx);
            }
        }
        self.turn(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        match &mut self.face {
            Face::Serving(app) => app.draw(ui),
            Face::Enrolling(enrolling) => enrolling.draw(ui),
        }
    }
}
