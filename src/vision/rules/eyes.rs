//! Eyes open, and looking at the camera.

use super::mesh::Mesh;
use super::reading::Reading;
use crate::vision::Expression;

/// Lid gap of eye width; neutral sitters, narrow eyes included, have at least 0.232.
const LID_GAP: f32 = 0.175;
/// The model's own opinion that an eye is closed.
const BLINK: f32 = 0.50;
/// Iris beside the middle of the eye, in eye widths.
const GAZE: f32 = 0.085;
/// Mean of neutral sitters.
const GAZE_NEUTRAL: f32 = 0.008;

/// Gap of the lids of the smaller eye, and the model's blink.
pub(super) fn eyes_open(mesh: &Mesh) -> Reading {
    let left = lid_gap(mesh, [(159, 145), (158, 153), (160, 144)], (33, 133));
    let right = lid_gap(mesh, [(386, 374), (385, 380), (387, 373)], (263, 362));
    let blink = mesh
        .expression(Expression::EyeBlinkLeft)
        .max(mesh.expression(Expression::EyeBlinkRight));
    Reading::worst([
        Reading::at_least(left.min(right), LID_GAP),
        Reading::at_most(blink, BLINK).in_unit("blink"),
    ])
}

fn lid_gap(mesh: &Mesh, lids: [(usize, usize); 3], corners: (usize, usize)) -> f32 {
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
