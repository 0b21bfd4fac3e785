//! The colour that hair, skin and cloth have where no wall shines through: first wide, from the purest pixels
//! around, then pure, from pixels that are nothing but person.
//!
//! The nearest non-wall pixel will not do: a strand would take the colour of its own mixture and turn white.

use super::alpha::{Keyed, Projection, Reach, TwoColours, mix};
use super::band::{Band, Patch};
use super::cloth;
use super::depth::Depths;
use super::key::{NOT_NOISE, Purity, dot, minus};
use super::low::Low;
use super::solid::{SOLID, any_of_four};
use crate::photo::grid::{Grid, LOW_STEP};
use crate::vision::raster::{
    Colours, Mask, Plane, Stretching, dilated, disc_maximum, eroded, gauss_blur, luma, push_pull,
    push_pull_sums,
};
use crate::vision::vectored;
use std::ops::Range;

/// The local maximum of purity is looked for within this many low pixels.
const PUREST_WITHIN_LOW_PX: usize = 12;
/// A flat pixel: its 5 x 5 luma deviates less than this (skin, cloth).
const FLAT: f32 = 0.03;
/// Alpha from which a flat pixel is pure, and from which any is.
const PURE_IF_FLAT: f32 = 0.3;
const PURE: f32 = 0.75;
/// Pure pixels lose this much of their rim, which the lens has mixed.
const MIXED_RIM_PX: f32 = 1.0;
/// Pure pixels rule this far around themselves.
const PURE_RULES_PX: f32 = 4.0;
/// Weight of what is only roughly pure: it fills where nothing better is near.
const ROUGH_WEIGHT: f32 = 1e-4;
const ROUGH_ALPHA: f32 = 0.6;

/// For each class the colour of the purest pixels around, on the low grid: weights are the fourth power of the
/// difference from the wall, relative to its local maximum.
pub fn wide(purity: &[Purity; 2]) -> TwoColours {
    let [dark, light] = [0, 1].map(|class: usize| wide_class(&purity[class]));
    TwoColours { dark, light }
}

fn wide_class(blocks: &Purity) -> Colours {
    let colour = blocks
        .colour
        .zip(&blocks.weight, |sum, w| sum.map(|v| v / w));
    let purity = blocks.weight.map(|w| w.sqrt().sqrt());
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

/// On the half grid: pure pixels rule near themselves, the wide colour beyond (strands). With it what is nothing but
/// neck or cloth, on the grid.
pub fn pure(
    keyed: Keyed<'_>,
    low: &Low,
    band: &Band,
    depths: &Depths,
    wide: &TwoColours,
) -> (TwoColours, Mask) {
    let Candidates {
        pure,
        rough,
        likely,
    } = candidates(keyed, band, depths, wide);
    let cloth = cloth::deep(keyed, band, depths, likely);
    let pure = eroded(&pure, Grid::length(MIXED_RIM_PX)).zip(&cloth, |pure, cloth| pure || cloth);
    let (w, h) = keyed.view.grid.half();
    let rules = gauss_blur(&dilated(&any_of_four(&pure), PURE_RULES_PX).to_plane(), 1.0);
    let mut sums = [0, 1].map(|_| Sums {
        colour: Colours::filled(w, h, [0.0; 3]),
        weight: Plane::filled(w, h, 0.0),
    });
    add_quiet(keyed, low, band, &mut sums);
    add_band(keyed, band, &pure, &rough, &mut sums);
    let [dark, light] = sums;
    let colours = TwoColours {
        dark: dark.beside(&wide.dark, &rules),
        light: light.beside(&wide.light, &rules),
    };
    (colours, cloth)
}

/// Weighted colours of one class on the half grid.
struct Sums {
    colour: Colours,
    weight: Plane,
}

impl Sums {
    fn add(&mut self, x: usize, y: usize, pixel: [f32; 3], weight: f32) {
        self.weight.row_mut(y)[x] += weight;
        for (sum, v) in self.colour.row_mut(y)[x].iter_mut().zip(pixel) {
            *sum += weight * v;
        }
    }

    /// Filled, where it rules; elsewhere the wide colour.
    fn beside(self, wide: &Colours, rules: &Plane) -> Colours {
        let mut near = push_pull_sums(self.colour, self.weight);
        let (w, h) = (near.width(), near.height());
        let mut wides = Stretching::new(wide, w, h);
        for y in 0..h {
            let others = wides.part(y, 0..w).iter().zip(rules.row(y));
            for (near, (wide, share)) in near.row_mut(y).iter_mut().zip(others) {
                *near = mix(*near, *wide, *share);
            }
        }
        near
    }
}

/// Quiet blocks of the person are pure throughout; their mean stands for them.
fn add_quiet(keyed: Keyed<'_>, low: &Low, band: &Band, sums: &mut [Sums; 2]) {
    for (x, y) in band.persons() {
        let colour = low.image.at(x, y);
        let class = class_of(minus(colour, keyed.wall.low.at(x, y)));
        for (i, j) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            sums[class].add(2 * x + i, 2 * y + j, colour, LOW_STEP as f32);
        }
    }
}

fn add_band(keyed: Keyed<'_>, band: &Band, pure: &Mask, rough: &Mask, sums: &mut [Sums; 2]) {
    for patch in &band.patches {
        for y in patch.rows.clone() {
            let (pure, rough, image) = (pure.row(y), rough.row(y), keyed.view.image.row(y));
            for x in patch.columns.clone().filter(|x| pure[*x] || rough[*x]) {
                let difference = minus(image[x], keyed.wall.near(x, y));
                let squared = dot(difference, difference).min(1.0);
                let weight = ROUGH_WEIGHT * squared * squared + if pure[x] { 1.0 } else { 0.0 };
                sums[class_of(difference)].add(x / 2, y / 2, image[x], weight);
            }
        }
    }
}

/// 0 for darker than the wall, 1 for lighter.
fn class_of(difference: [f32; 3]) -> usize {
    usize::from(luma(difference) >= 0.0)
}

struct Candidates {
    /// Nothing but person, by alpha and flatness.
    pure: Mask,
    /// Roughly so.
    rough: Mask,
    /// Solid at first sight.
    likely: Mask,
}

fn candidates(keyed: Keyed<'_>, band: &Band, depths: &Depths, wide: &TwoColours) -> Candidates {
    let mut found = Candidates {
        pure: band.filled(false, true),
        rough: band.filled(false, true),
        likely: keyed.key.core.clone(),
    };
    let mut projection = Projection::new(keyed, wide);
    let mut reach = Reach::new(depths, keyed);
    let mut flatness = Flatness::default();
    for patch in &band.patches {
        flatness.measure(patch, &keyed.view.image);
        for y in patch.rows.clone() {
            let columns = patch.columns.clone();
            let pure = &mut found.pure.row_mut(y)[columns.clone()];
            let rough = &mut found.rough.row_mut(y)[columns.clone()];
            let likely = &mut found.likely.row_mut(y)[columns.clone()];
            let projected = projection.part(y, columns.clone()).iter();
            let pixels = projected.zip(reach.part(y, columns)).zip(flatness.row(y));
            let marks = pure.iter_mut().zip(rough).zip(likely);
            vectored(
                #[inline(always)]
                move || {
                    for (((pure, rough), likely), ((p, reached), flat)) in marks.zip(pixels) {
                        *likely |= reached && p.alpha > SOLID;
                        *pure = reached && p.alpha > PURE_IF_FLAT && (p.alpha > PURE || *flat);
                        *rough = reached && p.alpha > ROUGH_ALPHA;
                    }
                },
            );
        }
    }
    found
}

/// Where the luma of 5 x 5 pixels hardly changes.
#[derive(Default)]
struct Flatness {
    first_row: usize,
    width: usize,
    luma: Vec<f32>,
    /// Of one row: luma and its square summed down over the window.
    sums: Vec<f32>,
    squares: Vec<f32>,
    flat: Vec<bool>,
}

/// The sum of each five numbers that follow each other.
#[inline(always)]
fn five(numbers: &[f32]) -> impl Iterator<Item = f32> {
    let shifted = |by: usize| numbers.get(by..).unwrap_or(&[]).iter();
    let sums = numbers
        .iter()
        .zip(shifted(1))
        .zip(shifted(2))
        .zip(shifted(3));
    let sums = sums.zip(shifted(4));
    sums.map(|((((a, b), c), d), e)| a + b + c + d + e)
}

impl Flatness {
    const RADIUS: usize = 2;
    const SIDE: usize = 2 * Self::RADIUS + 1;

    fn measure(&mut self, patch: &Patch, image: &Colours) {
        self.first_row = patch.rows.start;
        self.width = patch.columns.len();
        self.luma.clear();
        self.flat.clear();
        for k in 0..patch.rows.len() + 2 * Self::RADIUS {
            let y = (patch.rows.start + k).saturating_sub(Self::RADIUS);
            self.read(image.row(y.min(image.height() - 1)), &patch.columns);
        }
        vectored(
            #[inline(always)]
            || {
                for k in 0..patch.rows.len() {
                    self.judge(k);
                }
            },
        );
    }

    /// Luma of a row's columns and of those within the radius; beyond the row its ends are repeated.
    fn read(&mut self, row: &[[f32; 3]], columns: &Range<usize>) {
        let [first, last] = [row[0], row[row.len() - 1]].map(luma);
        let before = Self::RADIUS.saturating_sub(columns.start);
        let after = (columns.end + Self::RADIUS).saturating_sub(row.len());
        let inside = columns.start + before - Self::RADIUS..columns.end + Self::RADIUS - after;
        let begins = self.luma.len();
        self.luma.resize(begins + before, first);
        (self.luma).resize(begins + self.width + 2 * Self::RADIUS, last);
        let pixels = self.luma[begins + before..].iter_mut().zip(&row[inside]);
        vectored(
            #[inline(always)]
            move || {
                for (light, colour) in pixels {
                    *light = luma(*colour);
                }
            },
        );
    }

    /// The flatness of row `k` of the patch.
    #[inline(always)]
    fn judge(&mut self, k: usize) {
        let stride = self.width + 2 * Self::RADIUS;
        let share = 1.0 / (Self::SIDE * Self::SIDE) as f32;
        let [a, b, c, d, e]: [&[f32]; Self::SIDE] =
            std::array::from_fn(|j| &self.luma[(k + j) * stride..(k + j + 1) * stride]);
        let rows = a.iter().zip(b).zip(c).zip(d).zip(e);
        let rows = rows.map(|((((a, b), c), d), e)| [*a, *b, *c, *d, *e]);
        self.sums.clear();
        (self.sums).extend(rows.clone().map(|[a, b, c, d, e]| a + b + c + d + e));
        self.squares.clear();
        (self.squares).extend(rows.map(|[a, b, c, d, e]| a * a + b * b + c * c + d * d + e * e));
        let windows = five(&self.sums).zip(five(&self.squares));
        let flat = windows.map(|(sum, squares)| {
            let mean = sum * share;
            squares * share - mean * mean < FLAT * FLAT
        });
        self.flat.extend(flat);
    }

    fn row(&self, y: usize) -> &[bool] {
        let begins = (y - self.first_row) * self.width;
        &self.flat[begins..begins + self.width]
    }
}
