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
mod eyes;
mod hands;
mod start;
mod window;

use std::sync::Arc;
use std::time::Instant;

use eframe::egui::{Context, Ui};

use crate::clock;
use crate::domain::InstitutionIndex;
use crate::session::{Clock, ContactInfo, Effect, Event, PausedReason, ServiceView, Session};
use crate::store;
use crate::ui::{Gallery, LiveView, screens};
use crate::workers::service::{ServiceFact, SyncStatus};

use attendant::Desk;
use hands::{Hands, Heard};
pub use start::{Start, run};
use window::Window;

/// The kiosk.
pub struct App {
    session: Session,
    desk: Desk,
    /// `None` when the booth could not start: the screen says why.
    hands: Option<Hands>,
    institutions: Arc<InstitutionIndex>,
    gallery: Gallery,
    live: LiveView,
    window: Window,
    status: SyncStatus,
    wake_at: Option<Instant>,
}

/// The time, as the session wants it.
fn time() -> Clock {
    let utc = clock::utc();
    let today = utc.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).date();
    Clock { now: clock::now(), today, utc }
}
