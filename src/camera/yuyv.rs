//! Uncompressed 4:2:2 frames of cameras that cannot do JPEG, as sRGB.

use crate::vision::{Picture, PictureError};

/// A picture of packed `Y U Y V`, studio-swing BT.601, as webcams send it.
pub(super) fn picture(width: usize, height: usize, yuyv: &[u8]) -> Result<Picture, PictureError> {
    let bytes = yuyv
        .get(..width * height * 2)
        .ok_or(PictureError::Damaged)?;
    let mut rgb = Vec::with_capacity(width * height * 3);
    for pair in bytes.chunks_exact(4) {
        let &[first, u, second, v] = pair else {
            continue;
        };
        for luma in [first, second] {
            rgb.extend(rgb_of(luma, u, v));
        }
    }
    Picture::from_rgb(width, height, rgb)
}

/// Fixed point, eight bits behind the point.
fn rgb_of(luma: u8, u: u8, v: u8) -> [u8; 3] {
    let (luma, u, v) = (
        298 * (i32::from(luma) - 16),
        i32::from(u) - 128,
        i32::from(v) - 128,
    );
    [luma + 409 * v, luma - 100 * u - 208 * v, luma + 516 * u]
        .map(|channel| ((channel + 128) >> 8).clamp(0, 255) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colours() {
        let white_black = picture(2, 1, &[235, 128, 16, 128]).unwrap();
        assert_eq!(white_black.rgb(), [255, 255, 255, 0, 0, 0]);
        let red = picture(2, 1, &[82, 90, 82, 240]).unwrap();
        assert!(
            red.rgb()[0] > 250 && red.rgb()[1] < 5 && red.rgb()[2] < 5,
            "{:?}",
            red.rgb()
        );
    }

    #[test]
    fn too_few_bytes() {
        assert_eq!(picture(4, 2, &[0; 15]), Err(PictureError::Damaged));
    }
}
