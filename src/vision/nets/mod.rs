//! The four small nets and what they say about a picture: where faces are, 478 points of the largest one, its
//! expression, and roughly which pixels are a person.
//!
//! They run on one thread, so that the same picture gives the same numbers on every machine and core count.
//! They judge nothing: limits live in `rules` and `standard`.

mod detector;
mod landmarks;
mod layers;
mod model;

use super::expression::{Expression, Expressions};
use super::face::Face;
use super::raster::{Colours, Plane, shrink_picture, shrunk};
use super::{Look, Picture};
use detector::Detector;
pub use detector::FoundFace;
use landmarks::Landmarks;
use layers::{ConvNet, Workplace};
use model::Net;
use std::sync::{Arc, LazyLock};
use thiserror::Error;

/// Side of the coarse mask in pixels.
pub const COARSE_MASK_PX: usize = 256;
/// Rounds in which the landmark region settles on a still, at most.
const ROUNDS_STILL: usize = 3;
/// The same in a live picture: the next frame goes on where this one ended.
const ROUNDS_LIVE: usize = 2;
/// A tracked face is believed although the detector sees none from this probability on.
const PRESENCE_SURE: f32 = 0.9;
/// A tracked face is believed while the net says with this probability that it is one.
const PRESENCE_KEPT: f32 = 0.5;

/// The models as they ship: name and bytes.
const MODELS: [(&str, &[u8]); 4] = [
    (
        "face_detector",
        include_bytes!("../../../assets/models/flm_face_detector.onnx"),
    ),
    (
        "face_landmarks",
        include_bytes!("../../../assets/models/flm_face_landmarks_detector.onnx"),
    ),
    (
        "face_blendshapes",
        include_bytes!("../../../assets/models/flm_face_blendshapes.onnx"),
    ),
    (
        "selfie_segmentation",
        include_bytes!("../../../assets/models/selfie_segmentation.onnx"),
    ),
];

/// Their names and SHA-256, summed once: eight megabytes a photo would cost as much as reading the camera's frame.
static SUMS: LazyLock<[(&str, [u8; 32]); 4]> = LazyLock::new(|| {
    use sha2::{Digest, Sha256};
    MODELS.map(|(name, bytes)| (name, Sha256::digest(bytes).into()))
});

/// Why a net cannot be used. Either means a broken build: the models are part of the program.
#[derive(Debug, Error)]
pub enum VisionError {
    /// The embedded model does not load.
    #[error("the {name} model does not load: {reason}")]
    Load {
        /// Which model.
        name: &'static str,
        /// What the runtime said.
        reason: String,
    },
    /// The model ran and gave something else than it should.
    #[error("the {name} model failed: {reason}")]
    Run {
        /// Which model.
        name: &'static str,
        /// What the runtime said.
        reason: String,
    },
}

/// What a live frame is asked besides where the followed face is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Also {
    /// Nothing.
    Nothing,
    /// Which pixels are the person.
    Mask,
    /// Who else is there.
    Everyone,
}

/// All faces of a picture, and the points of the largest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Faces {
    /// Every detection, the largest first.
    pub found: Vec<FoundFace>,
    /// The largest, measured.
    pub main: Option<Face>,
}

/// The loaded nets; shared by all threads that look at pictures.
pub struct Nets {
    detector: Detector,
    landmarks: Landmarks,
    blendshapes: Net,
    segmentation: ConvNet,
}

impl std::fmt::Debug for Nets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nets")
    }
}

impl Nets {
    /// Loads the embedded models; some 20 ms.
    pub fn load() -> Result<Self, VisionError> {
        let workplace = Arc::new(Workplace::new());
        let [detector, landmarks, blendshapes, segmentation] = MODELS;
        let layers = |(name, bytes)| ConvNet::load(name, bytes, &workplace);
        Ok(Self {
            detector: Detector::new(layers(detector)?),
            landmarks: Landmarks::new(layers(landmarks)?),
            blendshapes: Net::load(blendshapes.0, blendshapes.1, &workplace.pool)?,
            segmentation: layers(segmentation)?,
        })
    }

    /// Name and SHA-256 of every model, for the processing record.
    pub fn sums() -> [(&'static str, [u8; 32]); 4] {
        *SUMS
    }

    /// Everything the nets can say about a still.
    pub fn look(&self, picture: &Picture) -> Result<Look, VisionError> {
        let look = self.look_without_mask(picture)?;
        Ok(Look {
            mask: self.coarse_mask(picture)?,
            ..look
        })
    }

    /// The same where nobody asks which pixels are a person: the mask is empty.
    pub fn look_without_mask(&self, picture: &Picture) -> Result<Look, VisionError> {
        let Faces { found, main } = self.faces(picture)?;
        Ok(Look {
            faces: found,
            expressions: self.expressions(main.as_ref())?,
            face: main,
            mask: no_person(),
        })
    }

    /// The same for a live picture: the face is found again where it was in the last one, and what the frame is not
    /// asked for is taken over. A face that has gone, or one that comes, is looked for in the whole frame.
    pub fn follow(
        &self,
        picture: &Picture,
        last: Option<Look>,
        also: Also,
    ) -> Result<Look, VisionError> {
        let Some(last) = last else {
            return self.acquire(picture);
        };
        let tracked = match &last.face {
            Some(face) => self.track(picture, face)?,
            None => None,
        };
        let Some(face) = tracked else {
            return self.acquire(picture);
        };
        let mut look = Look {
            expressions: self.expressions(Some(&face))?,
            face: Some(face),
            ..last
        };
        match also {
            Also::Nothing => {}
            Also::Mask => look.mask = self.coarse_mask(picture)?,
            Also::Everyone => self.look_round(picture, &mut look)?,
        }
        Ok(look)
    }

    /// Who else is there? A larger face than the one that is followed takes its place.
    fn look_round(&self, picture: &Picture, look: &mut Look) -> Result<(), VisionError> {
        look.faces = self.detector.find(picture)?;
        let centre = look.face.as_ref().map(Face::centre);
        let sure = look
            .face
            .as_ref()
            .is_some_and(|face| face.presence() >= PRESENCE_SURE);
        match (look.faces.first(), centre) {
            (Some(largest), Some(centre)) if largest.holds(centre) => {}
            (Some(largest), _) => {
                let face = self.measured(picture, largest, ROUNDS_LIVE)?;
                look.expressions = self.expressions(Some(&face))?;
                look.face = Some(face);
            }
            // the detector misses a tilted or a very large face that the mesh still lies on
            (None, Some(_)) if sure => {}
            (None, _) => {
                look.face = None;
                look.expressions = Expressions::default();
            }
        }
        Ok(())
    }

    /// A face in the whole frame; the mask only if there is one.
    fn acquire(&self, picture: &Picture) -> Result<Look, VisionError> {
        let faces = self.detector.find(picture)?;
        let face = faces
            .first()
            .map(|largest| self.measured(picture, largest, ROUNDS_LIVE))
            .transpose()?;
        let mask = if face.is_some() {
            self.coarse_mask(picture)?
        } else {
            no_person()
        };
        Ok(Look {
            faces,
            expressions: self.expressions(face.as_ref())?,
            face,
            mask,
        })
    }

    /// The faces of a picture; the largest is measured.
    pub fn faces(&self, picture: &Picture) -> Result<Faces, VisionError> {
        let found = self.detector.find(picture)?;
        let main = found
            .first()
            .map(|largest| self.measured(picture, largest, ROUNDS_STILL))
            .transpose()?;
        Ok(Faces { found, main })
    }

    /// The face of an earlier picture of the same scene, found again in one round; `None` when it has gone.
    pub fn track(&self, picture: &Picture, last: &Face) -> Result<Option<Face>, VisionError> {
        let (points, presence) = self
            .landmarks
            .in_region(picture, landmarks::region_of(last.points()))?;
        if presence < PRESENCE_KEPT {
            return Ok(None);
        }
        Ok(Some(Face::new(points, presence)))
    }

    fn measured(
        &self,
        picture: &Picture,
        found: &FoundFace,
        rounds: usize,
    ) -> Result<Face, VisionError> {
        let mut region = landmarks::region_of_detection(found);
        let (mut points, mut presence) = self.landmarks.in_region(picture, region)?;
        for _ in 1..rounds {
            let next = landmarks::region_of(&points);
            if next.is_settled(&region) {
                break;
            }
            region = next;
            (points, presence) = self.landmarks.in_region(picture, region)?;
        }
        Ok(Face::new(points, presence))
    }

    /// The face of a picture in which one is expected at a known place: its points are measured anew, in one round,
    /// because the region is already right. Where that is no face for sure, the whole picture is looked at.
    pub fn face_expected(&self, picture: &Picture, at: &Face) -> Result<Option<Face>, VisionError> {
        match self.track(picture, at)? {
            Some(face) if face.presence() >= PRESENCE_SURE => Ok(Some(face)),
            _ => Ok(self.faces(picture)?.main),
        }
    }

    /// What a face shows.
    fn expressions(&self, face: Option<&Face>) -> Result<Expressions, VisionError> {
        let Some(face) = face else {
            return Ok(Expressions::default());
        };
        let points = face.points();
        let input = landmarks::EXPRESSION_POINTS
            .iter()
            .flat_map(|i| [points[*i][0] + 0.5, points[*i][1] + 0.5]);
        let shape = [1, landmarks::EXPRESSION_POINTS.len(), 2];
        let outputs = self.blendshapes.run(&shape, input.collect())?;
        let values = self.blendshapes.output_of(outputs, Expression::COUNT)?;
        let mut scores = [0.0; Expression::COUNT];
        scores.copy_from_slice(&values);
        Ok(Expressions::new(scores))
    }

    /// Roughly which pixels are a person, 0..1, on 256 x 256 stretched over the whole picture.
    pub fn coarse_mask(&self, picture: &Picture) -> Result<Plane, VisionError> {
        self.segmented(&shrink_picture(picture, COARSE_MASK_PX, COARSE_MASK_PX))
    }

    /// The same for a square that is already cut out of a picture.
    pub fn coarse_mask_of(&self, square: &Colours) -> Result<Plane, VisionError> {
        self.segmented(&shrunk(square, COARSE_MASK_PX, COARSE_MASK_PX))
    }

    fn segmented(&self, small: &Colours) -> Result<Plane, VisionError> {
        let n = COARSE_MASK_PX;
        let outputs = self.segmentation.run(small)?;
        let mask = self.segmentation.output_of(&outputs, [1, n, n])?;
        Ok(Plane::from_values(n, n, mask.values.clone(), 0.0))
    }
}

/// A coarse mask without anybody.
fn no_person() -> Plane {
    Plane::filled(COARSE_MASK_PX, COARSE_MASK_PX, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn student() -> Picture {
        Picture::decode(include_bytes!("../../../tests/fixtures/students/s01.jpg")).unwrap()
    }

    #[test]
    fn the_student_is_found_where_the_renderer_put_the_eyes() {
        let nets = Nets::load().unwrap();
        let look = nets.look(&student()).unwrap();
        assert_eq!(look.faces.len(), 1);
        let face = look.face.unwrap();
        // the renderer's truth at 1280 px, pixel corners: irises at (616.3, 360.4) and (663.7, 360.4), chin at y 446.6
        let [x, y] = face.eye_middle();
        assert!(
            (x - 479.5).abs() < 2.0 && (y - 269.8).abs() < 2.0,
            "{x} {y}"
        );
        assert!(
            (face.iris_distance_px() - 35.5).abs() < 2.0,
            "{}",
            face.iris_distance_px()
        );
        assert!(face.roll_deg().abs() < 1.5 && face.yaw_deg().abs() < 4.0);
        assert!(face.presence() > 0.9);
        assert!(look.expressions.blink() < 0.4);
        // the mask covers the chest below the face and not the wall beside it
        assert!(look.mask.at(128, 200) > 0.9 && look.mask.at(20, 60) < 0.1);
    }

    #[test]
    fn a_face_is_followed_and_lost() {
        let nets = Nets::load().unwrap();
        let first = nets.look(&student()).unwrap();
        let next = nets
            .follow(&student(), Some(first.clone()), Also::Everyone)
            .unwrap();
        let (a, b) = (
            first.face.as_ref().unwrap().eye_middle(),
            next.face.unwrap().eye_middle(),
        );
        assert!((a[0] - b[0]).abs() < 1.0 && (a[1] - b[1]).abs() < 1.0);
        let wall = Picture::from_rgb(320, 240, vec![200; 320 * 240 * 3]).unwrap();
        let gone = nets.follow(&wall, Some(first), Also::Nothing).unwrap();
        assert!(gone.faces.is_empty() && gone.face.is_none());
    }

    #[test]
    fn the_nets_are_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Nets>();
        assert_eq!(Nets::sums().len(), 4);
    }
}
