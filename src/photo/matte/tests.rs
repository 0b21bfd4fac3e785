//! The named cases, each on a drawn portrait whose every pixel is known: hair, skin and cloth before a wall.

use super::*;
use crate::photo::grid::{Covered, Grid};
use crate::standard::GRADUATION;
use crate::vision::Picture;
use crate::vision::raster::{Affine, Raster, gauss_blur, shrunk};

mod hard_cases;

pub(super) const WALL: [f32; 3] = [0.84, 0.83, 0.81];
pub(super) const SKIN: [f32; 3] = [0.72, 0.53, 0.44];
pub(super) const BLACK: [f32; 3] = [0.09, 0.08, 0.08];
pub(super) const BLOND: [f32; 3] = [0.62, 0.50, 0.30];
pub(super) const WHITE_SHIRT: [f32; 3] = [0.93, 0.93, 0.92];

/// What a pixel of the grid (960 x 1280) belongs to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Of {
    Wall,
    Hair,
    Skin,
    Cloth,
}

pub(super) fn inside(x: f32, y: f32, [cx, cy, rx, ry]: [f32; 4]) -> bool {
    ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) < 1.0
}

/// A head with a cap of hair down to the shoulders, a neck, and a bust.
pub(super) fn drawn(x: usize, y: usize) -> Of {
    let (x, y) = (x as f32, y as f32);
    let shoulder = 960.0 + 0.0006 * (x - 480.0).powi(2);
    if y > shoulder && (x - 480.0).abs() < 430.0 {
        Of::Cloth
    } else if inside(x, y, [480.0, 540.0, 215.0, 290.0]) && y > 330.0
        || (y > 700.0 && (x - 480.0).abs() < 120.0)
    {
        Of::Skin
    } else if inside(x, y, [480.0, 480.0, 270.0, 340.0]) {
        Of::Hair
    } else {
        Of::Wall
    }
}

pub(super) struct Portrait {
    pub image: Colours,
    pub person: Plane,
}

impl Portrait {
    pub fn new(hair: [f32; 3], cloth: [f32; 3]) -> Self {
        let (w, h) = (960, 1280);
        let mut state = 5_u32;
        let image = Raster::from_fn(w, h, |x, y| {
            let of = match drawn(x, y) {
                Of::Wall => WALL,
                Of::Hair => hair,
                Of::Skin => SKIN,
                Of::Cloth => cloth,
            };
            of.map(|v| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                v + ((state >> 16) as f32 / 65536.0 - 0.5) * 0.012
            })
        });
        let person = Raster::from_fn(w, h, |x, y| if drawn(x, y) == Of::Wall { 0.0 } else { 1.0 });
        Self {
            image: gauss_blur(&image, 0.8),
            person: gauss_blur(&shrunk(&person, 480, 640), 4.0),
        }
    }

    pub fn paint(&mut self, holds: impl Fn(f32, f32) -> bool, colour: [f32; 3]) {
        for y in 0..self.image.height() {
            for (x, pixel) in self.image.row_mut(y).iter_mut().enumerate() {
                if holds(x as f32, y as f32) {
                    *pixel = colour;
                }
            }
        }
    }

    pub fn solved(self) -> Matte {
        let grid = Grid::new(&GRADUATION);
        let capture = Picture::from_rgb(480, 640, vec![0; 480 * 640 * 3]).unwrap();
        let map = Affine::turn_scale_shift(0.0, 2.0, [0.5, 0.5]);
        let (w, h) = grid.low();
        Matte::solve(View {
            grid,
            image: self.image,
            person: self.person,
            covered: Covered::by(&capture, &map, (grid.width, grid.height), 0.5),
            face: Mask::from_fn(w, h, |x, y| {
                inside(x as f32, y as f32, [120.0, 135.0, 52.0, 70.0])
            }),
            chin_y: 830.0,
            eye_y: 512.0,
            plate: None,
        })
    }
}

/// The mean of alpha over a square.
pub(super) fn mean(matte: &Matte, x: usize, y: usize, side: usize) -> f32 {
    let pixels = (y..y + side).flat_map(|v| &matte.alpha.row(v)[x..x + side]);
    pixels.sum::<f32>() / (side * side) as f32
}

/// Share of the drawn person's inside, this far from its edge, that is not wholly person.
pub(super) fn lost_within(matte: &Matte, wanted: Of, margin: usize) -> f32 {
    let deep = |x: usize, y: usize| {
        let around = [(0, 1), (2, 1), (1, 0), (1, 2)];
        let at = |v: usize, times: usize| (v + times * margin).saturating_sub(margin);
        let near = around.map(|(u, v)| drawn(at(x, u), at(y, v)));
        near.iter().all(|of| *of == wanted)
    };
    let (mut all, mut gone) = (0, 0);
    for y in (8..1264).step_by(3) {
        for x in (20..940).step_by(3).filter(|x| deep(*x, y)) {
            all += 1;
            gone += u32::from(matte.alpha.at(x, y) < 0.95);
        }
    }
    gone as f32 / all as f32
}

pub(super) fn lost(matte: &Matte, wanted: Of) -> f32 {
    lost_within(matte, wanted, 16)
}

#[test]
fn cloth_of_every_paleness_is_kept_whole() {
    let (cream, pale_blue) = ([0.90, 0.87, 0.78], [0.74, 0.82, 0.90]);
    for cloth in [WHITE_SHIRT, cream, pale_blue, BLACK] {
        let matte = Portrait::new(BLACK, cloth).solved();
        assert!(lost(&matte, Of::Cloth) < 1e-3, "{cloth:?}");
        assert!(lost(&matte, Of::Hair) < 1e-3 && lost(&matte, Of::Skin) < 1e-3);
        assert!(mean(&matte, 20, 20, 60) < 1e-3 && mean(&matte, 880, 400, 60) < 1e-3);
        assert!(matte.figures.lost_cloth_share < 1e-3, "{:?}", matte.figures);
    }
}

#[test]
fn cloth_equal_to_the_wall_is_kept_as_far_as_the_mask_is_sure() {
    let matte = Portrait::new(BLACK, WALL).solved();
    assert!(lost_within(&matte, Of::Cloth, 28) < 1e-3);
}

#[test]
fn a_bald_head_and_a_blond_one_are_kept_whole() {
    for hair in [SKIN, BLOND] {
        let matte = Portrait::new(hair, WHITE_SHIRT).solved();
        assert!(lost(&matte, Of::Hair) < 1e-3 && lost(&matte, Of::Skin) < 1e-3);
    }
}

#[test]
fn a_cast_shadow_is_wall() {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    for y in 0..1280 {
        for (x, pixel) in portrait.image.row_mut(y).iter_mut().enumerate() {
            let depth = 0.12 * (-((x as f32 - 780.0) / 70.0).powi(2)).exp();
            if drawn(x, y) == Of::Wall {
                *pixel = pixel.map(|v| v - depth);
            }
        }
    }
    let matte = portrait.solved();
    assert!(
        mean(&matte, 770, 500, 30) < 0.02,
        "{}",
        mean(&matte, 770, 500, 30)
    );
    assert!(lost(&matte, Of::Hair) < 1e-3);
}

#[test]
fn a_pocket_of_wall_in_the_hair_stays_open_and_gloss_does_not() {
    let pocket = [250.0, 560.0, 14.0, 26.0];
    let gloss = [480.0, 240.0, 60.0, 10.0];
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    portrait.paint(|x, y| inside(x, y, pocket), [0.80, 0.79, 0.77]);
    portrait.paint(|x, y| inside(x, y, gloss), [0.80, 0.86, 0.97]);
    let matte = portrait.solved();
    assert!(
        mean(&matte, 247, 552, 6) < 0.1,
        "pocket {}",
        mean(&matte, 247, 552, 6)
    );
    assert!(
        mean(&matte, 460, 236, 8) > 0.99,
        "gloss {}",
        mean(&matte, 460, 236, 8)
    );
}

#[test]
fn a_strand_is_partly_person_and_has_the_hairs_own_colour() {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    // a hair as wide as a grid pixel, half covering it
    let seen: [f32; 3] = std::array::from_fn(|c| f32::midpoint(WALL[c], BLACK[c]));
    portrait.paint(
        |x, y| (x - 762.0).abs() < 1.0 && y > 380.0 && y < 520.0,
        seen,
    );
    let matte = portrait.solved();
    let alpha = matte.alpha.at(762, 440);
    assert!((0.3..0.7).contains(&alpha), "{alpha}");
    let mut row = vec![[0.0; 4]; 960];
    Unmixing::new(&matte).premultiplied(440, &mut row);
    let [r, g, b, a] = row[762];
    assert!((r + g + b) / (3.0 * a) < 0.25, "{:?}", row[762]);
    assert!(matte.alpha.at(800, 440) < 1e-3);
}

#[test]
fn cloth_that_the_colours_lose_is_noticed() {
    let portrait = Portrait::new(BLACK, WALL);
    let (grid, person) = (Grid::new(&GRADUATION), portrait.person.clone());
    let (w, h) = grid.low();
    let low = Low {
        image: Colours::filled(w, h, WALL),
        deviation: Plane::filled(w, h, 0.0),
        person: shrunk(&person, w, h),
        covered: Mask::filled(w, h, true),
        face: Mask::filled(w, h, false),
        zone_y: 240.0,
    };
    let depths = Depths::of(&low, &low.face);
    let mut alpha = portrait.solved().alpha;
    assert!(lost_cloth_share(&low, &depths, &alpha) < 1e-3);
    for y in 1100..1200 {
        alpha.row_mut(y)[300..420].fill(0.0);
    }
    let share = lost_cloth_share(&low, &depths, &alpha);
    assert!(share > 0.01, "{share}");
}
