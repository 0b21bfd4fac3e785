//! The two decoders behind one shape: `rqrr`, and `rxing` where it fails.
//!
//! Both parse hostile input and both hold assertions; a panic inside is caught here, in the one place,
//! and counts as "no code". Nothing of what they read is logged.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rxing::common::HybridBinarizer;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, RXingResult, Reader};

use super::luma::Luma;
use super::{Code, LONGEST_PAYLOAD_BYTES};

/// A QR code has at least 21 modules a side; less pixels hold none.
const SMALLEST_SIDE_PX: usize = 21;

/// All codes that `rqrr` reads. It is quick to say no on a clean small picture, but reads no inverted
/// code, and only a third of difficult frames; and it has no time limit, so keep the picture small.
pub fn with_rqrr(grey: &Luma) -> Vec<Code> {
    if grey.width().min(grey.height()) < SMALLEST_SIDE_PX {
        return Vec::new();
    }
    let width = grey.width();
    let bytes = grey.grey();
    catch_unwind(AssertUnwindSafe(|| {
        let at = |x, y| bytes.get(y * width + x).copied().unwrap_or(255);
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, grey.height(), at);
        let grids = prepared.detect_grids();
        grids.iter().filter_map(code_of_grid).collect()
    }))
    .unwrap_or_default()
}

/// What one grid says, if it says it whole.
fn code_of_grid<G: rqrr::BitGrid>(grid: &rqrr::Grid<G>) -> Option<Code> {
    let mut payload = Vec::new();
    grid.decode_to(&mut payload).ok()?;
    let corners = grid.bounds.map(|p| [p.x as f32, p.y as f32]);
    Code::of(payload, corners)
}

/// The first code that `rxing` reads, light on dark too.
pub fn with_rxing(grey: &Luma) -> Option<Code> {
    if grey.width().min(grey.height()) < SMALLEST_SIDE_PX {
        return None;
    }
    catch_unwind(AssertUnwindSafe(|| {
        let source =
            Luma8Source::new_with_slice(grey.grey(), grey.width() as u32, grey.height() as u32)
                .ok()?;
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let hints = hints();
        read_once(&mut bitmap, &hints).or_else(|| {
            bitmap.invert();
            read_once(&mut bitmap, &hints)
        })
    }))
    .ok()
    .flatten()
}

/// One polarity: the newer reader of `rxing` first, then the older, which finds other codes.
fn read_once<B: rxing::Binarizer>(
    bitmap: &mut BinaryBitmap<B>,
    hints: &DecodeHints,
) -> Option<Code> {
    if let Ok(found) = QrReader.decode_with_hints(bitmap, hints) {
        return Code::of(found.getRawBytes().to_vec(), corners_of(&found));
    }
    let found = QRCodeReader::new().decode_with_hints(bitmap, hints).ok()?;
    Code::of(
        found.getText().as_bytes().to_vec(),
        corners_of_finders(&found),
    )
}

fn hints() -> DecodeHints {
    DecodeHints {
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        TryHarder: Some(true),
        CharacterSet: Some("UTF-8".to_owned()),
        ..DecodeHints::default()
    }
}

/// The newer reader names the four corners row by row; they are told clockwise.
fn corners_of(found: &RXingResult) -> [[f32; 2]; 4] {
    let mut corners = [[0.0; 2]; 4];
    for (corner, point) in corners.iter_mut().zip(found.getPoints()) {
        *corner = [point.x, point.y];
    }
    let [a, b, c, d] = corners;
    // twice the signed area of a quadrilateral that crosses itself is smaller than of one that does not
    let area = |[a, b, c, d]: [[f32; 2]; 4]| {
        ((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])).abs()
    };
    if area([a, b, d, c]) > area(corners) {
        [a, b, d, c]
    } else {
        corners
    }
}

/// The older reader names the centres of the finders: bottom left, top left, top right. The corners are
/// those of the parallelogram through them, widened by the 3.5 modules between a centre and its corner
/// (about an eighth of a middle-sized code).
fn corners_of_finders(found: &RXingResult) -> [[f32; 2]; 4] {
    let [Some(a), Some(b), Some(c)] =
        [0, 1, 2].map(|i| found.getPoints().get(i).map(|p| [p.x, p.y]))
    else {
        return [[0.0; 2]; 4];
    };
    let fourth = [a[0] + c[0] - b[0], a[1] + c[1] - b[1]];
    let middle = [f32::midpoint(a[0], c[0]), f32::midpoint(a[1], c[1])];
    [b, c, fourth, a].map(|p| [0, 1].map(|i| middle[i] + (p[i] - middle[i]) * 1.25))
}

impl Code {
    /// A code of a payload that a QR code can hold.
    fn of(payload: Vec<u8>, corners: [[f32; 2]; 4]) -> Option<Self> {
        let lawful = !payload.is_empty() && payload.len() <= LONGEST_PAYLOAD_BYTES;
        lawful.then_some(Self { payload, corners })
    }
}
