//! Which event concerns which step. What does not fit the step that is there changes nothing: a second tap
//! on a button that is already gone, a frame's findings after the camera step.

use super::event::{Answer, Intent};
use super::step::{Next, Step};
use super::world::World;
use super::{CameraView, CodeText, GuidanceView};

/// A touch on the screen of a step.
pub(super) fn intent(step: Step, intent: Intent, world: &mut World<'_>) -> Next {
    match (step, intent) {
        (Step::Welcome(step), Intent::Welcome(intent)) => step.on(intent),
        (Step::Consent(step), Intent::Consent(intent)) => step.on(intent, world),
        (Step::SigningIn(step), Intent::SigningIn(intent)) => step.on(intent, world),
        (Step::Resuming(step), Intent::Resuming(intent)) => step.on(intent, world),
        (Step::ChoosingSchool(step), Intent::ChoosingSchool(intent)) => step.on(intent, world),
        (Step::ChoosingCategory(step), Intent::ChoosingCategory(intent)) => step.on(intent, world),
        (Step::ReadingCode(step), Intent::ReadingCode(intent)) => step.on(intent, world),
        (Step::EnteringLastFour(step), Intent::EnteringLastFour(intent)) => step.on(intent, world),
        (Step::CheckingStatus(step), Intent::CheckingStatus(intent)) => step.on(intent, world),
        (Step::Collections(step), Intent::Collections(intent)) => step.on(intent),
        (Step::Details(step), Intent::Details(intent)) => step.on(intent, world),
        (Step::NotEligible(step), Intent::NotEligible(intent)) => step.on(intent, world),
        (Step::ChoosingService(step), Intent::ChoosingService(intent)) => step.on(intent, world),
        (Step::Paying(step), Intent::Paying(intent)) => step.on(intent),
        (Step::Preparing(step), Intent::Preparing(intent)) => step.on(intent, world),
        (Step::Capturing(step), Intent::Capturing(intent)) => step.on(intent, world),
        (Step::Choosing(step), Intent::Choosing(intent)) => step.on(intent, world),
        (Step::Refused(step), Intent::Refused(intent)) => step.on(intent, world),
        (Step::Confirming(step), Intent::Confirming(intent)) => step.on(intent, world),
        (Step::Farewell(step), Intent::Farewell(intent)) => step.on(intent),
        (Step::Standing(step), Intent::Standing(intent)) => step.on(intent, world),
        (step, _) => Next::to(step),
    }
}

/// An answer to a question that this step has asked.
pub(super) fn answer(step: Step, answer: Answer, world: &mut World<'_>) -> Next {
    match (step, answer) {
        (Step::SigningIn(step), Answer::SignIn(news)) => step.hear(news, world),
        (Step::ReadingCode(step), Answer::Decoded(contents)) => step.decoded(contents, world),
        (Step::ReadingCode(step), Answer::PictureScanned(found)) => step.scanned(found, world),
        (Step::CheckingStatus(step), Answer::File(file)) => step.file(file),
        (Step::Details(step), Answer::File(file)) => step.file(file),
        (Step::Details(step), Answer::NothingDue(granted)) => step.granted(granted, world),
        (Step::NotEligible(step), Answer::File(file)) => step.file(file),
        (Step::NotEligible(step), Answer::RequestFiled(filed)) => step.filed(filed),
        (Step::Paying(step), Answer::Payment(news)) => step.hear(news, world),
        (Step::Preparing(step), Answer::Imported(picture)) => step.imported(picture),
        (Step::Capturing(step), Answer::Captured(capture)) => step.captured(capture),
        (Step::Standardizing(step), Answer::Studio(news)) => step.hear(news, world),
        (Step::Confirming(step), Answer::Saved(saved)) => step.saved(saved, world),
        (step, answer) => {
            tracing::error!(
                step = step.name(),
                ?answer,
                "an answer of another kind than asked for"
            );
            Next::to(step)
        }
    }
}

/// A code in the live picture.
pub(super) fn seen(step: Step, text: CodeText, world: &mut World<'_>) -> Next {
    match step {
        Step::ReadingCode(step) => step.seen(text, world),
        step => Next::to(step),
    }
}

/// What the rules say of the live picture.
pub(super) fn guidance(step: Step, guidance: GuidanceView, world: &World<'_>) -> Next {
    match step {
        Step::Capturing(step) => step.guided(guidance, world),
        step => Next::to(step),
    }
}

/// The camera came or went.
pub(super) fn camera(step: Step, camera: CameraView, world: &World<'_>) -> Next {
    match step {
        Step::ReadingCode(step) => step.camera(camera),
        Step::Capturing(step) => step.camera(camera, world),
        step => Next::to(step),
    }
}

/// The service said something new.
pub(super) fn refreshed(step: Step, world: &World<'_>) -> Next {
    match step {
        Step::ChoosingSchool(step) => step.refreshed(world),
        step => Next::to(step),
    }
}

/// Time passed.
pub(super) fn tick(step: Step, world: &mut World<'_>) -> Next {
    match step {
        Step::Capturing(step) => step.tick(world),
        step => Next::to(step),
    }
}
