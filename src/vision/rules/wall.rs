//! The wall behind the person: no shadow on it, plain and white.

use super::light::Tint;
use super::mesh::{CHIN, Mesh};
use super::rasters::Room;
use super::reading::Reading;
use crate::vision::raster::{Mask, Neighbours, Raster, label, opened_square, quantile};

/// Area of the shadow in squared face widths; sitters before an evenly lit wall have at most 0.012.
const SHADOW_AREA: f32 = 0.05;
/// How much darker than the light field a shadow is, ln: one that fails, one that warns.
const SHADOW_DEPTH: (f32, f32) = (-0.25, -0.15);
/// A shadow lies this near to the person, in face widths.
const SHADOW_REACH: (f32, f32) = (0.05, 0.5);
/// A shadow has the wall's own colour.
const SHADOW_CHROMA: f32 = 7.0;
/// Lab chroma of a wall that is no tinted light: a painted one.
const PAINT: f32 = 9.0;
/// 97th percentile of the chroma distance to the wall's colour: an object or a pattern.
const COLOURS: f32 = 7.0;
/// Share of sharp edges, and departure from the smooth field, away from the person.
const EDGES: f32 = 0.012;
const UNEVEN: f32 = 0.30;
/// The person's own shadow cannot be farther away than this, in face widths.
const AWAY: f32 = 0.6;
/// A slope of ln luminance that is a sharp edge.
const SHARP: f32 = 0.035;

/// Largest connected shadows at the two depths, in squared face widths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shadow {
    deep: f32,
    faint: f32,
}

impl Shadow {
    /// `None` where no wall is in view.
    pub fn of(mesh: &Mesh, room: &Room) -> Option<Self> {
        room.wall?;
        let bottom = room.row_of(mesh.frame[CHIN][1] + 0.25 * mesh.face_px);
        Some(Self {
            deep: largest(room, bottom, SHADOW_DEPTH.0),
            faint: largest(room, bottom, SHADOW_DEPTH.1),
        })
    }
}

/// The largest patch beside the person, above the shoulders, that is darker than `depth`.
fn largest(room: &Room, bottom: usize, depth: f32) -> f32 {
    let field = room.field();
    let above = bottom.max(1) * room.width;
    let dark = (0..room.width * room.height).map(|i| {
        let near = room.apart[i] > SHADOW_REACH.0 && room.apart[i] < SHADOW_REACH.1;
        i < above && near && field.chroma[i] < SHADOW_CHROMA && field.departure[i] < depth
    });
    let mask: Mask = Raster::from_values(room.width, room.height, dark.collect(), false);
    let areas = label(&opened_square(&mask, 2), Neighbours::Eight).areas();
    let area = areas.iter().max().copied().unwrap_or(0);
    area as f32 / room.face_px.powi(2)
}

/// A shadow that the person throws on the wall; a faint one only warns.
pub(super) fn wall_shadow(shadow: Option<Shadow>) -> Reading {
    shadow.map_or(Reading::UNKNOWN, |shadow| {
        let faint = Reading::at_most(shadow.faint, SHADOW_AREA);
        let faint = Reading {
            score: faint.score * 0.7,
            ..faint
        }
        .capped(0.99);
        Reading::worst([Reading::at_most(shadow.deep, SHADOW_AREA), faint])
    })
}

/// Paint, pattern or objects.
pub(super) fn wall_plain(room: &Room, tint: Option<Tint>, shadow: Option<Shadow>) -> Reading {
    let (Some(tint), Some(shadow)) = (tint, shadow) else {
        return Reading::UNKNOWN;
    };
    let field = room.field();
    let mut distances: Vec<f32> = room.far().map(|i| field.chroma[i]).collect();
    let colours = quantile(&mut distances, 0.97).unwrap_or(0.0);
    let [edges, uneven] = away_from_person(room);
    // colourless, soft, darker only and touching the person: that is the shadow rule's
    let cap = if shadow.deep >= 0.15 && colours < 2.0 && edges < 0.085 {
        0.9
    } else {
        f32::INFINITY
    };
    Reading::worst([
        Reading::at_most(field.wall_chroma, PAINT)
            .in_unit("chroma")
            .only_if(!tint.is_light()),
        Reading::at_most(colours, COLOURS).in_unit("chroma"),
        Reading::at_most(edges, EDGES).in_unit("share").capped(cap),
        Reading::at_most(uneven, UNEVEN).in_unit("ln").capped(cap),
    ])
}

/// Share of sharp edges and size of the departures where the person's shadow cannot be; nothing where no such
/// wall is in view.
fn away_from_person(room: &Room) -> [f32; 2] {
    let field = room.field();
    let away: Vec<usize> = room
        .apart
        .iter()
        .enumerate()
        .filter(|(_, apart)| **apart > AWAY)
        .map(|(i, _)| i)
        .collect();
    if away.len() <= 300 {
        return [0.0; 2];
    }
    let sharp = away.iter().filter(|&&i| field.slope[i] > SHARP).count();
    let mut departures: Vec<f32> = away.iter().map(|&i| field.departure[i].abs()).collect();
    [
        sharp as f32 / away.len() as f32,
        quantile(&mut departures, 0.985).unwrap_or(0.0),
    ]
}
