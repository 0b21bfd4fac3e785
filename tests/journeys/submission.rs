//! From the accepted shot to Farewell: standardized, looked at once more, handed in exactly once.

use crate::booth::Booth;
use crate::{people, studio};
use gradbooth::domain::SubmissionState;
use gradbooth::photo::{Reason, Stage, Unit};
use gradbooth::session::{
    Answer, ChoosingIntent, ConfirmingIntent, Effect, FarewellIntent, Intent, OverlayIntent,
    RefusedIntent, Step, StoreTrouble, StudioNews,
};
use gradbooth::vision::rules::Rule;

/// Somebody who has paid stands before three captures.
fn choosing() -> Booth {
    let mut booth = Booth::new();
    booth
        .identified(people::handed_in(SubmissionState::Withdrawn, None))
        .chooses_collection();
    booth.reads_requirements().is_photographed().told_already();
    booth
}

fn looking_once_more() -> Booth {
    let mut booth = choosing();
    let (photo, findings) = studio::photo();
    booth
        .touch(Intent::Choosing(ChoosingIntent::Accept))
        .answer(Answer::Studio(StudioNews::Progress(Stage::Matte)))
        .answer(Answer::Studio(StudioNews::Done(photo, findings)));
    booth
}

fn submit(booth: &mut Booth) -> &mut Booth {
    booth
        .touch(Intent::Confirming(ConfirmingIntent::Submit))
        .touch(Intent::Overlay(OverlayIntent::ReallySubmit))
}

#[test]
fn handed_in_once_however_often_it_is_touched() {
    let mut booth = looking_once_more();
    submit(&mut booth).touch(Intent::Overlay(OverlayIntent::ReallySubmit));
    submit(&mut booth);
    let confirmed: Vec<_> = booth
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Confirm { submission, .. } => Some(submission.id),
            _ => None,
        })
        .collect();
    assert_eq!(confirmed.len(), 1);
    booth
        .answer(Answer::Saved(Ok(confirmed[0])))
        .touch(Intent::Farewell(FarewellIntent::Done));
    booth.nothing_is_left();
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn what_could_not_be_stored_is_tried_again_under_the_same_id() {
    let mut booth = looking_once_more();
    submit(&mut booth).answer(Answer::Saved(Err(StoreTrouble::Broken)));
    booth.touch(Intent::Overlay(OverlayIntent::Close));
    submit(&mut booth);
    let ids: std::collections::BTreeSet<_> = booth
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Confirm { submission, .. } => Some(submission.id),
            _ => None,
        })
        .collect();
    assert_eq!(ids.len(), 1);
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn what_is_confirmed_is_what_was_shown_with_what_it_was_made_of() {
    let mut booth = looking_once_more();
    let Step::Confirming(shown) = booth.session.step().clone() else {
        panic!("{}", booth.transcript())
    };
    submit(&mut booth);
    let confirmed = booth.effects.iter().find_map(|effect| match effect {
        Effect::Confirm { submission, .. } => Some(submission),
        _ => None,
    });
    let confirmed = confirmed.expect("submitted");
    assert_eq!(confirmed.photo.sha256(), shown.photo.sha256());
    assert!(std::sync::Arc::ptr_eq(&confirmed.capture, &shown.capture));
    assert_eq!(confirmed.entitlement, shown.ticket.entitlement);
    assert_eq!(confirmed.due, jiff::civil::date(2026, 11, 25));
}

#[test]
fn cancel_goes_back_to_the_shots_and_retake_to_the_camera() {
    let mut booth = looking_once_more();
    booth.touch(Intent::Confirming(ConfirmingIntent::Cancel));
    booth.stands_at("Choosing");
    let mut booth = looking_once_more();
    booth.touch(Intent::Confirming(ConfirmingIntent::Retake));
    booth.stands_at("Capturing");
    let Step::Capturing(capturing) = booth.session.step() else {
        panic!()
    };
    assert_eq!(capturing.shots.len(), 1);
}

#[test]
fn a_refusal_says_why_and_a_broken_studio_keeps_the_shots() {
    let mut booth = choosing();
    let turned = Reason {
        rule: Rule::HeadYaw,
        value: 14.0,
        limit: 9.6,
        unit: Unit::Deg,
    };
    booth
        .touch(Intent::Choosing(ChoosingIntent::Accept))
        .answer(Answer::Studio(StudioNews::Broken))
        .touch(Intent::Overlay(OverlayIntent::Close))
        .touch(Intent::Choosing(ChoosingIntent::Accept))
        .answer(Answer::Studio(StudioNews::Refused(vec![turned])))
        .touch(Intent::Refused(RefusedIntent::CallAttendant))
        .touch(Intent::Overlay(OverlayIntent::AskForHelp))
        .touch(Intent::Overlay(OverlayIntent::AskForHelp))
        .answer(Answer::RequestFiled(Ok(())))
        .touch(Intent::Overlay(OverlayIntent::Close))
        .touch(Intent::Refused(RefusedIntent::Retake));
    insta::assert_snapshot!(booth.transcript());
}
