//! The hard cases by name, each drawn on the portrait whose every pixel is known: what real sitters had trouble with.

use super::*;
use std::ops::Range;

mod sheet;

/// A curl: the outline of an ellipse, so many pixels thick.
fn curl(x: f32, y: f32, [cx, cy, rx, ry]: [f32; 4], thick: f32) -> bool {
    inside(x, y, [cx, cy, rx + thick, ry + thick]) && !inside(x, y, [cx, cy, rx, ry])
}

impl Portrait {
    /// What the coarse mask takes for person too, so surely, and as softly as the rest of it.
    fn add_to_mask(&mut self, sure: f32, holds: impl Fn(f32, f32) -> bool) {
        let (w, h) = (self.person.width(), self.person.height());
        let more = Plane::from_fn(w, h, |x, y| {
            sure * f32::from(u8::from(holds(2.0 * x as f32, 2.0 * y as f32)))
        });
        self.person = self.person.zip(&gauss_blur(&more, 4.0), f32::max);
    }
}

/// Softened as a lens does, after painting.
fn seen(mut portrait: Portrait) -> Portrait {
    portrait.image = gauss_blur(&portrait.image, 0.8);
    portrait
}

fn shaded_collar() -> Portrait {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    // a facet of the collar at the outline, beside the neck
    portrait.paint(
        |x, y| (604.0..628.0).contains(&x) && (966.0..1000.0).contains(&y),
        WALL,
    );
    seen(portrait)
}

#[test]
fn a_collar_in_shade_as_bright_as_the_wall_leaves_no_notch() {
    let matte = shaded_collar().solved();
    // its outermost rim, two pixels of the photo, is the lens's mixture and nobody can tell it from wall
    let facet = mean(&matte, 610, 982, 12);
    assert!(facet > 0.9, "{facet}");
}

const DARK_SKIN: [f32; 3] = [0.24, 0.17, 0.14];

/// The inside of a collar beside a dark neck, grey as a mixture of both, under a rim that the lamp catches.
fn lit_rim() -> Portrait {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    portrait.paint(|x, y| drawn(x as usize, y as usize) == Of::Skin, DARK_SKIN);
    let collar = |x: f32, y: f32| (600.0..700.0).contains(&x) && (950.0..1010.0).contains(&y);
    portrait.paint(collar, [0.74, 0.73, 0.72]);
    portrait.paint(|x, y| collar(x, y) && y < 952.0, [0.97; 3]);
    portrait.add_to_mask(1.0, collar);
    seen(portrait)
}

#[test]
fn grey_cloth_behind_a_lit_rim_is_no_mixture_of_wall_and_neck() {
    let matte = lit_rim().solved();
    // from the rim down, within three pixels of the photo
    for y in 952..957 {
        let cloth = mean(&matte, 620, y, 1);
        assert!(cloth > 0.95, "{cloth} at row {y}");
    }
    let wall = mean(&matte, 640, 930, 12);
    assert!(wall < 0.02, "{wall}");
}

/// A neck whose lit side is hardly darker than the wall.
fn lit_neck() -> Portrait {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    let neck = |x: f32, y: f32| y > 860.0 && drawn(x as usize, y as usize) == Of::Skin;
    portrait.paint(neck, DARK_SKIN);
    portrait.paint(|x, y| neck(x, y) && x > 588.0, [0.79, 0.75, 0.72]);
    seen(portrait)
}

#[test]
fn skin_hardly_darker_than_the_wall_keeps_its_outline() {
    let matte = lit_neck().solved();
    for x in 590..598 {
        let skin = mean(&matte, x, 900, 1);
        assert!(skin > 0.9, "{skin} at column {x}");
    }
    let outside = mean(&matte, 606, 900, 4);
    assert!(outside < 0.1, "{outside}");
}

fn blond_crown() -> Portrait {
    let mut portrait = Portrait::new(BLOND, WHITE_SHIRT);
    portrait.paint(|x, y| inside(x, y, [470.0, 206.0, 46.0, 12.0]), WALL);
    seen(portrait)
}

#[test]
fn a_blond_crown_with_a_light_as_bright_as_the_wall_is_kept_whole() {
    let matte = blond_crown().solved();
    let light = mean(&matte, 450, 200, 12);
    assert!(light > 0.95, "{light}");
}

/// The light lies across the outline itself: for the colours a notch.
fn notched_crown() -> Portrait {
    let mut portrait = Portrait::new(BLOND, WHITE_SHIRT);
    portrait.paint(
        |x, y| inside(x, y, [480.0, 154.0, 18.0, 30.0]),
        [0.82, 0.76, 0.64],
    );
    portrait.paint(|x, y| inside(x, y, [480.0, 146.0, 12.0, 16.0]), WALL);
    // what lies above the outline is wall anyway
    let outside = |x: f32, y: f32| drawn(x as usize, y as usize) == Of::Wall;
    portrait.paint(outside, WALL);
    seen(portrait)
}

#[test]
fn a_light_across_the_outline_of_a_blond_crown_leaves_no_notch() {
    let matte = notched_crown().solved();
    let notch = mean(&matte, 474, 150, 12);
    assert!(notch > 0.9, "{notch}");
}

fn gloss() -> Portrait {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    portrait.paint(
        |x, y| inside(x, y, [700.0, 330.0, 7.0, 30.0]),
        [0.78, 0.83, 0.92],
    );
    seen(portrait)
}

#[test]
fn gloss_near_the_rim_of_the_hair_is_no_hole() {
    let matte = gloss().solved();
    let gloss = mean(&matte, 697, 320, 6);
    assert!(gloss > 0.95, "{gloss}");
}

fn knot() -> Portrait {
    let knot = [480.0, 112.0, 70.0, 44.0];
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    portrait.paint(|x, y| inside(x, y, knot), BLACK);
    seen(portrait)
}

#[test]
fn a_knot_of_hair_above_the_head_hangs_on_it() {
    let matte = knot().solved();
    assert!(mean(&matte, 460, 90, 40) > 0.98);
    assert!(mean(&matte, 380, 90, 20) < 0.02 && mean(&matte, 560, 90, 20) < 0.02);
}

const CURLS: [[f32; 4]; 2] = [[762.0, 430.0, 13.0, 17.0], [196.0, 470.0, 15.0, 15.0]];

fn curls() -> Portrait {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    for around in CURLS {
        portrait.paint(|x, y| curl(x, y, around, 4.0), BLACK);
    }
    seen(portrait)
}

#[test]
fn curls_are_open_inside() {
    let matte = curls().solved();
    for [cx, cy, rx, _] in CURLS.map(|l| l.map(|v| v as usize)) {
        let (inner, hair) = (
            mean(&matte, cx - 4, cy - 4, 8),
            mean(&matte, cx + rx, cy - 2, 4),
        );
        assert!(inner < 0.1, "inside of the curl {inner}");
        assert!(hair > 0.6, "the curl {hair}");
    }
}

fn bob() -> Portrait {
    let mut portrait = Portrait::new(BLOND, WHITE_SHIRT);
    // a bob: two bunches of hair hang down beside the neck, wall between them and below
    let bunch = |x: f32, y: f32| {
        let hangs = (630.0..880.0).contains(&y)
            && [(726.0..734.0), (754.0..762.0)]
                .iter()
                .any(|r| r.contains(&x));
        hangs || (620.0..640.0).contains(&y) && (690.0..762.0).contains(&x)
    };
    portrait.paint(bunch, BLOND);
    portrait.add_to_mask(1.0, |x, y| {
        (716.0..772.0).contains(&x) && (620.0..884.0).contains(&y)
    });
    seen(portrait)
}

#[test]
fn wall_between_strands_beside_the_neck_is_not_closed_like_a_notch_of_the_shirt() {
    let matte = bob().solved();
    let between = mean(&matte, 741, 860, 6);
    assert!(between < 0.1, "{between}");
    assert!(mean(&matte, 728, 800, 4) > 0.9 && mean(&matte, 756, 800, 4) > 0.9);
}

/// Hair that stands out all around, and how much of each pixel it covers.
fn frizz() -> (Portrait, Plane) {
    // strands a pixel wide around the head, each over part of a pixel
    let mut dice = fastrand::Rng::with_seed(3);
    let mut cover = Plane::filled(960, 1280, 0.0);
    for _ in 0..900 {
        let turn = dice.f32() * std::f32::consts::PI;
        let (cos, sin) = (turn.cos(), -turn.sin());
        for step in 0..dice.u32(10..46) {
            let reach = 0.985 + step as f32 / 320.0;
            let (x, y) = (480.0 + 270.0 * reach * cos, 480.0 + 340.0 * reach * sin);
            cover.row_mut(y as usize)[x as usize] = 0.8;
        }
    }
    let cover = gauss_blur(&cover, 0.8);
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    for y in 0..1280 {
        for (x, pixel) in portrait.image.row_mut(y).iter_mut().enumerate() {
            let share = cover.at(x, y);
            *pixel = [0, 1, 2].map(|c: usize| pixel[c] + share * (BLACK[c] - pixel[c]));
        }
    }
    (portrait, cover)
}

#[test]
fn frizz_is_as_dense_as_it_was_and_of_the_hairs_colour() {
    let (portrait, cover) = frizz();
    let matte = portrait.solved();
    let (mut drawn, mut found, mut lightness) = (0.0, 0.0, 0.0);
    let mut row = vec![[0.0; 4]; 960];
    let mut unmixing = Unmixing::new(&matte);
    for y in 0..480 {
        unmixing.premultiplied(y, &mut row);
        for x in (0..960).filter(|x| !inside(*x as f32, y as f32, [480.0, 480.0, 278.0, 350.0])) {
            drawn += cover.at(x, y);
            found += row[x][3];
            lightness += row[x][1];
        }
    }
    let kept = found / drawn;
    assert!((0.75..1.15).contains(&kept), "{kept} of the frizz");
    assert!(lightness / found < 0.2, "lightness {}", lightness / found);
}

/// A lock of strands finer than a pixel, which the coarse mask takes for person this surely, and its cover.
fn lock(columns: Range<f32>, rows: Range<usize>, sure: f32) -> (Portrait, Plane) {
    let mut dice = fastrand::Rng::with_seed(11);
    let mut cover = Plane::filled(960, 1280, 0.0);
    let wide = columns.end - columns.start;
    for _ in 0..wide as usize - 20 {
        let mut x = dice.f32() * (wide - 20.0) + columns.start + 5.0;
        let lean = dice.f32() * 0.8 - 0.4;
        for y in rows.clone() {
            x += lean;
            let column = x.clamp(columns.start, columns.end - 1.0) as usize;
            cover.row_mut(y)[column] = 0.7;
        }
    }
    let cover = gauss_blur(&cover, 0.7);
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    for y in 0..1280 {
        for (x, pixel) in portrait.image.row_mut(y).iter_mut().enumerate() {
            let share = cover.at(x, y);
            *pixel = [0, 1, 2].map(|c: usize| pixel[c] + share * (BLACK[c] - pixel[c]));
        }
    }
    portrait.add_to_mask(sure, |x, y| {
        columns.contains(&x) && rows.contains(&(y as usize))
    });
    (portrait, cover)
}

fn beside_the_head() -> (Portrait, Plane) {
    lock(740.0..850.0, 420..620, 0.85)
}

/// Wider, so that its middle is deep in the mask, and down to the shoulder past the border of the body zone.
fn beside_the_neck() -> (Portrait, Plane) {
    lock(690.0..850.0, 560..860, 1.0)
}

fn shows_wall((portrait, cover): (Portrait, Plane), columns: Range<usize>, rows: Range<usize>) {
    let matte = portrait.solved();
    let within = |plane: &Plane| {
        let sum: f32 = (rows.clone())
            .flat_map(|y| &plane.row(y)[columns.clone()])
            .sum();
        sum / (rows.len() * columns.len()) as f32
    };
    let (drawn, found) = (within(&cover), within(&matte.alpha));
    // strands are lighter than the hair they come from, so alpha is more than was drawn; a filled lock has 0.9
    assert!(
        (drawn..drawn + 0.3).contains(&found),
        "{drawn} drawn, {found} found"
    );
    assert!(lost(&matte, Of::Skin) < 1e-3);
}

#[test]
fn wall_shows_through_a_lock_of_fine_strands() {
    shows_wall(beside_the_head(), 770..820, 460..580);
}

#[test]
fn wall_shows_through_a_wide_lock_above_and_below_the_border_of_the_body_zone() {
    shows_wall(beside_the_neck(), 745..800, 640..740);
    shows_wall(beside_the_neck(), 745..800, 760..830);
}

/// A pearl in an ear that hair covers, of the wall's colours, with a light on it.
fn pearl() -> Portrait {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    let (x, y) = PEARL;
    portrait.paint(|u, v| inside(u, v, [x, y, 10.0, 11.0]), [0.79, 0.78, 0.76]);
    portrait.paint(|u, v| inside(u, v, [x - 2.0, y - 3.0, 3.0, 3.0]), [0.97; 3]);
    seen(portrait)
}

const PEARL: (f32, f32) = (266.0, 640.0);

#[test]
fn a_pearl_is_not_made_of_background() {
    let matte = pearl().solved();
    let pearl = mean(&matte, 261, 635, 11);
    assert!(pearl > 0.95, "{pearl}");
}

fn rim_of_glasses() -> Portrait {
    let mut portrait = Portrait::new(SKIN, WHITE_SHIRT);
    // the temple of a frame, past the side of the head
    portrait.paint(
        |x, y| (690.0..764.0).contains(&x) && (y - 500.0).abs() < 4.0,
        [0.05; 3],
    );
    seen(portrait)
}

#[test]
fn the_rim_of_glasses_beside_a_bald_head_is_kept() {
    let matte = rim_of_glasses().solved();
    let rim = mean(&matte, 753, 498, 4);
    assert!(rim > 0.8, "{rim}");
    assert!(lost(&matte, Of::Skin) < 1e-3);
}

fn translucent_collar() -> Portrait {
    let mut portrait = Portrait::new(BLACK, WHITE_SHIRT);
    let half: [f32; 3] = std::array::from_fn(|c| f32::midpoint(WALL[c], WHITE_SHIRT[c]));
    let collar = |x: f32, y: f32| {
        let shoulder = 960.0 + 0.0006 * (x - 480.0).powi(2);
        (620.0..760.0).contains(&x) && y > shoulder && y < shoulder + 12.0
    };
    portrait.paint(collar, half);
    seen(portrait)
}

#[test]
fn a_translucent_collar_is_neither_lost_nor_made_of_wall() {
    let matte = translucent_collar().solved();
    let kept = mean(&matte, 690, 990, 6);
    assert!(kept > 0.6, "{kept}");
    assert!(lost(&matte, Of::Cloth) < 1e-3);
}
