//! Glasses: frames (asked, with a hint), tinted lenses, glare on them.

use super::mesh::{EYELIDS, Mesh, SIDE};
use super::rasters::{Upright, Wall, tone};
use super::reading::Reading;
use crate::vision::raster::{dark_ridges, median, quantile};

/// Dark ridge across the bridge of the nose, ln; sitters without glasses have at most 0.40.
const BRIDGE: f32 = 0.62;
/// Dark ridge below both eyes; eye bags reach 0.55.
const UNDER_EYES: f32 = 0.66;
/// Neutral bright pixels in a lens outside the lids, and inside them.
const GLARE: (f32, f32) = (0.012, 0.22);
/// Weights of the decision on tinted lenses, fitted on drawn ones with persons kept apart: see `tinted_glasses`.
const TINT_BIAS: f32 = 2.75;
const TINT_WEIGHTS: [f32; 6] = [-2.46, -1.60, -4.64, 0.98, 1.50, 1.33];

/// Brightest against darkest between the lids, ln. Open eyes of 23 sitters have at least 1.93, those that look aside 1.55;
/// closed ones that the mesh takes for open have up to 1.42.
const EYE_CONTRAST: f32 = 1.5;
/// From this rim or this darkening of the skin below the eye on, what covers the eye may be a lens: drawn lenses without
/// contrast have a rim of at least 0.89, black ones darken by at least 1.27.
const LENS_RIM: f32 = 0.85;
const LENS_DARKENING: f32 = -1.2;

/// What rims leave in the picture.
pub(super) struct Ridges {
    bridge: f32,
    under_eyes: f32,
    lens_step: f32,
}

impl Ridges {
    /// Measures bridge and both lower rims.
    pub fn of(mesh: &Mesh, face: &Upright) -> Self {
        let log = |x: usize, y: usize| (face.y[y * SIDE + x] + 0.01).ln();
        let clamp = |v: f32| v.clamp(0.0, (SIDE - 1) as f32) as usize;
        let middle =
            clamp(f32::midpoint(mesh.upright[168][0], mesh.upright[6][0])).clamp(3, SIDE - 4);
        let profile: Vec<f32> = (clamp(mesh.upright[9][1] - 4.0)..clamp(mesh.upright[195][1]))
            .map(|y| {
                let mut row: [f32; 7] = std::array::from_fn(|i| log(middle + i - 3, y));
                median(&mut row).unwrap_or(0.0)
            })
            .collect();
        let eyes = EYELIDS.map(|lids| UnderEye::of(mesh, &lids, &log));
        Self {
            bridge: inner_max(&dark_ridges(&profile, 7), 4, 4),
            under_eyes: eyes.iter().map(|e| e.ridge).fold(f32::MAX, f32::min),
            lens_step: eyes.iter().map(|e| e.step).fold(f32::MAX, f32::min),
        }
    }

    /// The stronger of the two signs against its limit.
    fn rim(&self) -> f32 {
        (self.bridge / BRIDGE).max(self.under_eyes / UNDER_EYES)
    }
}

fn inner_max(values: &[f32], first: usize, last: usize) -> f32 {
    let end = values.len().saturating_sub(last);
    values
        .get(first..end)
        .unwrap_or(&[])
        .iter()
        .copied()
        .fold(0.0, f32::max)
}

struct UnderEye {
    ridge: f32,
    step: f32,
}

impl UnderEye {
    fn of(mesh: &Mesh, lids: &[usize], log: &impl Fn(usize, usize) -> f32) -> Self {
        let corners = mesh.outline(lids);
        let span = |axis: usize| {
            corners.iter().fold((f32::MAX, f32::MIN), |(low, high), c| {
                (low.min(c[axis]), high.max(c[axis]))
            })
        };
        let ((left, right), (_, lowest)) = (span(0), span(1));
        let width = right - left;
        let clamp = |v: f32| v.clamp(4.0, (SIDE - 5) as f32) as usize;
        let lid = clamp(lowest + 0.10 * width);
        let columns = clamp(left + 0.1 * width)..clamp(right - 0.1 * width);
        let rows: Vec<usize> = (lid - 4..clamp(lid as f32 + 0.95 * width)).collect();
        let lines: Vec<Vec<f32>> = columns
            .map(|x| {
                rows.iter()
                    .map(|&y| (x - 2..=x + 2).map(|x| log(x, y)).sum::<f32>() / 5.0)
                    .collect()
            })
            .collect();
        let mut ridges: Vec<f32> = lines
            .iter()
            .map(|line| inner_max(&dark_ridges(line, 5), 6, 4))
            .collect();
        Self {
            ridge: median(&mut ridges).unwrap_or(0.0),
            step: lens_step(&lines, rows.len()),
        }
    }
}

/// The largest rise of brightness downwards: from the lens to the cheek.
fn lens_step(lines: &[Vec<f32>], rows: usize) -> f32 {
    let middle = |from: usize| {
        let mut values: Vec<f32> = lines
            .iter()
            .flat_map(|line| &line[from..from + 6])
            .copied()
            .collect();
        median(&mut values).unwrap_or(0.0)
    };
    (8..rows.saturating_sub(9))
        .map(|j| middle(j + 3) - middle(j - 8))
        .max_by(f32::total_cmp)
        .unwrap_or(0.0)
}

/// A hint for the question: a rim is seen.
pub(super) fn glasses(ridges: &Ridges) -> Reading {
    Reading::worst([
        Reading::at_most(ridges.bridge, BRIDGE),
        Reading::at_most(ridges.under_eyes, UNDER_EYES),
    ])
}

/// Skin inside the lens against the cheek of the same side, contrast of the eye itself, and a rim or lens edge,
/// weighed together. The value told is the decision: 0.1 for each unit beyond or below 1.
pub(super) fn tinted_glasses(mesh: &Mesh, face: &Upright, ridges: &Ridges) -> Reading {
    let sides = lens_sides(mesh, face);
    let of = |pick: fn(&LensSide) -> f32, join: fn(f32, f32) -> f32| {
        join(pick(&sides[0]), pick(&sides[1]))
    };
    let signs = [
        of(|s| s.darkening, f32::max),
        of(|s| s.darkening, f32::min),
        of(|s| s.eye_contrast, f32::min),
        of(|s| s.chroma_step, f32::max),
        ridges.rim().min(1.5),
        ridges.lens_step.min(2.0),
    ];
    let decision = TINT_BIAS
        + TINT_WEIGHTS
            .iter()
            .zip(signs)
            .map(|(w, s)| w * s)
            .sum::<f32>();
    let score = 1.0 + decision / 10.0;
    Reading {
        score,
        value: score,
        limit: 1.0,
        unit: "",
    }
}

/// White, iris and pupil between the lids: where the mesh lays open eyes over closed ones there is only skin and a line
/// of lashes. Behind a lens that says nothing of the lids.
pub(super) fn eyes_in_sight(mesh: &Mesh, face: &Upright, ridges: &Ridges) -> Reading {
    let sides = lens_sides(mesh, face);
    let least = |pick: fn(&LensSide) -> f32| sides.iter().map(pick).fold(f32::MAX, f32::min);
    let behind_a_lens = ridges.rim() > LENS_RIM || least(|side| side.darkening) < LENS_DARKENING;
    Reading::at_least(least(|side| side.eye_contrast), EYE_CONTRAST)
        .in_unit("ln")
        .only_if(!behind_a_lens)
}

fn lens_sides(mesh: &Mesh, face: &Upright) -> [LensSide; 2] {
    [
        ([230, 229, 231], [50, 101, 36], EYELIDS[0]),
        ([450, 449, 451], [280, 330, 266], EYELIDS[1]),
    ]
    .map(|(under, cheek, lids)| lens_side(mesh, face, under, cheek, &lids))
}

struct LensSide {
    darkening: f32,
    eye_contrast: f32,
    chroma_step: f32,
}

fn lens_side(
    mesh: &Mesh,
    face: &Upright,
    under: [usize; 3],
    cheek: [usize; 3],
    lids: &[usize],
) -> LensSide {
    let middle = |places: [usize; 3], radius: usize| -> tone::Linear {
        let patches = places.map(|i| face.patch(mesh.upright[i], radius));
        std::array::from_fn(|channel| {
            let mut values = patches.map(|p| p[channel]);
            values.sort_by(f32::total_cmp);
            values[1]
        })
    };
    let (lens, skin) = (middle(under, 2), middle(cheek, 5));
    let mut eye: Vec<f32> = Upright::inside(&mesh.outline(lids))
        .into_iter()
        .map(|i| face.smooth.values()[i])
        .collect();
    let contrast = match (quantile(&mut eye, 0.92), quantile(&mut eye, 0.08)) {
        (Some(bright), Some(dark)) => bright - dark,
        _ => 0.0,
    };
    let ([lens_red, lens_blue], [skin_red, skin_blue]) =
        (tone::chromaticity_of(lens), tone::chromaticity_of(skin));
    LensSide {
        darkening: ((tone::luminance(lens) + tone::TOE) / (tone::luminance(skin) + tone::TOE)).ln(),
        eye_contrast: contrast,
        chroma_step: ((lens_red - skin_red) / 0.16).hypot((lens_blue - skin_blue) / 0.30),
    }
}

/// Neutral pixels in the lens areas, brighter than half as much again as the own skin and nearly as bright as the
/// wall: the white of the eye stays below for every skin.
pub(super) fn glare(mesh: &Mesh, face: &Upright, wall: Option<Wall>) -> Reading {
    let wall = wall.map_or(0.7, |w| tone::luminance(w.linear));
    let brighter_than = (1.5 * face.skin.y).max(0.8 * wall);
    let less_red_than = (face.skin.red * 0.6).max(0.1);
    let shares = EYELIDS.map(|lids| {
        let lens = Lens::of(mesh, &lids);
        let eye = Upright::grown(&mesh.outline(&lids), 2);
        let (mut outside, mut inside, mut area) = (0, 0, 0);
        for (x, y) in lens.pixels() {
            let i = y * SIDE + x;
            area += 1;
            if face.y[i] > brighter_than && face.red[i] < less_red_than {
                if eye.holds(x, y) {
                    inside += 1;
                } else {
                    outside += 1;
                }
            }
        }
        [
            outside as f32 / area.max(1) as f32,
            inside as f32 / eye.count().max(1) as f32,
        ]
    });
    let worst = |i: usize| shares[0][i].max(shares[1][i]);
    Reading::worst([
        Reading::at_most(worst(0), GLARE.0),
        Reading::at_most(worst(1), GLARE.1),
    ])
}

/// The rectangle that a lens covers.
struct Lens {
    columns: std::ops::Range<usize>,
    rows: std::ops::Range<usize>,
}

impl Lens {
    fn of(mesh: &Mesh, lids: &[usize]) -> Self {
        let corners = mesh.outline(lids);
        let n = corners.len() as f32;
        let centre: [f32; 2] =
            std::array::from_fn(|axis| corners.iter().map(|c| c[axis]).sum::<f32>() / n);
        let (low, high) = corners
            .iter()
            .fold((f32::MAX, f32::MIN), |(l, h), c| (l.min(c[0]), h.max(c[0])));
        let width = high - low;
        let around = |middle: f32, reach: f32| {
            let clamp = |v: f32| v.clamp(0.0, SIDE as f32) as usize;
            clamp((middle - reach).ceil())..clamp((middle + reach).ceil())
        };
        Self {
            columns: around(centre[0], 0.85 * width),
            rows: around(centre[1] + 0.1 * width, 0.62 * width),
        }
    }

    fn pixels(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.rows
            .clone()
            .flat_map(|y| self.columns.clone().map(move |x| (x, y)))
    }
}
