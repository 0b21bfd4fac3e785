//! The frame about the face, at the size for which the limits were set.
//!
//! Larger pictures are shrunk by area means, but only the part that rules of the face read: of a full-HD frame that is
//! a fifth. The part begins where whole pixels of both sizes meet, so that it holds what shrinking the whole would.

use std::borrow::Cow;

use super::upright::Window;
use crate::vision::Picture;
use crate::vision::raster::shrink_picture;
use crate::vision::rules::mesh::{FRAME_HEIGHT, Mesh};

/// A part of the frame.
pub struct Near<'a> {
    /// Its pixels.
    pub picture: Cow<'a, Picture>,
    /// Where its upper left corner lies in the frame.
    pub corner: [f32; 2],
}

impl<'a> Near<'a> {
    /// About the face of a picture.
    pub fn of(picture: &'a Picture, mesh: &Mesh<'_>) -> Self {
        let whole = Self {
            picture: Cow::Borrowed(picture),
            corner: [0.0; 2],
        };
        if picture.height() <= FRAME_HEIGHT as usize {
            return whole;
        }
        Self::shrunk(picture, mesh).unwrap_or(whole)
    }

    fn shrunk(picture: &Picture, mesh: &Mesh<'_>) -> Option<Self> {
        let common = greatest_common(picture.height(), FRAME_HEIGHT as usize);
        // so many pixels of the picture are so many of the frame
        let (native, frame) = (picture.height() / common, FRAME_HEIGHT as usize / common);
        let (low, high) = corners(mesh);
        let first = |v: f32| ((v.max(0.0) / frame as f32) as usize) * native;
        let last = |v: f32, n: usize| (((v.max(0.0) / frame as f32) as usize + 1) * native).min(n);
        let (left, top) = (first(low[0]), first(low[1]));
        let (right, bottom) = (
            last(high[0], picture.width()),
            last(high[1], picture.height()),
        );
        if left >= right || top >= bottom {
            return None;
        }
        let part = picture
            .cropped(left, top, right - left, bottom - top)
            .ok()?;
        let small = |n: usize| (n * frame).div_ceil(native).max(1);
        let shrunk = shrink_picture(&part, small(part.width()), small(part.height()));
        Some(Self {
            picture: Cow::Owned(Picture::from_colours(&shrunk).ok()?),
            corner: [left, top].map(|v| (v / native * frame) as f32),
        })
    }
}

/// What the rules of the face read of the canonical square, in the frame.
fn corners(mesh: &Mesh<'_>) -> ([f32; 2], [f32; 2]) {
    const MARGIN_PX: f32 = 6.0;
    let back = mesh.to_upright().inverse();
    let window = Window::of(mesh);
    let (left, right) = (window.left as f64, (window.left + window.width) as f64);
    let bottom = window.height as f64;
    let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
    for corner in [[left, 0.0], [right, 0.0], [left, bottom], [right, bottom]] {
        for (axis, v) in back.apply(corner).into_iter().enumerate() {
            low[axis] = low[axis].min(v as f32 - MARGIN_PX);
            high[axis] = high[axis].max(v as f32 + MARGIN_PX);
        }
    }
    (low, high)
}

fn greatest_common(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_hd_and_720_lines_meet_every_third_pixel() {
        assert_eq!(greatest_common(1080, 720), 360);
        assert_eq!(greatest_common(1440, 720), 720);
    }
}
