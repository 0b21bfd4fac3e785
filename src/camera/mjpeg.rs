//! JPEG as cameras send it: where one ends inside a larger buffer, and the encoding for those that send none.
//!
//! nokhwa hands out the whole mapped buffer, two megabytes for a frame of a hundred kilobytes, with the
//! leftovers of older frames behind it. This walks the markers to the frame's own end. It decodes nothing: that is `Picture::decode_mjpeg`.

use std::sync::Arc;

use super::CameraError;
use crate::vision::Picture;

const MARKER: u8 = 0xff;
const START_OF_IMAGE: u8 = 0xd8;
const END_OF_IMAGE: u8 = 0xd9;
const START_OF_SCAN: u8 = 0xda;

/// A JPEG cut out of a camera buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut<'a> {
    /// From start of image to end of image, both included.
    pub jpeg: &'a [u8],
    /// Where the pixels begin in `jpeg`: just behind the header of the first scan.
    pub scan_at: usize,
}

/// The JPEG at the start of `buffer`, or `None` where it does not start or does not end.
pub(super) fn cut(buffer: &[u8]) -> Option<Cut<'_>> {
    if buffer.get(..2)? != [MARKER, START_OF_IMAGE] {
        return None;
    }
    let mut at = 2;
    let mut scan_at = None;
    loop {
        let (marker, after) = marker_at(buffer, at)?;
        match marker {
            END_OF_IMAGE => {
                return Some(Cut {
                    jpeg: buffer.get(..after)?,
                    scan_at: scan_at?,
                });
            }
            START_OF_SCAN => {
                let pixels = segment_end(buffer, after)?;
                scan_at.get_or_insert(pixels);
                at = scan_end(buffer, pixels)?;
            }
            _ => at = segment_end(buffer, after)?,
        }
    }
}

/// The marker at `at` (fill bytes skipped), and the place behind it.
fn marker_at(buffer: &[u8], at: usize) -> Option<(u8, usize)> {
    if *buffer.get(at)? != MARKER {
        return None;
    }
    let fill = buffer.get(at..)?.iter().position(|&byte| byte != MARKER)?;
    Some((*buffer.get(at + fill)?, at + fill + 1))
}

/// The end of the segment whose length stands at `at`.
fn segment_end(buffer: &[u8], at: usize) -> Option<usize> {
    let length = u16::from_be_bytes([*buffer.get(at)?, *buffer.get(at + 1)?]) as usize;
    (length >= 2).then_some(at + length)
}

/// The first marker behind compressed pixels: stuffed zeros and restart markers belong to the pixels.
fn scan_end(buffer: &[u8], pixels: usize) -> Option<usize> {
    let mut at = pixels;
    loop {
        at += buffer.get(at..)?.iter().position(|&byte| byte == MARKER)?;
        match *buffer.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            MARKER => at += 1,
            _ => return Some(at),
        }
    }
}

/// A picture as a JPEG.
pub(super) fn encode(picture: &Picture, quality: u8) -> Result<Arc<[u8]>, CameraError> {
    let too_large = || CameraError::Unsupported;
    let width = u16::try_from(picture.width()).map_err(|_| too_large())?;
    let height = u16::try_from(picture.height()).map_err(|_| too_large())?;
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, quality)
        .encode(picture.rgb(), width, height, jpeg_encoder::ColorType::Rgb)
        .map_err(|error| CameraError::Driver(error.to_string()))?;
    Ok(jpeg.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &[u8] = &[
        0xff, 0xd8, 0xff, 0xe0, 0, 4, 0xff,
        0xd9, // a segment that holds what looks like an end
        0xff, 0xda, 0, 2, 1, 2, 0xff, 0x00, 0xff, 0xd3, 9, 0xff, 0xff, 0xd9,
    ];

    #[test]
    fn ends_at_the_frames_own_end() {
        let mut buffer = SMALL.to_vec();
        buffer.extend([7, 7, 0xff, 0xd9, 7]);
        let cut = cut(&buffer).unwrap();
        assert_eq!(cut.jpeg, SMALL);
        assert_eq!(cut.scan_at, 12);
    }

    #[test]
    fn no_end_is_no_frame() {
        for length in 0..SMALL.len() {
            assert_eq!(cut(&SMALL[..length]), None, "{length} bytes");
        }
        let mut zeros = SMALL[..15].to_vec();
        zeros.resize(4096, 0);
        assert_eq!(cut(&zeros), None);
    }

    #[test]
    fn an_encoded_picture_is_cut_whole() {
        let picture =
            Picture::from_rgb(16, 8, (0..384u32).map(|at| (at * 7) as u8).collect()).unwrap();
        let jpeg = encode(&picture, 90).unwrap();
        let buffer: Vec<u8> = jpeg.iter().copied().chain([0xff, 0xd9, 1]).collect();
        assert_eq!(cut(&buffer).unwrap().jpeg, &*jpeg);
    }

    #[test]
    fn garbage_is_no_frame() {
        assert_eq!(cut(&[0; 64]), None);
        assert_eq!(cut(&[0xff; 64]), None);
        assert_eq!(cut(&[0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9]), None);
    }
}
