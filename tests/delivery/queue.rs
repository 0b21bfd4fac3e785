//! Submissions: delivered exactly once, whatever stands between booth and service.

use crate::booth::{Booth, Desk, id, service_key};
use crate::scripted::{Reply, Scripted, free_address};
use ed25519_dalek::SigningKey;
use gradbooth::domain::{Epoch, SubmissionState};
use gradbooth::wire::{Digest, Receipt, SealedPacket};
use gradbooth::workers::http::Trouble;
use std::sync::atomic::{AtomicU32, Ordering};

/// A service in which only the delivering of submissions is wrong.
fn wrong_for_submissions(
    desk: &Desk,
    mut wrong: impl FnMut(&crate::scripted::Asked) -> Option<Reply> + Send + 'static,
) -> Scripted {
    let desk = desk.clone();
    Scripted::start(move |asked| {
        let reply = asked
            .path
            .starts_with("/v1/submissions/")
            .then(|| wrong(asked))
            .flatten();
        reply.unwrap_or_else(|| desk.answer(asked))
    })
}

#[test]
fn the_service_is_away_and_comes_back() {
    let address = free_address();
    let mut booth = Booth::new(address);
    booth.confirms(1);
    booth.confirms(2);
    // before the first try nothing is wrong yet
    let away = booth.hears_status(|status| status.trouble.is_some() && status.queued == 2);
    assert_eq!((away.trouble, away.held), (Some(Trouble::Unreachable), 0));
    assert!(!away.online);
    assert!(away.oldest.is_some());
    let desk = Desk::default();
    let answering = desk.clone();
    let _service = Scripted::start_at(address, move |asked| answering.answer(asked));
    let back = booth.hears_status(|status| status.online && status.queued == 0);
    assert!(back.last_contact.is_some() && back.trouble.is_none());
    assert_eq!(desk.taken(), [id(1), id(2)]);
    assert_eq!(
        booth.store.submission_state(id(1)).unwrap(),
        Some(SubmissionState::Delivered)
    );
}

#[test]
fn what_was_queued_before_a_restart_is_delivered_after_it() {
    let address = free_address();
    let mut booth = Booth::new(address);
    booth.confirms(1);
    booth.hears_status(|status| status.queued == 1 && !status.online);
    let mut booth = booth.restarted(address);
    let desk = Desk::default();
    let answering = desk.clone();
    let _service = Scripted::start_at(address, move |asked| answering.answer(asked));
    booth.hears_status(|status| status.online && status.queued == 0);
    assert_eq!(desk.taken(), [id(1)]);
}

#[test]
fn neither_a_portal_nor_a_forger_ever_counts() {
    let forged = |asked: &crate::scripted::Asked, key: &SigningKey, digest: Option<Digest>| {
        let head = SealedPacket::parse(&asked.body).unwrap();
        let digest = digest.unwrap_or_else(|| Digest::of(head.envelope));
        Reply::json(
            200,
            &Receipt::sign(
                key,
                id(1),
                digest,
                crate::booth::now(),
                Epoch::from_bytes([9; 16]),
            ),
        )
    };
    let turn = AtomicU32::new(0);
    let desk = Desk::default();
    let service = wrong_for_submissions(&desk, move |asked| {
        Some(match turn.fetch_add(1, Ordering::SeqCst) % 9 {
            0 => Reply::page(200, "<html>please log in</html>"),
            1 => Reply::page(302, ""),
            2 => Reply::page(511, "<html>"),
            3 => Reply::json(200, &serde_json::json!({})),
            4 => Reply::json(200, &serde_json::json!({"success": true})),
            5 => forged(asked, &SigningKey::from_bytes(&[8; 32]), None),
            6 => forged(asked, &service_key(), Some(Digest::of(b"another manifest"))),
            7 => Reply::page(404, "<html>"),
            _ => Reply::page(403, "<html>blocked"),
        })
    });
    let mut booth = Booth::new(service.address());
    booth.confirms(1);
    booth.until(|booth| {
        booth.workers.sync_now();
        booth.store.queue().unwrap()[0].tries >= 20
    });
    assert_eq!(
        booth.store.submission_state(id(1)).unwrap(),
        Some(SubmissionState::Queued)
    );
    booth.hears_status(|status| status.trouble == Some(Trouble::NotTheService));
}

#[test]
fn a_refused_one_is_held_with_its_reason_and_the_others_go_on() {
    let desk = Desk::default();
    let service = wrong_for_submissions(&desk, |asked| {
        asked
            .path
            .contains(&id(1).to_string())
            .then(|| Reply::refusal(422, "photo_not_standard"))
    });
    let mut booth = Booth::new(service.address());
    for n in 1..=4 {
        booth.confirms(n);
    }
    booth.until(|_| desk.taken().len() == 3);
    let status = booth.hears_status(|status| status.queued == 0 && status.held == 1);
    assert!(status.online);
    assert_eq!(desk.taken(), [id(2), id(3), id(4)]);
    let held = &booth.store.queue().unwrap()[0];
    assert_eq!(
        (held.id, held.because.as_deref()),
        (id(1), Some("photo_not_standard"))
    );
    // never discarded, and not tried again by itself
    let before = desk.count("PUT");
    booth.waits();
    assert_eq!(desk.count("PUT"), before);
    assert!(booth.store.confirmed(id(1)).is_ok());
}

#[test]
fn one_that_always_fails_never_blocks_the_others() {
    let desk = Desk::default();
    let service = wrong_for_submissions(&desk, |asked| {
        asked
            .path
            .contains(&id(1).to_string())
            .then(|| Reply::page(500, "oops"))
    });
    let mut booth = Booth::new(service.address());
    for n in 1..=6 {
        booth.confirms(n);
    }
    booth.until(|_| desk.taken().len() == 5);
    booth.hears_status(|status| status.queued == 1);
    assert_eq!(desk.taken(), [id(2), id(3), id(4), id(5), id(6)]);
    assert_eq!(
        booth.store.submission_state(id(1)).unwrap(),
        Some(SubmissionState::Queued)
    );
}

#[test]
fn an_answer_that_is_lost_or_cut_delivers_once() {
    let desk = Desk::default();
    let inner = desk.clone();
    let tries = AtomicU32::new(0);
    let service = wrong_for_submissions(&desk, move |asked| {
        let reply = inner.answer(asked);
        if inner.taken().is_empty() {
            return Some(reply);
        }
        // the service has committed, and then the line breaks
        match tries.fetch_add(1, Ordering::SeqCst) {
            0 => Some(Reply::nothing()),
            1 => Some(reply.cut(20)),
            2 => Some(reply.cut(150)),
            _ => Some(reply),
        }
    });
    let mut booth = Booth::new(service.address());
    booth.confirms(1);
    booth.hears_status(|status| status.queued == 1 && status.trouble.is_some());
    booth.hears_status(|status| status.queued == 0 && status.online);
    assert_eq!(desk.taken(), [id(1)]);
    assert!(desk.count("PUT") >= 4);
}

#[test]
fn a_revoked_booth_waits_and_says_so_and_drains_after_enrolment() {
    let enrolled = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_enrolled = std::sync::Arc::clone(&enrolled);
    let desk = Desk::default();
    let answering = desk.clone();
    let service = Scripted::start(move |asked| {
        if is_enrolled.load(Ordering::SeqCst) {
            answering.answer(asked)
        } else {
            Reply::refusal(401, "unauthorized")
        }
    });
    let mut booth = Booth::new(service.address());
    booth.confirms(1);
    // the refusal may come from the down-sync before the queue is counted: wait for both
    let status = booth
        .hears_status(|status| status.trouble == Some(Trouble::Unauthorized) && status.queued == 1);
    assert_eq!(status.held, 0);
    enrolled.store(true, Ordering::SeqCst);
    booth.hears_status(|status| status.queued == 0 && status.trouble.is_none());
    assert_eq!(desk.taken(), [id(1)]);
}

#[test]
fn a_service_that_asks_to_come_later_is_left_alone() {
    let desk = Desk::default();
    let inner = desk.clone();
    let service = wrong_for_submissions(&desk, move |asked| {
        let _ = inner.answer(asked);
        Some(Reply::later(3600))
    });
    let mut booth = Booth::new(service.address());
    booth.confirms(1);
    booth.hears_status(|status| matches!(status.trouble, Some(Trouble::Later(Some(_)))));
    let before = desk.count("PUT");
    booth.waits();
    assert_eq!(desk.count("PUT"), before);
}
