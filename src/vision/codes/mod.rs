//! QR codes: a picture in, what the codes in it say out.
//!
//! `rqrr` first and `rxing` as the fallback (92 of 100 difficult frames against 33; `desktop.md` 6).
//! It does not know what a payload means: that is for the acquisition code and the receipt in `domain`.

mod engines;
mod luma;

pub use luma::{Luma, Region};

/// The most that a QR code holds in byte mode (version 40, level L). Anything longer is not believed.
pub const LONGEST_PAYLOAD_BYTES: usize = 2_953;

/// Frames and files are shrunk to this side before they are read: both decoders work in proportion to the
/// area, and at 1280 px a code of 57 modules is readable down to an eighth of the picture's width.
const LONGEST_SIDE_PX: usize = 1_280;

/// `rqrr` has no time limit (outliers of seconds on cluttered frames), so a live frame gives it this at most.
const GUIDE_SIDE_PX: usize = 640;

/// More codes than this in one picture are noise, or an attack on the time of the booth.
const MOST_CODES: usize = 8;

/// One code: what it says and where it is.
#[derive(Clone, PartialEq)]
pub struct Code {
    payload: Vec<u8>,
    corners: [[f32; 2]; 4],
}

impl std::fmt::Debug for Code {
    /// Length only: a payload is a student's key and never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Code({} bytes)", self.payload.len())
    }
}

impl Code {
    /// What it says, as bytes.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// What it says, if that is text.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.payload).ok()
    }

    /// The corners in picture pixels, clockwise from the code's own top left.
    pub fn corners(&self) -> [[f32; 2]; 4] {
        self.corners
    }

    /// Moved and scaled back into the picture that a part was taken from.
    fn returned(mut self, scale: f32, left: f32, top: f32) -> Self {
        self.corners = self
            .corners
            .map(|[x, y]| [x * scale + left, y * scale + top]);
        self
    }

    /// The upright rectangle around it, a little widened, cut at the top and left edge of the picture.
    fn bounds(&self) -> Region {
        let span = |axis: usize| {
            let (low, high) = self.corners.iter().fold((f32::MAX, f32::MIN), |(l, h), c| {
                (l.min(c[axis]), h.max(c[axis]))
            });
            let margin = (high - low) * 0.06;
            let low = (low - margin).max(0.0);
            (low as usize, (high + margin - low).max(0.0) as usize + 1)
        };
        let ((left, width), (top, height)) = (span(0), span(1));
        Region {
            left,
            top,
            width,
            height,
        }
    }
}

/// How hard to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// One frame of many: stop at the first code, and spend at most a frame or two of time.
    Live {
        /// The box drawn on the screen in which the student holds the code; the middle if there is none.
        guide: Option<Region>,
    },
    /// The only picture there is: every size is tried, and all codes are named.
    Picture,
}

/// The codes in a picture, each payload once, in the order in which they were found.
pub fn read_codes(grey: &Luma, effort: Effort) -> Vec<Code> {
    match effort {
        Effort::Live { guide } => read_live(grey, guide).into_iter().collect(),
        Effort::Picture => read_picture(grey),
    }
}

/// `rqrr` in the guide box, else `rxing` on the whole frame.
fn read_live(grey: &Luma, guide: Option<Region>) -> Option<Code> {
    let guide = guide.unwrap_or_else(|| middle_of(grey));
    let in_the_box = grey.cut(guide).and_then(|part| {
        let (small, scale) = part.within(GUIDE_SIDE_PX);
        let code = engines::with_rqrr(&small).into_iter().next()?;
        Some(code.returned(scale, guide.left as f32, guide.top as f32))
    });
    in_the_box.or_else(|| {
        let (small, scale) = grey.within(LONGEST_SIDE_PX);
        engines::with_rxing(&small).map(|code| code.returned(scale, 0.0, 0.0))
    })
}

/// The whole cascade: as it is, half, and larger than live for a code that is small in a phone's photo.
fn read_picture(grey: &Luma) -> Vec<Code> {
    if grey.width().max(grey.height()) < 4 * 41 {
        return read_tiny(grey);
    }
    let mut found = Vec::new();
    let (first, scale) = grey.within(LONGEST_SIDE_PX);
    for code in engines::with_rqrr(&first) {
        keep(&mut found, code.returned(scale, 0.0, 0.0));
    }
    for side_px in [LONGEST_SIDE_PX, LONGEST_SIDE_PX / 2, 2 * LONGEST_SIDE_PX] {
        let (mut small, scale) = grey.within(side_px);
        for known in &found {
            paint(&mut small, known, scale);
        }
        while found.len() < MOST_CODES {
            let Some(code) = engines::with_rxing(&small) else {
                break;
            };
            let code = code.returned(scale, 0.0, 0.0);
            paint(&mut small, &code, scale);
            if !keep(&mut found, code) {
                break;
            }
        }
        let exhausted = grey.width().max(grey.height()) <= side_px && side_px > LONGEST_SIDE_PX;
        if !found.is_empty() || exhausted {
            break;
        }
    }
    found
}

/// Screenshots cut to the code: enlarged and given the quiet zone that the standard asks for.
fn read_tiny(grey: &Luma) -> Vec<Code> {
    const TIMES: usize = 6;
    let margin_px = 6;
    let large = grey.padded(margin_px).repeated(TIMES);
    let back =
        |code: Code| code.returned(1.0 / TIMES as f32, -(margin_px as f32), -(margin_px as f32));
    let code = engines::with_rqrr(&large)
        .into_iter()
        .next()
        .or_else(|| engines::with_rxing(&large));
    code.map(back).into_iter().collect()
}

/// Adds a code whose payload is new; tells whether it was.
fn keep(found: &mut Vec<Code>, code: Code) -> bool {
    let new = found.len() < MOST_CODES && found.iter().all(|known| known.payload != code.payload);
    if new {
        found.push(code);
    }
    new
}

/// Takes a code that is known out of a shrunk picture.
fn paint(small: &mut Luma, known: &Code, scale: f32) {
    let there = known.clone().returned(1.0 / scale, 0.0, 0.0);
    small.paint_over(there.bounds(), 128);
}

/// The middle of a frame, three fifths of its height, where the screen draws the guide box.
fn middle_of(grey: &Luma) -> Region {
    let side = (grey.height().min(grey.width()) * 3 / 5).max(1);
    Region {
        left: (grey.width() - side) / 2,
        top: (grey.height() - side) / 2,
        width: side,
        height: side,
    }
}

#[cfg(test)]
mod tests;
