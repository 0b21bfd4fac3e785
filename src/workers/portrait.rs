//! Follows the student in the live picture: what the nets see, what the rules say of it, and the one
//! sentence that guidance makes of it. Measures nothing itself.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::desk::Sight;
use crate::vision::face::Face;
use crate::vision::live::Watch;
use crate::vision::measuring::Sighting;
use crate::vision::rules::guidance::{Guidance, GuidanceState};
use crate::vision::rules::{Context, Rule, Ruler, SceneFit, Verdict};
use crate::vision::{Nets, Picture, VisionError};

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
    /// How the room departs from the clean plate; told in some frames only.
    pub fit: Option<SceneFit>,
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
    /// What was measured in with the card.
    pub ruler: Option<Ruler>,
    /// Rules that an attendant has excused this student from, for religious or medical reasons.
    pub excused: Vec<Rule>,
}

impl Default for Judging {
    fn default() -> Self {
        Self {
            output_background: Context::default().output_background,
            plate: None,
            ruler: None,
            excused: Vec::new(),
        }
    }
}

/// Where the owner of the workers says what counts, and the analysis looks it up.
#[derive(Default)]
pub(super) struct JudgedBy(Mutex<Judging>);

impl JudgedBy {
    pub fn set(&self, judging: Judging) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = judging;
    }

    fn get(&self) -> Judging {
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
    watch: Watch,
    guidance: Guidance,
}

impl Follower {
    /// Loads the nets.
    pub fn new() -> Result<Self, VisionError> {
        Ok(Self {
            nets: Nets::load()?,
            opening: 0,
            watch: Watch::default(),
            guidance: Guidance::new(),
        })
    }

    /// Looks at a frame.
    pub fn look(&mut self, sight: &Sight, judged_by: &JudgedBy) -> Result<Findings, VisionError> {
        if self.opening != sight.opening {
            self.opening = sight.opening;
            self.forget();
        }
        let frame = &sight.frame;
        let judging = judged_by.get();
        let context = Context {
            output_background: judging.output_background,
            plate: judging.plate.as_deref(),
            ruler: judging.ruler,
            live: true,
            ..Context::default()
        };
        let seen = self.watch.look(&self.nets, &frame.picture, &context)?;
        let mut findings = seen.findings;
        for finding in &mut findings {
            if judging.excused.contains(&finding.rule) {
                (finding.verdict, finding.score) = (Verdict::Pass, None);
            }
        }
        Ok(Findings {
            opening: sight.opening,
            frame_number: frame.number,
            frame_at: frame.at,
            face: seen.look.face.as_ref().map(outline),
            fit: seen.fit,
            guidance: self.guidance.update(&findings, frame.at),
        })
    }

    /// Looks at a frame for whoever measures the booth in.
    pub fn measure(&mut self, sight: &Sight) -> Result<Sighting, VisionError> {
        self.forget();
        Sighting::of(&self.nets, &sight.frame.picture)
    }

    /// Leaves nothing of whoever stood there.
    pub fn forget(&mut self) {
        self.watch.forget();
        self.guidance = Guidance::new();
    }
}

/// What is drawn of a face.
fn outline(face: &Face) -> FaceOutline {
    FaceOutline {
        oval: face.oval(),
        eye_middle: face.eye_middle(),
        width_px: face.width_px(),
        roll_deg: face.roll_deg(),
    }
}
