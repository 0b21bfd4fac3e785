//! Bytes of a picture seen through a map: quicker than the cubic warp, for measuring instead of showing.

use super::{Affine, Raster};
use crate::vision::Picture;

/// The picture as `from_target` finds it: for each target pixel the bilinear mean of the four source pixels about
/// `from_target` of its place, rounded to bytes; the picture's edge is repeated outside. No prefilter: where the
/// target is much smaller, shrink the picture first.
pub fn sampled_bytes(
    source: &Picture,
    from_target: &Affine,
    width: usize,
    height: usize,
) -> Raster<[u8; 3]> {
    let pixels = source.rgb();
    let (w, h) = (source.width(), source.height());
    let origin = from_target.apply([0.0, 0.0]);
    let right = from_target.apply([1.0, 0.0]);
    let step = [(right[0] - origin[0]) as f32, (right[1] - origin[1]) as f32];
    let mut result = Raster::filled(width, height, [0; 3]);
    for y in 0..height {
        let start = from_target.apply([0.0, y as f64]).map(|v| v as f32);
        for (x, target) in result.row_mut(y).iter_mut().enumerate() {
            let at = [start[0] + step[0] * x as f32, start[1] + step[1] * x as f32];
            let u = at[0].clamp(0.0, (w - 1) as f32);
            let v = at[1].clamp(0.0, (h - 1) as f32);
            let (x0, y0) = (u as usize, v as usize);
            let (fx, fy) = (
                ((u - x0 as f32) * 256.0) as u32,
                ((v - y0 as f32) * 256.0) as u32,
            );
            let upper = (y0 * w + x0) * 3;
            let lower = ((y0 + 1).min(h - 1) * w + x0) * 3;
            let next = if x0 + 1 < w { 3 } else { 0 };
            let weights = [
                (256 - fx) * (256 - fy),
                fx * (256 - fy),
                (256 - fx) * fy,
                fx * fy,
            ];
            let corners = [upper, upper + next, lower, lower + next];
            let mut sum = [1 << 15; 3];
            for (weight, corner) in weights.iter().zip(corners) {
                if let Some([r, g, b]) =
                    pixels.get(corner..corner + 3).and_then(|p| p.first_chunk())
                {
                    sum[0] += weight * u32::from(*r);
                    sum[1] += weight * u32::from(*g);
                    sum[2] += weight * u32::from(*b);
                }
            }
            *target = sum.map(|s| (s >> 16) as u8);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halfway_is_the_mean_and_outside_is_the_edge() {
        let source = Picture::from_rgb(2, 1, vec![0, 0, 0, 200, 100, 50]).unwrap();
        let shifted = Affine::turn_scale_shift(0.0, 0.5, [-0.5, 0.0]);
        let seen = sampled_bytes(&source, &shifted, 5, 1);
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
