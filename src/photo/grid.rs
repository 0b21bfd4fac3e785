//! The grids that a photo is solved on, and what the capture looks like on them.
//!
//! Lengths of the matte are given in pixels of the half grid, in which a face is about as wide as in the graduation
//! photo; a photo that is much smaller is solved larger and reduced at the end.

use super::geometry::Placement;
use crate::standard::Preset;
use crate::vision::raster::{Affine, Colours, Mask, Plane, polygon, warp_picture, warp_plane};
use crate::vision::{Face, Picture, face::place};
use std::ops::Range;

/// Grid pixels per pixel of the half grid.
const FINENESS: usize = 2;
/// Grid pixels per pixel of the low grid.
pub const LOW_STEP: usize = 4;
/// Width of a face on the half grid that every length of the matte was set for.
const FACE_PX: f32 = 222.0;

/// A grid finer than the photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Width of the grid.
    pub width: usize,
    /// Height of the grid.
    pub height: usize,
    /// Pixels of the half grid per photo pixel.
    pub reduction: usize,
    /// Width of the photo.
    pub photo_width: usize,
    /// Height of the photo.
    pub photo_height: usize,
}

impl Grid {
    /// The grid of a photo.
    pub fn new(preset: &Preset) -> Self {
        let (photo_width, photo_height) = (preset.width_px, preset.height_px);
        let reduction = ((FACE_PX / preset.aim.face_width_px).round() as usize).max(1);
        let whole = |size: usize| (size * reduction * FINENESS).next_multiple_of(LOW_STEP);
        Self {
            width: whole(photo_width),
            height: whole(photo_height),
            reduction,
            photo_width,
            photo_height,
        }
    }

    /// A length of any half grid in grid pixels, whole and at least one.
    pub fn length(half_px: f32) -> f32 {
        (half_px * FINENESS as f32).round().max(1.0)
    }

    /// Grid pixels per photo pixel.
    pub fn fineness(&self) -> usize {
        FINENESS * self.reduction
    }

    /// Size of the half grid.
    pub fn half(&self) -> (usize, usize) {
        (self.width / FINENESS, self.height / FINENESS)
    }

    /// Size of the low grid, on which everything smooth is solved.
    pub fn low(&self) -> (usize, usize) {
        (self.width / LOW_STEP, self.height / LOW_STEP)
    }

    /// From photo pixels to pixels this many times finer.
    fn finer(times: usize) -> Affine {
        let half = (times as f64 - 1.0) / 2.0;
        Affine::turn_scale_shift(0.0, times as f64, [half, half])
    }
}

/// The capture on the grid.
pub struct View {
    /// The grid.
    pub grid: Grid,
    /// The capture's colours, 0..1.
    pub image: Colours,
    /// Roughly the person, 0..1, on the half grid.
    pub person: Plane,
    /// What the capture covers.
    pub covered: Covered,
    /// The outline of the face, filled, on the low grid.
    pub face: Mask,
    /// Row of the chin in grid pixels.
    pub chin_y: f32,
    /// Row of the eyes in grid pixels.
    pub eye_y: f32,
    /// The empty booth on the same grid.
    pub plate: Option<Colours>,
}

impl View {
    /// Resamples the capture once, from its own pixels to the grid.
    pub fn new(
        grid: Grid,
        capture: &Picture,
        plate: Option<&Picture>,
        face: &Face,
        placement: &Placement,
    ) -> Self {
        let to_grid = placement.to_photo.then(&Grid::finer(grid.fineness()));
        let on_grid = |[x, y]: [f32; 2]| to_grid.apply([f64::from(x), f64::from(y)]);
        let on_low = |p| on_grid(p).map(|v| ((v + 0.5) / LOW_STEP as f64 - 0.5) as f32);
        let outline: Vec<[f32; 2]> = face.oval().into_iter().map(on_low).collect();
        let (low_width, low_height) = grid.low();
        let seen = |picture| warp_picture(picture, &to_grid, grid.width, grid.height);
        Self {
            grid,
            image: seen(capture),
            person: person_on(grid, placement),
            covered: Covered::by(capture, &to_grid, (grid.width, grid.height), 0.5),
            face: Mask::of_places(
                low_width,
                low_height,
                &polygon(&outline, low_width, low_height),
            ),
            chin_y: on_grid(face.point(place::CHIN))[1] as f32,
            eye_y: on_grid(face.eye_middle())[1] as f32,
            plate: plate.map(seen),
        }
    }
}

/// The coarse mask on the half grid, bicubic: it has no finer detail.
fn person_on(grid: Grid, placement: &Placement) -> Plane {
    let to_half = placement.mask_to_photo().then(&Grid::finer(grid.reduction));
    let (width, height) = grid.half();
    warp_plane(&placement.silhouette.mask, &to_half, width, height)
}

/// What of a target lies on a picture: the columns of each row.
pub struct Covered {
    width: usize,
    rows: Vec<Range<usize>>,
}

impl Covered {
    /// By a picture that `to_target` takes there, up to `beyond_px` past the centres of its outermost pixels.
    pub fn by(
        picture: &Picture,
        to_target: &Affine,
        (width, height): (usize, usize),
        beyond_px: f64,
    ) -> Self {
        let back = to_target.inverse();
        let limits = [picture.width(), picture.height()].map(|size| (size - 1) as f64 + beyond_px);
        let row = |y: usize| {
            let (mut from, mut to) = (0.0_f64, width as f64 - 1.0);
            for ([step, slant, shift], most) in back.rows.into_iter().zip(limits) {
                let start = slant * y as f64 + shift;
                if step.abs() > f64::EPSILON {
                    let (a, b) = ((-beyond_px - start) / step, (most - start) / step);
                    (from, to) = (from.max(a.min(b)), to.min(a.max(b)));
                } else if start < -beyond_px || start > most {
                    to = -1.0;
                }
            }
            let (from, to) = (from.ceil().max(0.0), to.floor());
            if to < from {
                0..0
            } else {
                from as usize..to as usize + 1
            }
        };
        Self {
            width,
            rows: (0..height).map(row).collect(),
        }
    }

    /// The columns of row `y` that are covered.
    pub fn row(&self, y: usize) -> Range<usize> {
        self.rows[y].clone()
    }

    /// Share of the target that is covered.
    pub fn share(&self) -> f32 {
        let covered: usize = self.rows.iter().map(ExactSizeIterator::len).sum();
        covered as f32 / (self.width * self.rows.len()).max(1) as f32
    }

    /// Blocks of `step` x `step` that are covered wholly.
    pub fn blocks(&self, step: usize) -> Mask {
        let (width, height) = (self.width / step, self.rows.len() / step);
        let mut mask = Mask::filled(width, height, false);
        for (y, rows) in self.rows.chunks_exact(step).enumerate() {
            let from = rows.iter().map(|r| r.start).max().unwrap_or(0);
            let to = rows.iter().map(|r| r.end).min().unwrap_or(0);
            let (first, end) = (from.div_ceil(step), (to / step).min(width));
            if first < end {
                mask.row_mut(y)[first..end].fill(true);
            }
        }
        mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(crate::photo::tests::fixed_cases(64))]
        #[test]
        fn rows_cover_what_trying_every_pixel_finds(
            turn in -0.3..0.3_f64, scale in 0.3..2.0_f64, x in -30.0..30.0_f64, y in -30.0..30.0_f64,
        ) {
            let picture = Picture::from_rgb(40, 30, vec![0; 3600]).unwrap();
            let map = Affine::turn_scale_shift(turn, scale, [x, y]);
            let covered = Covered::by(&picture, &map, (32, 24), 0.5);
            for v in 0..24 {
                for u in 0..32 {
                    let [sx, sy] = map.inverse().apply([f64::from(u), f64::from(v)]);
                    let margin = (sx + 0.5).min(39.5 - sx).min(sy + 0.5).min(29.5 - sy);
                    if margin.abs() > 1e-6 {
                        prop_assert_eq!(covered.row(v as usize).contains(&(u as usize)), margin > 0.0);
                    }
                }
            }
        }
    }

    #[test]
    fn a_small_photo_is_solved_as_finely_as_a_large_one() {
        let small = Preset {
            width_px: 144,
            height_px: 193,
            aim: crate::standard::Aim {
                face_width_px: 66.0,
                ..crate::standard::GRADUATION.aim
            },
            ..crate::standard::GRADUATION.clone()
        };
        let grid = Grid::new(&small);
        assert_eq!((grid.reduction, grid.width, grid.height), (3, 864, 1160));
        assert_eq!(Grid::new(&crate::standard::GRADUATION).half(), (480, 640));
    }
}
