//! The attendant's half of the shell: the same round of event, effect and answer, with the attendant's journey.

use eframe::egui::{Context, Ui};

use super::App;
use super::hands::Hands;
use super::scene::KnownScene;
use crate::admin::{AdminAnswer, AdminEffect, AdminEvent, Overview, QueueRow};
use crate::clock;
use crate::session::{Event, Favour, FavourState, PausedReason, Purpose, QuestionId, Step};
use crate::store::QueueItem;
use crate::ui::LiveView;
use crate::ui::screens::admin::admin_ui;
use crate::workers::attendant::{AttendantCommand, AttendantFact};
use crate::workers::http::Trouble;

impl App {
    /// Lets the attendant's journey hear an event, and does what it asks for.
    pub(super) fn attend(&mut self, event: AdminEvent, ctx: &Context) {
        for effect in self.admin.on(event, clock::now()) {
            self.help(effect, ctx);
        }
    }

    fn help(&mut self, effect: AdminEffect, ctx: &Context) {
        match effect {
            AdminEffect::MarkOutOfService(out) => self.mark_out_of_service(out),
            AdminEffect::Help(favour) => self.do_favour(favour, ctx),
            AdminEffect::OpenCameraToMeasure => {
                self.live = LiveView::default();
                if let Some(hands) = &self.hands {
                    hands.measure();
                }
            }
            AdminEffect::TakePlate { question, found } => {
                if let Some(hands) = &mut self.hands {
                    hands.take_plate(question, found);
                }
            }
            AdminEffect::EnrolAgain => self.enrols_again = true,
            AdminEffect::LeaveKiosk => self.window.leave(ctx),
            AdminEffect::WakeAt(at) => self.wake(at),
            AdminEffect::VerifyPin { question, pin } => {
                self.ask(AttendantCommand::Pin(question, pin.0));
            }
            AdminEffect::LoadOverview { question } => {
                self.ask(AttendantCommand::Overview(question));
            }
            AdminEffect::LoadQueue { question } => self.ask(AttendantCommand::Queue(question)),
            AdminEffect::Export { question } => self.ask(AttendantCommand::Export(question)),
            AdminEffect::RetryNow(id) => self.ask(AttendantCommand::Release(id)),
            AdminEffect::Audit(what) => self.ask(AttendantCommand::Audit(what)),
            AdminEffect::RetryAll => self.sync_now(),
            AdminEffect::OpenCamera => self.look_through_camera(Some(Purpose::Portrait)),
            AdminEffect::CloseCamera => self.look_through_camera(self.camera_of_the_student()),
        }
    }

    /// The session alone knows whether the booth is out of service; the records keep it for the next start.
    fn mark_out_of_service(&mut self, out: bool) {
        if self.session.is_out_of_service() == out {
            return;
        }
        let reason = PausedReason::OutOfService;
        self.hear(if out {
            Event::Pause(reason)
        } else {
            Event::Resolve(reason)
        });
        self.ask(AttendantCommand::OutOfService(out));
    }

    /// Only what takes effect is done, said and written down.
    fn do_favour(&mut self, favour: Favour, ctx: &Context) {
        if self.session.favour(favour) != FavourState::Open {
            return;
        }
        self.hear(match favour {
            Favour::LastFour => Event::Forgive,
            Favour::HeadCovered => Event::ExcuseHead,
            Favour::OwnPicture => Event::AllowImport,
            Favour::Cash => Event::CashTaken,
        });
        self.judge();
        self.attend(AdminEvent::Helped(favour), ctx);
    }

    /// A booth that could not start has no workers: it can only be left.
    fn ask(&self, command: AttendantCommand) {
        if let Some(hands) = &self.hands {
            hands.ask_for_attendant(command);
        }
    }

    fn sync_now(&self) {
        if let Some(hands) = &self.hands {
            hands.sync_now();
        }
    }

    fn look_through_camera(&mut self, purpose: Option<Purpose>) {
        self.live = LiveView::default();
        match (&self.hands, purpose) {
            (Some(hands), Some(purpose)) => hands.open_camera(purpose),
            (Some(hands), None) => hands.close_camera(),
            (None, _) => {}
        }
    }

    /// What the student in front of the booth needs the camera for, while the attendant helps.
    fn camera_of_the_student(&self) -> Option<Purpose> {
        let step = self.session.step();
        let reads =
            matches!(step, Step::ReadingCode(_) | Step::Paying(_)).then_some(Purpose::ReadCode);
        reads.or(matches!(step, Step::Capturing(_)).then_some(Purpose::Portrait))
    }

    /// What the attendant's worker said.
    pub(super) fn answered(&mut self, fact: AttendantFact, ctx: &Context) {
        let scene = self.hands.as_ref().map(Hands::scene);
        let calibrated = scene.and_then(KnownScene::taken_at);
        let scene = scene.map(KnownScene::state).unwrap_or_default();
        let unknown = self.status.trouble == Some(Trouble::Unauthorized);
        let mut answer =
            |question: QuestionId, answer| self.attend(AdminEvent::Answer(question, answer), ctx);
        match fact {
            AttendantFact::Pin(question, verdict) => answer(question, AdminAnswer::Pin(verdict)),
            AttendantFact::Overview(question, counts, disk_free_mb, key_is_credential) => answer(
                question,
                AdminAnswer::Overview(Overview {
                    waiting: counts.queued,
                    held: counts.held,
                    oldest: counts.oldest,
                    disk_free_mb,
                    unknown,
                    key_is_credential,
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                    calibrated,
                    scene,
                }),
            ),
            AttendantFact::Queue(question, items) => {
                answer(
                    question,
                    AdminAnswer::Queue(items.into_iter().map(row).collect()),
                );
            }
            AttendantFact::Calibrated(question, kept) => {
                if let Some(hands) = &mut self.hands {
                    hands.calibrated(&kept);
                    let mut settings = self.session.settings().clone();
                    hands.scene().tell(&mut settings);
                    self.hear(Event::Settings(Box::new(settings)));
                }
                let answer = AdminAnswer::Calibrated(true);
                self.attend(AdminEvent::Answer(question, answer), ctx);
            }
            AttendantFact::Exported(question, exported) => {
                let copied = exported.map(|exported| (exported.saved, exported.left));
                answer(question, AdminAnswer::Exported(copied));
            }
            AttendantFact::Broken(question) => answer(question, AdminAnswer::Broken),
            AttendantFact::Released => self.sync_now(),
            AttendantFact::WorkerLost(name) => self.hear(Event::WorkerLost(name.to_owned())),
        }
    }

    /// Draws the attendant's screen, and hears what is wanted there.
    pub(super) fn draw_desk(&mut self, ui: &mut Ui) {
        let step = self.admin.step().clone();
        let wanted = self.with_scene(|scene| admin_ui(ui, &step, scene));
        if let Some(intent) = wanted {
            let ctx = ui.ctx().clone();
            self.attend(AdminEvent::Intent(intent), &ctx);
            ctx.request_repaint();
        }
    }
}

fn row(item: QueueItem) -> QueueRow {
    QueueRow {
        id: item.id,
        submitted_at: item.submitted_at,
        state: item.state,
        tries: item.tries,
        why: item.because.unwrap_or_default(),
    }
}
