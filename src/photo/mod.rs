//! A capture in, a standard photo out. Nothing in the person is changed: crop, uniform scale, background, JPEG.
//!
//! ```text
//! faces -> pose -> geometry -> grid -> matte (wall, flood, colours, body) -> compose -> encode -> re-check -> record
//! ```
//! [`standardize`] is the only maker of a [`StandardPhoto`]; a booth, the tools and the service's re-check call the
//! same function. It refuses only what cannot become a standard photo, and says by which rule. It never mirrors,
//! smooths, sharpens or reshapes, and its bytes depend on nothing but its input.
#![expect(
    clippy::cast_possible_wrap,
    reason = "sizes are bounded by LARGEST_PICTURE_PX, far below any sign bit"
)]

mod compose;
mod encode;
mod form;
mod geometry;
mod grid;
mod matte;
mod reason;
mod recheck;
mod record;
mod refusal;
mod silhouette;
mod stage;
mod tone;
mod upright;

use crate::domain::collection::Background;
use crate::standard::{Preset, background_rgb};
use crate::vision::raster::{Colours, Plane};
use crate::vision::{Face, Faces, Look, Nets, Picture, VisionError};
use compose::{Layer, halved};
pub use encode::{Chroma, EncodeError};
pub use form::{Form, form};
use geometry::Placement;
use grid::{Grid, View};
pub use matte::Figures;
use matte::Matte;
pub use reason::{Reason, Refusal, Unit};
use recheck::Expected;
pub use recheck::{CheckError, Checked};
use record::Story;
pub use record::{
    CaptureRecord, Corrections, Measured, ModelRecord, ProcessingRecord, ResultRecord,
};
pub use refusal::is_hopeless_light;
use sha2::{Digest, Sha256};
pub use stage::Stage;
use tone::Tone;

/// What a collection may choose.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// What stands behind the person.
    pub background: Background,
    /// Tilt may be taken out, within the preset's bound; recorded.
    pub straighten: bool,
    /// The empty booth, taken by the same camera from the same place.
    pub plate: Option<&'a Picture>,
    /// What the nets have already seen in this very capture; saves looking twice.
    pub look: Option<&'a Look>,
}

/// Why there is no standard photo.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// The capture cannot become one; a rule says why.
    #[error("{0}")]
    Refused(Refusal),
    /// The plate is not of the capture's size.
    #[error("the clean plate and the capture differ in size")]
    PlateSize,
    /// A net failed.
    #[error(transparent)]
    Vision(#[from] VisionError),
    /// No file came of it.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The finished file is not right; nothing of it is kept.
    #[error(transparent)]
    Check(CheckError),
}

impl From<Refusal> for PhotoError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<CheckError> for PhotoError {
    /// A face outside a band is the capture's fault, anything else the program's.
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Outside(reasons) => Self::Refused(Refusal { reasons }),
            other @ (CheckError::Unreadable(_) | CheckError::Vision(_) | CheckError::Wrong(_)) => {
                Self::Check(other)
            }
        }
    }
}

/// A photo that meets the standard: these bytes were checked, are shown, stored and sent.
#[derive(Clone, PartialEq)]
pub struct StandardPhoto {
    jpeg: Vec<u8>,
    sha256: [u8; 32],
    record: ProcessingRecord,
}

impl std::fmt::Debug for StandardPhoto {
    /// Its size only: a face never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StandardPhoto({} bytes)", self.jpeg.len())
    }
}

impl StandardPhoto {
    /// The file.
    pub fn jpeg(&self) -> &[u8] {
        &self.jpeg
    }

    /// SHA-256 of the file.
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// What was done.
    pub fn record(&self) -> &ProcessingRecord {
        &self.record
    }
}

/// Makes the standard photo of a capture.
pub fn standardize(
    capture: &Picture,
    capture_sha256: [u8; 32],
    nets: &Nets,
    preset: &Preset,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Stage),
) -> Result<StandardPhoto, PhotoError> {
    if options
        .plate
        .is_some_and(|plate| (plate.width(), plate.height()) != (capture.width(), capture.height()))
    {
        return Err(PhotoError::PlateSize);
    }
    progress(Stage::Face);
    let face = single_face(match options.look {
        Some(look) => Faces {
            found: look.faces.clone(),
            main: look.face.clone(),
        },
        None => nets.faces(capture)?,
    })?;
    refusal::of_pose(&face, preset, options.straighten)?;
    progress(Stage::Geometry);
    let placement = Placement::find(
        capture,
        options.plate,
        &face,
        nets,
        preset,
        options.straighten,
    )?;
    refusal::of_placement(&placement, preset)?;
    progress(Stage::Matte);
    let view = View::new(Grid::new(preset), capture, options.plate, &face, &placement);
    let tone = Tone::of_face(capture, &face);
    let composed = match background_rgb(options.background) {
        Some(rgb) => Composed::replaced(view, placement.scale, rgb, tone, progress)?,
        None => Composed::kept(&view, placement.scale, tone)?,
    };
    progress(Stage::Encode);
    let encoded = encode::encoded(&composed.photo, preset)?;
    progress(Stage::Check);
    let roll_left = face.roll_deg() - placement.turned_deg as f32;
    let placed = face.moved(
        |p| placement.to_photo.apply(p.map(f64::from)).map(|v| v as f32),
        placement.scale as f32,
    );
    let expected = Expected {
        face: &placed,
        alpha: composed.alpha.as_ref(),
        background: background_rgb(options.background),
        crown_px: placement.crown_px.unwrap_or(0.0) as f32,
        roll_deg: roll_left.abs(),
    };
    let checked = recheck::checked(&encoded, nets, preset, &expected)?;
    let (placement, face, encoded) = (&placement, &face, &encoded);
    let Composed { figures, tone, .. } = composed;
    let story = Story {
        preset,
        options,
        capture,
        capture_sha256,
        face,
        placement,
        figures,
        tone,
        encoded,
        checked,
    };
    let record = ProcessingRecord::of(&story);
    Ok(StandardPhoto {
        jpeg: encoded.bytes.clone(),
        sha256: Sha256::digest(&encoded.bytes).into(),
        record,
    })
}

fn single_face(faces: Faces) -> Result<Face, Refusal> {
    refusal::of_faces(&faces.found, faces.main.as_ref())?;
    // `of_faces` has refused an empty picture
    faces.main.ok_or(Refusal {
        reasons: Vec::new(),
    })
}

/// The photo before it is encoded.
struct Composed {
    photo: Picture,
    alpha: Option<Plane>,
    figures: Option<Figures>,
    tone: Tone,
}

impl Composed {
    /// The person before a new background.
    fn replaced(
        view: View,
        scale: f64,
        background: [u8; 3],
        tone: Tone,
        progress: &mut dyn FnMut(Stage),
    ) -> Result<Self, PhotoError> {
        let grid = view.grid;
        let matte = Matte::solve(view);
        refusal::of_matte(&matte.figures)?;
        progress(Stage::Background);
        let figures = matte.figures;
        let background = background.map(|v| f32::from(v) / 255.0);
        let tone = match matte.wall_colour() {
            Some(wall) => tone.before(wall),
            None => tone,
        };
        let layer = Layer::of(&matte, grid, scale)
            .toned(tone.gain())
            .cleaned(background)
            .reduced(grid);
        let photo = picture(&layer.over(background))?;
        Ok(Self {
            photo,
            alpha: Some(layer.alpha),
            figures: Some(figures),
            tone,
        })
    }

    /// The capture as it is, where its backdrop is uniform and fills the photo.
    fn kept(view: &View, scale: f64, tone: Tone) -> Result<Self, PhotoError> {
        refusal::of_kept_background(matte::wall_unevenness(view), view.covered.share())?;
        let photo = picture(&halved(&view.image, view.grid, scale))?;
        Ok(Self {
            photo,
            alpha: None,
            figures: None,
            tone,
        })
    }
}

fn picture(colours: &Colours) -> Result<Picture, PhotoError> {
    Picture::from_colours(colours).map_err(|error| PhotoError::Check(CheckError::Unreadable(error)))
}

#[cfg(test)]
mod tests;
