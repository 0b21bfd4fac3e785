//! What covers the face: a mask or hand over mouth and nose, hair over forehead and ears.

use super::mesh::{EDGES, EYES, Mesh, SIDE};
use super::rasters::{Upright, tone};
use super::reading::Reading;
use crate::vision::raster::{median, quantile};

/// Median minus darkest, ln, over the nostrils; natural ones have at least 0.36.
const NOSTRILS: f32 = 0.25;
/// Chroma distance of the lower face from the own skin; beards reach 1.9.
const LOWER_FACE: f32 = 2.4;
/// Depth of the dark line between closed lips, alone, and together with another weak sign.
const LIP_LINE: (f32, f32) = (0.12, 0.23);
/// Lips further apart than this have no line.
const LIPS_CLOSED: f32 = 0.030;
/// Skin above the brows, of the height from eyes to chin: a full fringe has none, neutral sitters 0.25 to 0.63.
const FOREHEAD: f32 = 0.07;
/// Share of own skin beside the face at which an ear is likely in view. A hint only: blond hair passes as skin.
const EAR: f32 = 0.5;

/// A mask or a hand over mouth and nose. A skin-coloured hand mostly stays unseen.
pub(super) fn face_covered(mesh: &Mesh, face: &Upright) -> Reading {
    let nostrils = nostril_contrast(mesh, face);
    let lower = lower_face_distance(mesh, face);
    let covered = [
        Reading::at_most(lower, LOWER_FACE).in_unit("skin distance"),
        Reading::at_least(nostrils, NOSTRILS).in_unit("ln"),
    ];
    if mesh.lip_gap() / mesh.chin >= LIPS_CLOSED {
        return Reading::worst(covered);
    }
    let line = lip_line(mesh, face);
    let together = line < LIP_LINE.1 && (lower > 2.0 || nostrils < 0.45);
    let second = Reading {
        score: 1.02,
        value: line,
        limit: LIP_LINE.1,
        unit: "ln",
    }
    .only_if(together);
    let [a, b] = covered;
    Reading::worst([
        a,
        b,
        Reading::at_least(line, LIP_LINE.0).in_unit("ln"),
        second,
    ])
}

fn nostril_contrast(mesh: &Mesh, face: &Upright) -> f32 {
    let mut values: Vec<f32> = Upright::inside(&mesh.outline(&[98, 97, 2, 326, 327, 4]))
        .into_iter()
        .map(|i| face.smooth.values()[i])
        .collect();
    match (quantile(&mut values, 0.5), quantile(&mut values, 0.05)) {
        (Some(middle), Some(dark)) => middle - dark,
        _ => f32::NAN,
    }
}

/// Ten patches about mouth and chin.
fn lower_face_distance(mesh: &Mesh, face: &Upright) -> f32 {
    let mut distances = [164, 199, 200, 207, 427, 212, 432, 205, 425, 18]
        .map(|i| face.chroma_distance_of(tone::chromaticity_of(face.patch(mesh.upright[i], 5))));
    median(&mut distances).unwrap_or(f32::NAN)
}

/// Depth of the valley between the lips, the median over their width.
fn lip_line(mesh: &Mesh, face: &Upright) -> f32 {
    let [from, to] = [78, 308].map(|i| mesh.upright[i]);
    let middle: [f32; 2] =
        std::array::from_fn(|axis| f32::midpoint(mesh.upright[13][axis], mesh.upright[14][axis]));
    let mut depths: Vec<f32> = (0..15)
        .map(|k| {
            let share = 0.15 + 0.05 * k as f32;
            let x = from[0] * (1.0 - share) + to[0] * share;
            let y = between(x, from, middle, to);
            valley(
                face,
                x.clamp(2.0, (SIDE - 3) as f32) as usize,
                y.clamp(16.0, (SIDE - 17) as f32) as usize,
            )
        })
        .collect();
    median(&mut depths).unwrap_or(f32::NAN)
}

/// Height on the two straight lines through three points.
fn between(x: f32, from: [f32; 2], middle: [f32; 2], to: [f32; 2]) -> f32 {
    let (a, b) = if x < middle[0] {
        (from, middle)
    } else {
        (middle, to)
    };
    let share = ((x - a[0]) / (b[0] - a[0]).max(1e-3)).clamp(0.0, 1.0);
    a[1] + (b[1] - a[1]) * share
}

fn valley(face: &Upright, x: usize, y: usize) -> f32 {
    let profile: Vec<f32> = (y - 14..=y + 14)
        .map(|row| face.smooth.row(row)[x - 1..=x + 1].iter().sum::<f32>() / 3.0)
        .collect();
    let highest = |part: &[f32]| part.iter().copied().fold(f32::MIN, f32::max);
    let lowest = profile[8..21].iter().copied().fold(f32::MAX, f32::min);
    highest(&profile[..9]).min(highest(&profile[20..])) - lowest
}

/// Height of visible own skin above the brows, of the height from eyes to chin; `NAN` if the forehead is out of view.
pub(super) fn forehead_height(mesh: &Mesh, face: &Upright) -> f32 {
    let top = mesh.upright[10];
    let (left, right) = (top[0] - 0.26 * mesh.face, top[0] + 0.26 * mesh.face);
    let height = mesh.brows - top[1];
    let clamp = |v: f32| v.clamp(0.0, (SIDE - 1) as f32) as usize;
    let (left, right) = (clamp(left), clamp(right));
    let mut low: Vec<f32> = (clamp(mesh.brows - 0.25 * height)..clamp(mesh.brows - 0.03 * height))
        .flat_map(|y| &face.log_y[y * SIDE + left..y * SIDE + right])
        .copied()
        .collect();
    if low.len() < 20 {
        return f32::NAN;
    }
    let above_brows = median(&mut low).unwrap_or(0.0);
    let darkest = above_brows.min(face.log_skin() + 0.3) - 0.8;
    let is_skin = |i: usize| {
        let lit = face.against_skin(i);
        let highlight = lit > 0.15 && face.red[i] < face.skin.red + 0.2 && face.red[i] > -0.02;
        (highlight || face.chroma_distance(i) < 2.4) && lit > -1.15 && face.log_y[i] > darkest
    };
    let start = clamp(mesh.brows - 0.02 * height);
    let mut heights: Vec<f32> = (left..right)
        .step_by(3)
        .map(|x| {
            skin_upwards(start, 5, 5, |y| is_skin(y * SIDE + x)).unwrap_or(start) as f32 / mesh.chin
        })
        .collect();
    median(&mut heights).unwrap_or(f32::NAN)
}

/// Rows of skin going up from `start` (exclusive) until a window holds `others` that are not; `None` if none does.
pub(super) fn skin_upwards(
    start: usize,
    window: usize,
    others: usize,
    is_skin: impl Fn(usize) -> bool,
) -> Option<usize> {
    let other: Vec<bool> = (0..start).rev().map(|y| !is_skin(y)).collect();
    other
        .windows(window)
        .position(|run| run.iter().filter(|other| **other).count() >= others)
}

/// A hint for the question: how much forehead is in view.
pub(super) fn forehead(height: f32) -> Reading {
    if height.is_finite() {
        Reading::at_least(height, FOREHEAD)
    } else {
        Reading::UNKNOWN
    }
}

/// A hint for the question: own skin in a strip beside the mesh, on the weaker side.
pub(super) fn ears(mesh: &Mesh, face: &Upright) -> Reading {
    let left = ear_share(mesh, face, [127, EDGES[0], 93, 132], -1.0);
    let right = ear_share(mesh, face, [356, EDGES[1], 323, 361], 1.0);
    match (left, right) {
        (Some(left), Some(right)) => Reading::at_least(left.min(right), EAR),
        _ => Reading::UNKNOWN,
    }
}

/// The best third of the rows between eye line and nose base.
fn ear_share(mesh: &Mesh, face: &Upright, edge: [usize; 4], side: f32) -> Option<f32> {
    let edge = edge.map(|i| mesh.upright[i]);
    let shares: Vec<f32> = (EYES[1] as usize
        ..mesh.upright[2][1].clamp(0.0, (SIDE - 1) as f32) as usize)
        .map(|y| {
            let from = edge_at(&edge, y as f32) + side * 0.015 * mesh.face;
            let reach = (0.115 * mesh.face) as usize;
            let skin = (0..reach)
                .filter(|&d| {
                    face.is_skin(
                        y * SIDE + (from + side * d as f32).clamp(0.0, (SIDE - 1) as f32) as usize,
                    )
                })
                .count();
            skin as f32 / reach.max(1) as f32
        })
        .collect();
    let third = (shares.len() / 3).max(3);
    shares
        .windows(third)
        .map(|rows| rows.iter().sum::<f32>() / third as f32)
        .max_by(f32::total_cmp)
}

/// Where the mesh ends in a row; its points go down.
fn edge_at(edge: &[[f32; 2]; 4], y: f32) -> f32 {
    let [first, .., last] = *edge;
    edge.windows(2)
        .find(|pair| y >= pair[0][1] && y < pair[1][1])
        .map_or(if y < first[1] { first[0] } else { last[0] }, |pair| {
            let share = (y - pair[0][1]) / (pair[1][1] - pair[0][1]).max(1e-3);
            pair[0][0] + (pair[1][0] - pair[0][0]) * share
        })
}
