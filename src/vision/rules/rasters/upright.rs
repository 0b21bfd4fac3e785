//! The face upright, 512 x 512, irises 100 px apart: free of size and tilt.

use super::near::Near;
use super::tone::{self, Linear};
use crate::vision::raster::{
    Affine, Mask, Plane, Raster, gauss_blur, grown_square, median, polygon, sampled_bytes,
};
use crate::vision::rules::mesh::{CHIN, EDGES, Mesh, SIDE};

/// Eleven patches on forehead, nose, under the eyes and cheeks: their median survives a fringe, rims, a beard
/// and a low mask.
const SKIN_PATCHES: [usize; 11] = [9, 151, 197, 5, 4, 118, 347, 101, 330, 50, 280];
/// Spread of skin about one person's own colour, in ln R/G and ln B/G: the unit of the chroma distance.
const SKIN_SPREAD: [f32; 2] = [0.16, 0.30];

/// The person's own skin.
#[derive(Debug, Clone, Copy)]
pub struct Skin {
    /// Luminance.
    pub y: f32,
    /// ln R/G.
    pub red: f32,
    /// ln B/G.
    pub blue: f32,
}

/// The canonical raster.
pub struct Upright {
    /// The pixels.
    pub rgb: Vec<[u8; 3]>,
    /// Luminance.
    pub y: Vec<f32>,
    /// ln of the luminance.
    pub log_y: Vec<f32>,
    /// The same, smoothed by one pixel.
    pub smooth: Plane,
    /// ln R/G.
    pub red: Vec<f32>,
    /// ln B/G.
    pub blue: Vec<f32>,
    /// The person's own skin.
    pub skin: Skin,
    log_skin: f32,
}

/// A small part of the canonical square.
pub struct Spot {
    left: usize,
    top: usize,
    mask: Mask,
}

impl Spot {
    /// Whether a pixel of the square belongs to it.
    pub fn holds(&self, x: usize, y: usize) -> bool {
        let (Some(x), Some(y)) = (x.checked_sub(self.left), y.checked_sub(self.top)) else {
            return false;
        };
        x < self.mask.width() && y < self.mask.height() && self.mask.at(x, y)
    }

    /// How many pixels belong to it.
    pub fn count(&self) -> usize {
        self.mask.count()
    }
}

/// The part of the square that any rule looks at: the head down to below the chin. The rest stays black.
pub(super) struct Window {
    pub left: usize,
    pub width: usize,
    pub height: usize,
}

impl Window {
    pub fn of(mesh: &Mesh) -> Self {
        let clamp = |v: f32| v.clamp(0.0, SIDE as f32) as usize;
        let beside = 0.3 * mesh.face;
        let left = clamp(mesh.upright[EDGES[0]][0] - beside);
        let right = clamp(mesh.upright[EDGES[1]][0] + beside).max(left + 1);
        Self {
            left,
            width: right - left,
            height: clamp(mesh.upright[CHIN][1] + 0.15 * mesh.face).max(1),
        }
    }

    /// A plane of the square smoothed by one pixel inside the window; the rest is left at the black of [`Upright`].
    fn smoothed(&self, plane: &[f32]) -> Plane {
        let columns = self.left..self.left + self.width;
        let rows = plane.chunks_exact(SIDE).take(self.height);
        let inside: Vec<f32> = rows
            .filter_map(|row| row.get(columns.clone()))
            .flatten()
            .copied()
            .collect();
        let part = Raster::from_values(self.width, self.height, inside, 0.0);
        let part = gauss_blur(&part, 1.0);
        let mut whole = Plane::filled(SIDE, SIDE, 0.0);
        for (y, row) in part.rows().enumerate() {
            whole.row_mut(y)[columns.clone()].copy_from_slice(row);
        }
        whole
    }
}

impl Upright {
    /// Of a frame and the mesh in it.
    pub fn of(near: &Near<'_>, mesh: &Mesh) -> Self {
        let window = Window::of(mesh);
        let [x, y] = near.corner.map(|v| -f64::from(v));
        let back = mesh
            .to_upright()
            .inverse()
            .then(&Affine::turn_scale_shift(0.0, 1.0, [x, y]));
        let (corner, width, height) = ([window.left, 0], window.width, window.height);
        let seen = sampled_bytes(&near.picture, &back, corner, width, height);
        let tables = tone::tables();
        let mut rgb = vec![[0; 3]; SIDE * SIDE];
        let [mut y, mut log_y, mut red, mut blue] = [(); 4].map(|()| vec![0.0; SIDE * SIDE]);
        for (row, pixels) in seen.rows().enumerate() {
            let start = row * SIDE + window.left;
            rgb[start..start + window.width].copy_from_slice(pixels);
            for (i, &pixel) in (start..).zip(pixels) {
                y[i] = tone::luminance(tables.linear(pixel));
                log_y[i] = tables.log_luminance(y[i]);
                [red[i], blue[i]] = tables.chromaticity(pixel);
            }
        }
        let smooth = window.smoothed(&log_y);
        let mut face = Self {
            rgb,
            y,
            log_y,
            smooth,
            red,
            blue,
            skin: Skin {
                y: 0.1,
                red: 0.5,
                blue: -0.3,
            },
            log_skin: 0.0,
        };
        face.find_skin(mesh);
        face
    }

    /// Median, in logarithms and per channel, of the patches.
    fn find_skin(&mut self, mesh: &Mesh) {
        let patches = SKIN_PATCHES.map(|i| self.patch(mesh.upright[i], 4));
        let own: Linear = std::array::from_fn(|channel| {
            let mut logs = patches.map(|p| (p[channel] + tone::TOE).ln());
            median(&mut logs).unwrap_or(0.0).exp() - tone::TOE
        });
        let [red, blue] = tone::chromaticity_of(own);
        self.skin = Skin {
            y: tone::luminance(own),
            red,
            blue,
        };
        self.log_skin = (self.skin.y + tone::TOE).ln();
    }

    /// The middle colour, channel by channel, of a square patch about a point.
    pub fn patch(&self, at: [f32; 2], radius: usize) -> Linear {
        let [x, y] = at.map(|v| v.clamp(radius as f32, (SIDE - 1 - radius) as f32) as usize);
        let side = 2 * radius + 1;
        let mut values = Vec::with_capacity(side * side);
        let bytes: [u8; 3] = std::array::from_fn(|channel| {
            values.clear();
            for row in y - radius..=y + radius {
                values.extend(
                    self.rgb[row * SIDE + x - radius..=row * SIDE + x + radius]
                        .iter()
                        .map(|p| p[channel]),
                );
            }
            *values.select_nth_unstable(side * side / 2).1
        });
        tone::linear(bytes)
    }

    /// The pixels of a polygon.
    pub fn inside(corners: &[[f32; 2]]) -> Vec<usize> {
        polygon(corners, SIDE, SIDE)
    }

    /// The pixels of a polygon and those within `radius` of it.
    pub fn grown(corners: &[[f32; 2]], radius: usize) -> Spot {
        let places = Self::inside(corners);
        let (columns, rows) = (
            places.iter().map(|i| i % SIDE),
            places.iter().map(|i| i / SIDE),
        );
        let left = columns.clone().min().unwrap_or(0).saturating_sub(radius);
        let top = rows.clone().min().unwrap_or(0).saturating_sub(radius);
        let width = columns.max().unwrap_or(0) + radius + 1 - left;
        let height = rows.max().unwrap_or(0) + radius + 1 - top;
        let mut mask = Mask::filled(width, height, false);
        for i in places {
            mask.row_mut(i / SIDE - top)[i % SIDE - left] = true;
        }
        Spot {
            left,
            top,
            mask: grown_square(&mask, radius),
        }
    }

    /// How far a pixel's chroma is from the own skin's; below 1.6 it may be skin, beards reach 1.9.
    pub fn chroma_distance(&self, i: usize) -> f32 {
        self.chroma_distance_of([self.red[i], self.blue[i]])
    }

    /// The same for any chromaticity.
    pub fn chroma_distance_of(&self, [red, blue]: [f32; 2]) -> f32 {
        tone::length(
            (red - self.skin.red) / SKIN_SPREAD[0],
            (blue - self.skin.blue) / SKIN_SPREAD[1],
        )
    }

    /// ln of a pixel's luminance against the own skin's.
    pub fn against_skin(&self, i: usize) -> f32 {
        self.log_y[i] - self.log_skin
    }

    /// ln of the own skin's luminance.
    pub fn log_skin(&self) -> f32 {
        self.log_skin
    }

    /// Whether a pixel has the own skin's colour, shaded or lit as a face may be.
    pub fn is_skin(&self, i: usize) -> bool {
        let lit = self.against_skin(i);
        lit > -1.3 && lit < 1.1 && self.chroma_distance(i) < 1.6
    }
}
