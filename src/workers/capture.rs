//! The capture thread: opens the camera while it is wanted, hands each frame on, and tries again for ever
//! when there is none. It may hang in any call to the driver; see `desk` for what that means.

use std::cell::OnceCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::burst::Burst;
use super::desk::Desk;
use super::vision::VisionFact;
use crate::camera::{CameraError, CameraSource, Purpose};
use crate::vision::Nets;

/// Some webcams take seconds from opening to the first picture.
const OPENING_LIMIT: Duration = Duration::from_secs(10);
/// A live camera that is silent for so long hangs.
const FRAME_LIMIT: Duration = Duration::from_secs(3);
/// Single frames are damaged now and then; so many in a row are a fault of the camera or its cable.
const BAD_FRAMES_IN_A_ROW: u32 = 30;
/// Between tries to open a camera, doubling: quick for a plug that wobbles, calm for one that is gone.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Works for `generation` until it is given up.
pub(super) fn serve(desk: &Desk, source: &CameraSource, generation: u64) {
    let mut pause = FIRST_PAUSE;
    let nets = OnceCell::new();
    while let Some(purpose) = desk.await_purpose(generation) {
        let mut was_live = false;
        let streaming = catch_unwind(AssertUnwindSafe(|| {
            stream(desk, source, generation, purpose, &mut was_live, &nets)
        }));
        let ended = streaming.unwrap_or_else(|_| Err(CameraError::Driver("panic".to_owned())));
        if was_live {
            pause = FIRST_PAUSE;
        }
        if let Err(error) = ended {
            tracing::warn!(%error, "no camera");
            desk.lose(generation, &error, pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

/// Opens the camera and hands on its frames until nobody wants them (`Ok`) or there are none (`Err`).
fn stream(
    desk: &Desk,
    source: &CameraSource,
    generation: u64,
    opened_for: Purpose,
    was_live: &mut bool,
    nets: &OnceCell<Option<Nets>>,
) -> Result<(), CameraError> {
    desk.promise(generation, OPENING_LIMIT);
    let Some((_, opening)) = desk.purpose(generation) else {
        return Ok(());
    };
    let mut camera = source.open(opened_for)?;
    tracing::info!(camera = camera.name(), "camera opened");
    let mut burst = None;
    let mut bad_frames = 0;
    while let Some((purpose, latest_opening)) = desk.purpose(generation) {
        if source.plays_by_purpose() && (purpose != opened_for || latest_opening != opening) {
            return Ok(());
        }
        match camera.next() {
            Ok(frame) => {
                bad_frames = 0;
                // also covers the time that handing on takes
                desk.promise(generation, FRAME_LIMIT);
                let Some(frame) = desk.publish(generation, frame) else {
                    break;
                };
                *was_live = true;
                take_still(desk, generation, &mut burst, &frame, nets);
            }
            Err(CameraError::BadFrame) if bad_frames < BAD_FRAMES_IN_A_ROW => {
                bad_frames += 1;
                desk.promise(generation, FRAME_LIMIT);
            }
            Err(error) => return Err(error),
        }
    }
    // closing can hang as well, and a camera that nobody wants is not awaited
    desk.promise(generation, FRAME_LIMIT);
    Ok(())
}

/// Shows the frame to the burst that is asked for, and answers when it is done.
fn take_still(
    desk: &Desk,
    generation: u64,
    burst: &mut Option<Burst>,
    frame: &std::sync::Arc<crate::camera::Frame>,
    nets: &OnceCell<Option<Nets>>,
) {
    let Some(asked) = desk.next_capture(generation) else {
        *burst = None;
        return;
    };
    let current = match burst.take() {
        Some(current) if current.request == asked => burst.insert(current),
        _ => burst.insert(Burst::new(asked)),
    };
    let nets = nets.get_or_init(|| Nets::load().ok());
    let Some(capture) = current.offer(frame, nets.as_ref()) else {
        return;
    };
    *burst = None;
    if desk.finish_capture(generation, asked) {
        desk.facts().tell(VisionFact::Captured {
            request: asked.request,
            capture: std::sync::Arc::new(capture),
        });
    }
}
