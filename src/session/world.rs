//! What a transition may look at besides its own step: the time, the settings, what the service has said.

use super::question::{QuestionId, Questions};
use super::settings::{Clock, ServiceView, Settings};
use super::tries::Tries;
use crate::domain::{Catalogue, Institution, InstitutionCode, InstitutionIndex};

/// Draws 16 random bytes.
pub type Ids = Box<dyn FnMut() -> [u8; 16] + Send>;

/// The surroundings of a step.
pub struct World<'a> {
    /// The time.
    pub clock: Clock,
    /// What the owner decided.
    pub settings: &'a Settings,
    /// Collections.
    pub catalogue: &'a Catalogue,
    /// Schools.
    pub institutions: &'a InstitutionIndex,
    /// Whether the service can be reached.
    pub service: ServiceView,
    /// The attendant allows this student to bring a picture.
    pub import_allowed: bool,
    /// The attendant has excused this student from showing the head uncovered.
    pub head_excused: bool,
    /// Wrong tries.
    pub tries: &'a mut Tries,
    /// Numbers of questions.
    pub questions: &'a mut Questions,
    /// Random ids.
    pub ids: &'a mut Ids,
}

impl World<'_> {
    /// The number of a new question.
    pub fn ask(&mut self) -> QuestionId {
        self.questions.draw()
    }

    /// 16 random bytes.
    pub fn id(&mut self) -> [u8; 16] {
        (self.ids)()
    }

    /// The school of a code; one that is in no list is known by its code.
    pub fn institution(&self, code: InstitutionCode) -> Institution {
        self.institutions
            .by_code(code)
            .cloned()
            .unwrap_or_else(|| Institution {
                code,
                name_zh: code.to_string(),
                name_en: String::new(),
                aliases: Vec::new(),
            })
    }
}
