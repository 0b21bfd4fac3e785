//! Square regions cut out of a picture for the nets, as they were taught to see: bilinear, black outside.

use super::{Colours, Raster};
use crate::vision::{Picture, vectored};

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
    let half = n as f32 / 2.0;
    // a few samples a pixel stand for the mean where the region is much finer than the crop
    let boxes = ((step / 1.5).floor() as usize).clamp(1, 4);
    let scale = 1.0 / (255.0 * (boxes * boxes) as f32);
    // where samples lie along either side of the turned square, as way across and way down
    let along = (0..n * boxes).map(|i| {
        let inner = ((i % boxes) as f32 + 0.5) / boxes as f32;
        let d = ((i / boxes) as f32 + inner - half) * step;
        [d * cos, d * sin]
    });
    let down: Vec<[f32; 2]> = along.collect();
    let across = down
        .iter()
        .map(|[c, s]| [centre_px[0] + c, centre_px[1] + s]);
    let across: Vec<[f32; 2]> = across.collect();
    let texels = Texels {
        rgb: source.rgb(),
        width: source.width() as i32,
        height: source.height() as i32,
    };
    let mut crop = vec![[0.0; 3]; n * n];
    vectored(
        #[inline(always)]
        || {
            let rows = crop.chunks_exact_mut(n).zip(down.chunks_exact(boxes));
            for (row, down) in rows {
                for (pixel, across) in row.iter_mut().zip(across.chunks_exact(boxes)) {
                    let [r, g, b, _] = texels.sum(across, down);
                    *pixel = [r * scale, g * scale, b * scale];
                }
            }
        },
    );
    Raster::from_values(n, n, crop, [0.0; 3])
}

/// A picture's pixels as four numbers, the last of no meaning: they are taken at once where three are not.
struct Texels<'a> {
    rgb: &'a [u8],
    width: i32,
    height: i32,
}

impl Texels<'_> {
    /// The sum of what is seen at each of the ways across, from each of the ways down.
    #[inline(always)]
    fn sum(&self, across: &[[f32; 2]], down: &[[f32; 2]]) -> [f32; 4] {
        let mut sum = [0.0; 4];
        for [c, s] in down {
            for [u, v] in across {
                let at = [u - s - 0.5, v + c - 0.5];
                // where many samples make a pixel, none needs to be between pixels
                let pixel = if down.len() > 2 {
                    self.nearest(at)
                } else {
                    self.bilinear(at)
                };
                for (s, v) in sum.iter_mut().zip(pixel) {
                    *s += v;
                }
            }
        }
        sum
    }

    /// Black outside.
    #[inline(always)]
    fn nearest(&self, [x, y]: [f32; 2]) -> [f32; 4] {
        let inside =
            x >= 0.0 && y >= 0.0 && x < (self.width - 1) as f32 && y < (self.height - 1) as f32;
        if inside {
            self.one(3 * ((y + 0.5) as i32 * self.width + (x + 0.5) as i32) as usize)
        } else {
            [0.0; 4]
        }
    }

    /// Black outside.
    #[inline(always)]
    fn bilinear(&self, [x, y]: [f32; 2]) -> [f32; 4] {
        // cut off, not rounded down by a call: the same for what is not negative
        let (left, upper) = (x as i32, y as i32);
        if x < 0.0 || y < 0.0 || left >= self.width - 1 || upper >= self.height - 1 {
            return [0.0; 4];
        }
        let (u, v) = (x - left as f32, y - upper as f32);
        let first = 3 * (upper * self.width + left) as usize;
        let [left, right] = self.two(first);
        let above = between(left, right, u);
        let [left, right] = self.two(first + 3 * self.width as usize);
        between(above, between(left, right, u), v)
    }

    /// The pixel that begins at this byte, and its neighbour.
    #[inline(always)]
    fn two(&self, first: usize) -> [[f32; 4]; 2] {
        let rest = self.rgb.get(first..).unwrap_or(&[]);
        if let Some([r, g, b, s, h, c, next]) = rest.first_chunk::<7>() {
            return [numbers([*r, *g, *b, *s]), numbers([*s, *h, *c, *next])];
        }
        // the last two of all
        [self.one(first), self.one(first + 3)]
    }

    #[inline(always)]
    fn one(&self, first: usize) -> [f32; 4] {
        match self
            .rgb
            .get(first..)
            .and_then(|rest| rest.first_chunk::<4>())
        {
            Some(pixel) => numbers(*pixel),
            None => std::array::from_fn(|c| self.rgb.get(first + c).map_or(0.0, |v| f32::from(*v))),
        }
    }
}

#[inline(always)]
fn numbers([r, g, b, next]: [u8; 4]) -> [f32; 4] {
    [f32::from(r), f32::from(g), f32::from(b), f32::from(next)]
}

#[inline(always)]
fn between(mut a: [f32; 4], b: [f32; 4], part: f32) -> [f32; 4] {
    for (a, b) in a.iter_mut().zip(b) {
        *a = *a * (1.0 - part) + b * part;
    }
    a
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
