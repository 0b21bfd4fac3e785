//! What every screen offers, and what lies above a step.

use super::effect::{Effect, ServiceRequestKind};
use super::event::{AnywhereIntent, OverlayIntent};
use super::journey::Session;
use super::overlay::{CustomerServiceView, Overlay, RequestOutcome};
use super::step::Step;
use super::{Clock, StoreTrouble, routes};
use crate::domain::RequestId;

impl Session {
    pub(super) fn anywhere(&mut self, intent: AnywhereIntent, clock: Clock) -> Vec<Effect> {
        match intent {
            AnywhereIntent::Language(language) => {
                self.language = language;
                return vec![Effect::SetLanguage(language)];
            }
            AnywhereIntent::CustomerService => {
                self.overlay = Overlay::customer_service(&self.settings);
            }
            AnywhereIntent::Settings => self.overlay = Overlay::Settings,
            AnywhereIntent::Leave => return self.leave_unless_missed(clock),
            // every touch has already been taken for a sign of life
            AnywhereIntent::Touch => {}
        }
        Vec::new()
    }

    pub(super) fn above(&mut self, intent: OverlayIntent, clock: Clock) -> Vec<Effect> {
        let was = std::mem::take(&mut self.overlay);
        match (intent, was) {
            (OverlayIntent::Close | OverlayIntent::StillHere | OverlayIntent::NotYet, _) => {}
            (OverlayIntent::Leave, Overlay::Settings | Overlay::CustomerService(_)) => {
                return self.leave_unless_missed(clock);
            }
            (OverlayIntent::Leave, Overlay::StillThere { .. })
            | (OverlayIntent::ReallyLeave, Overlay::LeaveSure)
            | (OverlayIntent::EraseAndLeave, Overlay::Settings) => return self.leave(clock),
            (OverlayIntent::ReallySubmit, Overlay::SubmitSure) => {
                return self.move_on(clock, routes::submit);
            }
            (OverlayIntent::AskForHelp, Overlay::CustomerService(view)) => {
                return self.ask_for_help(view, clock);
            }
            // a second tap on something that is gone
            (_, was) => self.overlay = was,
        }
        Vec::new()
    }

    fn leave_unless_missed(&mut self, clock: Clock) -> Vec<Effect> {
        if self.step.would_be_missed() {
            self.overlay = Overlay::LeaveSure;
            return Vec::new();
        }
        if matches!(self.step, Step::Welcome(_) | Step::Paused(_)) {
            return Vec::new();
        }
        self.leave(clock)
    }

    /// Once is enough, unless it could not be stored.
    fn ask_for_help(&mut self, view: CustomerServiceView, clock: Clock) -> Vec<Effect> {
        let may_ask = matches!(view.asked, None | Some(RequestOutcome::Failed));
        if !may_ask {
            self.overlay = Overlay::CustomerService(view);
            return Vec::new();
        }
        let asked = Some(RequestOutcome::Sending);
        self.overlay = Overlay::CustomerService(CustomerServiceView { asked, ..view });
        let about = Box::new(self.step.about());
        let (question, id) = self.with_world(clock, |world| (world.ask(), world.id()));
        self.help = Some(question);
        let (id, kind) = (
            RequestId::from_bytes(id),
            ServiceRequestKind::CustomerService,
        );
        vec![Effect::FileServiceRequest {
            question,
            id,
            kind,
            about,
        }]
    }

    /// How the call for help went.
    pub(super) fn help_filed(&mut self, filed: Result<(), StoreTrouble>) {
        self.help = None;
        if let Overlay::CustomerService(view) = &mut self.overlay {
            view.asked = Some(RequestOutcome::of(filed));
        }
    }
}
