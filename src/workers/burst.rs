//! The best of the next few frames, for a still that was taken on purpose.
//!
//! For now the best is the sharpest; eyes and smile do not count here.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::desk::CaptureRequest;
use crate::camera::Frame;
use crate::clock;
use crate::vision::{Capture, Picture};

/// Every so many rows one is looked at: enough to rank frames of one scene.
const STEP_ROWS: usize = 2;

/// A still in the making.
pub(super) struct Burst {
    pub request: CaptureRequest,
    seen: usize,
    best: Option<(f32, Arc<Frame>)>,
}

impl Burst {
    pub fn new(request: CaptureRequest) -> Self {
        Self {
            request,
            seen: 0,
            best: None,
        }
    }

    /// Looks at a frame; the still, once enough were seen.
    pub fn offer(&mut self, frame: &Arc<Frame>) -> Option<Capture> {
        self.seen += 1;
        let sharpness = sharpness(&frame.picture);
        if self.best.as_ref().is_none_or(|(best, _)| sharpness > *best) {
            self.best = Some((sharpness, Arc::clone(frame)));
        }
        let done = self.seen >= self.request.burst.max(1);
        self.best
            .as_ref()
            .filter(|_| done)
            .map(|(_, frame)| capture_of(frame))
    }
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
        assert!(burst.offer(&frame(1, 20)).is_none());
        assert!(burst.offer(&frame(2, 3)).is_none());
        let capture = burst.offer(&frame(3, 10)).unwrap();
        assert_eq!(*capture.jpeg, [2]);
    }

    #[test]
    fn a_burst_of_nothing_is_one() {
        let mut burst = Burst::new(CaptureRequest {
            request: 9,
            burst: 0,
        });
        assert!(burst.offer(&frame(1, 4)).is_some());
    }
}
