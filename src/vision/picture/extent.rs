//! Where a JPEG ends and how it is laid out, without decoding it.

use super::PictureError;

/// How far a JPEG reaches, and how it is laid out.
#[derive(Default)]
pub(super) struct Extent {
    /// Length up to and with the end marker.
    end: usize,
    /// One scan after another instead of row after row.
    progressive: bool,
    /// Colours of the frame.
    components: u8,
    /// Some colours are stored coarser than others.
    subsampled: bool,
    /// The first scan does not hold all colours.
    separate: bool,
}

impl Extent {
    /// The bytes that the decoder may see. Behind an end marker it fills what is missing and says nothing; without
    /// one it runs out of bytes and, being strict, complains. So the marker, once found, is kept from it.
    pub(super) fn believed(&self) -> usize {
        if self.progressive {
            self.end
        } else {
            self.end - 2
        }
    }

    /// The decoder turns coarser colours in scans of their own into noise and says nothing.
    fn would_be_noise(&self) -> bool {
        !self.progressive && self.subsampled && self.separate
    }

    /// What the frame header says: number of colours, sampling factors.
    fn read_frame(&mut self, segment: &[u8]) {
        self.components = segment.get(7).copied().unwrap_or(0);
        let factors = segment
            .get(8..)
            .unwrap_or_default()
            .chunks_exact(3)
            .map(|c| c[1]);
        self.subsampled = factors
            .into_iter()
            .take(usize::from(self.components))
            .any(|f| f != 0x11);
    }
}

/// Walks segments and scans to the end marker; bytes of a thumbnail inside a segment do not count.
pub(super) fn walked(bytes: &[u8]) -> Result<Extent, PictureError> {
    let extent = walked_to_end(bytes).ok_or(PictureError::Damaged)?;
    if extent.would_be_noise() {
        return Err(PictureError::Unsupported("multi-scan baseline JPEG"));
    }
    Ok(extent)
}

fn walked_to_end(bytes: &[u8]) -> Option<Extent> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut at = 2;
    let mut extent = Extent::default();
    loop {
        // a marker: any number of fill bytes 0xff, then its code
        if *bytes.get(at)? != 0xff {
            return None;
        }
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        let code = *bytes.get(at)?;
        at += 1;
        match code {
            0xd9 => {
                extent.end = at;
                return Some(extent);
            }
            0x01 | 0xd0..=0xd7 => {}
            _ => {
                let length = usize::from(*bytes.get(at)?) << 8 | usize::from(*bytes.get(at + 1)?);
                if length < 2 {
                    return None;
                }
                let segment = bytes.get(at..at + length)?;
                at += length;
                match code {
                    0xc0..=0xc2 => {
                        extent.progressive = code == 0xc2;
                        extent.read_frame(segment);
                    }
                    0xda => {
                        extent.separate |= segment.get(2).is_some_and(|n| *n < extent.components);
                        at = end_of_scan(bytes, at)?;
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Where the entropy-coded data ends: the next marker that is neither a stuffed zero nor a restart.
fn end_of_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == 0xff)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}
