//! Clothes: not blue, of one colour, distinct from the background, with sleeves.
//!
//! Cloth is what the matte calls the person, below the chin, and is not the person's own skin.

use super::mesh::{CHIN, Mesh};
use super::rasters::{Room, Upright, tone};
use super::reading::Reading;
use crate::vision::raster::{
    Mask, Neighbours, Plane, Raster, label, median, shrunk_square, slope_at,
};

/// Share of blue cloth.
const BLUE: f32 = 0.22;
/// Lab hue of blue in degrees.
const BLUE_HUE: std::ops::Range<f32> = 225.0..305.0;
/// Share of cloth pixels on an edge of any kind, and on an edge of colour.
const PATTERN: (f32, f32) = (0.11, 0.09);
/// Slopes of Lab that are an edge, of any kind and of colour: the threads of a grey hooded jacket reach 2, stripes and
/// checks lose a tenth from there to 2.5.
const EDGE: (f32, f32) = (4.0, 2.5);
/// Lab distance from the output background; white on the certificate's blue has 38.
const CONTRAST: f32 = 12.0;
/// Less cloth than this, in squared face widths, tells no colour; the second no pattern.
const LEAST_CLOTH: (f32, f32) = (0.10, 0.30);
/// The neck's skin is in view in one of the first rows below the chin.
const NECK_ROWS: usize = 4;
/// Half the strip under the chin where a tie hangs between its lapels, in face widths: a striped tie over a black suit
/// reads 0.13 as part of the pattern and 0.07 without, a striped shirt stays above its limit.
const TIE: f32 = 0.18;
/// Walls more tinted than this are no reference of white.
const TINTED_WALL: f32 = 0.27;

/// The cloth in view.
pub(super) struct Cloth {
    mask: Mask,
    region: Mask,
    skin: Vec<bool>,
    lab: Vec<[f32; 3]>,
    area: f32,
}

impl Cloth {
    /// In the small frame.
    pub fn of(mesh: &Mesh, face: &Upright, room: &Room) -> Self {
        let top = room.row_of(mesh.frame[CHIN][1] + 0.18 * mesh.face_px);
        let mut region = shrunk_square(&room.person.map(|p| p > 0.6), 2);
        region.values_mut()[..top * room.width].fill(false);
        let skin: Vec<bool> = region
            .values()
            .iter()
            .zip(room.rgb.iter().zip(&room.linear))
            .map(|(inside, (&rgb, &linear))| *inside && is_skin(face, rgb, linear))
            .collect();
        let mut mask = region.clone();
        for (cloth, skin) in mask
            .values_mut()
            .iter_mut()
            .zip(below_the_neck(room, &skin, top))
        {
            *cloth &= !skin;
        }
        let white = white_of(room);
        let balanced =
            |l: &tone::Linear| std::array::from_fn(|c| (l[c] / white[c]).clamp(0.0, 1.0));
        let lab = room
            .linear
            .iter()
            .zip(mask.values())
            .map(|(l, cloth)| {
                if *cloth {
                    tone::lab(balanced(l))
                } else {
                    [0.0; 3]
                }
            })
            .collect();
        let area = mask.count() as f32 / room.face_px.powi(2);
        Self {
            mask,
            region,
            skin,
            lab,
            area,
        }
    }

    fn pixels(&self) -> impl Iterator<Item = [f32; 3]> + '_ {
        self.mask
            .values()
            .iter()
            .zip(&self.lab)
            .filter(|(cloth, _)| **cloth)
            .map(|(_, lab)| *lab)
    }
}

/// The skin that hangs together with the neck: a stripe of red cloth is no skin, although it has its colour.
fn below_the_neck(room: &Room, skin: &[bool], top: usize) -> Vec<bool> {
    let raster = Raster::from_values(room.width, room.height, skin.to_vec(), false);
    let parts = label(&raster, Neighbours::Four);
    let mut neck = vec![false; parts.count];
    for run in parts.runs.iter().filter(|run| run.y < top + NECK_ROWS) {
        if let Some(neck) = neck.get_mut(run.component) {
            *neck = true;
        }
    }
    let mut joined = vec![false; skin.len()];
    for run in parts.runs.iter().filter(|run| neck[run.component]) {
        let row = run.y * room.width;
        joined[row + run.columns.start..row + run.columns.end].fill(true);
    }
    joined
}

fn is_skin(face: &Upright, rgb: [u8; 3], linear: tone::Linear) -> bool {
    let lit = tone::tables().log_luminance(tone::luminance(linear)) - face.log_skin();
    lit.abs() < 1.3 && face.chroma_distance_of(tone::tables().chromaticity(rgb)) < 1.6
}

/// The wall as the reference of white, where it is nearly neutral.
fn white_of(room: &Room) -> tone::Linear {
    match room.wall {
        Some(wall) if wall.red.hypot(wall.blue) < TINTED_WALL => {
            let y = tone::luminance(wall.linear).max(1e-3);
            wall.linear.map(|v| (v / y).max(1e-3))
        }
        _ => [1.0; 3],
    }
}

/// Share of blue: the darker the cloth, the less chroma makes it blue.
pub(super) fn clothes_blue(cloth: &Cloth) -> Reading {
    if cloth.area < LEAST_CLOTH.0 {
        return Reading::UNKNOWN;
    }
    let (blue, all) = cloth.pixels().fold((0, 0), |(blue, all), [l, a, b]| {
        let hue = b.atan2(a).to_degrees().rem_euclid(360.0);
        let is_blue =
            BLUE_HUE.contains(&hue) && tone::length(a, b) > 5.0 + 8.0 * (l / 45.0).min(1.0);
        (blue + usize::from(is_blue), all + 1)
    });
    Reading::at_most(blue as f32 / all.max(1) as f32, BLUE)
}

/// Stripes, checks, prints: edges inside the cloth. Folds shade a saturated cloth in proportion to its chroma,
/// so slopes are taken against it.
/// A tie hangs below the chin and may have its own pattern: that strip is not looked at.
pub(super) fn clothes_plain(cloth: &Cloth, mesh: &Mesh, room: &Room) -> Reading {
    if cloth.area < LEAST_CLOTH.1 {
        return Reading::UNKNOWN;
    }
    let inner = shrunk_square(&cloth.mask, 1);
    let tie = {
        let chin = mesh.frame[CHIN][0] * room.scale;
        let half = TIE * room.face_px;
        chin - half..chin + half
    };
    let channels: [Plane; 3] = std::array::from_fn(|c| {
        Raster::from_values(
            room.width,
            room.height,
            cloth.lab.iter().map(|lab| lab[c]).collect(),
            0.0,
        )
    });
    let (mut edges, mut coloured, mut all) = (0, 0, 0);
    let beside_tie = |i: usize| !tie.contains(&((i % room.width) as f32));
    for i in (0..cloth.lab.len()).filter(|&i| inner.values()[i] && beside_tie(i)) {
        let [l, a, b] = std::array::from_fn(|c| {
            let [x, y] = slope_at(&channels[c], i % room.width, i / room.width);
            x * x + y * y
        });
        let against = 1.0 + tone::length(cloth.lab[i][1], cloth.lab[i][2]) / 25.0;
        all += 1;
        edges += usize::from((l + a + b).sqrt() / against > EDGE.0);
        coloured += usize::from((a + b).sqrt() / against > EDGE.1);
    }
    if all < 40 {
        return Reading::UNKNOWN;
    }
    let share = |n: usize| n as f32 / all as f32;
    Reading::worst([
        Reading::at_most(share(edges), PATTERN.0),
        Reading::at_most(share(coloured), PATTERN.1),
    ])
}

/// Middle colour of the cloth against the background of the standard photo.
pub(super) fn clothes_contrast(cloth: &Cloth, background: [u8; 3]) -> Reading {
    if cloth.area < LEAST_CLOTH.0 {
        return Reading::UNKNOWN;
    }
    let there = tone::lab(tone::linear(background));
    let here: [f32; 3] = std::array::from_fn(|c| {
        let mut values: Vec<f32> = cloth.pixels().map(|lab| lab[c]).collect();
        median(&mut values).unwrap_or(0.0)
    });
    let distance = here
        .iter()
        .zip(there)
        .map(|(a, b)| (a - b).powi(2))
        .sum::<f32>()
        .sqrt();
    Reading::at_least(distance, CONTRAST)
}

/// A hint for the question: own skin where sleeves would be.
pub(super) fn sleeves(cloth: &Cloth, mesh: &Mesh, room: &Room) -> Reading {
    const BARE_ARMS: f32 = 0.5;
    let clamp = |v: f32| (v * room.scale).clamp(0.0, room.width as f32) as usize;
    let (chin, reach) = (mesh.frame[CHIN][0], 0.75 * mesh.face_px);
    let inner = clamp(chin - reach)..clamp(chin + reach);
    let arms: Vec<usize> = (0..cloth.skin.len())
        .filter(|i| cloth.region.values()[*i] && !inner.contains(&(i % room.width)))
        .collect();
    if arms.len() <= 30 {
        return Reading::UNKNOWN;
    }
    let bare = arms.iter().filter(|&&i| cloth.skin[i]).count();
    Reading::at_most(bare as f32 / arms.len() as f32, BARE_ARMS)
}
