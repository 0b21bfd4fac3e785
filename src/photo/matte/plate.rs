//! A clean plate, brought to the capture: shifted by the whole image's displacement, its exposure and colour matched
//! by a smooth gain. Where the plate has structure, misregistration is expected and doubt is raised.

use super::depth::Depths;
use super::low::Low;
use super::wall::{Wall, picked, range_of_nine};
use crate::photo::grid::{LOW_STEP, View};
use crate::vision::raster::{
    Affine, Colours, Mask, Plane, Raster, box_blur, dilated, gauss_blur, median, push_pull,
    quantile, shrunk, stretched, warp_plane,
};

/// Largest displacement that is looked for, in low pixels.
const FARTHEST_LOW_PX: i32 = 6;
/// Keeps ratios finite in the dark.
const TOE: f32 = 0.02;
/// A ratio this far from the middle one is not the wall.
const GAIN_RANGE: f32 = 0.15;
/// ... and so is one that changes by more than this over 3 x 3 blocks, or by twice what it does elsewhere.
const SMOOTH_GAIN: f32 = 0.03;

/// The wall as the plate knows it.
pub fn wall_of(view: &View, plate: &Colours, low: &Low, depths: &Depths) -> Wall {
    let (width, height) = (view.grid.width, view.grid.height);
    let far = depths.wall.map(|d| d > 8.0);
    let sure = far.zip(&low.covered, |far, seen| far && seen);
    let shifted = registered(view, plate, low);
    let gain = smooth_gain(view, &shifted, low, &sure);
    let mut colour = stretched(&gain, width, height);
    for (c, p) in colour.values_mut().iter_mut().zip(shifted.values()) {
        for (c, p) in c.iter_mut().zip(p) {
            *c = (p + TOE) * *c - TOE;
        }
    }
    let doubt = box_blur(&structure(&colour, 1), 1).map(|range| 0.5 * range);
    let mut off = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        if sure.at(x / LOW_STEP, y / LOW_STEP) {
            let (i, b) = (view.image.at(x, y), colour.at(x, y));
            let most = (0..3).map(|c| (i[c] - b[c]).abs()).fold(0.0, f32::max);
            off.push((most - doubt.at(x, y)).max(0.0));
        }
    }
    let unevenness = quantile(&mut off, 0.9).unwrap_or(1.0);
    let (low_width, low_height) = view.grid.low();
    Wall {
        low: shrunk(&colour, low_width, low_height),
        colour,
        seen: sure,
        doubt: Some(doubt),
        unevenness,
    }
}

/// Range of the largest channel over a square: how much a small misregistration could matter.
pub fn structure(colours: &Colours, radius: usize) -> Plane {
    let (w, h) = (colours.width(), colours.height());
    let ranges = (0..3).map(|channel| {
        let plane = colours.map(|c| c[channel]);
        let highest = extreme(&plane, radius, f32::max);
        let lowest = extreme(&plane, radius, f32::min);
        highest.zip(&lowest, |a, b| a - b)
    });
    ranges.fold(Plane::filled(w, h, 0.0), |sum, range| {
        sum.zip(&range, f32::max)
    })
}

fn extreme(plane: &Plane, radius: usize, pick: fn(f32, f32) -> f32) -> Plane {
    let (w, h) = (plane.width(), plane.height());
    let across = Plane::from_fn(w, h, |x, y| {
        let row = &plane.row(y)[x.saturating_sub(radius)..(x + radius + 1).min(w)];
        row.iter().copied().reduce(pick).unwrap_or(0.0)
    });
    Plane::from_fn(w, h, |x, y| {
        let rows = y.saturating_sub(radius)..(y + radius + 1).min(h);
        rows.map(|v| across.at(x, v)).reduce(pick).unwrap_or(0.0)
    })
}

/// The plate moved to where the capture's wall shows the same structure.
fn registered(view: &View, plate: &Colours, low: &Low) -> Colours {
    let (w, h) = view.grid.low();
    let bands = |colours: &Colours| {
        let luma = shrunk(colours, w, h).luma();
        gauss_blur(&luma, 1.0).zip(&gauss_blur(&luma, 8.0), |a, b| a - b)
    };
    let (seen, known) = (bands(&view.image), bands(plate));
    let weight = gauss_blur(&low.person.map(|p| if p < 0.1 { 1.0 } else { 0.0 }), 3.0);
    let Some([dx, dy]) = displacement(&seen, &known, &weight) else {
        return plate.clone();
    };
    let step = LOW_STEP as f64;
    let shift = Affine::turn_scale_shift(0.0, 1.0, [f64::from(dx) * step, f64::from(dy) * step]);
    let channels =
        [0, 1, 2].map(|c| warp_plane(&plate.map(|p| p[c]), &shift, plate.width(), plate.height()));
    Raster::from_fn(plate.width(), plate.height(), |x, y| {
        [0, 1, 2].map(|c: usize| channels[c].at(x, y))
    })
}

/// The shift, in low pixels, under which the two agree best; `None` where nothing on the wall tells.
fn displacement(seen: &Plane, known: &Plane, weight: &Plane) -> Option<[f32; 2]> {
    let n = FARTHEST_LOW_PX;
    let score = |dx: i32, dy: i32| agreement(seen, known, weight, dx, dy);
    let all = (-n..=n).flat_map(|dy| (-n..=n).map(move |dx| (dx, dy)));
    let (best, dx, dy) = all
        .map(|(dx, dy)| (score(dx, dy), dx, dy))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    if best < 0.3 || dx.abs() == n || dy.abs() == n {
        return None;
    }
    let part = |less: f32, more: f32| {
        let bend = less - 2.0 * best + more;
        if bend < -1e-6 {
            (0.5 * (less - more) / bend).clamp(-0.5, 0.5)
        } else {
            0.0
        }
    };
    let x = dx as f32 + part(score(dx - 1, dy), score(dx + 1, dy));
    let y = dy as f32 + part(score(dx, dy - 1), score(dx, dy + 1));
    Some([x, y])
}

/// Weighted correlation at one shift.
fn agreement(seen: &Plane, known: &Plane, weight: &Plane, dx: i32, dy: i32) -> f32 {
    let (mut both, mut first, mut second) = (0.0_f64, 1e-9_f64, 1e-9_f64);
    for y in (0..seen.height()).step_by(2) {
        for x in 0..seen.width() {
            let k = weight.at(x, y);
            if k > 0.05 {
                let (a, b) = (
                    seen.at(x, y),
                    known.at_clamped(x as isize - dx as isize, y as isize - dy as isize),
                );
                both += f64::from(k * a * b);
                first += f64::from(k * a * a);
                second += f64::from(k * b * b);
            }
        }
    }
    (both / (first * second).sqrt()) as f32
}

/// Exposure and colour of the capture over the plate's, smooth, filled under the person.
fn smooth_gain(view: &View, plate: &Colours, low: &Low, sure: &Mask) -> Colours {
    let (w, h) = view.grid.low();
    let ratio = low.image.zip(&shrunk(plate, w, h), |i, p| {
        let [r, g, b] = [0, 1, 2].map(|c: usize| (i[c] + TOE) / (p[c] + TOE));
        [r, g, b]
    });
    let middle =
        [0, 1, 2].map(|c: usize| median(&mut picked(&ratio.map(|r| r[c]), sure)).unwrap_or(1.0));
    let rest = ratio.map(|r| [r[0] - middle[0], r[1] - middle[1], r[2] - middle[2]]);
    // light changes slowly, cast shadows too; a block with some hair in it does not go on into its neighbours
    let range = range_of_nine(&ratio);
    let usual = median(&mut picked(&range, sure)).unwrap_or(0.0);
    let smooth = SMOOTH_GAIN.max(2.0 * usual);
    let near = dilated(sure, 6.0);
    let trusted = Plane::from_fn(w, h, |x, y| {
        let small = rest.at(x, y).iter().all(|r| r.abs() < GAIN_RANGE);
        let even = range.at(x, y) < smooth;
        if small && even && near.at(x, y) && low.person.at(x, y) < 0.5 {
            1.0
        } else {
            0.0
        }
    });
    let filled = gauss_blur(&push_pull(&rest, &trusted), 4.0);
    filled.map(|r| [r[0] + middle[0], r[1] + middle[1], r[2] + middle[2]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_of_the_plate_is_found() {
        let texture =
            |x: f32, y: f32| (x * 0.37).sin() * (y * 0.23).cos() + (x * 0.11 + y * 0.19).sin();
        let known = Plane::from_fn(120, 90, |x, y| texture(x as f32, y as f32));
        let seen = Plane::from_fn(120, 90, |x, y| texture(x as f32 - 2.0, y as f32 + 1.0));
        let [dx, dy] = displacement(&seen, &known, &Plane::filled(120, 90, 1.0)).unwrap();
        assert!(
            (dx - 2.0).abs() < 0.2 && (dy + 1.0).abs() < 0.2,
            "{dx} {dy}"
        );
    }

    #[test]
    fn structure_is_the_range_around() {
        let step = Raster::from_fn(9, 3, |x, _| if x < 4 { [0.0; 3] } else { [0.0, 0.6, 0.0] });
        let range = structure(&step, 1);
        assert!((range.at(4, 1) - 0.6).abs() < 1e-6 && range.at(6, 1).abs() < 1e-6);
    }
}
