//! The wall behind the person: a smooth quadric through what is surely wall, and on it what smooth blocks say that
//! hang together with the sure wall without crossing an edge (cast shadows, vignetting, a glow round dark hair).

use super::depth::Depths;
use super::low::Low;
use super::plate;
use super::quadric::Quadric;
use crate::photo::grid::{Grid, LOW_STEP, View};
use crate::vision::raster::{
    Colours, Mask, Neighbours, Plane, Stretching, eroded, gauss_blur, label, median, push_pull,
    quantile,
};
use crate::vision::vectored;

/// Fewer sure pixels than this are no wall to fit.
pub(super) const FEWEST_PIXELS: usize = 400;
/// A block is smooth when its inner deviation is below this, or three times the wall's own.
const SMOOTH_DEVIATION: f32 = 0.012;
/// ... and its range over 3 x 3 blocks below this, or five times.
const SMOOTH_RANGE: f32 = 0.035;
/// A smooth region connected to the sure wall may differ from the quadric by this and still be wall.
const SHADE: f32 = 0.25;
/// An unconnected one (seen through a loop of hair) only by this.
const LOOP: f32 = 0.05;
/// What lies this near to the quadric is sure.
pub(super) const NEAR: f32 = 0.03;

/// The wall.
pub struct Wall {
    /// Its colour, on the low grid or (a plate's) on the grid itself.
    pub colour: Colours,
    /// Its colour on the low grid.
    pub low: Colours,
    /// Where it was seen, on the low grid.
    pub seen: Mask,
    /// By how much more a pixel must differ from it not to be wall (a plate's misregistration), on the grid.
    pub doubt: Option<Plane>,
    /// 90th percentile of what remains against the quadric (or plate) on sure background.
    pub unevenness: f32,
}

impl Wall {
    /// From the capture itself, or from the plate where there is one.
    pub fn estimate(view: &View, low: &Low, depths: &Depths) -> Self {
        if let Some(plate) = &view.plate {
            return plate::wall_of(view, plate, low, depths);
        }
        let Local {
            colour,
            seen,
            unevenness,
        } = Local::estimate(low);
        Self {
            low: colour.clone(),
            colour,
            seen,
            doubt: None,
            unevenness,
        }
    }

    /// Its colour at a pixel of the grid, as its block has it.
    pub fn near(&self, x: usize, y: usize) -> [f32; 3] {
        self.low.at(x / LOW_STEP, y / LOW_STEP)
    }

    /// Its colours on the grid, part by part.
    pub fn on(&self, grid: Grid) -> Stretching<'_, [f32; 3]> {
        Stretching::new(&self.colour, grid.width, grid.height)
    }
}

/// The wall on the low grid.
struct Local {
    colour: Colours,
    seen: Mask,
    unevenness: f32,
}

impl Local {
    fn estimate(low: &Low) -> Self {
        let sure = sure_wall(&low.person, &low.covered);
        let quadric = Quadric::fit_twice(&low.image, &low.person, &low.covered, &sure);
        let residual = low.image.zip(&quadric.surface, |i, b| {
            [i[0] - b[0], i[1] - b[1], i[2] - b[2]]
        });
        let deviation = residual.map(largest);
        let mut on_wall = picked(&deviation, &sure);
        let unevenness = quantile(&mut on_wall, 0.9).unwrap_or(1.0);
        let seen = connected_wall(low, &sure, &deviation);
        let filled = gauss_blur(&push_pull(&residual, &seen.to_plane()), 1.5);
        let colour = quadric
            .surface
            .zip(&filled, |b, r| [b[0] + r[0], b[1] + r[1], b[2] + r[2]]);
        Self {
            colour,
            seen,
            unevenness,
        }
    }
}

pub(super) fn largest([r, g, b]: [f32; 3]) -> f32 {
    r.abs().max(g.abs()).max(b.abs())
}

/// The values where the mask is set.
pub fn picked(values: &Plane, mask: &Mask) -> Vec<f32> {
    values
        .values()
        .iter()
        .zip(mask.values())
        .filter(|(_, set)| **set)
        .map(|(v, _)| *v)
        .collect()
}

/// What is far from any person.
pub fn sure_wall(person: &Plane, covered: &Mask) -> Mask {
    let far = eroded(&person.map(|p| p < 0.1), 4.0).zip(covered, |far, seen| far && seen);
    if far.count() >= FEWEST_PIXELS {
        far
    } else {
        person.zip(covered, |p, seen| p < 0.3 && seen)
    }
}

/// Smooth blocks that belong to the wall.
fn connected_wall(low: &Low, sure: &Mask, deviation: &Plane) -> Mask {
    let noise = median(&mut picked(&low.deviation, sure)).unwrap_or(0.004);
    let (deviation_limit, range_limit) = (
        SMOOTH_DEVIATION.max(3.0 * noise),
        SMOOTH_RANGE.max(5.0 * noise),
    );
    let range = range_of_nine(&low.image);
    let (w, h) = (low.image.width(), low.image.height());
    let above = |y: usize| (y as f32) < low.zone_y;
    let candidate = Mask::from_fn(w, h, |x, y| {
        let smooth = low.deviation.at(x, y) < deviation_limit && range.at(x, y) < range_limit;
        let person_limit = if above(y) { 0.9 } else { 0.5 };
        smooth
            && low.covered.at(x, y)
            && deviation.at(x, y) < SHADE
            && low.person.at(x, y) < person_limit
    });
    let labels = label(&candidate, Neighbours::Four);
    let seeds = Mask::from_fn(w, h, |x, y| {
        let d = deviation.at(x, y);
        (sure.at(x, y) && d < NEAR) || (above(y) && d < LOOP && !low.face.at(x, y))
    });
    labels.select(&labels.touching(&seeds))
}

/// The largest channel's range over 3 x 3.
pub(super) fn range_of_nine(image: &Colours) -> Plane {
    vectored(
        #[inline(always)]
        move || {
            let (w, h) = (image.width(), image.height());
            let mut range = Plane::filled(w, h, 0.0);
            for y in 0..h {
                let mut low = image.row(y).to_vec();
                let mut high = low.clone();
                for v in [y.saturating_sub(1), (y + 1).min(h - 1)] {
                    for ((l, h), colour) in low.iter_mut().zip(&mut high).zip(image.row(v)) {
                        for c in 0..3 {
                            l[c] = l[c].min(colour[c]);
                            h[c] = h[c].max(colour[c]);
                        }
                    }
                }
                for (x, range) in range.row_mut(y).iter_mut().enumerate() {
                    let columns = x.saturating_sub(1)..(x + 2).min(w);
                    let (lows, highs) = (&low[columns.clone()], &high[columns]);
                    *range = (0..3)
                        .map(|c| {
                            let high = highs.iter().map(|v| v[c]).fold(f32::MIN, f32::max);
                            high - lows.iter().map(|v| v[c]).fold(f32::MAX, f32::min)
                        })
                        .fold(0.0, f32::max);
                }
            }
            range
        },
    )
}
