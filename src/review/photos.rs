//! Are these the pictures that the manifest says they are, and is that from a phone one at all? Looks at form and
//! hashes, judges nobody.

use crate::photo;
use crate::standard::GRADUATION;
use crate::vision::{Picture, PictureError};
use crate::wire::{Digest, Manifest, Packet, RefusalCode};
use image::{ImageDecoder as _, codecs::png::PngDecoder};
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};
use zune_core::bytestream::ZCursor;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// A capture is at least this wide and high, pixels.
const SMALLEST_CAPTURE_PX: usize = 480;
/// A capture is at most this wide and high, pixels.
const LARGEST_CAPTURE_PX: usize = 12_000;

/// Checks hashes and pictures of a packet. The file of the standard photo is asked the very questions that the booth's
/// engine asked of it, the capture is read to its header. Faces are not measured a second time: the engine did on these
/// very bytes (the booth signs their hash), a person looks at each photo before it is approved, and the nets would hold
/// up a school's evening of deliveries by thirty milliseconds of a core for each.
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
    let not_usable = |why: &str| (RefusalCode::CaptureNotUsable, why.to_owned());
    let (width, height) = CaptureKind::of(packet.capture)
        .and_then(|kind| kind.size_px(packet.capture))
        .ok_or_else(|| not_usable("the capture is neither a JPEG nor a PNG"))?;
    if width.min(height) < SMALLEST_CAPTURE_PX || width.max(height) > LARGEST_CAPTURE_PX {
        return Err(not_usable("the capture is too small or too large"));
    }
    Ok(())
}

/// What a capture is: a camera gives JPEG, a student's stick may hold PNG. It stays what it was, so it is told by its
/// own first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptureKind {
    /// A JPEG.
    Jpeg,
    /// A PNG.
    Png,
}

impl CaptureKind {
    /// By the first bytes; `None` where they are no picture of either kind.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            _ => None,
        }
    }

    /// As browsers call it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Width and height in the header; nothing is decoded.
    fn size_px(self, bytes: &[u8]) -> Option<(usize, usize)> {
        match self {
            Self::Jpeg => {
                let mut header = decoder(bytes);
                header.decode_headers().ok()?;
                header.dimensions()
            }
            Self::Png => {
                let header = PngDecoder::new(Cursor::new(bytes)).ok()?;
                let (width, height) = header.dimensions();
                Some((width as usize, height as usize))
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: image::ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbImage::from_pixel(600, 500, image::Rgb([180; 3]))
            .write_to(&mut bytes, format)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_capture_is_called_what_it_is_and_measured_by_its_header() {
        use image::ImageFormat::{Jpeg, Png};
        for (format, name) in [(Jpeg, "image/jpeg"), (Png, "image/png")] {
            let bytes = written(format);
            let kind = CaptureKind::of(&bytes).unwrap();
            assert_eq!(kind.media_type(), name);
            assert_eq!(kind.size_px(&bytes), Some((600, 500)));
            assert_eq!(kind.size_px(&bytes[..20]), None);
        }
        assert_eq!(CaptureKind::of(b"GIF89a"), None);
    }
}
