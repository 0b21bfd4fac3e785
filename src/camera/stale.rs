//! Refuses a frame that was cut off in transit and whose end is left over from an older frame.
//!
//! The kernel says how many bytes of a buffer are new, nokhwa does not pass it on. A frame that broke off
//! then ends in the bytes that an earlier frame left at the same place: it has a proper end, decodes
//! without an error, and shows half a face. Two frames of a sensor never end in the same bytes at the same
//! place unless they are the same picture, so that is what is looked for.

use std::collections::VecDeque;
use std::sync::Arc;

use super::mjpeg::Cut;

/// More than any driver has buffers.
const REMEMBERED_FRAMES: usize = 8;
/// Long enough that chance does not give it, short enough that few lost bytes are noticed.
const TAIL_BYTES: usize = 32;

/// So many frames alike, bit by bit, are no scene: noise never repeats. The camera shows a picture of before.
const FROZEN_FRAMES: u32 = 150;

/// Notices a camera that goes on sending one and the same picture: whoever stood there last must not be shown, and
/// nobody can be photographed.
#[derive(Default)]
pub(super) struct Frozen {
    last: Option<Arc<[u8]>>,
    alike: u32,
}

impl Frozen {
    /// Takes a frame; whether the picture has stood still for too long.
    pub fn stands(&mut self, jpeg: &Arc<[u8]>) -> bool {
        let same = self.last.as_ref().is_some_and(|last| last == jpeg);
        self.alike = if same { self.alike + 1 } else { 0 };
        self.last = Some(Arc::clone(jpeg));
        self.alike >= FROZEN_FRAMES
    }
}

/// The frames that may still lie in the driver's buffers.
#[derive(Default)]
pub(super) struct Leftovers {
    /// Each with the place where its pixels begin.
    frames: VecDeque<(Arc<[u8]>, usize)>,
}

impl Leftovers {
    /// Whether `frame` ends in the leftovers of another one.
    pub fn end(&self, frame: Cut<'_>) -> bool {
        self.frames.iter().any(|(older, scan_at)| {
            older.len() == frame.jpeg.len()
                && tail(older) == tail(frame.jpeg)
                && older.get(*scan_at..) != frame.jpeg.get(frame.scan_at..)
        })
    }

    /// Remembers a whole frame.
    pub fn remember(&mut self, jpeg: &Arc<[u8]>, scan_at: usize) {
        if self.frames.len() == REMEMBERED_FRAMES {
            self.frames.pop_front();
        }
        self.frames.push_back((Arc::clone(jpeg), scan_at));
    }
}

fn tail(jpeg: &[u8]) -> &[u8] {
    &jpeg[jpeg.len().saturating_sub(TAIL_BYTES)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(seed: u8) -> Vec<u8> {
        (0..200u32)
            .map(|at| (at as u8).wrapping_mul(seed) ^ seed)
            .collect()
    }

    #[test]
    fn a_mixed_frame_is_refused_and_whole_ones_are_not() {
        let mut leftovers = Leftovers::default();
        let (one, two) = (frame(3), frame(7));
        assert!(!leftovers.end(Cut {
            jpeg: &one,
            scan_at: 20
        }));
        leftovers.remember(&one.clone().into(), 20);
        assert!(
            !leftovers.end(Cut {
                jpeg: &two,
                scan_at: 20
            }),
            "another picture"
        );
        assert!(
            !leftovers.end(Cut {
                jpeg: &one,
                scan_at: 20
            }),
            "the same picture once more"
        );
        let mixed: Vec<u8> = two[..100].iter().chain(&one[100..]).copied().collect();
        assert!(
            leftovers.end(Cut {
                jpeg: &mixed,
                scan_at: 20
            }),
            "new head, old tail"
        );
    }

    #[test]
    fn a_counter_in_the_header_is_no_fault() {
        let mut leftovers = Leftovers::default();
        let one = frame(5);
        leftovers.remember(&one.clone().into(), 20);
        let mut counted = one;
        counted[10] ^= 1;
        assert!(!leftovers.end(Cut {
            jpeg: &counted,
            scan_at: 20
        }));
    }

    #[test]
    fn a_picture_that_never_changes_is_frozen_and_one_grain_of_noise_ends_it() {
        let (picture, other): (Arc<[u8]>, Arc<[u8]>) = (Arc::from([1, 2]), Arc::from([1, 3]));
        let mut frozen = Frozen::default();
        assert!((0..FROZEN_FRAMES).all(|_| !frozen.stands(&picture)));
        assert!(frozen.stands(&picture));
        assert!(!frozen.stands(&other));
    }
}
