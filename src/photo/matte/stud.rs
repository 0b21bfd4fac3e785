//! Studs in the ears: pearl and silver have the wall's colours, and are framed by what is darker like a gap in the hair.
//!
//! They are told by place and shape: a small round spot beside the face. Wall is hardly ever seen so, and a spot of wall is
//! a smaller harm than a jewel that is made of background.

use super::depth::Depths;
use crate::photo::grid::{Grid, LOW_STEP, View};
use crate::vision::raster::{Mask, Neighbours, Run, label};
use std::ops::Range;

/// Width and height of a stud: 2 to 13 mm.
const SIDE_PX: Range<f32> = 4.0..22.0;
/// It is about as wide as high, and fills as much of its box as a disc with a light in it.
const SLIM: f32 = 1.7;
const FULL: f32 = 0.5;

/// The studs among what is not solid.
pub fn studs(solid: &Mask, view: &View, depths: &Depths) -> Mask {
    let spots = label(&at_ears(solid, view, depths), Neighbours::Four);
    let mut found = vec![Spot::default(); spots.count];
    for run in &spots.runs {
        found[run.component].add(run, solid);
    }
    let studs: Vec<bool> = found.iter().map(Spot::is_stud).collect();
    spots.select(&studs)
}

/// What is not solid where ears are, between eyes and chin.
fn at_ears(solid: &Mask, view: &View, depths: &Depths) -> Mask {
    let mut open = Mask::filled(solid.width(), solid.height(), false);
    let row = |y: f32| (y.max(0.0) as usize).min(solid.height());
    for y in row(view.eye_y)..row(view.chin_y) {
        let ears = depths.ears.row(y / LOW_STEP);
        let pixels = open.row_mut(y).iter_mut().zip(solid.row(y));
        for (x, (open, solid)) in pixels.enumerate() {
            *open = !solid && ears[x / LOW_STEP];
        }
    }
    open
}

/// What is known of one spot.
#[derive(Default, Clone)]
struct Spot {
    area: f32,
    columns: Range<usize>,
    rows: Range<usize>,
    /// It goes on where no ear can be.
    goes_on: bool,
}

impl Spot {
    fn add(&mut self, run: &Run, solid: &Mask) {
        let (columns, y) = (&run.columns, run.y);
        if self.area == 0.0 {
            (self.columns, self.rows) = (columns.clone(), y..y);
        }
        self.area += columns.len() as f32;
        self.columns = self.columns.start.min(columns.start)..self.columns.end.max(columns.end);
        self.rows.end = y + 1;
        let row = solid.row(y);
        let beside = [columns.start.checked_sub(1), Some(columns.end)];
        self.goes_on |=
            (beside.into_iter().flatten()).any(|x| row.get(x).is_some_and(|solid| !solid));
    }

    fn is_stud(&self) -> bool {
        let unit = Grid::length(1.0);
        let [w, h] = [&self.columns, &self.rows].map(|side| side.len() as f32 / unit);
        let (short, long) = (w.min(h), w.max(h));
        !self.goes_on
            && SIDE_PX.contains(&short)
            && SIDE_PX.contains(&long)
            && long < SLIM * short
            && self.area > FULL * w * h * unit * unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(columns: Range<usize>, rows: Range<usize>, area: f32) -> Spot {
        Spot {
            area,
            columns,
            rows,
            goes_on: false,
        }
    }

    #[test]
    fn a_disc_is_a_stud_and_what_is_slim_ragged_small_or_large_is_none() {
        assert!(spot(100..120, 50..72, 330.0).is_stud());
        let slim = spot(100..112, 50..90, 400.0);
        let ragged = spot(100..120, 50..72, 150.0);
        let small = spot(100..104, 50..54, 14.0);
        let large = spot(100..160, 50..110, 2800.0);
        let cut = Spot {
            goes_on: true,
            ..spot(100..120, 50..72, 330.0)
        };
        for other in [slim, ragged, small, large, cut] {
            assert!(!other.is_stud());
        }
    }
}
