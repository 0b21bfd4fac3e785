//! All hard cases in one picture, to be looked at: above what was drawn, below what stands before the new background.

use super::*;
use crate::photo::compose::Layer;
use crate::standard::background_rgb;

/// Size of a case on the sheet, photo pixels.
const TILE_PX: [usize; 2] = [140, 110];

/// A drawing, and where to look in its photo.
type Case = (fn() -> Portrait, [usize; 2]);

const CASES: [Case; 15] = [
    (shaded_collar, [308, 490]),
    (lit_rim, [330, 490]),
    (lit_neck, [300, 460]),
    (blond_crown, [236, 104]),
    (notched_crown, [240, 84]),
    (gloss, [350, 165]),
    (knot, [240, 70]),
    (curls, [366, 215]),
    (bob, [372, 360]),
    (|| frizz().0, [130, 120]),
    (|| beside_the_head().0, [390, 260]),
    (|| beside_the_neck().0, [390, 370]),
    (pearl, [133, 320]),
    (rim_of_glasses, [362, 250]),
    (translucent_collar, [345, 495]),
];

/// What was drawn and what came of it, one above the other.
fn tile(&(portrait, at): &Case) -> Colours {
    let portrait = portrait();
    let drawn = shrunk(&portrait.image, 480, 640);
    let background = background_rgb(crate::domain::collection::Background::LightBlue)
        .unwrap()
        .map(|v| f32::from(v) / 255.0);
    let grid = Grid::new(&GRADUATION);
    let photo = Layer::of(&portrait.solved(), grid, 0.7)
        .cleaned(background)
        .reduced(grid)
        .over(background);
    let [w, h] = TILE_PX;
    let corner = [at[0] - w / 2, at[1].saturating_sub(h / 2)];
    Raster::from_fn(w, 2 * h, |x, y| {
        let picture = if y < h { &drawn } else { &photo };
        picture.at(corner[0] + x, corner[1] + y % h)
    })
}

/// Re-make it with `GOLDEN=1 cargo test --lib hard_cases`, and look at it, after a change that is meant to be seen.
#[test]
fn every_hard_case_looks_as_it_did() {
    let tiles: Vec<Colours> = CASES.iter().map(tile).collect();
    let [w, h] = [TILE_PX[0], 2 * TILE_PX[1]];
    let sheet = Raster::from_fn(w * CASES.len(), h, |x, y| tiles[x / w].at(x % w, y));
    let sheet = Picture::from_colours(&sheet).unwrap();
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/golden/hard_cases.png");
    if std::env::var_os("GOLDEN").is_some() {
        let (width, height) = (sheet.width() as u32, sheet.height() as u32);
        image::RgbImage::from_raw(width, height, sheet.rgb().to_vec())
            .unwrap()
            .save(&file)
            .unwrap();
    }
    let golden = Picture::decode(&std::fs::read(file).unwrap()).unwrap();
    let pairs = golden.rgb().iter().zip(sheet.rgb());
    let far = pairs.filter(|(a, b)| a.abs_diff(**b) > 24).count();
    let share = far as f32 / sheet.rgb().len() as f32;
    assert!(
        golden.rgb().len() == sheet.rgb().len() && share < 5e-4,
        "{share}"
    );
}
