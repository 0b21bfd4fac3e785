//! Which parts of the grid must be solved pixel by pixel: where person and wall meet, or where they might.
//!
//! Most blocks of a portrait are nothing but wall or nothing but person. What is said of a quiet block here is what
//! solving its pixels would say; wherever that is not certain the block is solved.

use super::depth::{DEEPEST_GAP_PX, Depths};
use super::key::NOT_NOISE;
use super::low::Low;
use super::wall::Wall;
use crate::photo::grid::LOW_STEP;
use crate::vision::raster::{Components, Mask, Neighbours, Raster, dilated, eroded, label};
use std::ops::Range;

/// A quiet block's colour is this near to the wall (a share of what is certainly no noise) and as even as it.
const QUIET_SHARE: f32 = 0.5;
const QUIET_DEVIATION: f32 = 0.012;
/// A mask above this is not quiet wall, whatever the colours say.
const WALL_PERSON: f32 = 0.25;
/// The person is quiet this deep inside the trusted mask: where hair has holes, and where it stands on the body.
const HEAD_DEPTH_PX: f32 = 12.0;
const BODY_DEPTH_PX: f32 = 8.0;
/// A block that may belong to a pocket of wall in the hair: near to the wall in hue and lightness.
const POCKET_SPREAD: f32 = 0.10;
const POCKET_LIGHT: Range<f32> = -0.36..0.12;
/// Blocks around a possible pocket that are solved with it.
const POCKET_REACH: f32 = 2.0;
/// Gaps of quiet blocks narrower than this are solved too: fewer, longer patches.
const GAP_BLOCKS: usize = 3;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Nothing but wall.
    #[default]
    Wall,
    /// Nothing but person.
    Person,
    /// To be solved.
    Edge,
}

/// One row of blocks that are solved together, in grid pixels.
#[derive(Debug, Clone)]
pub struct Patch {
    /// Its rows.
    pub rows: Range<usize>,
    /// Its columns.
    pub columns: Range<usize>,
}

/// The sides of all blocks.
pub struct Band {
    /// The blocks that are nothing but person.
    persons: Components,
    /// What is to be solved, row by row from the left.
    pub patches: Vec<Patch>,
}

impl Band {
    /// Sorts the blocks of the low grid. `noise` is the wall's.
    pub fn of(low: &Low, wall: &Wall, depths: &Depths, noise: f32) -> Self {
        let pockets = dilated(&possible_pockets(low, wall, depths), POCKET_REACH);
        let near_wall = near_wall(low, wall, noise);
        let (w, h) = (low.image.width(), low.image.height());
        let mut sides = Raster::from_fn(w, h, |x, y| {
            let depth = if in_body(low, depths, x, y) {
                BODY_DEPTH_PX
            } else {
                HEAD_DEPTH_PX
            };
            if near_wall.at(x, y) {
                Side::Wall
            } else if depths.trusted.at(x, y) > depth && !pockets.at(x, y) {
                Side::Person
            } else {
                Side::Edge
            }
        });
        let patches = patches(&mut sides);
        Self {
            persons: label(&sides.map(|s| s == Side::Person), Neighbours::Four),
            patches,
        }
    }

    /// A raster of the grid with the quiet blocks filled in; what is to be solved holds `wall`.
    pub fn filled<T: Copy>(&self, wall: T, person: T) -> Raster<T> {
        let (w, h) = self.persons.size();
        let mut raster = Raster::filled(w * LOW_STEP, h * LOW_STEP, wall);
        for run in &self.persons.runs {
            for y in run.y * LOW_STEP..(run.y + 1) * LOW_STEP {
                let columns = run.columns.start * LOW_STEP..run.columns.end * LOW_STEP;
                raster.row_mut(y)[columns].fill(person);
            }
        }
        raster
    }

    /// The blocks that are nothing but person.
    pub fn persons(&self) -> impl Iterator<Item = (usize, usize)> {
        let runs = self.persons.runs.iter();
        runs.flat_map(|run| run.columns.clone().map(|x| (x, run.y)))
    }
}

/// Even blocks of the wall's colour, and none but such around them.
fn near_wall(low: &Low, wall: &Wall, noise: f32) -> Mask {
    let limit = QUIET_SHARE * NOT_NOISE.max(3.0 * noise);
    let deviation_limit = QUIET_DEVIATION.max(3.0 * noise);
    let even = Mask::from_fn(low.image.width(), low.image.height(), |x, y| {
        let (i, b) = (low.image.at(x, y), wall.low.at(x, y));
        let off = (0..3).map(|c| (i[c] - b[c]).powi(2)).sum::<f32>().sqrt();
        off < limit && low.deviation.at(x, y) < deviation_limit && low.person.at(x, y) < WALL_PERSON
    });
    eroded(&even, 1.0)
}

fn in_body(low: &Low, depths: &Depths, x: usize, y: usize) -> bool {
    y as f32 >= low.zone_y && depths.rooted.at(x, y)
}

/// Blocks that hair may leave open. In the face there are none, nor in the body where the mask is sure.
fn possible_pockets(low: &Low, wall: &Wall, depths: &Depths) -> Mask {
    Mask::from_fn(low.image.width(), low.image.height(), |x, y| {
        let (i, b) = (low.image.at(x, y), wall.low.at(x, y));
        let d = [i[0] - b[0], i[1] - b[1], i[2] - b[2]];
        let spread = d[0].max(d[1]).max(d[2]) - d[0].min(d[1]).min(d[2]);
        let light = (d[0] + d[1] + d[2]) / 3.0;
        let body = in_body(low, depths, x, y) && low.person.at(x, y) >= 0.9;
        !body
            && depths.face.at(x, y) < 3.0
            && depths.trusted.at(x, y) < DEEPEST_GAP_PX
            && spread < POCKET_SPREAD
            && POCKET_LIGHT.contains(&light)
    })
}

/// Closes short gaps and collects the blocks to be solved.
fn patches(sides: &mut Raster<Side>) -> Vec<Patch> {
    let mut patches: Vec<Patch> = Vec::new();
    for y in 0..sides.height() {
        let row = sides.row_mut(y);
        let mut from = 0;
        while let Some(skip) = row[from..].iter().position(|s| *s == Side::Edge) {
            let start = from + skip;
            let mut end = start + 1;
            while let Some(skip) = row[end..]
                .iter()
                .take(GAP_BLOCKS)
                .position(|s| *s == Side::Edge)
            {
                end += skip + 1;
            }
            row[start..end].fill(Side::Edge);
            patches.push(Patch {
                rows: y * LOW_STEP..(y + 1) * LOW_STEP,
                columns: start * LOW_STEP..end * LOW_STEP,
            });
            from = end;
        }
    }
    patches
}
