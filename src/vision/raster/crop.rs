//! Square regions cut out of a picture for the nets, as they were taught to see: bilinear, black outside.

use super::{Colours, Raster};
use crate::vision::Picture;

/// A square region of the picture, `side_px` wide and turned by `angle_rad` about its centre (in pixel corners,
/// as detectors count), as `n` x `n` colours 0..1; bilinear, and black outside the picture as the nets were taught.
pub fn crop_zero_padded(
    source: &Picture,
    centre_px: [f32; 2],
    side_px: f32,
    angle_rad: f32,
    n: usize,
) -> Colours {
    let step = side_px / n as f32;
    let (sin, cos) = angle_rad.sin_cos();
    let (w, h) = (source.width(), source.height());
    let half = n as f32 / 2.0;
    // a few samples a pixel stand for the mean where the region is much finer than the crop
    let boxes = ((step / 1.5).floor() as usize).clamp(1, 4);
    let inner: Vec<f32> = (0..boxes)
        .map(|k| (k as f32 + 0.5) / boxes as f32)
        .collect();
    let scale = 1.0 / (255.0 * (boxes * boxes) as f32);
    let (pixels, _) = source.rgb().as_chunks::<3>();
    let nearest = |[x, y]: [f32; 2]| {
        // where many samples make a pixel, none needs to be between pixels
        let inside = x >= 0.0 && y >= 0.0 && x < (w - 1) as f32 && y < (h - 1) as f32;
        let pixel = inside.then(|| pixels.get((y + 0.5) as usize * w + (x + 0.5) as usize));
        pixel.flatten().map_or([0.0; 3], |p| p.map(f32::from))
    };
    Raster::from_fn(n, n, |x, y| {
        let mut sum = [0.0; 3];
        for j in &inner {
            let dy = (y as f32 + j - half) * step;
            for i in &inner {
                let dx = (x as f32 + i - half) * step;
                let at = [
                    centre_px[0] + dx * cos - dy * sin - 0.5,
                    centre_px[1] + dx * sin + dy * cos - 0.5,
                ];
                let pixel = if boxes > 2 {
                    nearest(at)
                } else {
                    bilinear_or_black(source.rgb(), w, h, at)
                };
                for (s, v) in sum.iter_mut().zip(pixel) {
                    *s += v;
                }
            }
        }
        sum.map(|v| v * scale)
    })
}

fn bilinear_or_black(rgb: &[u8], w: usize, h: usize, [x, y]: [f32; 2]) -> [f32; 3] {
    if x < 0.0 || y < 0.0 {
        return [0.0; 3];
    }
    // cut off, not rounded down by a call: the same for what is not negative
    let (left, upper) = (x as usize, y as usize);
    if left + 1 >= w || upper + 1 >= h {
        return [0.0; 3];
    }
    let (u, v) = (x - left as f32, y - upper as f32);
    let texel = |x: usize, y: usize| lanes(rgb, y * w + x);
    let between = |a: [f32; 4], b: [f32; 4], part: f32| {
        std::array::from_fn(|c| a[c] * (1.0 - part) + b[c] * part)
    };
    let above = between(texel(left, upper), texel(left + 1, upper), u);
    let below = between(texel(left, upper + 1), texel(left + 1, upper + 1), u);
    let [r, g, b, _] = between(above, below, v);
    [r, g, b]
}

/// A pixel and what follows it: four numbers are taken at once where three are not.
fn lanes(rgb: &[u8], pixel: usize) -> [f32; 4] {
    match rgb.get(pixel * 3..pixel * 3 + 4) {
        Some(&[r, g, b, next]) => [r, g, b, next].map(f32::from),
        // the last pixel of all
        _ => std::array::from_fn(|c| rgb.get(pixel * 3 + c).map_or(0.0, |v| f32::from(*v))),
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the values are exact by construction")]
mod tests {
    use super::*;

    #[test]
    fn a_crop_is_black_outside() {
        let ramp = (0..40 * 30)
            .flat_map(|i| [(i % 40) as u8 * 4, (i / 40) as u8 * 4, 7])
            .collect();
        let ramp = Picture::from_rgb(40, 30, ramp).unwrap();
        let seen = crop_zero_padded(&ramp, [0.0, 0.0], 20.0, 0.0, 10);
        assert_eq!(seen.at(0, 0), [0.0; 3]);
        assert!(seen.at(8, 8)[2] > 0.02);
    }
}
