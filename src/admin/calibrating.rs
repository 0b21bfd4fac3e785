//! Measuring the booth in: the card at the mark, the card on the wall, the empty booth. Nothing is kept before all three
//! are right, and only what the camera shows at that moment is taken.

use super::event::AdminEffect;
use crate::session::{QuestionId, Questions};
use crate::vision::measuring::{Calibration, CardSight, EmptyFault, EmptySight, Sighting};

/// On the wall the card is at least so much smaller than at the mark: else it was not carried there.
const SMALLER_ON_THE_WALL: f32 = 0.9;

/// Where the attendant is with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CalibrationStage {
    /// The card is held at the mark, flat to the camera.
    CardAtMark,
    /// The card hangs on the wall.
    CardOnWall {
        /// What it was at the mark.
        at_mark: CardSight,
    },
    /// Everybody is out of the picture.
    EmptyBooth {
        /// What the card gave.
        found: Calibration,
    },
}

/// Why what is in view cannot be taken yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalibrationFault {
    /// No card in view, or not the whole of it.
    NoCard,
    /// The card is turned away.
    NotFlat,
    /// The camera shows no colours: its night mode, or a filter.
    NoColour,
    /// The card is still at the mark.
    StillAtMark,
    /// The empty booth is not right.
    Empty(EmptyFault),
}

/// The live picture with what is measured in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrating {
    /// How far it is.
    pub stage: CalibrationStage,
    /// What the newest frame shows.
    pub seen: Option<Sighting>,
    /// The open question: the plate is being taken and kept.
    pub question: Option<QuestionId>,
    /// The last try to keep it failed.
    pub failed: bool,
    before: Option<EmptySight>,
    mark_cm: f32,
}

impl Calibrating {
    /// From the beginning; the mark is so far from the camera.
    pub(super) fn begin(mark_cm: f32) -> Self {
        Self {
            stage: CalibrationStage::CardAtMark,
            seen: None,
            question: None,
            failed: false,
            before: None,
            mark_cm,
        }
    }

    pub(super) fn sees(&mut self, sighting: Sighting) {
        self.before = self.seen.map(|seen| seen.empty);
        self.seen = Some(sighting);
    }

    /// What is wrong with what is in view; `None` when it can be taken.
    pub fn fault(&self) -> Option<CalibrationFault> {
        let card = self.seen.and_then(|seen| seen.card);
        match self.stage {
            CalibrationStage::CardAtMark => card_fault(card),
            CalibrationStage::CardOnWall { at_mark } => card_fault(card).or_else(|| {
                let moved = card.is_some_and(|c| c.side < SMALLER_ON_THE_WALL * at_mark.side);
                (!moved).then_some(CalibrationFault::StillAtMark)
            }),
            CalibrationStage::EmptyBooth { .. } => {
                let Some(seen) = self.seen else {
                    return Some(CalibrationFault::Empty(EmptyFault::Unsteady));
                };
                // a forgotten card is too small to be told from grain by its edges alone
                let card = seen.card.map(|_| EmptyFault::NotPlain);
                let fault = card.or_else(|| seen.empty.fault(self.before.as_ref()));
                fault.map(CalibrationFault::Empty)
            }
        }
    }

    /// Takes what is in view, and goes on.
    pub(super) fn keep(&mut self, questions: &mut Questions) -> Vec<AdminEffect> {
        if self.question.is_some() || self.fault().is_some() {
            return Vec::new();
        }
        self.failed = false;
        let card = self.seen.and_then(|seen| seen.card);
        match (self.stage, card) {
            (CalibrationStage::CardAtMark, Some(at_mark)) => {
                self.stage = CalibrationStage::CardOnWall { at_mark };
                self.seen = None;
            }
            (CalibrationStage::CardOnWall { at_mark }, Some(on_wall)) => {
                let found = Calibration::of(self.mark_cm, &at_mark, &on_wall);
                self.stage = CalibrationStage::EmptyBooth { found };
                self.seen = None;
            }
            (CalibrationStage::EmptyBooth { found }, _) => {
                let question = questions.draw();
                self.question = Some(question);
                return vec![
                    AdminEffect::TakePlate { question, found },
                    AdminEffect::Audit("calibrated"),
                ];
            }
            (CalibrationStage::CardAtMark | CalibrationStage::CardOnWall { .. }, None) => {}
        }
        Vec::new()
    }
}

fn card_fault(card: Option<CardSight>) -> Option<CalibrationFault> {
    match card {
        None => Some(CalibrationFault::NoCard),
        Some(card) if !card.flat => Some(CalibrationFault::NotFlat),
        Some(card) if !card.colourful => Some(CalibrationFault::NoColour),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sighting(side: f32) -> Sighting {
        Sighting {
            card: (side > 0.0).then_some(CardSight {
                side,
                tilt_deg: 0.2,
                flat: true,
                tint: [0.0; 2],
                colourful: true,
            }),
            empty: EmptySight {
                somebody: false,
                brightness: 0.6,
                uneven: 0.1,
                edges: 0.0,
            },
        }
    }

    #[test]
    fn card_card_and_empty_booth_in_this_order() {
        let mut questions = Questions::default();
        let mut step = Calibrating::begin(100.0);
        assert_eq!(step.fault(), Some(CalibrationFault::NoCard));
        assert!(step.keep(&mut questions).is_empty());
        step.sees(sighting(0.096));
        step.keep(&mut questions);
        step.sees(sighting(0.095));
        assert_eq!(step.fault(), Some(CalibrationFault::StillAtMark));
        step.sees(sighting(0.048));
        step.keep(&mut questions);
        let CalibrationStage::EmptyBooth { found } = step.stage else {
            panic!("{step:?}");
        };
        assert!((found.behind_cm() - 100.0).abs() < 0.5);
        step.sees(sighting(0.0));
        assert_eq!(
            step.fault(),
            Some(CalibrationFault::Empty(EmptyFault::Unsteady))
        );
        step.sees(sighting(0.0));
        let effects = step.keep(&mut questions);
        assert!(matches!(effects[..], [AdminEffect::TakePlate { .. }, _]));
        assert!(step.keep(&mut questions).is_empty(), "one at a time");
    }
}
