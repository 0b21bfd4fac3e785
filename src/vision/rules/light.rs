//! Light on the face and in the room: even, neither dark nor burnt, not coloured.

use super::matte::Matte;
use super::mesh::{CHEEKS, EYELIDS, Mesh, OVAL, SIDE};
use super::rasters::{Room, Upright, tone};
use super::reading::Reading;
use crate::vision::Picture;
use crate::vision::raster::{median, quantile};

/// ln of left against right: the mean of cheeks and half faces, and the cheeks alone. Neutral sitters, some lit
/// from one side, reach 0.25; side light that takes half from one edge of the face gives 0.25 to 0.7.
const UNEVEN: (f32, f32) = (0.33, 0.45);
/// The cheeks alone count only if the halves lean to the same side by this much: a shine on one cheek is no
/// half-bright face.
const HALVES_AGREE: f32 = 0.15;
/// Half faces are measured on what has the own skin's chroma, so that hair on one side is not a shadow ...
const SKIN_CHROMA: f32 = 2.0;
/// ... as long as this share of each half has it.
const LEAST_SKIN: f32 = 0.15;
/// Only keeps the ratio finite. The recipe's toe of 0.004 took a tenth from the reading of dark skin.
const RATIO_TOE: f32 = 0.0005;
/// Brightest channel of the wall, linear.
const WALL_TOO_DARK: f32 = 0.25;
/// The same against the clean plate.
const WALL_AGAINST_PLATE: f32 = 0.6;
/// Share of the wall, and of the face, that is burnt.
const BURNT: (f32, f32) = (0.30, 0.06);
/// A face can only be called burnt by light if the wall is bright too.
const BRIGHT_WALL: f32 = 0.9;
/// A byte from which a channel counts as burnt.
const BURNT_BYTE: u8 = 250;
/// Size of the wall's tint (ln R/G, ln B/G) ...
const TINT: f32 = 0.35;
/// ... when the person shares at least this part of it: light tints everything, paint only the wall.
const TINT_SHARED: f32 = 0.40;
/// Skin of every tone, the white of the eye and dark hair in neutral light.
const SKIN: [f32; 2] = [0.56, -0.28];
const EYE_WHITE: [f32; 2] = [0.17, -0.05];
const HAIR: [f32; 2] = [0.06, 0.02];

/// Left against right inside one face, so that skin cancels; highlights are cut away.
pub(super) fn light_even(mesh: &Mesh, face: &Upright) -> Reading {
    let cheek =
        CHEEKS.map(|patch| without_highlights(face, &Upright::inside(&mesh.outline(&patch))));
    let oval = Upright::inside(&mesh.outline(&OVAL));
    let nose = mesh.upright[1][0] as usize;
    let (left, right): (Vec<usize>, Vec<usize>) = oval.into_iter().partition(|i| i % SIDE < nose);
    let half = halves(face, [left, right]);
    let ratio = |[left, right]: [f32; 2]| ((left + RATIO_TOE) / (right + RATIO_TOE)).ln();
    let (cheeks, halves) = (ratio(cheek), ratio(half));
    let agree = halves * cheeks.signum() > HALVES_AGREE;
    Reading::worst([
        Reading::at_most(f32::midpoint(cheeks, halves), UNEVEN.0),
        Reading::at_most(cheeks, UNEVEN.1).only_if(agree),
    ])
}

/// The middle luminance of each half, on skin where there is enough of it on both.
fn halves(face: &Upright, sides: [Vec<usize>; 2]) -> [f32; 2] {
    let skin = sides.each_ref().map(|side| -> Vec<usize> {
        side.iter()
            .copied()
            .filter(|&i| face.chroma_distance(i) < SKIN_CHROMA)
            .collect()
    });
    let enough = sides
        .iter()
        .zip(&skin)
        .all(|(all, skin)| skin.len() as f32 >= LEAST_SKIN * all.len() as f32);
    if enough { skin } else { sides }.map(|side| middle_of(face, &side))
}

fn middle_of(face: &Upright, pixels: &[usize]) -> f32 {
    let mut values: Vec<f32> = pixels.iter().map(|&i| face.y[i]).collect();
    median(&mut values).unwrap_or(f32::NAN)
}

/// The middle of the darker nine tenths, that is the 45th percentile.
fn without_highlights(face: &Upright, pixels: &[usize]) -> f32 {
    let mut values: Vec<f32> = pixels.iter().map(|&i| face.y[i]).collect();
    quantile(&mut values, 0.45).unwrap_or(f32::NAN)
}

/// Dark by the wall, burnt by wall and face; never by how bright the person is.
pub(super) fn exposure(mesh: &Mesh, face: &Upright, room: &Room) -> Reading {
    let oval = Upright::inside(&mesh.outline(&OVAL));
    let burnt_px = oval
        .iter()
        .filter(|&&i| face.rgb[i].iter().any(|&v| v >= BURNT_BYTE))
        .count();
    let burnt = burnt_px as f32 / oval.len().max(1) as f32;
    let burnt_face = Reading::at_most(burnt, BURNT.1);
    let Some(wall) = room.wall else {
        return if burnt_face.score >= 1.0 {
            burnt_face
        } else {
            Reading::UNKNOWN
        };
    };
    let brightest = wall.linear.into_iter().fold(0.0, f32::max);
    let (burnt_px, far) = room.far().fold((0, 0), |(burnt, far), i| {
        (
            burnt + usize::from(room.rgb[i].iter().all(|&v| v >= BURNT_BYTE)),
            far + 1,
        )
    });
    let dark = match room
        .plate
        .as_ref()
        .and_then(|plate| against_plate(room, plate))
    {
        Some(share) => Reading::at_least(share, WALL_AGAINST_PLATE),
        None => Reading::at_least(brightest, WALL_TOO_DARK),
    };
    Reading::worst([
        dark,
        Reading::at_most(burnt_px as f32 / far.max(1) as f32, BURNT.0),
        burnt_face.only_if(brightest > BRIGHT_WALL),
    ])
}

/// The wall's luminance as a share of the plate's at the same places.
fn against_plate(room: &Room, plate: &[tone::Linear]) -> Option<f32> {
    let mut shares: Vec<f32> = room
        .far()
        .map(|i| {
            (tone::luminance(room.linear[i]) + RATIO_TOE) / (tone::luminance(plate[i]) + RATIO_TOE)
        })
        .collect();
    median(&mut shares)
}

/// Tint of the wall, and how much of it the person shares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tint {
    /// Size of the wall's tint.
    pub size: f32,
    /// Mean share of it found on skin, eye and hair; near 1 under a coloured lamp, near 0 before a painted wall.
    pub shared: f32,
}

impl Tint {
    /// Whether the wall's colour is the lamp's.
    pub fn is_light(self) -> bool {
        self.shared > TINT_SHARED
    }

    /// `None` where no wall is in view.
    pub fn of(mesh: &Mesh, face: &Upright, matte: &Matte, room: &Room) -> Option<Self> {
        let wall = room.wall?;
        let size = wall.red.hypot(wall.blue);
        let direction = [wall.red / size.max(1e-6), wall.blue / size.max(1e-6)];
        let mut shifts = vec![shift([face.skin.red, face.skin.blue], SKIN)];
        let whites: Vec<[f32; 2]> = EYELIDS
            .iter()
            .filter_map(|lids| eye_white(mesh, face, lids))
            .collect();
        if !whites.is_empty() {
            let n = whites.len() as f32;
            let mean = std::array::from_fn(|i| whites.iter().map(|w| w[i]).sum::<f32>() / n);
            shifts.push(shift(mean, EYE_WHITE));
        }
        shifts.extend(dark_hair(mesh, face, matte).map(|hair| shift(hair, HAIR)));
        let along = |s: &[f32; 2]| s[0] * direction[0] + s[1] * direction[1];
        let mean = shifts.iter().map(along).sum::<f32>() / shifts.len() as f32;
        Some(Self {
            size,
            shared: mean / size.max(0.05),
        })
    }
}

fn shift(seen: [f32; 2], neutral: [f32; 2]) -> [f32; 2] {
    [seen[0] - neutral[0], seen[1] - neutral[1]]
}

fn middle_chroma(face: &Upright, pixels: &[usize]) -> Option<[f32; 2]> {
    let mut red: Vec<f32> = pixels.iter().map(|&i| face.red[i]).collect();
    let mut blue: Vec<f32> = pixels.iter().map(|&i| face.blue[i]).collect();
    Some([median(&mut red)?, median(&mut blue)?])
}

/// The brightest fifth between the lids.
fn eye_white(mesh: &Mesh, face: &Upright, lids: &[usize]) -> Option<[f32; 2]> {
    let eye = Upright::inside(&mesh.outline(lids));
    if eye.len() <= 20 {
        return None;
    }
    let mut values: Vec<f32> = eye.iter().map(|&i| face.y[i]).collect();
    let bright = quantile(&mut values, 0.8)?;
    let white: Vec<usize> = eye.into_iter().filter(|&i| face.y[i] >= bright).collect();
    middle_chroma(face, &white)
}

/// Dark pixels of the person above the brows.
fn dark_hair(mesh: &Mesh, face: &Upright, matte: &Matte) -> Option<[f32; 2]> {
    let back = mesh.to_upright().inverse();
    let is_person = |i: usize| {
        let [x, y] = back.apply([(i % SIDE) as f64, (i / SIDE) as f64]);
        matte.at(x as f32, y as f32) > 0.5
    };
    let above = mesh.brows.clamp(0.0, SIDE as f32) as usize * SIDE;
    let hair: Vec<usize> = (0..above)
        .filter(|&i| face.y[i] < 0.1 && face.against_skin(i) < -1.0 && is_person(i))
        .collect();
    if hair.len() > 300 {
        middle_chroma(face, &hair)
    } else {
        None
    }
}

/// Coloured light; against the plate, where there is one, without any doubt about paint.
pub(super) fn colour_cast(tint: Option<Tint>, room: &Room) -> Reading {
    if let Some(size) = room
        .plate
        .as_ref()
        .and_then(|plate| tint_against_plate(room, plate))
    {
        return Reading::at_most(size, TINT);
    }
    tint.map_or(Reading::UNKNOWN, |tint| {
        Reading::at_most(tint.size, TINT).only_if(tint.is_light())
    })
}

fn tint_against_plate(room: &Room, plate: &[tone::Linear]) -> Option<f32> {
    let mut red = Vec::new();
    let mut blue = Vec::new();
    for i in room.far() {
        let (here, there) = (
            tone::chromaticity_of(room.linear[i]),
            tone::chromaticity_of(plate[i]),
        );
        red.push(here[0] - there[0]);
        blue.push(here[1] - there[1]);
    }
    Some(median(&mut red)?.hypot(median(&mut blue)?))
}

/// Brightest tenth of a frame in which nobody could be seen, linear: a covered lens, or the lamps are off.
const NOTHING_TO_SEE: f32 = 0.03;

/// For a frame without a face: only whether it is so dark that nobody could be seen; else nothing is said.
pub(super) fn too_dark_to_see(picture: &Picture) -> Reading {
    const EVERY: usize = 61;
    let (pixels, _) = picture.rgb().as_chunks::<3>();
    let mut brightness: Vec<f32> = pixels
        .iter()
        .step_by(EVERY)
        .map(|pixel| tone::linear(*pixel).into_iter().fold(0.0, f32::max))
        .collect();
    match quantile(&mut brightness, 0.9) {
        Some(bright) if bright < NOTHING_TO_SEE => Reading::at_least(bright, NOTHING_TO_SEE),
        Some(_) | None => Reading::UNKNOWN,
    }
}
