//! The whole frame, 320 px wide: wall, shadow, clothes.

use std::cell::OnceCell;

use super::tone::{self, Linear};
use crate::vision::Picture;
use crate::vision::raster::{
    Plane, Raster, median, quantile, shrink_picture, slope_at, squared_distance_to,
};
use crate::vision::rules::SceneFit;
use crate::vision::rules::matte::Matte;
use crate::vision::rules::mesh::Mesh;

/// Width of the raster: a quarter of 1280.
const WIDTH: usize = 320;
/// Wall is what is at least this far from the person, in face widths: the matte is coarse.
const CLEAR_OF_PERSON: f32 = 0.16;
/// Fewer pixels are no wall to speak of.
const LEAST_WALL_PX: usize = 300;
/// The person's own shadow cannot be farther away than this, in face widths.
const BEYOND_SHADOWS: f32 = 0.6;
/// Keeps the wall's logarithms finite.
const WALL_TOE: f32 = 0.003;

/// The small frame.
pub struct Room {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// The pixels.
    pub rgb: Vec<[u8; 3]>,
    /// Linear light.
    pub linear: Vec<Linear>,
    /// ln of the luminance.
    pub log_y: Plane,
    /// How much of each pixel is the person.
    pub person: Plane,
    /// Distance from the person in face widths.
    pub apart: Vec<f32>,
    /// Pixels of this raster for one of the frame.
    pub scale: f32,
    /// Face width in this raster.
    pub face_px: f32,
    /// The wall's colour, where enough of it is in view.
    pub wall: Option<Wall>,
    /// The clean plate in the same small size, if there is one of this shape.
    pub plate: Option<Vec<Linear>>,
    field: OnceCell<LightField>,
}

/// The wall's middle colour.
#[derive(Debug, Clone, Copy)]
pub struct Wall {
    /// Linear light.
    pub linear: Linear,
    /// ln R/G.
    pub red: f32,
    /// ln B/G.
    pub blue: f32,
}

/// What the wall would look like without shadow and pattern, and how the frame departs from it.
pub struct LightField {
    /// ln of the luminance minus the smooth field.
    pub departure: Vec<f32>,
    /// Lab chroma distance to the wall's own colour.
    pub chroma: Vec<f32>,
    /// Size of the slope of ln luminance, beyond where the person's shadow can be; 0 nearer.
    pub slope: Vec<f32>,
    /// Lab chroma of the wall's own colour.
    pub wall_chroma: f32,
}

impl Room {
    /// Of a picture, its matte, the mesh in it, and the clean plate if there is one.
    pub fn of(picture: &Picture, matte: &Matte, mesh: &Mesh, plate: Option<&Picture>) -> Self {
        let height = small_height(picture).max(8);
        let scale = WIDTH as f32 / mesh.size[0];
        let rgb = small(picture, height);
        let linear: Vec<Linear> = rgb.iter().map(|&p| tone::linear(p)).collect();
        let log_y = log_of(&linear, height);
        let person = matte.stretched(WIDTH, height);
        let face_px = mesh.face_px * scale;
        let apart: Vec<f32> = squared_distance_to(&person.map(|p| p > 0.3))
            .values()
            .iter()
            .map(|&d| (d as f32).sqrt() / face_px)
            .collect();
        let mut room = Self {
            width: WIDTH,
            height,
            rgb,
            linear,
            log_y,
            person,
            apart,
            scale,
            face_px,
            wall: None,
            plate: plate
                .filter(|plate| small_height(plate) == height)
                .map(|plate| small(plate, height).into_iter().map(tone::linear).collect()),
            field: OnceCell::new(),
        };
        room.wall = room.find_wall();
        room
    }

    /// The pixels clear of the person.
    pub fn far(&self) -> impl Iterator<Item = usize> + '_ {
        self.apart
            .iter()
            .enumerate()
            .filter(|(_, apart)| **apart > CLEAR_OF_PERSON)
            .map(|(i, _)| i)
    }

    fn find_wall(&self) -> Option<Wall> {
        let far: Vec<usize> = self.far().collect();
        if far.len() <= LEAST_WALL_PX {
            return None;
        }
        let linear: Linear = std::array::from_fn(|channel| {
            let mut values: Vec<f32> = far.iter().map(|&i| self.linear[i][channel]).collect();
            median(&mut values).unwrap_or(0.0)
        });
        let [red, blue] = tone::chromaticity_of(linear);
        Some(Wall { linear, red, blue })
    }

    /// Row of this raster for a row of the frame.
    pub fn row_of(&self, frame_y: f32) -> usize {
        (frame_y * self.scale).clamp(0.0, self.height as f32) as usize
    }

    /// The light field of the wall; made when first asked for. Where a plate shows what the wall looks like, no paint,
    /// cast or uneven lamp is a shadow.
    pub fn field(&self) -> &LightField {
        self.field.get_or_init(|| match &self.plate {
            Some(plate) => LightField::of(self, self.against(plate)),
            None => LightField::of(self, Quadratic::fit(self).departure(self)),
        })
    }

    /// ln of the luminance against the plate's, up to one factor for the whole frame.
    fn against(&self, plate: &[Linear]) -> Vec<f32> {
        let plate_log = log_of(plate, self.height);
        let ratio: Vec<f32> = self
            .log_y
            .values()
            .iter()
            .zip(plate_log.values())
            .map(|(here, there)| here - there)
            .collect();
        let mut far: Vec<f32> = self.far().map(|i| ratio[i]).collect();
        let gain = median(&mut far).unwrap_or(0.0);
        ratio.into_iter().map(|ratio| ratio - gain).collect()
    }

    /// How well the wall in view still fits the clean plate; `None` without either.
    pub fn fit(&self) -> Option<SceneFit> {
        let (plate, wall) = (self.plate.as_ref()?, self.wall?);
        let far: Vec<usize> = self.far().collect();
        let there: Linear = std::array::from_fn(|channel| {
            let mut values: Vec<f32> = far.iter().map(|&i| plate[i][channel]).collect();
            median(&mut values).unwrap_or(0.0)
        });
        let ln_of = |l: Linear| (tone::luminance(l) + WALL_TOE).ln();
        let [red, blue] = tone::chromaticity_of(there);
        let field = self.field();
        let mut departures: Vec<f32> = self
            .apart
            .iter()
            .zip(&field.departure)
            .filter(|(apart, _)| **apart > BEYOND_SHADOWS)
            .map(|(_, departure)| departure.abs())
            .collect();
        Some(SceneFit {
            light: ln_of(wall.linear) - ln_of(there),
            tint: tone::length(wall.red - red, wall.blue - blue),
            shape: quantile(&mut departures, 0.95).unwrap_or(0.0),
        })
    }
}

fn small_height(picture: &Picture) -> usize {
    ((picture.height() * WIDTH) as f32 / picture.width() as f32).round() as usize
}

fn small(frame: &Picture, height: usize) -> Vec<[u8; 3]> {
    let seen = shrink_picture(frame, WIDTH, height);
    seen.values()
        .iter()
        .map(|c| c.map(|v| (v * 255.0 + 0.5) as u8))
        .collect()
}

fn log_of(linear: &[Linear], height: usize) -> Plane {
    let logs = linear
        .iter()
        .map(|&l| (tone::luminance(l) + WALL_TOE).ln())
        .collect();
    Raster::from_values(WIDTH, height, logs, 0.0)
}

impl LightField {
    fn of(room: &Room, departure: Vec<f32>) -> Self {
        let tables = tone::tables();
        let off_person = |i: usize| room.apart[i] > 0.0;
        let lab: Vec<[f32; 3]> = room
            .linear
            .iter()
            .enumerate()
            .map(|(i, &l)| {
                if off_person(i) {
                    tables.lab(l)
                } else {
                    [0.0; 3]
                }
            })
            .collect();
        let middle = |channel: usize| {
            let mut values: Vec<f32> = room.far().map(|i| lab[i][channel]).collect();
            median(&mut values).unwrap_or(0.0)
        };
        let (a, b) = (middle(1), middle(2));
        let chroma = lab
            .iter()
            .map(|c| tone::length(c[1] - a, c[2] - b))
            .collect();
        let slope = (0..room.width * room.height)
            .map(|i| {
                if room.apart[i] <= BEYOND_SHADOWS {
                    return 0.0;
                }
                let [x, y] = slope_at(&room.log_y, i % room.width, i / room.width);
                tone::length(x, y)
            })
            .collect();
        Self {
            departure,
            chroma,
            slope,
            wall_chroma: a.hypot(b),
        }
    }
}

/// A quadratic of the place, fitted robustly: dark outliers are weighted down, so that a shadow does not pull it.
struct Quadratic([f64; 6]);

impl Quadratic {
    /// Every so many wall pixels one is enough for six numbers.
    const EVERY: usize = 23;
    const ROUNDS: usize = 6;

    fn fit(room: &Room) -> Self {
        let samples: Vec<([f64; 6], f64)> = room
            .far()
            .step_by(Self::EVERY)
            .map(|i| (Self::terms(room, i), f64::from(room.log_y.values()[i])))
            .collect();
        let mut weights = vec![1.0; samples.len()];
        let mut found = Self([0.0; 6]);
        for _ in 0..Self::ROUNDS {
            let Some(solved) = solve(&samples, &weights) else {
                break;
            };
            found = Self(solved);
            let residues: Vec<f64> = samples
                .iter()
                .map(|(terms, value)| value - found.dot(terms))
                .collect();
            let mut sizes: Vec<f32> = residues.iter().map(|r| r.abs() as f32).collect();
            let spread = f64::from(median(&mut sizes).unwrap_or(0.0) * 1.48).max(0.015);
            for (weight, residue) in weights.iter_mut().zip(residues) {
                let tolerance = if residue < 0.0 { 1.5 } else { 3.0 };
                *weight = 1.0 / (1.0 + (residue / (tolerance * spread)).powi(2));
            }
        }
        found
    }

    fn terms(room: &Room, i: usize) -> [f64; 6] {
        let width = room.width as f64;
        let u = ((i % room.width) as f64 - width / 2.0) / width;
        let v = ((i / room.width) as f64 - room.height as f64 / 2.0) / width;
        [1.0, u, v, u * u, v * v, u * v]
    }

    fn dot(&self, terms: &[f64; 6]) -> f64 {
        self.0.iter().zip(terms).map(|(a, b)| a * b).sum()
    }

    /// The frame minus the quadratic.
    fn departure(&self, room: &Room) -> Vec<f32> {
        let [c, x, y, xx, yy, xy] = self.0.map(|v| v as f32);
        let scale = 1.0 / room.width as f32;
        let mut departure = Vec::with_capacity(room.width * room.height);
        for (j, row) in room.log_y.rows().enumerate() {
            let v = (j as f32 - room.height as f32 / 2.0) * scale;
            let (at_row, tilt) = (c + v * (y + v * yy), x + v * xy);
            departure.extend(row.iter().enumerate().map(|(i, value)| {
                let u = i as f32 * scale - 0.5;
                value - (at_row + u * (tilt + u * xx))
            }));
        }
        departure
    }
}

/// Weighted least squares by the normal equations; `None` if they have no single solution.
fn solve(samples: &[([f64; 6], f64)], weights: &[f64]) -> Option<[f64; 6]> {
    let mut rows = [[0.0; 7]; 6];
    for ((terms, value), weight) in samples.iter().zip(weights) {
        let weight = weight * weight;
        for (row, a) in rows.iter_mut().zip(terms) {
            for (sum, b) in row.iter_mut().zip(terms.iter().chain([value])) {
                *sum += weight * a * b;
            }
        }
    }
    for i in 0..6 {
        let pivot = (i..6).max_by(|&a, &b| rows[a][i].abs().total_cmp(&rows[b][i].abs()))?;
        rows.swap(i, pivot);
        if rows[i][i].abs() < 1e-9 {
            return None;
        }
        let above = rows[i];
        for row in rows.iter_mut().skip(i + 1) {
            let factor = row[i] / above[i];
            for (value, from) in row.iter_mut().zip(above) {
                *value -= factor * from;
            }
        }
    }
    let mut solved = [0.0; 6];
    for i in (0..6).rev() {
        let known: f64 = (i + 1..6).map(|j| rows[i][j] * solved[j]).sum();
        solved[i] = (rows[i][6] - known) / rows[i][i];
    }
    Some(solved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_equations_find_the_quadratic() {
        let truth = [0.5, -0.2, 0.3, 0.1, -0.4, 0.25];
        let samples: Vec<([f64; 6], f64)> = (0..60)
            .map(|i| {
                let (u, v) = (f64::from(i % 10) / 10.0 - 0.5, f64::from(i / 10) / 10.0);
                let terms = [1.0, u, v, u * u, v * v, u * v];
                (terms, terms.iter().zip(truth).map(|(a, b)| a * b).sum())
            })
            .collect();
        let solved = solve(&samples, &[1.0; 60]).unwrap();
        assert!(solved.iter().zip(truth).all(|(a, b)| (a - b).abs() < 1e-9));
        assert_eq!(solve(&samples[..3], &[1.0; 3]), None);
    }
}
