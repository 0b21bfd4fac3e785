//! The capture thread: opens the camera while it is wanted, hands each frame on, and tries again for ever
//! when there is none. It may hang in any call to the driver; see `desk` for what that means.

use std::cell::OnceCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::burst::Burst;
use super::desk::Desk;
use super::vision::VisionFact;
use crate::camera::{CameraError, CameraSource, Purpose};
use crate::clock;
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
/// A camera that stays away is written down again only so often.
const REMIND_EVERY: Duration = Duration::from_mins(5);

/// Whether the camera is there, and what of it was written down.
#[derive(Default)]
struct Presence {
    was_live: bool,
    told: Option<(CameraError, Instant)>,
}

impl Presence {
    /// It gives pictures.
    fn shows(&mut self) {
        self.was_live = true;
        if self.told.take().is_some() {
            tracing::info!("the camera is back");
        }
    }

    /// Whether this is worth a line: another trouble is, the same one only now and then.
    fn is_news(&mut self, error: &CameraError, now: Instant) -> bool {
        let known = self.told.as_ref().is_some_and(|(told, at)| {
            told == error && now.saturating_duration_since(*at) < REMIND_EVERY
        });
        if !known {
            self.told = Some((error.clone(), now));
        }
        !known
    }
}

/// Works for `generation` until it is given up.
pub(super) fn serve(desk: &Desk, source: &CameraSource, generation: u64) {
    let mut pause = FIRST_PAUSE;
    let nets = OnceCell::new();
    let mut presence = Presence::default();
    while let Some(purpose) = desk.await_purpose(generation) {
        presence.was_live = false;
        let streaming = catch_unwind(AssertUnwindSafe(|| {
            stream(desk, source, generation, purpose, &mut presence, &nets)
        }));
        let ended = streaming.unwrap_or_else(|_| Err(CameraError::Driver("panic".to_owned())));
        if presence.was_live {
            pause = FIRST_PAUSE;
        }
        if let Err(error) = ended {
            if presence.is_news(&error, clock::now()) {
                tracing::warn!(%error, "no camera");
            }
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
    presence: &mut Presence,
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
                presence.shows();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_that_stays_away_is_written_down_now_and_then_and_again_after_it_was_back() {
        let now = clock::now();
        let at = |seconds| now + Duration::from_secs(seconds);
        let mut presence = Presence::default();
        let written =
            |presence: &mut Presence, error: &CameraError, seconds: std::ops::Range<u64>| {
                let tries = seconds.step_by(2);
                tries.filter(|s| presence.is_news(error, at(*s))).count()
            };
        assert_eq!(written(&mut presence, &CameraError::NoCamera, 0..600), 2);
        assert_eq!(written(&mut presence, &CameraError::Busy, 600..602), 1);
        presence.shows();
        assert_eq!(written(&mut presence, &CameraError::Busy, 602..700), 1);
    }
}
