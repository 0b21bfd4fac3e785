//! Sharpness and motion, and skin that was smoothed afterwards: the finest bands of the picture.

use super::mesh::{CHEEKS, EYELIDS, FOREHEAD, LIPS, Mesh, OVAL};
use super::rasters::{Near, tone};
use super::reading::Reading;
use crate::vision::Picture;
use crate::vision::raster::{
    Mask, Plane, Raster, gauss_blur, grown_square, median, polygon, quantile, slope_at,
};

/// Slopes at a fine scale against slopes at a coarse one: whole, and in the weakest direction (motion). Natural
/// pictures have at least 1.44 and 1.38, faces that move by a twentieth of their width 1.13 to 1.34; the limits belong
/// to the cameras they were set on.
const SHARP: (f32, f32) = (1.33, 1.28);
/// Directions that are looked along, over half a turn: a head moves in any of them.
const DIRECTIONS: usize = 8;
/// Brows, measured with the eyes; nostrils, measured with the lips.
const BROWS: [usize; 10] = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300];
const NOSTRILS: [usize; 3] = [98, 327, 2];
/// Smaller regions hold no scale.
const LEAST_REGION_PX: usize = 12;
/// The finest band of the skin against that of the eyes; the next band where irises are far apart.
const FINE: (f32, f32) = (0.040, 0.033);
/// Irises nearer than this hold no pores; the second band needs more.
const IRISES_PX: (f32, f32) = (90.0, 170.0);

/// The sharper of two regions, so that dark lenses or a mask do not read as blur.
pub(super) fn sharpness(near: &Near<'_>, mesh: &Mesh) -> Reading {
    let eyes: Vec<usize> = EYELIDS.iter().flatten().chain(&BROWS).copied().collect();
    let mouth: Vec<usize> = LIPS.iter().chain(&NOSTRILS).copied().collect();
    let regions: Vec<[f32; 2]> = [eyes, mouth]
        .iter()
        .filter_map(|ids| region_sharpness(near, mesh, ids))
        .collect();
    let best = |i: usize| regions.iter().map(|r| r[i]).fold(f32::NAN, f32::max);
    if regions.is_empty() {
        return Reading::UNKNOWN;
    }
    Reading::worst([
        Reading::at_least(best(0), SHARP.0),
        Reading::at_least(best(1), SHARP.1),
    ])
}

/// Whole, and the weakest direction.
fn region_sharpness(near: &Near<'_>, mesh: &Mesh, ids: &[usize]) -> Option<[f32; 2]> {
    let [left, top] = near.corner;
    let points = ids
        .iter()
        .map(|&i| [mesh.frame[i][0] - left, mesh.frame[i][1] - top]);
    let frame = near.picture.as_ref();
    let part = part_of(frame, points, 4.0)?;
    if part.width.min(part.height) < LEAST_REGION_PX {
        return None;
    }
    let grey = part.map(frame, |[r, g, b]| {
        (0.299 * f32::from(r) + 0.587 * f32::from(g) + 0.114 * f32::from(b)).round()
    });
    let [fine, coarse] = [0.7, 2.0].map(|sigma| Slopes::of(&gauss_blur(&grey, sigma)));
    let along = fine.along.iter().zip(&coarse.along);
    let weakest = along
        .map(|(fine, coarse)| fine / coarse)
        .fold(f32::MAX, f32::min);
    Some([fine.whole / coarse.whole, weakest])
}

/// How strong the slopes of a plane are, at their 96th percentile.
struct Slopes {
    /// Whatever their direction.
    whole: f32,
    /// Their part along each direction.
    along: [f32; DIRECTIONS],
}

impl Slopes {
    /// Every third pixel is enough.
    fn of(plane: &Plane) -> Self {
        let slopes: Vec<[f32; 2]> = (0..plane.values().len())
            .step_by(3)
            .map(|i| slope_at(plane, i % plane.width(), i / plane.width()))
            .collect();
        let strong = |size: &dyn Fn(&[f32; 2]) -> f32| {
            let mut sizes: Vec<f32> = slopes.iter().map(size).collect();
            quantile(&mut sizes, 0.96).unwrap_or(0.0).max(1e-3)
        };
        Self {
            whole: strong(&|s| tone::length(s[0], s[1])),
            along: std::array::from_fn(|i| {
                let turn = std::f32::consts::PI * i as f32 / DIRECTIONS as f32;
                let (sin, cos) = turn.sin_cos();
                strong(&|s| (s[0] * cos + s[1] * sin).abs())
            }),
        }
    }
}

/// A rectangle of a picture.
struct Part {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

/// About these points with a margin, inside the picture.
fn part_of(picture: &Picture, points: impl Iterator<Item = [f32; 2]>, margin: f32) -> Option<Part> {
    let (low, high) = points.fold(([f32::MAX; 2], [f32::MIN; 2]), |(low, high), p| {
        (
            [low[0].min(p[0]), low[1].min(p[1])],
            [high[0].max(p[0]), high[1].max(p[1])],
        )
    });
    let [left, top] = low.map(|v| (v - margin).max(0.0) as usize);
    let right = ((high[0] + margin + 1.0).max(0.0) as usize).min(picture.width());
    let bottom = ((high[1] + margin + 1.0).max(0.0) as usize).min(picture.height());
    (left < right && top < bottom).then(|| Part {
        left,
        top,
        width: right - left,
        height: bottom - top,
    })
}

impl Part {
    fn map(&self, picture: &Picture, value: impl Fn([u8; 3]) -> f32) -> Plane {
        let rows = picture
            .rgb()
            .chunks_exact(picture.width() * 3)
            .skip(self.top)
            .take(self.height);
        let pixels =
            rows.flat_map(|row| row[self.left * 3..(self.left + self.width) * 3].chunks_exact(3));
        let values = pixels.map(|p| value([p[0], p[1], p[2]])).collect();
        Raster::from_values(self.width, self.height, values, 0.0)
    }

    fn inside(&self, corners: impl Iterator<Item = [f32; 2]>) -> Vec<usize> {
        let corners: Vec<[f32; 2]> = corners
            .map(|[x, y]| [x - self.left as f32, y - self.top as f32])
            .collect();
        polygon(&corners, self.width, self.height)
    }
}

/// Fine detail of the skin against that of the eyes, in the picture's own pixels: optical blur lowers both,
/// smoothing only the skin's.
pub(super) fn retouched(picture: &Picture, mesh: &Mesh) -> Reading {
    let irises_px = mesh.irises_px / mesh.shrunk_by;
    if irises_px < IRISES_PX.0 {
        return Reading::UNKNOWN;
    }
    let Some(part) = part_of(picture, OVAL.iter().map(|&i| mesh.native(i)), 8.0) else {
        return Reading::UNKNOWN;
    };
    let log = part.map(picture, |p| (tone::luminance(tone::linear(p)) + 0.01).ln());
    let (first, second) = (gauss_blur(&log, 0.9), gauss_blur(&log, 1.8));
    let bands = [
        log.zip(&first, |a, b| (a - b).abs()),
        first.zip(&second, |a, b| (a - b).abs()),
    ];
    let eyes = eye_area(&part, mesh, (0.06 * irises_px) as usize);
    let [fine, middle] = bands.map(|band| skin_against_eyes(&band, &part, mesh, &eyes));
    let fine = reversed(fine, FINE.0);
    if irises_px < IRISES_PX.1 {
        return fine;
    }
    // both bands have to be missing
    let middle = reversed(middle, FINE.1);
    if middle.score < fine.score {
        middle
    } else {
        fine
    }
}

/// Less than the limit is the fault.
fn reversed(value: f32, limit: f32) -> Reading {
    Reading {
        score: limit / value.max(1e-6),
        value,
        limit,
        unit: "",
    }
}

fn eye_area(part: &Part, mesh: &Mesh, radius: usize) -> Vec<usize> {
    let mut mask = Mask::filled(part.width, part.height, false);
    for lids in &EYELIDS {
        for i in part.inside(lids.iter().map(|&i| mesh.native(i))) {
            mask.values_mut()[i] = true;
        }
    }
    grown_square(&mask, radius)
        .values()
        .iter()
        .enumerate()
        .filter(|(_, set)| **set)
        .map(|(i, _)| i)
        .collect()
}

fn skin_against_eyes(band: &Plane, part: &Part, mesh: &Mesh, eyes: &[usize]) -> f32 {
    let patches: [&[usize]; 3] = [&CHEEKS[0], &CHEEKS[1], &FOREHEAD];
    let mut skin = patches.map(|ids| {
        let inside = part.inside(ids.iter().map(|&i| mesh.native(i)));
        let mut values: Vec<f32> = inside.into_iter().map(|i| band.values()[i]).collect();
        median(&mut values).unwrap_or(0.0)
    });
    let mut eyes: Vec<f32> = eyes.iter().map(|&i| band.values()[i]).collect();
    median(&mut skin).unwrap_or(0.0) / quantile(&mut eyes, 0.9).unwrap_or(0.0).max(1e-6)
}
