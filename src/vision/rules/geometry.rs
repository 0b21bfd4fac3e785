//! Where the person is and how the head is held: from points and the coarse matte, without a pixel.

use super::Ruler;
use super::matte::Matte;
use super::mesh::{CHIN, EDGES, Mesh};
use super::reading::Reading;

/// Another face counts when its box is at least this share of the largest: a poster or a passer-by far behind
/// is smaller.
const SECOND_FACE_SHARE: f32 = 0.3;
/// Face width of frame height: 0.34 is the bust at one metre. Outside the picture cannot be cropped sharply or
/// holds no chest.
const FACE_OF_FRAME: (f32, f32) = (0.21, 0.52);
/// Face width of frame height at one metre.
const FACE_AT_ONE_METRE: f32 = 0.34;
/// Face centre beside frame centre, in face widths.
const OFF_CENTRE: f32 = 0.35;
/// Room beside the face, in face widths: half of the standard photo over its face width is 0.3.
const ROOM_BESIDE: f32 = 0.15;
/// Frame bottom below the eye line, in face widths: 640 - 300 px at a face 300 px wide; below that no legal crop.
const CHEST_BELOW_EYES: f32 = 1.13;
/// Hair above the eye line, in face widths: (300 - 50) px at a face 180 px wide, with the room that a placement keeps.
const HAIR_ABOVE_EYES: f32 = 1.33;
/// ... and what it may be at a face of 300 px. Higher hair asks for a smaller face, and that for more of the chest.
const HAIR_AT_LARGEST: f32 = 0.83;
/// The score of what a still is only warned of.
const ONLY_WARNS: f32 = 0.99;
/// Room above the person, in face widths; less means the head touches the edge.
const ROOM_ABOVE: f32 = 0.02;
/// A person nearer to the wall than this throws a shadow on it; the manual says about a metre.
const WALL_AT_LEAST_CM: f32 = 60.0;
/// Neutral sitters reach 4.8 degrees; the standard photo keeps up to 3.
const ROLL_DEG: f32 = 7.0;
/// Real portraits turned by 15 to 20 degrees about their own mesh read 5.9 to 16, neutral ones at most 4.5.
const YAW_DEG: f32 = 6.8;
/// The offset of neutral sitters is personal (+-8), so this only warns.
const PITCH_DEG: f32 = 12.0;
/// Mean pitch of the mesh of neutral sitters.
const PITCH_NEUTRAL_DEG: f32 = 4.5;
/// Slope of the shoulders; sitters reach 10, so this only warns.
const SHOULDERS_DEG: f32 = 11.0;

/// How many faces, and how large the second is.
pub(super) fn one_face(sizes: &[f32]) -> Reading {
    let mut sizes = sizes.to_vec();
    sizes.sort_by(|a, b| b.total_cmp(a));
    match sizes.as_slice() {
        [] => Reading {
            score: 2.0,
            value: 0.0,
            limit: 1.0,
            unit: "faces",
        },
        [_] => Reading {
            score: 0.0,
            value: 1.0,
            limit: 1.0,
            unit: "faces",
        },
        [largest, second, ..] => Reading::at_most(second / largest.max(1e-3), SECOND_FACE_SHARE),
    }
}

/// Face width of frame height. Who is so near that the chest is cut off is told to step back, not to stand straight.
pub(super) fn distance(mesh: &Mesh) -> Reading {
    let share = mesh.face_px / mesh.size[1];
    let back = FACE_AT_ONE_METRE / share;
    let middle = mesh.size[1] / 2.0;
    // at one metre everything lies nearer to the middle of the frame
    let eyes = middle + (mesh.eyes[1] - middle) * back;
    let would_show_chest = (mesh.size[1] - eyes) / (mesh.face_px * back) >= CHEST_BELOW_EYES;
    let chest = chest_below(mesh);
    Reading::worst([
        Reading::at_most(share, FACE_OF_FRAME.1),
        Reading::at_least(share, FACE_OF_FRAME.0),
        Reading {
            score: chest.score,
            ..Reading::at_most(share, FACE_AT_ONE_METRE)
        }
        .only_if(back < 1.0 && chest.score >= 1.0 && would_show_chest),
    ])
}

/// The top of the hair above the eye line, in face widths: what does not fit beside the narrowest legal face.
pub(super) fn hair_height(mesh: &Mesh, matte: &Matte) -> Reading {
    Reading::at_most(hair_above(mesh, matte), HAIR_ABOVE_EYES)
}

fn hair_above(mesh: &Mesh, matte: &Matte) -> f32 {
    let top = matte.top_between(EDGES.map(|i| mesh.frame[i][0]));
    (mesh.eyes[1] - top) / mesh.face_px
}

/// Frame bottom below the eye line, in face widths.
fn chest_below(mesh: &Mesh) -> Reading {
    Reading::at_least(
        (mesh.size[1] - mesh.eyes[1]) / mesh.face_px,
        CHEST_BELOW_EYES,
    )
}

/// Face centre beside frame centre, and room to the sides.
pub(super) fn framing(mesh: &Mesh) -> Reading {
    let [left, right] = EDGES.map(|i| mesh.frame[i][0]);
    let centre = (f32::midpoint(left, right) - mesh.size[0] / 2.0) / mesh.face_px;
    let room = left.min(mesh.size[0] - right) / mesh.face_px;
    Reading::worst([
        Reading::at_most(centre, OFF_CENTRE),
        Reading::at_least(room, ROOM_BESIDE),
    ])
}

/// Chest below, and the top of the head inside the frame. High hair asks for more of the chest: live that is said before
/// the shot, of a still it is a warning, because the placement of its photo knows exactly.
pub(super) fn bust(mesh: &Mesh, matte: &Matte, live: bool) -> Reading {
    let above = matte.top_between(EDGES.map(|i| mesh.frame[i][0])) / mesh.face_px;
    let top = Reading {
        score: if above >= ROOM_ABOVE { 0.0 } else { 1.01 },
        value: above,
        limit: ROOM_ABOVE,
        unit: "",
    };
    let below = (mesh.size[1] - mesh.eyes[1]) / mesh.face_px;
    let smaller = (hair_above(mesh, matte) / HAIR_AT_LARGEST).max(1.0);
    let under_hair = Reading::at_least(below, CHEST_BELOW_EYES * smaller);
    let worst_known = if live { f32::INFINITY } else { ONLY_WARNS };
    Reading::worst([chest_below(mesh), under_hair.capped(worst_known), top])
}

/// Distance from the wall, where the booth was measured in: the wall's distance minus the student's. The distance of
/// eyes differs from person to person, so this only warns.
pub(super) fn wall_distance(mesh: &Mesh, ruler: Option<Ruler>) -> Reading {
    let Some(ruler) = ruler else {
        return Reading::UNKNOWN;
    };
    let eyes_cm = ruler.distance_cm(mesh.irises_px / mesh.size[0]);
    Reading::at_least(ruler.wall_cm - eyes_cm, WALL_AT_LEAST_CM)
}

/// Angle of the iris line.
pub(super) fn head_roll(mesh: &Mesh) -> Reading {
    Reading::at_most(mesh.roll_rad.to_degrees(), ROLL_DEG)
}

/// Two readings of one angle: the depth of the mesh, and the nose between the edges of the face.
pub(super) fn head_yaw(mesh: &Mesh) -> Reading {
    const DEGREES_OF_LN_RATIO: f32 = 22.0;
    let [a, b] = EDGES.map(|i| mesh.frame[i]);
    let depth_deg = (b[2] - a[2])
        .atan2((b[0] - a[0]).hypot(b[1] - a[1]))
        .to_degrees();
    let nose = mesh.upright[1][0];
    let to_left = (nose - mesh.upright[EDGES[0]][0]).max(1.0);
    let to_right = (mesh.upright[EDGES[1]][0] - nose).max(1.0);
    let nose_deg = DEGREES_OF_LN_RATIO * (to_left / to_right).ln();
    Reading::at_most(f32::midpoint(depth_deg, nose_deg), YAW_DEG)
}

/// Depth of the mesh from the top of the face to the chin.
pub(super) fn head_pitch(mesh: &Mesh) -> Reading {
    let (top, chin) = (mesh.frame[10], mesh.frame[CHIN]);
    let depth_deg = (chin[2] - top[2])
        .atan2((chin[0] - top[0]).hypot(chin[1] - top[1]))
        .to_degrees();
    Reading::at_most(depth_deg - PITCH_NEUTRAL_DEG, PITCH_DEG)
}

/// Heights of the matte's outline left and right of the chin.
pub(super) fn shoulders(mesh: &Mesh, matte: &Matte) -> Reading {
    let chin = mesh.frame[CHIN];
    let from = (chin[1] - 0.1 * mesh.face_px).clamp(0.0, mesh.size[1] - 2.0);
    let mut slopes = Vec::with_capacity(5);
    for share in [0.62, 0.72, 0.82, 0.92, 1.02] {
        let reach = share * mesh.face_px;
        let heights = [-1.0, 1.0].map(|side| matte.shoulder_at(chin[0] + side * reach, from));
        if let [Some(left), Some(right)] = heights {
            slopes.push((right - left) / (2.0 * reach));
        }
    }
    if slopes.len() < 2 {
        return Reading::UNKNOWN;
    }
    let slope = crate::vision::raster::median(&mut slopes).unwrap_or(f32::NAN);
    Reading::at_most(slope.atan().to_degrees(), SHOULDERS_DEG)
}
