//! The journey itself: PIN first, then one screen at a time; gone when nobody touches anything.

use super::calibrating::Calibrating;
use super::event::{AdminAnswer, AdminEffect, AdminEvent, AdminIntent};
use super::pin::wait_after;
use super::step::{AdminStep, EnteringPin, Export, Home, Overview, Queue, QueueRow};
use crate::session::{Favour, QuestionId, Questions};
use std::mem::take;
use std::time::{Duration, Instant};

/// An attendant who went away must not leave the booth open.
const PATIENCE: Duration = Duration::from_mins(3);
/// How often the queue is read again while somebody looks at it.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The attendant's side of the booth; lives as long as the program.
#[derive(Debug)]
pub struct Admin {
    step: AdminStep,
    questions: Questions,
    /// Kept while nobody is there: walking away does not end the wait.
    closed_until: Option<Instant>,
    /// Wrong tries at the start of the program, before the first wait was reckoned.
    wrong_before: u32,
    /// From the camera to the mark.
    mark_cm: f32,
    touched: Option<Instant>,
    /// When the queue that somebody looks at is read again.
    looks_at: Option<Instant>,
    told: Option<Instant>,
}

impl Admin {
    /// Nobody is there. `wrong` is how many wrong PINs in a row the store remembers.
    pub fn new(wrong: u32) -> Self {
        Self {
            step: AdminStep::Away,
            questions: Questions::default(),
            closed_until: None,
            wrong_before: wrong,
            mark_cm: 100.0,
            touched: None,
            looks_at: None,
            told: None,
        }
    }

    /// In a booth whose mark is so far from the camera.
    #[must_use]
    pub fn with_mark(self, mark_cm: f32) -> Self {
        Self { mark_cm, ..self }
    }

    /// Where the attendant is.
    pub fn step(&self) -> &AdminStep {
        &self.step
    }

    /// The attendant has the screen.
    pub fn is_here(&self) -> bool {
        self.step != AdminStep::Away
    }

    /// Hears an event; says what the outside has to do.
    pub fn on(&mut self, event: AdminEvent, now: Instant) -> Vec<AdminEffect> {
        let mut effects = match event {
            AdminEvent::Corner => self.corner(now),
            AdminEvent::Intent(intent) => {
                self.touched = Some(now);
                self.intent(intent)
            }
            AdminEvent::Answer(question, answer) => self.answer(question, answer, now),
            AdminEvent::Sighted(sighting) => {
                if let AdminStep::Calibrating(step) = &mut self.step {
                    step.sees(*sighting);
                }
                Vec::new()
            }
            AdminEvent::Helped(favour) => self.helped(favour),
            AdminEvent::Tick => Vec::new(),
        };
        effects.extend(self.look_again(now));
        effects.extend(self.pass_time(now));
        effects
    }

    fn corner(&mut self, now: Instant) -> Vec<AdminEffect> {
        if self.is_here() {
            return Vec::new();
        }
        // after a restart the wait for the tries before it begins anew
        if let Some(wait) = wait_after(take(&mut self.wrong_before)) {
            self.closed_until = Some(now + wait);
        }
        self.touched = Some(now);
        let closed_until = self.closed_until;
        self.step = AdminStep::EnteringPin(EnteringPin {
            closed_until,
            ..EnteringPin::default()
        });
        Vec::new()
    }

    fn intent(&mut self, intent: AdminIntent) -> Vec<AdminEffect> {
        match (&mut self.step, intent) {
            (AdminStep::EnteringPin(pin), AdminIntent::Digit(digit)) => pin.digit(digit),
            (AdminStep::EnteringPin(pin), AdminIntent::Erase) => {
                pin.typed.pop();
                Vec::new()
            }
            (AdminStep::EnteringPin(pin), AdminIntent::Enter) => pin.enter(&mut self.questions),
            (AdminStep::Away, _) | (_, AdminIntent::Touch) => Vec::new(),
            (_, AdminIntent::Leave) => self.leave(),
            // nothing but the PIN opens anything
            (AdminStep::EnteringPin(_), _) => Vec::new(),
            (AdminStep::Calibrating(step), AdminIntent::Keep) => step.keep(&mut self.questions),
            (
                AdminStep::Home(_)
                | AdminStep::Queue(_)
                | AdminStep::Camera
                | AdminStep::Calibrating(_),
                intent,
            ) => self.open(intent),
        }
    }

    /// What the PIN has opened.
    fn open(&mut self, intent: AdminIntent) -> Vec<AdminEffect> {
        match intent {
            AdminIntent::Home => self.go_home(),
            AdminIntent::Queue => self.load_queue(),
            AdminIntent::RetryAll => {
                let mut effects = vec![AdminEffect::RetryAll];
                if matches!(self.step, AdminStep::Queue(_)) {
                    effects.extend(self.load_queue());
                }
                effects
            }
            AdminIntent::Retry(at) => self.retry(at),
            AdminIntent::Export => self.export(),
            AdminIntent::Camera => {
                self.step = AdminStep::Camera;
                vec![AdminEffect::OpenCamera]
            }
            AdminIntent::Calibrate => {
                self.step = AdminStep::Calibrating(Calibrating::begin(self.mark_cm));
                vec![AdminEffect::OpenCameraToMeasure]
            }
            AdminIntent::Help(favour) => vec![AdminEffect::Help(favour)],
            AdminIntent::OutOfService(out) => vec![AdminEffect::MarkOutOfService(out)],
            AdminIntent::EnrolAgain => self.enrol_again(),
            AdminIntent::Quit => self.quitting(true),
            AdminIntent::NotYet => self.quitting(false),
            AdminIntent::ReallyQuit => self.quit(),
            AdminIntent::Digit(_)
            | AdminIntent::Erase
            | AdminIntent::Enter
            | AdminIntent::Keep
            | AdminIntent::Touch
            | AdminIntent::Leave => Vec::new(),
        }
    }

    /// It took effect: only now it is written down, and said.
    fn helped(&mut self, favour: Favour) -> Vec<AdminEffect> {
        if let AdminStep::Home(home) = &mut self.step {
            home.helped = Some(favour);
        }
        let what = match favour {
            Favour::LastFour => "last four forgiven",
            Favour::HeadCovered => "head covering excused",
            Favour::OwnPicture => "import allowed",
            // the number of the slip is on the student's screen; written down with it where it is booked, if it is
            Favour::Cash => return self.leave(),
        };
        vec![AdminEffect::Audit(what)]
    }

    fn go_home(&mut self) -> Vec<AdminEffect> {
        let question = self.questions.draw();
        let home = Home {
            question: Some(question),
            ..Home::default()
        };
        let closing = self.closing();
        self.step = AdminStep::Home(home);
        closing
            .into_iter()
            .chain([AdminEffect::LoadOverview { question }])
            .collect()
    }

    /// The rows that are there stay until the new ones come.
    fn load_queue(&mut self) -> Vec<AdminEffect> {
        let question = self.questions.draw();
        let closing = self.closing();
        let rows = if let AdminStep::Queue(queue) = &mut self.step {
            queue.rows.take()
        } else {
            None
        };
        self.step = AdminStep::Queue(Queue {
            rows,
            question: Some(question),
            export: Export::None,
        });
        closing
            .into_iter()
            .chain([AdminEffect::LoadQueue { question }])
            .collect()
    }

    fn retry(&mut self, at: usize) -> Vec<AdminEffect> {
        let Some(id) = self.rows().get(at).map(|row| row.id) else {
            return Vec::new();
        };
        let mut effects = vec![AdminEffect::RetryNow(id)];
        effects.extend(self.load_queue());
        effects
    }

    /// One copying at a time.
    fn export(&mut self) -> Vec<AdminEffect> {
        let AdminStep::Queue(queue) = &mut self.step else {
            return Vec::new();
        };
        if queue.export == Export::Running {
            return Vec::new();
        }
        let question = self.questions.draw();
        (queue.export, queue.question) = (Export::Running, Some(question));
        vec![AdminEffect::Export { question }]
    }

    fn rows(&self) -> &[QueueRow] {
        if let AdminStep::Queue(Queue {
            rows: Some(rows), ..
        }) = &self.step
        {
            rows
        } else {
            &[]
        }
    }

    /// Only where the service has said that it does not know the booth: an enrolled one is not lost by a touch.
    fn enrol_again(&mut self) -> Vec<AdminEffect> {
        let AdminStep::Home(Home {
            overview: Some(Overview { unknown: true, .. }),
            ..
        }) = &self.step
        else {
            return Vec::new();
        };
        self.step = AdminStep::Away;
        vec![AdminEffect::Audit("enrols again"), AdminEffect::EnrolAgain]
    }

    fn quitting(&mut self, quitting: bool) -> Vec<AdminEffect> {
        if let AdminStep::Home(home) = &mut self.step {
            home.quitting = quitting;
        }
        Vec::new()
    }

    fn quit(&mut self) -> Vec<AdminEffect> {
        let asked = matches!(&self.step, AdminStep::Home(home) if home.quitting);
        if !asked {
            return Vec::new();
        }
        self.step = AdminStep::Away;
        vec![
            AdminEffect::Audit("left the kiosk"),
            AdminEffect::LeaveKiosk,
        ]
    }

    fn leave(&mut self) -> Vec<AdminEffect> {
        let closing = self.closing();
        self.step = AdminStep::Away;
        closing.into_iter().collect()
    }

    fn closing(&self) -> Option<AdminEffect> {
        matches!(self.step, AdminStep::Camera | AdminStep::Calibrating(_))
            .then_some(AdminEffect::CloseCamera)
    }

    /// Only the question that is open is heard.
    fn answer(
        &mut self,
        question: QuestionId,
        answer: AdminAnswer,
        now: Instant,
    ) -> Vec<AdminEffect> {
        let open = match &self.step {
            AdminStep::EnteringPin(pin) => pin.question,
            AdminStep::Home(home) => home.question,
            AdminStep::Queue(queue) => queue.question,
            AdminStep::Calibrating(step) => step.question,
            AdminStep::Away | AdminStep::Camera => None,
        };
        if open != Some(question) {
            tracing::debug!(
                question = question.number(),
                "late answer to the attendant dropped"
            );
            return Vec::new();
        }
        match (&mut self.step, answer) {
            (AdminStep::EnteringPin(_), AdminAnswer::Pin(Ok(()))) => {
                self.closed_until = None;
                return self.go_home();
            }
            (AdminStep::EnteringPin(pin), AdminAnswer::Pin(Err(wrong))) => {
                self.closed_until = wait_after(wrong).map(|wait| now + wait);
                (pin.wrong, pin.question, pin.closed_until) = (true, None, self.closed_until);
            }
            (AdminStep::Home(home), AdminAnswer::Overview(overview)) => {
                (home.overview, home.question) = (Some(overview), None);
            }
            (AdminStep::Queue(queue), AdminAnswer::Queue(rows)) => {
                (queue.rows, queue.question) = (Some(rows), None);
            }
            (AdminStep::Calibrating(_), AdminAnswer::Calibrated(true)) => return self.go_home(),
            (AdminStep::Queue(queue), AdminAnswer::Exported(copied)) => {
                queue.question = None;
                queue.export = match copied {
                    Some((saved, left)) => Export::Done { saved, left },
                    None => Export::NoStick,
                };
            }
            // a store that cannot be read pauses the booth by itself; the keypad stays shut
            (AdminStep::EnteringPin(pin), _) => pin.question = None,
            (AdminStep::Home(home), _) => home.question = None,
            (AdminStep::Queue(queue), _) => (queue.question, queue.export) = (None, Export::None),
            (AdminStep::Calibrating(step), _) => (step.question, step.failed) = (None, true),
            (AdminStep::Away | AdminStep::Camera, _) => {}
        }
        Vec::new()
    }

    /// What is delivered, or fails, is seen by whoever looks at the queue; one question at a time.
    fn look_again(&mut self, now: Instant) -> Option<AdminEffect> {
        let AdminStep::Queue(Queue { question, .. }) = &mut self.step else {
            self.looks_at = None;
            return None;
        };
        if question.is_some() {
            self.looks_at = None;
            return None;
        }
        if now < *self.looks_at.get_or_insert(now + LOOK_AGAIN) {
            return None;
        }
        self.looks_at = None;
        let drawn = self.questions.draw();
        *question = Some(drawn);
        Some(AdminEffect::LoadQueue { question: drawn })
    }

    fn pass_time(&mut self, now: Instant) -> Vec<AdminEffect> {
        if self.closed_until.is_some_and(|until| now >= until) {
            self.closed_until = None;
            if let AdminStep::EnteringPin(pin) = &mut self.step {
                pin.closed_until = None;
            }
        }
        if !self.is_here() {
            return Vec::new();
        }
        let gone_at = self.touched.map(|touched| touched + PATIENCE);
        if gone_at.is_some_and(|at| now >= at) {
            return self.leave();
        }
        let wanted = gone_at
            .into_iter()
            .chain(self.closed_until)
            .chain(self.looks_at)
            .min();
        let on_its_way = |at: Instant| self.told.is_some_and(|told| now < told && told <= at);
        let wake = wanted.filter(|at| !on_its_way(*at));
        self.told = wake.or(self.told);
        wake.map(AdminEffect::WakeAt).into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
