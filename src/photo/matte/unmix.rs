//! Takes the wall's colour out of what is partly wall. Where a pixel is all person it stays as the camera saw it.

use super::alpha::{Projected, mix};
use super::wall::Wall;
use crate::vision::raster::{Colours, Plane};

/// From here to there the un-mixed pixel takes over from the estimate.
const ESTIMATE_BELOW: f32 = 0.3;
const PIXEL_OVER: f32 = 0.6;
/// Un-mixed colours may be this much more like the wall than the estimate: what more there is makes a halo.
const MORE_LIKE_WALL: f32 = 0.06;
/// Alpha from which that is no longer held, and from which the pixel stays untouched.
const FREE: f32 = 0.97;
const UNTOUCHED: f32 = 0.995;

/// The person's colours without wall in them.
pub fn unmixed(
    image: Colours,
    wall: &Wall,
    dark: &Plane,
    projected: &Projected,
    alpha: &Plane,
) -> Colours {
    let mut image = image;
    let others = wall
        .colour
        .values()
        .iter()
        .zip(projected.foreground.values());
    let shares = alpha.values().iter().zip(dark.values());
    for ((pixel, (wall, estimate)), (alpha, dark)) in
        image.values_mut().iter_mut().zip(others).zip(shares)
    {
        if *alpha <= UNTOUCHED {
            *pixel = if *alpha > 0.0 {
                one(*pixel, *wall, *estimate, *alpha, *dark > 0.5)
            } else {
                *estimate
            };
        }
    }
    image
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
