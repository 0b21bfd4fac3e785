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
mod geometry;
mod grid;
mod matte;
mod recheck;
mod record;
mod refusal;
mod silhouette;
mod tone;

use crate::domain::collection::Background;
use crate::standard::{Preset, background_rgb};
use crate::vision::raster::{Colours, Plane};
use crate::vision::{Face, Faces, Look, Nets, Picture, VisionError};
use compose::{Layer, halved};
pub use encode::{Chroma, EncodeError};
use geometry::Placement;
use grid::{Grid, View};
pub use matte::Figures;
use matte::Matte;
use recheck::Expected;
pub use recheck::{CheckError, Checked};
use record::Story;
pub use record::{
    CaptureRecord, Corrections, Measured, ModelRecord, ProcessingRecord, ResultRecord,
};
pub use refusal::{Reason, Refusal, Unit, is_hopeless_light};
use sha2::{Digest, Sha256};
use tone::Tone;

/// The matte is solved on a grid this much finer than the photo.
pub const FINENESS: usize = 2;

/// What is being done, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Looking for the face.
    Face,
    /// Deciding where it goes.
    Geometry,
    /// Separating person and wall.
    Matte,
    /// Laying the background behind.
    Background,
    /// Writing the file.
    Encode,
    /// Reading it again and checking every number.
    Check,
}

impl Stage {
    /// All, in their order.
    pub const ALL: [Self; 6] = [
        Self::Face,
        Self::Geometry,
        Self::Matte,
        Self::Background,
        Self::Encode,
        Self::Check,
    ];

    /// As records write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Face => "face",
            Self::Geometry => "geometry",
            Self::Matte => "matte",
            Self::Background => "background",
            Self::Encode => "encode",
            Self::Check => "check",
        }
    }
}

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
    let view = View::new(
        Grid::new(preset, FINENESS),
        capture,
        options.plate,
        &face,
        &placement,
    );
    let composed = match background_rgb(options.background) {
        Some(rgb) => Composed::replaced(view, placement.scale, rgb, progress)?,
        None => Composed::kept(&view, placement.scale)?,
    };
    progress(Stage::Encode);
    let tone = Tone::measure(capture, &face);
    let encoded = encode::encoded(&composed.photo, preset)?;
    progress(Stage::Check);
    let roll_left = face.roll_deg() - placement.turned_deg as f32;
    let expected = Expected {
        alpha: composed.alpha.as_ref(),
        background: background_rgb(options.background),
        crown_px: placement.crown_px.unwrap_or(0.0) as f32,
        roll_deg: roll_left.abs(),
    };
    let checked = recheck::checked(&encoded, nets, preset, &expected)?;
    let (placement, face, encoded, figures) = (&placement, &face, &encoded, composed.figures);
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
}

impl Composed {
    /// The person before a new background.
    fn replaced(
        view: View,
        scale: f64,
        background: [u8; 3],
        progress: &mut dyn FnMut(Stage),
    ) -> Result<Self, PhotoError> {
        let grid = view.grid;
        let matte = Matte::solve(view);
        refusal::of_matte(&matte.figures)?;
        progress(Stage::Background);
        let figures = matte.figures;
        let background = background.map(|v| f32::from(v) / 255.0);
        let layer = Layer::of(matte, grid, scale).cleaned(background);
        let photo = picture(&layer.over(background))?;
        Ok(Self {
            photo,
            alpha: Some(layer.alpha),
            figures: Some(figures),
        })
    }

    /// The capture as it is, where its backdrop is uniform and fills the photo.
    fn kept(view: &View, scale: f64) -> Result<Self, PhotoError> {
        refusal::of_kept_background(matte::wall_unevenness(view), &view.covered)?;
        let photo = if view.grid.fineness == 1 {
            picture(&view.image)?
        } else {
            picture(&halved(&view.image, scale))?
        };
        Ok(Self {
            photo,
            alpha: None,
            figures: None,
        })
    }
}

fn picture(colours: &Colours) -> Result<Picture, PhotoError> {
    Picture::from_colours(colours).map_err(|error| PhotoError::Check(CheckError::Unreadable(error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::GRADUATION;
    use crate::vision::raster::{Affine, warp_picture};
    use crate::vision::rules::Rule;

    fn student() -> Picture {
        Picture::decode(include_bytes!("../../tests/fixtures/students/s04.jpg")).unwrap()
    }

    fn made(
        capture: &Picture,
        nets: &Nets,
        options: &Options<'_>,
    ) -> Result<StandardPhoto, PhotoError> {
        standardize(capture, [7; 32], nets, &GRADUATION, options, &mut |_| ())
    }

    fn refused(result: Result<StandardPhoto, PhotoError>) -> Vec<Rule> {
        match result {
            Err(PhotoError::Refused(refusal)) => {
                refusal.reasons.iter().map(|reason| reason.rule).collect()
            }
            other => panic!("not refused but {other:?}"),
        }
    }

    fn turned(degrees: f64) -> Picture {
        let about = Affine::turn_scale_shift(0.0, 1.0, [-480.0, -270.0]).then(
            &Affine::turn_scale_shift(degrees.to_radians(), 1.0, [480.0, 270.0]),
        );
        Picture::from_colours(&warp_picture(&student(), &about, 960, 540)).unwrap()
    }

    #[test]
    fn a_student_becomes_a_standard_photo_always_the_same() {
        let nets = Nets::load().unwrap();
        let mut stages = Vec::new();
        let options = Options::default();
        let photo = standardize(
            &student(),
            [7; 32],
            &nets,
            &GRADUATION,
            &options,
            &mut |stage| stages.push(stage),
        )
        .unwrap();
        assert_eq!(stages, Stage::ALL);
        let look = nets.look(&student()).unwrap();
        let again = std::thread::scope(|scope| {
            let options = Options {
                look: Some(&look),
                ..Options::default()
            };
            let nets = &nets;
            scope
                .spawn(move || made(&student(), nets, &options).unwrap())
                .join()
                .unwrap()
        });
        assert!(
            photo == again,
            "the bytes depend on nothing but the capture"
        );
        let Checked {
            crown_px,
            eye_line_px,
            face_width_px,
            background_off,
            ..
        } = photo.record().result.checked;
        assert!(GRADUATION.crown_px.holds(crown_px) && GRADUATION.eye_line_px.holds(eye_line_px));
        assert!(GRADUATION.face_width_px.holds(face_width_px));
        assert!(background_off.is_some_and(|off| off <= 2));
        let json = serde_json::to_string(photo.record()).unwrap();
        assert!(serde_json::from_str::<ProcessingRecord>(&json).is_ok());
    }

    #[test]
    fn the_photo_is_not_mirrored() {
        let nets = Nets::load().unwrap();
        // a blue patch at the person's left, which is the right in the picture, on her blouse
        let mut rgb = student().rgb().to_vec();
        for y in 395..412 {
            for x in 505..525 {
                rgb[(y * 960 + x) * 3..(y * 960 + x) * 3 + 3].copy_from_slice(&[20, 20, 200]);
            }
        }
        let photo = made(
            &Picture::from_rgb(960, 540, rgb).unwrap(),
            &nets,
            &Options::default(),
        )
        .unwrap();
        let picture = Picture::decode(photo.jpeg()).unwrap();
        let blue = |columns: std::ops::Range<usize>| {
            let pixels = picture.rgb().as_chunks::<3>().0;
            let inside = (500..640).flat_map(|y| columns.clone().map(move |x| pixels[y * 480 + x]));
            inside
                .filter(|[r, g, b]| *r < 60 && *g < 60 && *b > 140)
                .count()
        };
        assert!(blue(240..480) > 500 && blue(0..240) == 0);
    }

    #[test]
    fn a_tilted_head_is_refused_and_straightened_only_where_allowed() {
        let nets = Nets::load().unwrap();
        let tilted = turned(5.0);
        assert_eq!(
            refused(made(&tilted, &nets, &Options::default())),
            [Rule::HeadRoll]
        );
        let straighten = Options {
            straighten: true,
            ..Options::default()
        };
        let photo = made(&tilted, &nets, &straighten).unwrap();
        assert!((photo.record().corrections.turned_deg - 5.0).abs() < 1.5);
        assert!(photo.record().result.checked.roll_deg.abs() < 1.5);
        assert_eq!(
            refused(made(&turned(12.0), &nets, &straighten)),
            [Rule::HeadRoll]
        );
        let level = made(&turned(2.0), &nets, &Options::default()).unwrap();
        assert!(level.record().corrections.turned_deg.abs() < 1e-9);
    }

    #[test]
    fn no_face_and_no_bust_are_refused_by_name() {
        let nets = Nets::load().unwrap();
        let wall = Picture::from_rgb(640, 480, vec![210; 640 * 480 * 3]).unwrap();
        assert_eq!(
            refused(made(&wall, &nets, &Options::default())),
            [Rule::OneFace]
        );
        let cut = student().cropped(240, 60, 480, 300).unwrap();
        assert!(refused(made(&cut, &nets, &Options::default())).contains(&Rule::Bust));
    }

    #[test]
    fn white_and_grey_are_as_flat_as_blue() {
        let nets = Nets::load().unwrap();
        for background in [Background::White, Background::LightGrey] {
            let photo = made(
                &student(),
                &nets,
                &Options {
                    background,
                    ..Options::default()
                },
            )
            .unwrap();
            let corner = Picture::decode(photo.jpeg()).unwrap().rgb()[..3].to_vec();
            let wanted = background_rgb(background).unwrap();
            assert!(
                corner.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 2),
                "{corner:?}"
            );
        }
    }
}
