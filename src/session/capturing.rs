//! In front of the camera: guidance, a countdown when all is right, one full-size still.

use super::question::QuestionId;
use super::world::World;
use super::{Choosing, Effect, Next, Preparing, Prompt, Purpose, Sound, Ticket, What};
use crate::vision::capture::Capture;
use crate::vision::rules::{Finding, Rule};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many captures are kept to choose from.
pub const SHOTS_KEPT: usize = 3;
/// Seconds counted down.
pub const COUNTDOWN_FROM: u8 = 3;
/// After this long in front of the camera the student may release the shutter.
pub const MANUAL_AFTER: Duration = Duration::from_secs(20);

/// The live picture is on the screen.
#[derive(Debug, Clone)]
pub struct Capturing {
    /// Who is photographed, and for what.
    pub ticket: Ticket,
    /// Since when the camera shows a picture here.
    pub since: Instant,
    /// What the rules say now; `None` before the first look.
    pub guidance: Option<GuidanceView>,
    /// How far it is.
    pub phase: CapturePhase,
    /// The student may release the shutter although something is not right.
    pub manual_allowed: bool,
    /// Captures taken so far, newest first, at most [`SHOTS_KEPT`].
    pub shots: Vec<Arc<Capture>>,
    /// The camera.
    pub camera: CameraView,
    /// The open question: a still is being taken.
    pub question: Option<QuestionId>,
}

/// The one sentence, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GuidanceView {
    /// The rule to speak of; `None` when nothing is wrong.
    pub first: Option<Rule>,
    /// Everything has been right for long enough.
    pub ready: bool,
    /// The steadied findings, worst first.
    pub hints: Vec<Finding>,
}

/// How far a capture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapturePhase {
    /// Getting into place.
    Framing,
    /// 3, 2, 1; stops when something is no longer right.
    Countdown {
        /// The number on the screen.
        left: u8,
        /// When the still is taken.
        ends: Instant,
        /// Begun by hand: goes on whatever the rules say.
        by_hand: bool,
    },
    /// The still is on its way.
    Taking {
        /// When it is given up.
        until: Instant,
    },
}

/// The camera, as far as a person cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CameraView {
    /// Not yet.
    #[default]
    Opening,
    /// Pictures come.
    Live,
    /// Unplugged, hanging or taken by something else; it is looked for.
    Lost,
}

/// Why no capture came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraTrouble {
    /// The camera is gone.
    Gone,
    /// It did not deliver in time.
    Slow,
    /// It delivered something that is no picture.
    Unreadable,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapturingIntent {
    /// Take it now.
    TakeNow,
    /// To the requirements.
    Back,
}

/// A face this wide, of the frame's height, is at the right distance.
const NEITHER_NEAR_NOR_FAR: f32 = 0.34;
/// A still that has not come after this long does not come.
const TAKING_MOST: Duration = Duration::from_secs(8);
const SECOND: Duration = Duration::from_secs(1);

impl GuidanceView {
    /// What to say aloud; nothing where nobody is there to hear it.
    fn prompt(&self) -> Option<Prompt> {
        let rule = self.first?;
        let value = self
            .hints
            .iter()
            .find(|finding| finding.rule == rule)
            .and_then(|finding| finding.value);
        match (rule, value) {
            (Rule::OneFace, Some(faces)) if faces < 0.01 => None,
            (Rule::Distance, Some(share)) if share < NEITHER_NEAR_NOR_FAR => {
                Some(Prompt::ComeCloser)
            }
            (Rule::Distance, Some(_)) => Some(Prompt::StepBack),
            (rule, _) => Some(Prompt::Rule(rule)),
        }
    }
}

impl Capturing {
    pub(super) fn open(ticket: Ticket, shots: Vec<Arc<Capture>>, world: &World<'_>) -> Next {
        Next::to(Self {
            ticket,
            since: world.clock.now,
            guidance: None,
            phase: CapturePhase::Framing,
            manual_allowed: false,
            shots,
            camera: CameraView::Opening,
            question: None,
        })
        .doing(Effect::OpenCamera(Purpose::Portrait))
    }

    pub(super) fn on(self, intent: CapturingIntent, world: &World<'_>) -> Next {
        match intent {
            CapturingIntent::TakeNow => {
                let ready = self.is_ready();
                let framing =
                    self.phase == CapturePhase::Framing && self.camera == CameraView::Live;
                if framing && (ready || self.manual_allowed) {
                    return self.count_down(!ready, world.clock.now);
                }
                Next::to(self)
            }
            CapturingIntent::Back => Preparing::of(self.ticket, world).first(Effect::CloseCamera),
        }
    }

    fn is_ready(&self) -> bool {
        self.guidance
            .as_ref()
            .is_some_and(|guidance| guidance.ready)
    }

    /// A face is in the picture: somebody is there, although nobody touches the screen.
    pub(super) fn somebody_is_there(guidance: &GuidanceView) -> bool {
        guidance.ready || guidance.first.is_some_and(|rule| rule != Rule::OneFace)
    }

    /// Counts down by itself when all is right, and stops when it no longer is.
    pub(super) fn guided(mut self, guidance: GuidanceView, world: &World<'_>) -> Next {
        let live = self.camera == CameraView::Live;
        let said = self.guidance.as_ref().and_then(|before| before.first);
        let prompt = guidance.prompt().filter(|_| guidance.first != said);
        let ready = guidance.ready && live;
        // a blink ends "all right for a second", but only what guidance speaks of stops the countdown: people blink
        // more often than every four seconds
        let steady = guidance.first.is_none() && live;
        self.guidance = Some(guidance);
        match self.phase {
            CapturePhase::Framing if ready => self.count_down(false, world.clock.now),
            CapturePhase::Countdown { by_hand: false, .. } if !steady => {
                self.phase = CapturePhase::Framing;
                Next::to(self)
            }
            CapturePhase::Framing => {
                let next = Next::to(self);
                match prompt {
                    Some(prompt) if live => next.doing(Effect::Say(prompt)),
                    Some(_) | None => next,
                }
            }
            CapturePhase::Countdown { .. } | CapturePhase::Taking { .. } => Next::to(self),
        }
    }

    fn count_down(mut self, by_hand: bool, now: Instant) -> Next {
        let ends = now + SECOND * u32::from(COUNTDOWN_FROM);
        self.phase = CapturePhase::Countdown {
            left: COUNTDOWN_FROM,
            ends,
            by_hand,
        };
        let next = Next::to(self).doing(Effect::Sound(Sound::Tick));
        if by_hand {
            next
        } else {
            next.doing(Effect::Say(Prompt::HoldStill))
        }
    }

    /// Whatever was about to be taken is not taken without a camera.
    pub(super) fn camera(mut self, camera: CameraView, world: &World<'_>) -> Next {
        match camera {
            CameraView::Live if self.camera != CameraView::Live => self.since = world.clock.now,
            CameraView::Live => {}
            CameraView::Opening | CameraView::Lost => {
                (self.phase, self.guidance, self.question) = (CapturePhase::Framing, None, None);
            }
        }
        self.camera = camera;
        Next::to(self)
    }

    pub(super) fn captured(mut self, capture: Result<Arc<Capture>, CameraTrouble>) -> Next {
        self.question = None;
        self.phase = CapturePhase::Framing;
        let what = match capture {
            Ok(capture) => {
                self.shots.insert(0, capture);
                self.shots.truncate(SHOTS_KEPT);
                let Self { ticket, shots, .. } = self;
                return Next::to(Choosing {
                    ticket,
                    shots,
                    chosen: 0,
                })
                .doing(Effect::CloseCamera);
            }
            Err(CameraTrouble::Gone) => What::CameraGone,
            Err(CameraTrouble::Slow | CameraTrouble::Unreadable) => What::CameraSlow,
        };
        Next::to(self).telling(what)
    }

    pub(super) fn tick(mut self, world: &mut World<'_>) -> Next {
        let now = world.clock.now;
        if self.camera == CameraView::Live && now >= self.since + MANUAL_AFTER {
            self.manual_allowed = true;
        }
        match self.phase {
            CapturePhase::Countdown { ends, .. } if now >= ends => self.take(world),
            CapturePhase::Countdown {
                left,
                ends,
                by_hand,
            } => {
                let remains = seconds_begun(ends.saturating_duration_since(now));
                self.phase = CapturePhase::Countdown {
                    left: remains.min(left),
                    ends,
                    by_hand,
                };
                let next = Next::to(self);
                if remains < left {
                    next.doing(Effect::Sound(Sound::Tick))
                } else {
                    next
                }
            }
            CapturePhase::Taking { until } if now >= until => {
                self.captured(Err(CameraTrouble::Slow))
            }
            CapturePhase::Framing | CapturePhase::Taking { .. } => Next::to(self),
        }
    }

    fn take(mut self, world: &mut World<'_>) -> Next {
        let question = world.ask();
        self.question = Some(question);
        self.phase = CapturePhase::Taking {
            until: world.clock.now + TAKING_MOST,
        };
        Next::to(self)
            .doing(Effect::Capture { question })
            .doing(Effect::Sound(Sound::Shutter))
    }

    pub(super) fn wakes_at(&self) -> Option<Instant> {
        match self.phase {
            CapturePhase::Framing if self.manual_allowed || self.camera != CameraView::Live => None,
            CapturePhase::Framing => Some(self.since + MANUAL_AFTER),
            CapturePhase::Countdown { left, ends, .. } => {
                ends.checked_sub(SECOND * u32::from(left.saturating_sub(1)))
            }
            CapturePhase::Taking { until } => Some(until),
        }
    }
}

/// 2.1 seconds are three begun ones.
fn seconds_begun(left: Duration) -> u8 {
    left.as_millis()
        .div_ceil(SECOND.as_millis())
        .try_into()
        .unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_second_counts() {
        for (ms, seconds) in [(3_000, 3), (2_001, 3), (2_000, 2), (1, 1), (0, 0)] {
            assert_eq!(seconds_begun(Duration::from_millis(ms)), seconds);
        }
    }

    #[test]
    fn a_face_is_a_sign_of_life_and_an_empty_picture_is_not() {
        let speaking_of = |first, ready| GuidanceView {
            first,
            ready,
            hints: Vec::new(),
        };
        assert!(Capturing::somebody_is_there(&speaking_of(
            Some(Rule::Distance),
            false
        )));
        assert!(Capturing::somebody_is_there(&speaking_of(None, true)));
        assert!(!Capturing::somebody_is_there(&speaking_of(
            Some(Rule::OneFace),
            false
        )));
        assert!(!Capturing::somebody_is_there(&speaking_of(None, false)));
    }
}
