//! Grey pictures for reading codes: how they are cut, shrunk and padded.
//!
//! Eight bits a pixel, because the two decoders work on bytes. Colour never reaches a decoder.

use crate::vision::Picture;

/// An eight-bit grey picture, row by row; `grey.len() == width * height`.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

impl std::fmt::Debug for Luma {
    /// Size only: a code is a person's key and never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Luma({} x {})", self.width, self.height)
    }
}

/// A rectangle in pixels, inside its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Left edge.
    pub left: usize,
    /// Top edge.
    pub top: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
}

impl Luma {
    /// Grey bytes as they are; `None` unless there is one byte a pixel and at least one pixel.
    pub fn new(width: usize, height: usize, grey: Vec<u8>) -> Option<Self> {
        let sized = width > 0 && height > 0 && width.checked_mul(height) == Some(grey.len());
        sized.then_some(Self {
            width,
            height,
            grey,
        })
    }

    /// The luminance of a picture (BT.601 weights, as the decoders expect of a camera's Y channel).
    pub fn of(picture: &Picture) -> Self {
        let grey = picture
            .rgb()
            .chunks_exact(3)
            .map(|p| {
                ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2])) >> 8) as u8
            })
            .collect();
        Self {
            width: picture.width(),
            height: picture.height(),
            grey,
        }
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The bytes, row by row.
    pub fn grey(&self) -> &[u8] {
        &self.grey
    }

    /// The part of `region` that lies inside; `None` if nothing does.
    pub fn cut(&self, region: Region) -> Option<Self> {
        let left = region.left.min(self.width);
        let top = region.top.min(self.height);
        let width = region.width.min(self.width - left);
        let height = region.height.min(self.height - top);
        let rows = self.grey.chunks_exact(self.width).skip(top).take(height);
        let grey = rows
            .flat_map(|row| &row[left..left + width])
            .copied()
            .collect();
        Self::new(width, height, grey)
    }

    /// Shrunk by the mean of the covered pixels so that the longer side is at most `longest_px`;
    /// and the factor by which coordinates have to be multiplied to return.
    pub fn within(&self, longest_px: usize) -> (Self, f32) {
        let longest = self.width.max(self.height);
        if longest <= longest_px || longest_px == 0 {
            return (self.clone(), 1.0);
        }
        let scale = longest as f32 / longest_px as f32;
        let width = ((self.width as f32 / scale).round() as usize).max(1);
        let height = ((self.height as f32 / scale).round() as usize).max(1);
        let columns = spans(self.width, width);
        let mut grey = Vec::with_capacity(width * height);
        for (top, bottom) in spans(self.height, height) {
            let rows = &self.grey[top * self.width..bottom * self.width];
            for &(left, right) in &columns {
                let sum: u32 = rows
                    .chunks_exact(self.width)
                    .flat_map(|row| &row[left..right])
                    .map(|&v| u32::from(v))
                    .sum();
                grey.push((sum / ((right - left) * (bottom - top)) as u32) as u8);
            }
        }
        (
            Self {
                width,
                height,
                grey,
            },
            scale,
        )
    }

    /// Every pixel repeated `times` in both directions: for screenshots with one pixel a module.
    #[must_use]
    pub fn repeated(&self, times: usize) -> Self {
        let mut grey = Vec::with_capacity(self.grey.len() * times * times);
        for row in self.grey.chunks_exact(self.width) {
            for _ in 0..times {
                grey.extend(row.iter().flat_map(|&v| std::iter::repeat_n(v, times)));
            }
        }
        Self {
            width: self.width * times,
            height: self.height * times,
            grey,
        }
    }

    /// With a margin of the picture's own corner shade: a picture cut at the code's edge has no quiet zone.
    #[must_use]
    pub fn padded(&self, margin_px: usize) -> Self {
        let shade = if self.mean_of_corners() < 128 { 0 } else { 255 };
        let width = self.width + 2 * margin_px;
        let height = self.height + 2 * margin_px;
        let mut grey = vec![shade; width * height];
        for (to, from) in grey
            .chunks_exact_mut(width)
            .skip(margin_px)
            .zip(self.grey.chunks_exact(self.width))
        {
            to[margin_px..margin_px + self.width].copy_from_slice(from);
        }
        Self {
            width,
            height,
            grey,
        }
    }

    /// Paints a rectangle in one shade, so that the next search finds another code.
    pub fn paint_over(&mut self, region: Region, shade: u8) {
        let (left, right) = (
            region.left.min(self.width),
            (region.left + region.width).min(self.width),
        );
        for row in self
            .grey
            .chunks_exact_mut(self.width)
            .skip(region.top)
            .take(region.height)
        {
            row[left..right].fill(shade);
        }
    }

    /// A code without margin begins with a dark finder in three corners; a light picture has light ones.
    /// One light corner (the fourth) is therefore enough to call the paper light.
    fn mean_of_corners(&self) -> u8 {
        let last = self.grey.len() - 1;
        let corners = [0, self.width - 1, last + 1 - self.width, last];
        corners
            .iter()
            .filter_map(|&i| self.grey.get(i))
            .copied()
            .max()
            .unwrap_or(255)
    }
}

/// Divides `from` pixels into `into` neighbouring spans of at least one pixel.
fn spans(from: usize, into: usize) -> Vec<(usize, usize)> {
    (0..into)
        .map(|i| {
            let start = i * from / into;
            (start, ((i + 1) * from / into).max(start + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shrinking_keeps_the_mean_and_tells_the_way_back() {
        let grey = Luma::new(8, 4, (0..32).map(|v| v * 8).collect()).unwrap();
        let (small, scale) = grey.within(4);
        assert_eq!((small.width(), small.height(), scale), (4, 2, 2.0));
        assert_eq!(small.grey()[0], (8 + 64 + 72) / 4);
    }

    #[test]
    fn a_region_outside_is_nothing() {
        let grey = Luma::new(4, 4, vec![9; 16]).unwrap();
        assert!(
            grey.cut(Region {
                left: 9,
                top: 0,
                width: 3,
                height: 3
            })
            .is_none()
        );
        let corner = grey
            .cut(Region {
                left: 3,
                top: 2,
                width: 9,
                height: 9,
            })
            .unwrap();
        assert_eq!((corner.width(), corner.height()), (1, 2));
    }
}
