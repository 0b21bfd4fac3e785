//! Events, steps and effects in few words, none of them about a person.

use gradbooth::session::{
    Answer, CapturePhase, CodeState, Effect, Event, Intent, Overlay, Session, SignInNews, Step,
    StudioNews,
};

/// Of `Outer(Inner(What { .. }))` the part that tells most.
fn short(debug: &str) -> String {
    debug.chars().take(60).collect()
}

pub fn event(event: &Event) -> String {
    match event {
        Event::Intent(intent) => format!("touch {}", self::intent(intent)),
        Event::Answer(_, answer) => format!("answer {}", self::answer(answer)),
        Event::Seen(text) => format!("seen {text:?}"),
        Event::Guidance(guidance) => match guidance.first {
            Some(rule) => format!("guidance {rule:?}"),
            None => "guidance ready".into(),
        },
        Event::Camera(view) => format!("camera {view:?}"),
        Event::Catalogue(_) => "catalogue".into(),
        Event::Institutions(_) => "institutions".into(),
        Event::Settings(_) => "settings".into(),
        Event::Service(view) => format!("service {}", if view.online { "back" } else { "away" }),
        Event::WorkerLost(name) => format!("worker {name} lost"),
        Event::Pause(reason) => format!("pause {reason:?}"),
        Event::Resolve(reason) => format!("resolve {reason:?}"),
        Event::CashTaken => "attendant takes cash".into(),
        Event::AllowImport => "attendant allows a picture".into(),
        Event::ExcuseHead => "attendant allows the head covered".into(),
        Event::Forgive => "attendant forgives".into(),
        Event::Tick => "time".into(),
    }
}

fn intent(intent: &Intent) -> String {
    // `ReadingCode(Back)` and the like; never a typed character
    format!("{intent:?}")
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::SignIn(news) => match news {
            SignInNews::Confirmed { returning, .. } => {
                format!("SignIn confirmed, {} earlier", returning.len())
            }
            news => short(&format!("SignIn {news:?}")),
        },
        Answer::Decoded(Ok(_)) => "Decoded".into(),
        Answer::File(Ok(file)) => format!("File of {}", file.standings.len()),
        Answer::Payment(news) => short(&format!("Payment {}", variant(&format!("{news:?}")))),
        Answer::NothingDue(Ok(_)) => "NothingDue".into(),
        Answer::Captured(Ok(_)) => "Captured".into(),
        Answer::Imported(Ok(_)) => "Imported".into(),
        Answer::Saved(Ok(_)) => "Saved".into(),
        Answer::Studio(StudioNews::Done(..)) => "Studio done".into(),
        Answer::Studio(StudioNews::Refused(reasons)) => {
            let rules: Vec<_> = reasons
                .iter()
                .map(|reason| format!("{:?}", reason.rule))
                .collect();
            format!("Studio refused: {}", rules.join(", "))
        }
        answer => short(&format!("{answer:?}")),
    }
}

/// `Variant` of `Variant { .. }` or `Variant(..)`.
fn variant(debug: &str) -> &str {
    debug.split([' ', '(', '{']).next().unwrap_or_default()
}

pub fn place(session: &Session) -> String {
    let step = step(session.step());
    match session.overlay() {
        Overlay::None => step,
        Overlay::Message(notice) => format!("{step} [{:?}: {:?}]", notice.what, notice.remedy),
        Overlay::Slip(number) => format!("{step} [Slip {number}]"),
        Overlay::CustomerService(view) => format!("{step} [CustomerService {:?}]", view.asked),
        overlay => format!("{step} [{}]", variant(&format!("{overlay:?}"))),
    }
}

fn step(step: &Step) -> String {
    let name = step.name();
    match step {
        Step::SigningIn(step) => format!("{name} {:?}", step.state),
        Step::ChoosingSchool(step) => format!("{name} {} found", step.results.len()),
        Step::ReadingCode(step) => match step.state {
            CodeState::Problem(problem) => format!("{name} {}", variant(&format!("{problem:?}"))),
            CodeState::Looking | CodeState::Deciding => format!("{name} {:?}", step.state),
        },
        Step::EnteringLastFour(step) => {
            format!(
                "{name} {} typed, {} tries",
                step.typed.len(),
                step.tries_left
            )
        }
        Step::Paying(step) => format!("{name} {:?}", step.state),
        Step::NotEligible(step) => format!("{name} tried {}", step.tries),
        Step::Capturing(step) => match step.phase {
            CapturePhase::Countdown { left, .. } => format!("{name} {left}"),
            CapturePhase::Framing => format!("{name} framing, {:?}", step.camera),
            CapturePhase::Taking { .. } => format!("{name} taking"),
        },
        Step::Choosing(step) => format!("{name} of {}", step.shots.len()),
        Step::Confirming(step) if step.sending() => format!("{name} sending"),
        Step::Standing(step) => {
            let submission = step.chosen.standing.submission.as_ref();
            format!("{name} {:?}", submission.map(|submission| submission.state))
        }
        Step::Farewell(step) => format!("{name} due {}", step.due),
        Step::Paused(step) => format!("{name} {:?}", step.reasons),
        _ => name.to_owned(),
    }
}

/// `None` for what only matters to the event loop.
pub fn effect(effect: &Effect) -> Option<String> {
    match effect {
        Effect::WakeAt(_) => None,
        Effect::OpenCamera(purpose) => Some(format!("OpenCamera {purpose:?}")),
        Effect::Sound(sound) => Some(format!("♪ {sound:?}")),
        Effect::Say(prompt) => Some(format!("says {prompt:?}")),
        Effect::OpenOrder { order, .. } => Some(format!("OpenOrder {}", order.fee)),
        Effect::FileServiceRequest { kind, .. } => Some(format!("FileServiceRequest {kind:?}")),
        Effect::SetLanguage(language) => Some(format!("SetLanguage {}", language.tag())),
        effect => Some(variant(&format!("{effect:?}")).to_owned()),
    }
}
