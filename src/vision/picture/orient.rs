//! Turning a picture upright as its EXIF orientation says.

use super::Picture;
use image::metadata::Orientation;

/// The picture as its maker wanted it seen.
pub(super) fn upright(picture: Picture, orientation: Orientation) -> Picture {
    let (w, h) = (picture.width, picture.height);
    // where the pixel of the upright picture comes from
    let from: fn(usize, usize, usize, usize) -> (usize, usize) = match orientation {
        Orientation::NoTransforms => return picture,
        Orientation::Rotate90 => |x, y, _, h| (y, h - 1 - x),
        Orientation::Rotate180 => |x, y, w, h| (w - 1 - x, h - 1 - y),
        Orientation::Rotate270 => |x, y, w, _| (w - 1 - y, x),
        Orientation::FlipHorizontal => |x, y, w, _| (w - 1 - x, y),
        Orientation::FlipVertical => |x, y, _, h| (x, h - 1 - y),
        Orientation::Rotate90FlipH => |x, y, _, _| (y, x),
        Orientation::Rotate270FlipH => |x, y, w, h| (w - 1 - y, h - 1 - x),
    };
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = if turned { (h, w) } else { (w, h) };
    let mut rgb = Vec::with_capacity(picture.rgb.len());
    for y in 0..height {
        for x in 0..width {
            let (sx, sy) = from(x, y, w, h);
            let start = (sy * w + sx) * 3;
            rgb.extend_from_slice(&picture.rgb[start..start + 3]);
        }
    }
    Picture { width, height, rgb }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_orientation_agrees_with_the_image_crate() {
        let rgb: Vec<u8> = (0..6 * 4 * 3).collect();
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let ours = upright(Picture::from_rgb(6, 4, rgb.clone()).unwrap(), orientation);
            let mut theirs = image::DynamicImage::ImageRgb8(
                image::RgbImage::from_raw(6, 4, rgb.clone()).unwrap(),
            );
            theirs.apply_orientation(orientation);
            assert_eq!(
                ours.rgb(),
                theirs.into_rgb8().as_raw().as_slice(),
                "EXIF {exif}"
            );
        }
    }
}
