//! The attendant's screens: PIN, how the booth is, the queue with what holds it up, the camera,
//! measuring in, enrolling, leaving.
//!
//! They show no name and no photo: a number, a time, a state and a reason are enough to help.

mod calibrating;
mod camera;
mod enrolment;
mod home;
mod pin;
mod queue;

use super::Scene;
use crate::admin::{AdminIntent, AdminStep};
use egui::Ui;

pub use enrolment::enrolment_ui;

/// Draws the attendant's screens; what is wanted. Nothing while the booth is the students'.
pub fn admin_ui(ui: &mut Ui, step: &AdminStep, scene: &mut Scene<'_>) -> Option<AdminIntent> {
    if *step == AdminStep::Away {
        return None;
    }
    super::paper(ui);
    super::chrome::plain_brand(ui, scene);
    let wanted = match step {
        AdminStep::Away => None,
        AdminStep::EnteringPin(pin) => pin::pin_ui(ui, pin, scene),
        AdminStep::Home(home) => home::home_ui(ui, home, scene),
        AdminStep::Queue(queue) => queue::queue_ui(ui, queue, scene),
        AdminStep::Camera => camera::camera_ui(ui, scene),
        AdminStep::Calibrating(step) => calibrating::calibrating_ui(ui, step, scene),
    };
    wanted.or_else(|| super::touched(ui).then_some(AdminIntent::Touch))
}
