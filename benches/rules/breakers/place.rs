//! Where the person stands and how the head is held.

use super::super::canvas::Place;
use super::{Canvas, Luck, Sitter};

/// The picture moved and made smaller or larger about a place; what lies beyond it repeats its edge.
fn moved(sitter: &Sitter, about: Place, zoom: f32, by: Place) -> Canvas {
    sitter.canvas.bent(|[x, y]| {
        [
            (x - by[0] - about[0]) / zoom + about[0],
            (y - by[1] - about[1]) / zoom + about[1],
        ]
    })
}

/// Somebody whose head is cut out beside somebody else's.
pub fn two(sitter: &Sitter, other: &Sitter, _luck: &mut Luck) -> Canvas {
    let half = |of: &Sitter| {
        let width = (of.canvas.width / 2) as f32;
        let left = (of.eyes[0] - width / 2.0).clamp(0.0, width);
        of.canvas
            .part(left as usize, 0, width as usize, of.canvas.height)
    };
    half(sitter).beside(&half(other))
}

/// Too far away: the face a sixth of the frame's height or less.
pub fn small(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let height = sitter.canvas.height as f32;
    let zoom = luck.between(0.13, 0.19) * height / sitter.face;
    moved(sitter, [sitter.eyes[0], height], zoom, [0.0; 2])
}

/// Too close: the face more than half of the frame's height wide.
pub fn tight(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let height = sitter.canvas.height as f32;
    let zoom = luck.between(0.53, 0.68) * height / sitter.face;
    let middle = [sitter.eyes[0], sitter.eyes[1] + 0.2 * sitter.face];
    moved(sitter, middle, zoom, [0.0, height / 2.0 - middle[1]])
}

pub fn roll(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let turn = luck.side() * luck.between(9.0_f32, 18.0).to_radians();
    let (sin, cos) = turn.sin_cos();
    let [cx, cy] = sitter.chin;
    sitter.canvas.bent(|[x, y]| {
        let (dx, dy) = (x - cx, y - cy);
        [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos]
    })
}

/// The head turned about its own axis, by the depth of the mesh.
pub fn yaw(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let turn = luck.side() * luck.between(15.0_f32, 20.0).to_radians();
    let (sin, cos) = turn.sin_cos();
    let axis = sitter.point(168)[0];
    let deepest = sitter.points.iter().map(|p| p[2]).fold(f32::MIN, f32::max);
    let shifts: Vec<(Place, f32)> = sitter
        .points
        .iter()
        .take(468)
        .step_by(3)
        .map(|&[x, y, z]| {
            let (dx, dz) = (x - axis, z - deepest);
            let turned = axis + dx * cos - dz * sin;
            ([turned, y], turned - x)
        })
        .collect();
    let grid = Grid::of(sitter, &shifts);
    sitter.canvas.bent(|[x, y]| [x - grid.at([x, y]), y])
}

/// A coarse field of shifts, fading away outside the head.
struct Grid {
    step: f32,
    columns: usize,
    shifts: Vec<f32>,
}

impl Grid {
    fn of(sitter: &Sitter, shifts: &[(Place, f32)]) -> Self {
        let step = sitter.face / 24.0;
        let columns = (sitter.canvas.width as f32 / step) as usize + 2;
        let rows = (sitter.canvas.height as f32 / step) as usize + 2;
        let near = 2.0 * (sitter.face * 0.06).powi(2);
        let shifts = (0..columns * rows)
            .map(|i| {
                let at = [(i % columns) as f32 * step, (i / columns) as f32 * step];
                let (mut sum, mut weights) = (0.0, 1e-6);
                let mut nearest = f32::MAX;
                for ([x, y], shift) in shifts {
                    let away = (x - at[0]).powi(2) + (y - at[1]).powi(2);
                    nearest = nearest.min(away);
                    let weight = (-away / near).exp() + 1e-9 / (1.0 + away);
                    sum += weight * shift;
                    weights += weight;
                }
                let fade = (1.0 - nearest.sqrt() / (0.7 * sitter.face)).clamp(0.0, 1.0);
                sum / weights * fade
            })
            .collect();
        Self {
            step,
            columns,
            shifts,
        }
    }

    fn at(&self, [x, y]: Place) -> f32 {
        let (x, y) = (x / self.step, y / self.step);
        let at = |dx: usize, dy: usize| {
            let i = (y as usize + dy) * self.columns + x as usize + dx;
            self.shifts.get(i).copied().unwrap_or(0.0)
        };
        let (fx, fy) = (x.fract(), y.fract());
        (at(0, 0) * (1.0 - fx) + at(1, 0) * fx) * (1.0 - fy)
            + (at(0, 1) * (1.0 - fx) + at(1, 1) * fx) * fy
    }
}

/// Sits so low that the chest is cut off, at the right distance.
pub fn low(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let height = sitter.canvas.height as f32;
    let zoom = 0.32 * height / sitter.face;
    let eyes = height - luck.between(0.85, 1.05) * 0.32 * height;
    moved(sitter, sitter.eyes, zoom, [0.0, eyes - sitter.eyes[1]])
}

/// So high that the frame cuts the head, at the right distance.
pub fn high(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let height = sitter.canvas.height as f32;
    let zoom = 0.32 * height / sitter.face;
    let eyes = luck.between(0.30, 0.45) * 0.32 * height;
    moved(sitter, sitter.eyes, zoom, [0.0, eyes - sitter.eyes[1]])
}

/// Beside the middle, the whole face in view.
pub fn aside(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let by = luck.side() * luck.between(0.45, 0.7) * sitter.face;
    moved(sitter, [0.0; 2], 1.0, [by, 0.0])
}
