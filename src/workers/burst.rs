//! The best of the next few frames, for a still that was taken on purpose: eyes open, sharpest, most level.
//!
//! Where no net can say how eyes and head are, the sharpest is the best. It refuses no frame: the still is checked anew.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::desk::CaptureRequest;
use crate::camera::Frame;
use crate::clock;
use crate::vision::rules::{Context, Examination};
use crate::vision::{Capture, Nets, Picture};

/// Every so many rows one is looked at: enough to rank frames of one scene.
const STEP_ROWS: usize = 2;
/// Eyes that are open less wide than this share of the widest in the burst are on their way to a blink ...
const LESS_OPEN: f32 = 0.92;
/// ... and the net's own opinion of a blink.
const BLINK: f32 = 0.4;
/// Degrees of tilt and of turn that weigh as much as all sharpness.
const TILT_DEG: f32 = 20.0;
const TURN_DEG: f32 = 30.0;

/// A still in the making.
pub(super) struct Burst {
    pub request: CaptureRequest,
    seen: Vec<Arc<Frame>>,
}

impl Burst {
    pub fn new(request: CaptureRequest) -> Self {
        Self {
            request,
            seen: Vec::new(),
        }
    }

    /// Takes a frame; the still, once enough were seen.
    pub fn offer(&mut self, frame: &Arc<Frame>, nets: Option<&Nets>) -> Option<Capture> {
        self.seen.push(Arc::clone(frame));
        if self.seen.len() < self.request.burst.max(1) {
            return None;
        }
        let poses: Vec<Pose> = self
            .seen
            .iter()
            .map(|frame| Pose::of(&frame.picture, nets))
            .collect();
        let ranks = ranked(&poses);
        let best = ranks
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(b.1))
            .map_or(0, |(i, _)| i);
        self.seen.get(best).map(|frame| capture_of(frame))
    }
}

/// What decides between frames of one moment.
#[derive(Debug, Clone, Copy, Default)]
struct Pose {
    sharpness: f32,
    /// Lid gap of eye width; `None` where no face was found.
    lid_gap: Option<f32>,
    blink: f32,
    tilt_deg: f32,
    turn_deg: f32,
}

impl Pose {
    fn of(picture: &Picture, nets: Option<&Nets>) -> Self {
        let blank = Self {
            sharpness: sharpness(picture),
            ..Self::default()
        };
        let Some(look) = nets.and_then(|nets| nets.look_without_mask(picture).ok()) else {
            return blank;
        };
        let lid_gap = Examination::of(picture, &look, Context::default()).lid_gap();
        let Some(face) = &look.face else { return blank };
        Self {
            lid_gap,
            blink: look.expressions.blink(),
            tilt_deg: face.roll_deg(),
            turn_deg: face.yaw_deg(),
            ..blank
        }
    }
}

/// The larger, the better. Open eyes come before everything else.
fn ranked(poses: &[Pose]) -> Vec<f32> {
    let most = |value: &dyn Fn(&Pose) -> f32| poses.iter().map(value).fold(1e-6, f32::max);
    let sharpest = most(&|pose| pose.sharpness);
    let widest = most(&|pose| pose.lid_gap.unwrap_or(0.0));
    poses
        .iter()
        .map(|pose| {
            let open = pose.lid_gap.unwrap_or(0.0) / widest;
            let closing = (LESS_OPEN - open).max(0.0) * 5.0 + (pose.blink - BLINK).max(0.0) * 5.0;
            let askew = pose.tilt_deg.abs() / TILT_DEG + pose.turn_deg.abs() / TURN_DEG;
            pose.sharpness / sharpest - closing - askew
        })
        .collect()
}

fn capture_of(frame: &Frame) -> Capture {
    Capture {
        jpeg: Arc::clone(&frame.jpeg),
        picture: Picture::clone(&frame.picture),
        sha256: Sha256::digest(&frame.jpeg).into(),
        imported: false,
        taken_at: clock::utc(),
    }
}

/// Mean squared second difference of green over the middle of the picture, where the face is.
fn sharpness(picture: &Picture) -> f32 {
    let (width, height) = (picture.width(), picture.height());
    let row_bytes = width * 3;
    let (left, right) = (width / 4, width * 3 / 4);
    let rows = picture.rgb().chunks_exact(row_bytes);
    let (mut sum, mut count) = (0u64, 0u64);
    for row in rows
        .take(height * 7 / 8)
        .skip(height / 8)
        .step_by(STEP_ROWS)
    {
        let Some(middle) = row.get(left * 3..right * 3) else {
            continue;
        };
        for three in middle.windows(9).step_by(3) {
            if let [_, a, _, _, b, _, _, c, _] = *three {
                let bend = 2 * i64::from(b) - i64::from(a) - i64::from(c);
                sum += (bend * bend) as u64;
                count += 1;
            }
        }
    }
    sum as f32 / count.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(number: u64, stripe: usize) -> Arc<Frame> {
        let rgb = (0..120 * 80 * 3)
            .map(|at| {
                if ((at / 3 % 120) / stripe).is_multiple_of(2) {
                    30
                } else {
                    220
                }
            })
            .collect();
        let picture = Picture::from_rgb(120, 80, rgb).unwrap();
        Arc::new(Frame {
            picture: Arc::new(picture),
            jpeg: Arc::from([number as u8]),
            number,
            at: crate::clock::now(),
        })
    }

    #[test]
    fn the_sharpest_of_the_burst() {
        let mut burst = Burst::new(CaptureRequest {
            request: 9,
            burst: 3,
        });
        assert!(burst.offer(&frame(1, 20), None).is_none());
        assert!(burst.offer(&frame(2, 3), None).is_none());
        let capture = burst.offer(&frame(3, 10), None).unwrap();
        assert_eq!(*capture.jpeg, [2]);
    }

    #[test]
    fn a_burst_of_nothing_is_one() {
        let mut burst = Burst::new(CaptureRequest {
            request: 9,
            burst: 0,
        });
        assert!(burst.offer(&frame(1, 4), None).is_some());
    }

    #[test]
    fn open_eyes_come_before_sharpness_and_a_level_head_breaks_the_tie() {
        let open = Pose {
            sharpness: 80.0,
            lid_gap: Some(0.30),
            ..Pose::default()
        };
        let blinking = Pose {
            sharpness: 100.0,
            lid_gap: Some(0.12),
            blink: 0.7,
            ..open
        };
        let tilted = Pose {
            tilt_deg: 5.0,
            ..open
        };
        let ranks = ranked(&[blinking, open, tilted]);
        assert!(ranks[1] > ranks[2] && ranks[2] > ranks[0], "{ranks:?}");
    }
}
