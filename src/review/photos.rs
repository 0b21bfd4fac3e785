//! Are these the pictures that the manifest says they are, and is that from a phone one at all? Looks at form and
//! hashes, judges nobody.

use crate::photo;
use crate::standard::GRADUATION;
use crate::vision::{Picture, PictureError};
use crate::wire::{Digest, Manifest, Packet, RefusalCode};
use std::sync::{Mutex, PoisonError};
use zune_core::bytestream::ZCursor;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// A capture is at least this wide and high, pixels.
const SMALLEST_CAPTURE_PX: usize = 480;
/// A capture is at most this wide and high, pixels.
const LARGEST_CAPTURE_PX: usize = 12_000;

/// Checks hashes and pictures of a packet. The standard photo is asked the very questions that the booth's engine asked
/// of it, the capture is read to its header.
pub fn check(manifest: &Manifest, packet: &Packet<'_>) -> Result<(), (RefusalCode, String)> {
    let hashes = (Digest::of(packet.photo), Digest::of(packet.capture));
    if hashes != (manifest.photo_sha256, manifest.capture_sha256) {
        return Err((
            RefusalCode::HashMismatch,
            "a picture is not the one that the manifest names".to_owned(),
        ));
    }
    photo::form(packet.photo, &GRADUATION)
        .map_err(|error| (RefusalCode::PhotoNotStandard, error.to_string()))?;
    let mut capture = decoder(packet.capture);
    let not_usable = |why: &str| (RefusalCode::CaptureNotUsable, why.to_owned());
    capture
        .decode_headers()
        .map_err(|_| not_usable("the capture is not a JPEG"))?;
    let (width, height) = capture.dimensions().unwrap_or_default();
    if width.min(height) < SMALLEST_CAPTURE_PX || width.max(height) > LARGEST_CAPTURE_PX {
        return Err(not_usable("the capture is too small or too large"));
    }
    Ok(())
}

/// Why a file is no picture that a booth could use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlbumProblem {
    /// None was chosen.
    Missing,
    /// Something else than JPEG.
    NoJpeg,
    /// Not whole.
    Damaged,
    /// Fewer pixels than a capture has.
    TooSmall,
    /// More pixels than are ever decoded.
    TooLarge,
}

/// Memory for one decoded picture at a time, whoever sends how many.
static LOOKING: Mutex<()> = Mutex::new(());

/// Looks at a file from the album of a phone, decoding it whole. Whether the photo is any good is the booth's to say.
pub fn check_album(jpeg: &[u8]) -> Result<(), AlbumProblem> {
    if jpeg.is_empty() {
        return Err(AlbumProblem::Missing);
    }
    if !jpeg.starts_with(&[0xff, 0xd8, 0xff]) {
        return Err(AlbumProblem::NoJpeg);
    }
    let _alone = LOOKING.lock().unwrap_or_else(PoisonError::into_inner);
    let picture = Picture::decode(jpeg).map_err(|error| match error {
        PictureError::Unknown | PictureError::Unsupported(_) => AlbumProblem::NoJpeg,
        PictureError::Damaged => AlbumProblem::Damaged,
        PictureError::Size { .. } => AlbumProblem::TooLarge,
    })?;
    let (width, height) = (picture.width(), picture.height());
    if width.min(height) < SMALLEST_CAPTURE_PX {
        Err(AlbumProblem::TooSmall)
    } else if width.max(height) > LARGEST_CAPTURE_PX {
        Err(AlbumProblem::TooLarge)
    } else {
        Ok(())
    }
}

fn decoder(bytes: &[u8]) -> JpegDecoder<ZCursor<&[u8]>> {
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(LARGEST_CAPTURE_PX)
        .set_max_height(LARGEST_CAPTURE_PX);
    JpegDecoder::new_with_options(ZCursor::new(bytes), options)
}
