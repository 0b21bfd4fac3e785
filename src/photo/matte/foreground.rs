//! The colour that hair, skin and cloth have where no wall shines through: first wide, from the purest pixels
//! around, then pure, from pixels that are nothing but person.
//!
//! The nearest non-wall pixel will not do: a strand would take the colour of its own mixture and turn white.

use super::alpha::{Projected, TwoColours, mix};
use super::key::{Difference, Flood, NOT_NOISE};
use crate::photo::grid::View;
use crate::vision::raster::{
    Colours, Mask, Plane, box_blur, dilated, eroded, gauss_blur, push_pull, stretched,
};

/// Only what may be person gives colour.
const PERSON_LEAST: f32 = 0.15;
/// The local maximum of purity is looked for within this many low pixels.
const PUREST_WITHIN_LOW_PX: usize = 12;
/// A flat pixel: its 5 x 5 luma deviates less than this (skin, cloth).
const FLAT: f32 = 0.03;
/// Alpha from which a flat pixel is pure, and from which any is.
const PURE_IF_FLAT: f32 = 0.3;
const PURE: f32 = 0.75;
/// Pure pixels rule this far around themselves.
const PURE_RULES_PX: f32 = 4.0;
/// Weight of what is only roughly pure: it fills where nothing better is near.
const ROUGH_WEIGHT: f32 = 1e-4;
const ROUGH_ALPHA: f32 = 0.6;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Dark,
    Light,
}

impl Class {
    fn holds(self, luma: f32) -> bool {
        (luma < 0.0) == (self == Class::Dark)
    }
}

/// For each class the colour of the purest pixels around: weights are the fourth power of the difference from the
/// wall, relative to its local maximum.
pub fn wide(view: &View, difference: &Difference) -> TwoColours {
    let of = |class| {
        stretched(
            &wide_class(view, difference, class),
            view.grid.width,
            view.grid.height,
        )
    };
    TwoColours {
        dark: of(Class::Dark),
        light: of(Class::Light),
    }
}

fn wide_class(view: &View, difference: &Difference, class: Class) -> Colours {
    let (colour, weight) = purity_blocks(view, difference, class);
    let purity = weight.map(|w| w.sqrt().sqrt());
    let purest = gauss_blur(
        &disc_maximum(&purity, PUREST_WITHIN_LOW_PX),
        PUREST_WITHIN_LOW_PX as f32 / 2.0,
    );
    let trusted = purity.zip(&purest, |p, max| {
        if p > 3.0 * NOT_NOISE {
            (p / max.max(1e-3)).min(1.0).powi(4)
        } else {
            0.0
        }
    });
    gauss_blur(&push_pull(&colour, &trusted), 2.0)
}

/// Per low block: the colour weighted by purity, and the mean weight.
fn purity_blocks(view: &View, difference: &Difference, class: Class) -> (Colours, Plane) {
    let step = view.grid.low_step();
    let (w, h) = view.grid.low();
    let mut colour = Colours::filled(w, h, [0.0; 3]);
    let mut weight = Plane::filled(w, h, 1e-12);
    let share = 1.0 / (step * step) as f32;
    for y in 0..view.grid.height {
        let low_y = y / step;
        let row = view.image.row(y).iter().zip(difference.colour.row(y));
        let row = row
            .zip(difference.luma.row(y))
            .zip(view.person.row(y))
            .enumerate();
        for (x, (((pixel, [r, g, b]), luma), person)) in row {
            if class.holds(*luma) && *person > PERSON_LEAST {
                let squared = r * r + g * g + b * b;
                let q = squared * squared * share;
                weight.row_mut(low_y)[x / step] += q;
                for (sum, v) in colour.row_mut(low_y)[x / step].iter_mut().zip(pixel) {
                    *sum += q * v;
                }
            }
        }
    }
    let mean = colour.zip(&weight, |sum, w| sum.map(|v| v / w));
    (mean, weight)
}

/// The largest value within a disc. Row by row, windows grow outwards and are laid on the rows they reach.
fn disc_maximum(plane: &Plane, radius: usize) -> Plane {
    let (w, h) = (plane.width(), plane.height());
    let mut result = Plane::filled(w, h, 0.0);
    let half_width = |dy: usize| ((radius * radius - dy * dy) as f32).sqrt().round() as usize;
    let mut window = vec![0.0_f32; w];
    for y in 0..h {
        let row = plane.row(y);
        window.copy_from_slice(row);
        for half in 0..=radius {
            if half > 0 {
                for (wide, v) in window[half..].iter_mut().zip(row) {
                    *wide = wide.max(*v);
                }
                for (wide, v) in window.iter_mut().zip(&row[half.min(w)..]) {
                    *wide = wide.max(*v);
                }
            }
            for dy in (0..=radius).filter(|dy| half_width(*dy) == half) {
                lay(&mut result, &window, y.checked_sub(dy));
                lay(
                    &mut result,
                    &window,
                    (dy > 0 && y + dy < h).then_some(y + dy),
                );
            }
        }
    }
    result
}

fn lay(result: &mut Plane, window: &[f32], y: Option<usize>) {
    if let Some(y) = y {
        for (r, v) in result.row_mut(y).iter_mut().zip(window) {
            *r = r.max(*v);
        }
    }
}

/// Pure pixels rule near themselves, the wide colour beyond (strands).
pub fn pure(
    view: &View,
    difference: &Difference,
    flood: &Flood,
    by_wide: &Projected,
    wide: TwoColours,
) -> TwoColours {
    let pure = pure_pixels(view, flood, &by_wide.alpha);
    let rules = gauss_blur(
        &dilated(&pure, view.grid.length(PURE_RULES_PX)).to_plane(),
        view.grid.fineness as f32,
    );
    let rough = rough_weights(difference, &pure, &by_wide.alpha);
    let of = |class, mut wide: Colours| {
        let weight = class_weights(difference, &pure, &rough, class);
        let near = push_pull(&view.image, &weight);
        for ((wide, near), share) in wide
            .values_mut()
            .iter_mut()
            .zip(near.values())
            .zip(rules.values())
        {
            *wide = mix(*near, *wide, *share);
        }
        wide
    };
    TwoColours {
        dark: of(Class::Dark, wide.dark),
        light: of(Class::Light, wide.light),
    }
}

fn pure_pixels(view: &View, flood: &Flood, alpha: &Plane) -> Mask {
    let luma = view.image.luma();
    let mean = box_blur(&luma, 2);
    let square = box_blur(&luma.map(|v| v * v), 2);
    let flat = square.zip(&mean, |s, m| s - m * m < FLAT * FLAT);
    let pure = alpha.zip(&flat, |a, flat| a > PURE_IF_FLAT && (a > PURE || flat));
    let pure = pure.zip(&flood.reach, |pure, reach| pure && reach);
    eroded(&pure, view.grid.length(1.0))
}

fn rough_weights(difference: &Difference, pure: &Mask, alpha: &Plane) -> Plane {
    let weight = difference.colour.zip(alpha, |[r, g, b], a| {
        let squared = (r * r + g * g + b * b).min(1.0);
        (ROUGH_WEIGHT * squared * squared, a > ROUGH_ALPHA)
    });
    weight.zip(
        pure,
        |(weight, rough), pure| if rough || pure { weight } else { 0.0 },
    )
}

fn class_weights(difference: &Difference, pure: &Mask, rough: &Plane, class: Class) -> Plane {
    let (w, h) = (rough.width(), rough.height());
    let mut weight = Plane::filled(w, h, 0.0);
    let pixels = difference
        .luma
        .values()
        .iter()
        .zip(pure.values())
        .zip(rough.values());
    for (weight, ((luma, pure), rough)) in weight.values_mut().iter_mut().zip(pixels) {
        if class.holds(*luma) {
            *weight = rough + if *pure { 1.0 } else { 0.0 };
        }
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maximum_reaches_as_far_as_the_disc() {
        let mut point = Plane::filled(41, 41, 0.0);
        point.row_mut(20)[20] = 1.0;
        let grown = disc_maximum(&point, 6);
        assert!(grown.at(26, 20) > 0.5 && grown.at(20, 14) > 0.5 && grown.at(24, 24) > 0.5);
        assert!(grown.at(27, 20) < 0.5 && grown.at(25, 25) < 0.5);
    }
}
