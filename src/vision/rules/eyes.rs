//! Eyes open, and looking at the camera.

use super::mesh::Mesh;
use super::reading::Reading;

/// Lid gap of eye width; neutral sitters, narrow eyes included, have at least 0.232.
const LID_GAP: f32 = 0.175;
/// The same, of the person's own open eyes: closed ones have 0.07 to 0.63 of it, open ones 0.98 to 1.04.
const SHARE_OF_OWN: f32 = 0.65;
/// Nobody's open eyes are narrower: whoever kept them closed for seconds is not compared with that.
const LEAST_OPEN: f32 = 0.20;
/// The model's own opinion that an eye is closed.
const BLINK: f32 = 0.50;
/// Iris beside the middle of the eye, in eye widths.
const GAZE: f32 = 0.085;
/// Mean of neutral sitters.
const GAZE_NEUTRAL: f32 = 0.008;

/// Gap of the lids of the smaller eye, and the model's blink. Live, the gap is held against the person's own.
pub(super) fn eyes_open(mesh: &Mesh, own: Option<f32>) -> Reading {
    let limit = own.map_or(LID_GAP, |own| own.max(LEAST_OPEN) * SHARE_OF_OWN);
    Reading::worst([
        Reading::at_least(lid_gap(mesh), limit),
        Reading::at_most(mesh.expressions.blink(), BLINK).in_unit("blink"),
    ])
}

/// Gap of the lids of the smaller eye, of the eye's width.
pub(super) fn lid_gap(mesh: &Mesh) -> f32 {
    let left = gap_of(mesh, [(159, 145), (158, 153), (160, 144)], (33, 133));
    let right = gap_of(mesh, [(386, 374), (385, 380), (387, 373)], (263, 362));
    left.min(right)
}

fn gap_of(mesh: &Mesh, lids: [(usize, usize); 3], corners: (usize, usize)) -> f32 {
    let gap = lids
        .iter()
        .map(|&(a, b)| mesh.between(a, b))
        .fold(0.0, f32::max);
    gap / mesh.between(corners.0, corners.1).max(1.0)
}

/// Iris between the corners, mean of both eyes, so that turning the head cancels a little. Sideways only:
/// up and down could not be decided.
pub(super) fn gaze(mesh: &Mesh) -> Reading {
    let beside = |iris: usize, a: usize, b: usize| {
        let middle = f32::midpoint(mesh.upright[a][0], mesh.upright[b][0]);
        (mesh.upright[iris][0] - middle) / mesh.between(a, b).max(1.0)
    };
    let mean = f32::midpoint(beside(468, 33, 133), beside(473, 263, 362));
    Reading::at_most(mean - GAZE_NEUTRAL, GAZE)
}
