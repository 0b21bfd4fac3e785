//! Follows the student in the live picture: what the nets see, what the rules say of it, and the one
//! sentence that guidance makes of it. Measures nothing itself.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::desk::Sight;
use crate::vision::face::Face;
use crate::vision::rules::guidance::{Guidance, GuidanceState};
use crate::vision::rules::{Context, Finding, assess, assess_geometry};
use crate::vision::{Look, Nets, Picture, VisionError};

/// Width at which frames are looked at: the rules were validated at it, and more costs time.
const LOOKED_AT_WIDTH_PX: usize = 1_280;
/// The rules that read pixels are dear and what they see changes slowly: they are asked so often.
const ALL_RULES_EVERY: Duration = Duration::from_millis(400);

/// What was found in one frame.
#[derive(Debug, Clone)]
pub struct Findings {
    /// Of which opening of the camera: what an earlier one brought is not news.
    pub(super) opening: u64,
    /// The frame's number.
    pub frame_number: u64,
    /// When the frame arrived.
    pub frame_at: Instant,
    /// The sentence, whether all is right, and the steadied findings.
    pub guidance: GuidanceState,
    /// Where the face is, for drawing.
    pub face: Option<FaceOutline>,
}

/// A face in pixels of the frame as it came from the camera (not mirrored).
#[derive(Clone, PartialEq)]
pub struct FaceOutline {
    /// Around the face, in order.
    pub oval: Vec<[f32; 2]>,
    /// Middle between the irises.
    pub eye_middle: [f32; 2],
    /// Width of the face.
    pub width_px: f32,
    /// Tilt of the line through the eyes in degrees, clockwise in the picture.
    pub roll_deg: f32,
}

impl std::fmt::Debug for FaceOutline {
    /// The shape of a face never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FaceOutline({} points)", self.oval.len())
    }
}

/// What the rules are held against; see [`Context`].
#[derive(Debug, Clone, PartialEq)]
pub struct Judging {
    /// The background of the standard photo, sRGB.
    pub output_background: [u8; 3],
    /// The empty booth in the same camera and light, if one was taken.
    pub plate: Option<Arc<Picture>>,
}

impl Default for Judging {
    fn default() -> Self {
        Self {
            output_background: Context::default().output_background,
            plate: None,
        }
    }
}

/// Where the owner of the workers says what counts, and the analysis looks it up.
#[derive(Default)]
pub(super) struct JudgedBy(Mutex<Plates>);

/// The plate is kept at the size at which frames are looked at.
#[derive(Default, Clone)]
struct Plates {
    judging: Judging,
    reduced: Option<Arc<Picture>>,
}

impl JudgedBy {
    pub fn set(&self, judging: Judging) {
        let reduced = judging
            .plate
            .as_ref()
            .and_then(|plate| reduced(plate).map(Arc::new));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Plates { judging, reduced };
    }

    fn get(&self) -> Plates {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The memory from frame to frame; begins anew with each opening of the camera.
pub(super) struct Follower {
    nets: Nets,
    opening: u64,
    last: Option<Look>,
    guidance: Guidance,
    all_rules_due: Option<Instant>,
}

impl Follower {
    /// Loads the nets.
    pub fn new() -> Result<Self, VisionError> {
        let (last, all_rules_due) = (None, None);
        Ok(Self {
            nets: Nets::load()?,
            opening: 0,
            last,
            guidance: Guidance::new(),
            all_rules_due,
        })
    }

    /// Looks at a frame.
    pub fn look(&mut self, sight: &Sight, judged_by: &JudgedBy) -> Result<Findings, VisionError> {
        if self.opening != sight.opening {
            self.opening = sight.opening;
            self.forget();
        }
        let frame = &sight.frame;
        let smaller = reduced(&frame.picture);
        let picture = smaller.as_ref().unwrap_or(&frame.picture);
        let look = self.nets.follow(picture, self.last.as_ref())?;
        let findings = self.assessed(picture, &look, judged_by, frame.at);
        let scale = frame.picture.width() as f32 / picture.width() as f32;
        let face = look.face.as_ref().map(|face| outline(face, scale));
        self.last = Some(look);
        let guidance = self.guidance.update(&findings, frame.at);
        Ok(Findings {
            opening: sight.opening,
            frame_number: frame.number,
            frame_at: frame.at,
            guidance,
            face,
        })
    }

    /// Leaves nothing of whoever stood there.
    pub fn forget(&mut self) {
        (self.last, self.all_rules_due, self.guidance) = (None, None, Guidance::new());
    }

    fn assessed(
        &mut self,
        picture: &Picture,
        look: &Look,
        judged_by: &JudgedBy,
        now: Instant,
    ) -> Vec<Finding> {
        if self.all_rules_due.is_some_and(|due| now < due) {
            return assess_geometry(look, picture.width(), picture.height());
        }
        self.all_rules_due = Some(now + ALL_RULES_EVERY);
        let Plates { judging, reduced } = judged_by.get();
        let output_background = judging.output_background;
        let context = Context {
            output_background,
            plate: reduced.as_deref(),
            live: true,
        };
        assess(picture, look, &context)
    }
}

/// The frame as it is looked at; `None` where it is small enough already.
fn reduced(picture: &Picture) -> Option<Picture> {
    let larger = picture.width() > LOOKED_AT_WIDTH_PX;
    larger
        .then(|| picture.resized_to_width(LOOKED_AT_WIDTH_PX).ok())
        .flatten()
}

/// In frame pixels: the nets count from pixel centres of the smaller picture.
fn outline(face: &Face, scale: f32) -> FaceOutline {
    let larger = |[x, y]: [f32; 2]| [(x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5];
    FaceOutline {
        oval: face.oval().into_iter().map(larger).collect(),
        eye_middle: larger(face.eye_middle()),
        width_px: face.width_px() * scale,
        roll_deg: face.roll_deg(),
    }
}
