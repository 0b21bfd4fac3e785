//! The attendant's screens, reached as an attendant reaches them.

use gradbooth::admin::*;
use gradbooth::domain::{SubmissionId, SubmissionState};
use gradbooth::vision::measuring::{CardSight, EmptySight, Sighting};
use std::time::Instant;

/// At the booth's figures, after the PIN.
fn home(now: Instant) -> Admin {
    let mut admin = Admin::new(0).with_mark(150.0);
    admin.on(AdminEvent::Corner, now);
    for digit in "246810".chars() {
        admin.on(AdminEvent::Intent(AdminIntent::Digit(digit)), now);
    }
    for effect in admin.on(AdminEvent::Intent(AdminIntent::Enter), now) {
        if let AdminEffect::VerifyPin { question, .. } = effect {
            answer(&mut admin, question, AdminAnswer::Pin(Ok(())), now);
        }
    }
    admin
}

/// The service has revoked the booth.
fn unknown(now: Instant) -> AdminStep {
    let mut step = home(now).step().clone();
    if let AdminStep::Home(Home {
        overview: Some(overview),
        ..
    }) = &mut step
    {
        overview.unknown = true;
    }
    step
}

fn answer(
    admin: &mut Admin,
    question: gradbooth::session::QuestionId,
    with: AdminAnswer,
    now: Instant,
) {
    for effect in admin.on(AdminEvent::Answer(question, with), now) {
        if let AdminEffect::LoadOverview { question } = effect {
            let overview = Overview {
                waiting: 14,
                held: 2,
                oldest: Some("2026-11-20T08:12:00Z".parse().unwrap()),
                unknown: false,
                key_is_credential: true,
                disk_free_mb: Some(48_200),
                version: "0.3.0".into(),
                calibrated: Some("2026-11-01T00:30:00Z".parse().unwrap()),
                scene: SceneState::ViewChanged,
            };
            answer(admin, question, AdminAnswer::Overview(overview), now);
        }
    }
}

fn calibrating(now: Instant, seen: &[Sighting]) -> AdminStep {
    let mut admin = home(now);
    admin.on(AdminEvent::Intent(AdminIntent::Calibrate), now);
    for (i, sighting) in seen.iter().enumerate() {
        if i > 0 {
            admin.on(AdminEvent::Intent(AdminIntent::Keep), now);
        }
        admin.on(AdminEvent::Sighted(Box::new(*sighting)), now);
    }
    admin.step().clone()
}

fn card(side: f32) -> Sighting {
    Sighting {
        card: Some(CardSight {
            side,
            tilt_deg: 0.6,
            flat: true,
            tint: [0.01, 0.02],
            colourful: true,
        }),
        ..empty(0.0)
    }
}

fn empty(uneven: f32) -> Sighting {
    Sighting {
        card: None,
        empty: EmptySight {
            somebody: false,
            brightness: 0.6,
            uneven,
            edges: 0.0,
        },
    }
}

/// The queue, with one submission that waits because of this.
pub fn because(why: &str) -> AdminStep {
    let mut step = queue(1, Export::None);
    if let AdminStep::Queue(Queue {
        rows: Some(rows), ..
    }) = &mut step
    {
        rows[0].why = why.into();
    }
    step
}

fn queue(rows: usize, export: Export) -> AdminStep {
    let row = |i: usize| QueueRow {
        id: SubmissionId::from_bytes([i as u8 * 17 + 3; 16]),
        submitted_at: "2026-11-20T08:12:00Z".parse().unwrap(),
        state: if i == 0 {
            SubmissionState::Held
        } else {
            SubmissionState::Queued
        },
        tries: 7,
        why: if i == 0 {
            "photo_not_standard".into()
        } else {
            String::new()
        },
    };
    AdminStep::Queue(Queue {
        rows: Some((0..rows).map(row).collect()),
        question: None,
        export,
    })
}

/// Every one.
pub fn all(now: Instant) -> Vec<(&'static str, AdminStep)> {
    vec![
        ("admin-home", home(now).step().clone()),
        ("admin-home-unknown", unknown(now)),
        ("admin-calibrate-mark", calibrating(now, &[empty(0.0)])),
        (
            "admin-calibrate-wall",
            calibrating(now, &[card(0.08), card(0.08)]),
        ),
        (
            "admin-calibrate-empty",
            calibrating(now, &[card(0.08), card(0.05), empty(0.0)]),
        ),
        (
            "admin-calibrate-uneven",
            calibrating(now, &[card(0.08), card(0.05), empty(3.0)]),
        ),
        ("admin-queue", queue(9, Export::None)),
        (
            "admin-queue-left",
            queue(9, Export::Done { saved: 7, left: 2 }),
        ),
        ("admin-queue-no-stick", queue(1, Export::NoStick)),
    ]
}
