use std::cell::Cell;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::*;
use crate::vision::Picture;

fn frame() -> Frame {
    Frame {
        picture: Arc::new(Picture::from_rgb(1, 1, vec![0; 3]).unwrap()),
        jpeg: Arc::new([]),
        number: 0,
        at: clock::now(),
    }
}

fn desk(room: usize) -> (Desk, Receiver<VisionFact>) {
    let (sender, facts) = sync_channel(room);
    let outlets = Outlets {
        screen: Latest::new(),
        analysis: Latest::new(),
    };
    (
        Desk::new(outlets, Facts::new(sender, Arc::new(|| {}))),
        facts,
    )
}

fn state(fact: VisionFact) -> CameraState {
    let VisionFact::CameraChanged(state) = fact else {
        panic!("not a state of the camera");
    };
    state
}

#[test]
fn what_finds_no_room_is_told_later_and_in_its_order() {
    let (desk, facts) = desk(1);
    let generation = desk.next_generation();
    desk.open(Purpose::Portrait);
    desk.publish(generation, frame());
    desk.lose(generation, &CameraError::Unplugged, Duration::ZERO);
    // one has room; nobody waited for the others
    assert_eq!(state(facts.try_recv().unwrap()), CameraState::Opening);
    assert!(facts.try_recv().is_err());
    desk.publish(generation, frame());
    assert_eq!(state(facts.try_recv().unwrap()), CameraState::Live);
    desk.publish(generation, frame());
    let lost = CameraState::Lost(CameraError::Unplugged);
    assert_eq!(state(facts.try_recv().unwrap()), lost);
    desk.close();
    assert_eq!(state(facts.try_recv().unwrap()), CameraState::Live);
    desk.close();
    assert_eq!(state(facts.try_recv().unwrap()), CameraState::Closed);
    assert!(facts.try_recv().is_err());
}

#[test]
fn a_still_is_answered_after_the_state_that_denies_it() {
    let (desk, facts) = desk(8);
    desk.open(Purpose::Portrait);
    desk.ask_capture(CaptureRequest {
        request: 7,
        burst: 1,
    });
    desk.close();
    assert_eq!(state(facts.try_recv().unwrap()), CameraState::Opening);
    assert_eq!(state(facts.try_recv().unwrap()), CameraState::Closed);
    assert!(matches!(
        facts.try_recv().unwrap(),
        VisionFact::CaptureFailed {
            request: 7,
            error: CameraError::Closed
        }
    ));
}

/// Each state is told only when it changes, so one that comes in the wrong order would be the last word for ever.
#[test]
fn states_come_in_their_order_however_the_threads_meet() {
    let (desk, facts) = desk(4);
    let generation = desk.next_generation();
    let mut heard = CameraState::Closed;
    let lives = Cell::new(0);
    thread::scope(|threads| {
        threads.spawn(|| {
            while !desk.is_over() {
                desk.publish(generation, frame());
            }
        });
        let mut hear = |fact: VisionFact| {
            let state = state(fact);
            let follows = matches!(
                (&heard, &state),
                (CameraState::Closed, CameraState::Opening)
                    | (
                        CameraState::Opening,
                        CameraState::Live | CameraState::Closed
                    )
                    | (CameraState::Live, CameraState::Closed)
            );
            lives.set(lives.get() + u32::from(state == CameraState::Live));
            let before = std::mem::replace(&mut heard, state);
            if !follows {
                desk.end();
                panic!("{heard:?} after {before:?}");
            }
        };
        // on a busy machine the other thread may have had no turn yet
        let (mut round, patience) = (0_u64, clock::now() + Duration::from_mins(1));
        while round < 4000 || lives.get() == 0 && clock::now() < patience {
            desk.open(Purpose::Portrait);
            if round % 2 == 0 {
                thread::yield_now();
            }
            facts.try_iter().for_each(&mut hear);
            desk.close();
            facts.try_iter().for_each(&mut hear);
            round += 1;
        }
        desk.end();
    });
    assert_eq!(heard, CameraState::Closed);
    assert!(lives.get() > 0, "no picture came in between");
}
