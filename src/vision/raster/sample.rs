//! Bytes of a picture seen through a map: quicker than the cubic warp, for measuring instead of showing.

use super::{Affine, Raster};
use crate::vision::Picture;

/// The picture as `from_target` finds it: for each pixel of a `width` x `height` target whose corner is at
/// `corner`, the bilinear mean of the four source pixels about `from_target` of its place, rounded to bytes; the
/// picture's edge is repeated outside. No prefilter: where the target is much smaller, shrink the picture first.
pub fn sampled_bytes(
    source: &Picture,
    from_target: &Affine,
    corner: [usize; 2],
    width: usize,
    height: usize,
) -> Raster<[u8; 3]> {
    let (pixels, _) = source.rgb().as_chunks::<3>();
    let (w, h) = (source.width(), source.height());
    let [left, top] = corner.map(|v| v as f64);
    let origin = from_target.apply([left, top]);
    let right = from_target.apply([left + 1.0, top]);
    let step = [(right[0] - origin[0]) as f32, (right[1] - origin[1]) as f32];
    let last = [(w - 1) as f32, (h - 1) as f32];
    let mut result = Raster::filled(width, height, [0; 3]);
    for y in 0..height {
        let start = from_target.apply([left, top + y as f64]).map(|v| v as f32);
        for (x, target) in result.row_mut(y).iter_mut().enumerate() {
            let u = (start[0] + step[0] * x as f32).clamp(0.0, last[0]);
            let v = (start[1] + step[1] * x as f32).clamp(0.0, last[1]);
            let (x0, y0) = (u as usize, v as usize);
            let (fx, fy) = (u - x0 as f32, v - y0 as f32);
            let (x1, y1) = ((x0 + 1).min(w - 1), (y0 + 1).min(h - 1));
            let upper = (pixels[y0 * w + x0], pixels[y0 * w + x1]);
            let lower = (pixels[y1 * w + x0], pixels[y1 * w + x1]);
            for (c, byte) in target.iter_mut().enumerate() {
                let above = between(upper.0[c], upper.1[c], fx);
                let below = between(lower.0[c], lower.1[c], fx);
                *byte = (above + (below - above) * fy + 0.5) as u8;
            }
        }
    }
    result
}

fn between(a: u8, b: u8, share: f32) -> f32 {
    let a = f32::from(a);
    a + (f32::from(b) - a) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halfway_is_the_mean_and_outside_is_the_edge() {
        let source = Picture::from_rgb(2, 1, vec![0, 0, 0, 200, 100, 50]).unwrap();
        let shifted = Affine::turn_scale_shift(0.0, 0.5, [-0.5, 0.0]);
        let seen = sampled_bytes(&source, &shifted, [0, 0], 5, 1);
        assert_eq!(
            seen.row(0),
            [
                [0, 0, 0],
                [0, 0, 0],
                [100, 50, 25],
                [200, 100, 50],
                [200, 100, 50]
            ]
        );
    }
}
