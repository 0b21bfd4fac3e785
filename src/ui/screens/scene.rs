//! What every screen may need besides its step: words, settings, the time, pictures.

use crate::domain::collection::Collection;
use crate::domain::{Institution, InstitutionCode, StudentStatus};
use crate::session::{AttendantView, ServiceView, Settings};
use crate::ui::gallery::{Gallery, LiveView};
use crate::ui::text::{Text, about, t};
use crate::ui::theme;
use crate::ui::widgets::icon;
use crate::ui::widgets::keypad::KeyWords;
use egui::{Color32, Pos2};
use jiff::civil::Date;
use std::time::{Duration, Instant};

/// Lent to a screen for one frame.
pub struct Scene<'a> {
    /// The words.
    pub text: Text,
    /// What the booth's owner decided.
    pub settings: &'a Settings,
    /// Whether the service can be reached.
    pub service: ServiceView,
    /// What the attendant's screens show of the session.
    pub attendant: AttendantView,
    /// The school of a code.
    pub schools: &'a dyn Fn(InstitutionCode) -> Option<Institution>,
    /// What the camera sees.
    pub live: &'a LiveView,
    /// Pictures as textures.
    pub gallery: &'a mut Gallery,
    /// For what moves and what runs out.
    pub now: Instant,
    /// For what is open.
    pub today: Date,
}

impl std::fmt::Debug for Scene<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scene")
            .field("text", &self.text)
            .field("today", &self.today)
            .finish_non_exhaustive()
    }
}

impl Scene<'_> {
    /// The school's name in the screen's language; its code where it is not known.
    pub fn school(&self, code: InstitutionCode) -> String {
        match (self.schools)(code) {
            Some(school) => self
                .text
                .either(&school.name_zh, &school.name_en)
                .to_owned(),
            None => t!(self.text, "school-code", code = code.to_string()),
        }
    }

    /// The words of a keypad.
    pub fn key_words(&self) -> KeyWords {
        KeyWords {
            erase: t!(self.text, "key-erase"),
            clear: t!(self.text, "key-clear"),
            space: t!(self.text, "key-space"),
        }
    }

    /// What the school calls a collection.
    pub fn title<'c>(&self, collection: &'c Collection) -> &'c str {
        self.text.either(&collection.title_zh, &collection.title_en)
    }

    /// The days in which a collection is open.
    pub fn window(&self, collection: &Collection) -> String {
        let text = self.text;
        t!(
            text,
            "window",
            from = text.day(collection.opens),
            to = text.day(collection.closes)
        )
    }

    /// The enrolment, masked, as name and value.
    pub fn enrolment(&self, status: &StudentStatus, masked_id: String) -> Vec<(String, String)> {
        let text = self.text;
        vec![
            (t!(text, "status-name"), status.masked_name.clone()),
            (t!(text, "status-id"), masked_id),
            (t!(text, "status-number"), status.student_number.clone()),
            (t!(text, "status-school"), self.school(status.institution)),
            (
                t!(text, "status-category"),
                about::category(text, status.category),
            ),
            (t!(text, "status-level"), about::level(text, status.level)),
        ]
    }

    /// How long until `then`.
    pub fn left(&self, then: Instant) -> Duration {
        then.saturating_duration_since(self.now)
    }

    /// The mark of waiting that stands alone: track and arc in these colours.
    pub fn waits(ui: &egui::Ui, centre: Pos2, colours: (Color32, Color32)) {
        let turn = Self::turn(ui);
        icon::spinner(ui.painter(), centre, theme::ICON_L, 9.0, turn, colours);
    }

    /// Turns since the screen is looked at, for marks that travel round.
    pub fn turn(ui: &egui::Ui) -> f32 {
        ui.ctx().request_repaint_after(Duration::from_millis(33));
        ui.input(|input| (input.time * 0.8).fract()) as f32
    }
}
