//! The studio: a capture in, a standard photo or the reasons against it out, one at a time.
//!
//! Works on the still alone, never on what the live view said, and holds what it was given no longer than
//! it takes. What is right is `photo`'s to say; this only carries it out on a thread of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::Facts;
use super::vision::VisionFact;
use crate::domain::collection::Background;
use crate::photo::{Options, PhotoError, Reason, StandardPhoto, standardize};
use crate::standard::{Preset, background_rgb};
use crate::vision::rules::{Context, Finding, assess};
use crate::vision::{Capture, Nets, Picture, VisionError};

/// How a collection wants its photos.
#[derive(Debug, Clone)]
pub struct PhotoWish {
    /// The standard.
    pub preset: &'static Preset,
    /// What stands behind the person.
    pub background: Background,
    /// Tilt may be taken out.
    pub straighten: bool,
    /// The empty booth by the same camera from the same place; ignored for a capture of another size.
    pub plate: Option<Arc<Picture>>,
}

/// What became of a capture.
#[derive(Debug, Clone)]
pub struct Standardized {
    /// The photo, or why there is none.
    pub photo: Result<Box<StandardPhoto>, StudioError>,
    /// Every rule on the still, worst first; also of one that was refused.
    pub findings: Vec<Finding>,
}

/// Why there is no standard photo.
#[derive(Debug, Clone, PartialEq)]
pub enum StudioError {
    /// The capture cannot become one.
    Refused(Vec<Reason>),
    /// The studio broke; nothing is known about the capture.
    Broken,
}

/// One order to the studio.
pub(super) struct Order {
    pub request: u64,
    pub capture: Arc<Capture>,
    pub wish: PhotoWish,
}

/// Works until no more orders can come.
pub(super) fn work(orders: &Receiver<Order>, facts: &Facts<VisionFact>) -> Result<(), VisionError> {
    let nets = Nets::load()?;
    while let Ok(Order {
        request,
        capture,
        wish,
    }) = orders.recv()
    {
        // a picture that trips a bug costs its own photo, not the studio
        let making = AssertUnwindSafe(|| made(&nets, request, &capture, &wish, facts));
        let outcome = catch_unwind(making).unwrap_or_else(|_| Standardized::broken());
        let outcome = Box::new(outcome);
        facts.tell(VisionFact::Standardized { request, outcome });
    }
    Ok(())
}

fn made(
    nets: &Nets,
    request: u64,
    capture: &Capture,
    wish: &PhotoWish,
    facts: &Facts<VisionFact>,
) -> Standardized {
    let picture = &capture.picture;
    let same_size =
        |plate: &&Picture| (plate.width(), plate.height()) == (picture.width(), picture.height());
    let plate = wish.plate.as_deref().filter(same_size);
    let look = match nets.look(picture) {
        Ok(look) => look,
        Err(error) => {
            tracing::error!(%error, "a capture could not be looked at");
            return Standardized::broken();
        }
    };
    let (background, straighten) = (wish.background, wish.straighten);
    let options = Options {
        background,
        straighten,
        plate,
        look: Some(&look),
    };
    let mut progress = |stage| facts.tell(VisionFact::Progress { request, stage });
    let photo = standardize(
        picture,
        capture.sha256,
        nets,
        wish.preset,
        &options,
        &mut progress,
    );
    let standard = Context::default().output_background;
    let output_background = background_rgb(background).unwrap_or(standard);
    let context = Context {
        output_background,
        plate,
        live: !capture.imported,
        ..Context::default()
    };
    Standardized {
        photo: photo.map(Box::new).map_err(StudioError::from),
        findings: assess(picture, &look, &context),
    }
}

impl Standardized {
    /// Nothing came of it, and nothing is known.
    pub(super) fn broken() -> Self {
        Self {
            photo: Err(StudioError::Broken),
            findings: Vec::new(),
        }
    }
}

impl From<PhotoError> for StudioError {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::Refused(refusal) => Self::Refused(refusal.reasons),
            PhotoError::PlateSize
            | PhotoError::Vision(_)
            | PhotoError::Encode(_)
            | PhotoError::Check(_) => {
                tracing::error!(%error, "no standard photo could be made");
                Self::Broken
            }
        }
    }
}
