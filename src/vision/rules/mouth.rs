//! Lips closed naturally, a natural look.

use super::mesh::{MOUTH, Mesh};
use super::rasters::Upright;
use super::reading::Reading;
use crate::vision::Expression;

/// Gap of the inner lips, of the height from eyes to chin; neutral sitters have at most 0.017.
const LIP_GAP: f32 = 0.030;
/// Neutral bright pixels between the lips, of the squared face width; neutral sitters have none.
const TEETH: f32 = 0.0015;
/// Teeth are only looked for from this gap on.
const TEETH_GAP: f32 = 0.012;
/// Corners above the lip line; naturally smiling mouths come near, so expression only warns.
const CORNERS_UP: f32 = 0.055;
const SMILE: f32 = 0.62;
const UPPER_LIP_UP: f32 = 0.30;

/// Gap and teeth.
pub(super) fn mouth_closed(mesh: &Mesh, face: &Upright) -> Reading {
    let gap = mesh.lip_gap() / mesh.chin;
    let teeth = teeth(mesh, face);
    Reading::worst([
        Reading::at_most(gap, LIP_GAP),
        Reading::at_most(teeth, TEETH)
            .in_unit("share")
            .only_if(gap > TEETH_GAP),
    ])
}

/// Pixels between the lips that are neutral and bright against the own skin.
fn teeth(mesh: &Mesh, face: &Upright) -> f32 {
    let inside = Upright::inside(&mesh.outline(&MOUTH));
    let bright = inside
        .iter()
        .filter(|&&i| face.red[i] < face.skin.red * 0.55 && face.y[i] > 0.5 * face.skin.y)
        .count();
    bright as f32 / mesh.face.powi(2)
}

/// Corners up, smile, upper lip up.
pub(super) fn expression(mesh: &Mesh) -> Reading {
    let height = |a: usize, b: usize| f32::midpoint(mesh.upright[a][1], mesh.upright[b][1]);
    let corners = (height(13, 14) - height(61, 291)) / mesh.chin;
    let mean = |a, b| f32::midpoint(mesh.expressions.of(a), mesh.expressions.of(b));
    Reading::worst([
        Reading {
            score: corners / CORNERS_UP,
            value: corners,
            limit: CORNERS_UP,
            unit: "",
        },
        Reading::at_most(
            mean(Expression::MouthSmileLeft, Expression::MouthSmileRight),
            SMILE,
        )
        .in_unit("smile"),
        Reading::at_most(
            mean(Expression::MouthUpperUpLeft, Expression::MouthUpperUpRight),
            UPPER_LIP_UP,
        )
        .in_unit("lip"),
    ])
}
