//! Takes the wall's colour out of what is partly wall. Where a pixel is all person it stays as the camera saw it.

use super::Matte;
use super::alpha::mix;
use crate::vision::raster::Stretching;
use std::ops::Range;

/// From here to there the un-mixed pixel takes over from the estimate.
const ESTIMATE_BELOW: f32 = 0.3;
const PIXEL_OVER: f32 = 0.6;
/// Un-mixed colours may be this much more like the wall than the estimate: what more there is makes a halo.
const MORE_LIKE_WALL: f32 = 0.03;
/// Alpha from which that is no longer held, and from which the pixel stays untouched.
const FREE: f32 = 0.99;
const UNTOUCHED: f32 = 0.995;

/// The person without wall, row by row from the top.
pub struct Unmixing<'a> {
    matte: &'a Matte,
    walls: Stretching<'a, [f32; 3]>,
    darks: Stretching<'a, [f32; 3]>,
    lights: Stretching<'a, [f32; 3]>,
    next_patch: usize,
}

impl<'a> Unmixing<'a> {
    /// Of a solved matte.
    pub fn new(matte: &'a Matte) -> Self {
        let (w, h) = (matte.alpha.width(), matte.alpha.height());
        Self {
            matte,
            walls: Stretching::new(&matte.wall.colour, w, h),
            darks: Stretching::new(&matte.colours.dark, w, h),
            lights: Stretching::new(&matte.colours.light, w, h),
            next_patch: 0,
        }
    }

    /// Row `y` of the grid: red, green and blue times alpha, then alpha. Only the columns that hold something of the
    /// person are written; they are given back. Rows must be asked for downwards.
    pub fn premultiplied(&mut self, y: usize, out: &mut [[f32; 4]]) -> Range<usize> {
        let matte = self.matte;
        let alphas = matte.alpha.row(y);
        let held = |a: &f32| *a > 0.0;
        let first = alphas.iter().position(held).unwrap_or(0);
        let person = first..alphas.iter().rposition(held).map_or(0, |last| last + 1);
        let image = &matte.image.row(y)[person.clone()];
        let pixels = image.iter().zip(&alphas[person.clone()]);
        for (out, ([r, g, b], a)) in out[person.clone()].iter_mut().zip(pixels) {
            *out = [r * a, g * a, b * a, *a];
        }
        let patches = &matte.band.patches;
        while patches
            .get(self.next_patch)
            .is_some_and(|p| p.rows.end <= y)
        {
            self.next_patch += 1;
        }
        for patch in patches[self.next_patch..]
            .iter()
            .take_while(|patch| patch.rows.start <= y)
        {
            let from = patch.columns.start.max(person.start);
            let held = from..patch.columns.end.min(person.end).max(from);
            let Some(columns) = partly_wall(out, held) else {
                continue;
            };
            let walls = self.walls.part(y, columns.clone());
            let darks = self.darks.part(y, columns.clone());
            let lights = self.lights.part(y, columns.clone());
            let (image, shares) = (matte.image.row(y), matte.dark.row(y));
            for (i, x) in columns.enumerate() {
                let alpha = out[x][3];
                if is_partly_wall(alpha) {
                    let estimate = mix(darks[i], lights[i], shares[x]);
                    let [r, g, b] = one(image[x], walls[i], estimate, alpha, shares[x] > 0.5);
                    out[x] = [r * alpha, g * alpha, b * alpha, alpha];
                }
            }
        }
        person
    }
}

fn is_partly_wall(alpha: f32) -> bool {
    alpha > 0.0 && alpha <= UNTOUCHED
}

/// From the first to the last of these columns whose alpha, beside the colours, says that wall is in them.
fn partly_wall(row: &[[f32; 4]], columns: Range<usize>) -> Option<Range<usize>> {
    let pixels = &row[columns.clone()];
    let mixed = |[.., alpha]: &[f32; 4]| is_partly_wall(*alpha);
    let first = columns.start + pixels.iter().position(mixed)?;
    let last = columns.start + pixels.iter().rposition(mixed)?;
    Some(first..last + 1)
}

fn one(pixel: [f32; 3], wall: [f32; 3], estimate: [f32; 3], alpha: f32, dark: bool) -> [f32; 3] {
    let without_wall = [0, 1, 2]
        .map(|c: usize| ((pixel[c] - (1.0 - alpha) * wall[c]) / alpha.max(0.1)).clamp(0.0, 1.0));
    let share = ((alpha - ESTIMATE_BELOW) / PIXEL_OVER).clamp(0.0, 1.0);
    let mixed = mix(without_wall, estimate, share);
    if alpha >= FREE {
        return mixed;
    }
    let most = MORE_LIKE_WALL + 0.5 * (alpha - 0.6).clamp(0.0, 1.0);
    let sign = if dark { 1.0 } else { -1.0 };
    [0, 1, 2].map(|c: usize| {
        (estimate[c] + sign * (sign * (mixed[c] - estimate[c])).min(most)).clamp(0.0, 1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_from_the_first_to_the_last_that_are_partly_wall() {
        let row = |alphas: [f32; 6]| alphas.map(|alpha| [0.5, 0.5, 0.5, alpha]);
        let edge = row([0.0, 1.0, 0.5, 1.0, 0.3, 1.0]);
        assert_eq!(partly_wall(&edge, 1..6), Some(2..5));
        assert_eq!(partly_wall(&edge, 3..6), Some(4..5));
        assert_eq!(partly_wall(&edge, 0..3), Some(2..3));
        assert_eq!(partly_wall(&edge, 3..4), None);
        assert_eq!(partly_wall(&edge, 2..2), None);
        let clear = row([0.0, 1.0, 1.0, 0.0, 1.0, 0.0]);
        assert_eq!(partly_wall(&clear, 0..6), None);
    }

    #[test]
    fn half_wall_half_hair_gives_hair_back() {
        let (wall, hair) = ([0.8, 0.8, 0.8], [0.1, 0.08, 0.05]);
        let seen = mix(hair, wall, 0.5);
        for (found, hair) in one(seen, wall, hair, 0.5, true).iter().zip(hair) {
            assert!((found - hair).abs() < 1e-5);
        }
    }

    #[test]
    fn wall_left_in_dark_hair_is_held_down() {
        let found = one([0.5; 3], [0.8; 3], [0.1; 3], 0.5, true);
        assert!(
            found.iter().all(|v| *v <= 0.1 + MORE_LIKE_WALL + 1e-6),
            "{found:?}"
        );
    }
}
