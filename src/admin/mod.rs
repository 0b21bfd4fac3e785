//! The attendant's journey, in the same shape as the student's: events in, effects out, pure.
//!
//! It shows no student: a number, a time, a state and a reason are enough to help. Whatever is done to the
//! booth is an effect, and what touches money, tries or service is written into the audit log.

mod calibrating;
mod enrolment;
mod event;
mod journey;
mod pin;
mod step;

pub use calibrating::{Calibrating, CalibrationFault, CalibrationStage};
pub use enrolment::{
    EnrolEffect, EnrolEvent, EnrolFault, EnrolIntent, EnrolStage, EnrolTrouble, EnrolWord,
    Enrolment,
};
pub use event::{AdminAnswer, AdminEffect, AdminEvent, AdminIntent, Pin};
pub use journey::Admin;
pub use pin::{FREE_TRIES, LONGEST_PIN, SHORTEST_PIN, wait_after};
pub use step::{AdminStep, EnteringPin, Export, Home, Overview, Queue, QueueRow, SceneState};
