//! Which event concerns which step. What does not fit the step that is there changes nothing: a second tap
//! on a button that is already gone, a frame's findings after the camera step.

use super::event::{Answer, Intent};
use super::step::{Next, Step};
use super::world::World;
use super::{CameraView, CodeText, Consent, Farewell, GuidanceView, Welcome};

/// A touch on the screen of a step.
pub(super) fn intent(step: Step, intent: Intent, world: &mut World<'_>) -> Next {
    match (step, intent) {
        (Step::Welcome(_), Intent::Welcome(intent)) => Welcome::on(intent),
        (Step::Consent(_), Intent::Consent(intent)) => Consent::on(intent, world),
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
        (Step::Farewell(_), Intent::Farewell(intent)) => Farewell::on(intent),
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
        (Step::ChoosingService(step), Answer::NothingDue(granted)) => step.granted(granted, world),
        (Step::NotEligible(step), Answer::File(file)) => step.file(file),
        (Step::NotEligible(step), Answer::RequestFiled(filed)) => step.filed(filed),
        (Step::Paying(step), Answer::Payment(news)) => step.hear(news, world),
        (Step::Preparing(step), Answer::Imported(picture)) => step.imported(picture, world),
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
    if let Step::ReadingCode(step) = step {
        step.seen(text, world)
    } else if let Step::Paying(step) = step {
        step.seen(text)
    } else {
        Next::to(step)
    }
}

/// What the rules say of the live picture.
pub(super) fn guidance(step: Step, guidance: GuidanceView, world: &World<'_>) -> Next {
    if let Step::Capturing(step) = step {
        step.guided(guidance, world)
    } else {
        Next::to(step)
    }
}

/// The camera came or went.
pub(super) fn camera(step: Step, camera: CameraView, world: &World<'_>) -> Next {
    if let Step::ReadingCode(step) = step {
        step.camera(camera)
    } else if let Step::Paying(step) = step {
        step.camera(camera)
    } else if let Step::Capturing(step) = step {
        step.camera(camera, world)
    } else {
        Next::to(step)
    }
}

/// The service said something new.
pub(super) fn refreshed(step: Step, world: &World<'_>) -> Next {
    if let Step::ChoosingSchool(step) = step {
        step.refreshed(world)
    } else {
        Next::to(step)
    }
}

/// The attendant has taken the money.
pub(super) fn cash(step: Step) -> Next {
    if let Step::Paying(step) = step {
        step.cash()
    } else {
        Next::to(step)
    }
}

/// The attendant allows new tries.
pub(super) fn forgiven(step: Step, world: &mut World<'_>) -> Next {
    if let Step::EnteringLastFour(step) = step {
        step.forgiven(world)
    } else {
        Next::to(step)
    }
}

/// The attendant excuses the student from showing the head uncovered.
pub(super) fn excused(step: Step, _world: &mut World<'_>) -> Next {
    if let Step::Preparing(step) = step {
        Next::to(step.excused())
    } else {
        Next::to(step)
    }
}

/// The last question of all was answered with yes.
pub(super) fn submit(step: Step, world: &mut World<'_>) -> Next {
    if let Step::Confirming(step) = step {
        step.submit(world)
    } else {
        Next::to(step)
    }
}

/// Time passed.
pub(super) fn tick(step: Step, world: &mut World<'_>) -> Next {
    if let Step::Capturing(step) = step {
        step.tick(world)
    } else {
        Next::to(step)
    }
}
