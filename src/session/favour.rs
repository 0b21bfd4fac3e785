//! What an attendant can do for the student who is here, and whether it would take effect now. Decides nothing by
//! itself: it is the session's own word on what an event of the attendant would change.

use super::journey::Session;
use super::paused::PausedReason;
use super::paying::PayState;
use super::settings::PhotoImport;
use super::step::Step;

/// What an attendant can do for the student who is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Favour {
    /// The ID document was seen: the last four characters may be typed again.
    LastFour,
    /// The head may stay covered, for religious or medical reasons.
    HeadCovered,
    /// A picture may be brought along.
    OwnPicture,
    /// The fee was taken in cash.
    Cash,
}

impl Favour {
    /// Every one.
    pub const ALL: [Self; 4] = [
        Self::LastFour,
        Self::HeadCovered,
        Self::OwnPicture,
        Self::Cash,
    ];
}

/// Whether it would take effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FavourState {
    /// Nobody is here whom it would help.
    #[default]
    NotNow,
    /// It would.
    Open,
    /// It is done for the student who is here.
    Done,
    /// This booth's settings leave nothing to allow.
    Settled,
}

/// The booth as the attendant's screens need it besides its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AttendantView {
    /// Taken out of service.
    pub out_of_service: bool,
    favours: [FavourState; Favour::ALL.len()],
}

impl AttendantView {
    /// With this favour so.
    #[must_use]
    pub fn with(mut self, favour: Favour, state: FavourState) -> Self {
        for (one, at) in Favour::ALL.into_iter().zip(&mut self.favours) {
            if one == favour {
                *at = state;
            }
        }
        self
    }

    /// How a favour stands.
    pub fn of(&self, favour: Favour) -> FavourState {
        let mut all = Favour::ALL.into_iter().zip(self.favours);
        all.find_map(|(one, state)| (one == favour).then_some(state))
            .unwrap_or_default()
    }
}

impl Session {
    /// Taken out of service by the attendant.
    pub fn is_out_of_service(&self) -> bool {
        self.faults.contains(&PausedReason::OutOfService)
    }

    /// Whether a favour would take effect on the student who is here.
    pub fn favour(&self, favour: Favour) -> FavourState {
        match favour {
            Favour::LastFour => self.last_four_again(),
            Favour::HeadCovered => self.with_ticket(self.head_excused),
            Favour::OwnPicture if self.settings.photo_import != PhotoImport::Attendant => {
                FavourState::Settled
            }
            Favour::OwnPicture => self.with_ticket(self.import_allowed),
            Favour::Cash => self.cash(),
        }
    }

    /// Everything of the session that the attendant's screens show.
    pub fn attendant_view(&self) -> AttendantView {
        let view = AttendantView {
            out_of_service: self.is_out_of_service(),
            ..AttendantView::default()
        };
        Favour::ALL
            .into_iter()
            .fold(view, |view, favour| view.with(favour, self.favour(favour)))
    }

    fn last_four_again(&self) -> FavourState {
        let allowed = self.settings.last_four_tries;
        open_if(matches!(&self.step, Step::EnteringLastFour(step) if step.tries_left < allowed))
    }

    fn with_ticket(&self, is_done: bool) -> FavourState {
        match (self.step.ticket().is_some(), is_done) {
            (false, _) => FavourState::NotNow,
            (true, false) => FavourState::Open,
            (true, true) => FavourState::Done,
        }
    }

    fn cash(&self) -> FavourState {
        open_if(matches!(&self.step, Step::Paying(step) if step.state != PayState::Closing))
    }
}

const fn open_if(would: bool) -> FavourState {
    if would {
        FavourState::Open
    } else {
        FavourState::NotNow
    }
}
