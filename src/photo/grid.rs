//! The grids that a photo is solved on, and what the capture looks like on them.

use super::geometry::Placement;
use crate::standard::Preset;
use crate::vision::raster::{
    Affine, Colours, Mask, Plane, polygon, stretched, warp_picture, warp_plane,
};
use crate::vision::{Face, Picture, face::place};

/// A grid `fineness` times finer than the photo. Lengths are given in pixels of the photo everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Grid pixels per photo pixel.
    pub fineness: usize,
    /// Width of the grid.
    pub width: usize,
    /// Height of the grid.
    pub height: usize,
    /// Width of the photo.
    pub photo_width: usize,
    /// Height of the photo.
    pub photo_height: usize,
}

impl Grid {
    /// The grid of a photo.
    pub fn new(preset: &Preset, fineness: usize) -> Self {
        let (photo_width, photo_height) = (preset.width_px, preset.height_px);
        Self {
            fineness,
            width: photo_width * fineness,
            height: photo_height * fineness,
            photo_width,
            photo_height,
        }
    }

    /// A length of the photo in grid pixels, whole and at least one.
    pub fn length(&self, photo_px: f32) -> f32 {
        (photo_px * self.fineness as f32).round().max(1.0)
    }

    /// Size of the low grid, half the photo, on which everything smooth is solved.
    pub fn low(&self) -> (usize, usize) {
        (self.photo_width / 2, self.photo_height / 2)
    }

    /// Grid pixels per low pixel.
    pub fn low_step(&self) -> usize {
        2 * self.fineness
    }

    /// From photo pixels to grid pixels.
    fn photo_to_grid(self) -> Affine {
        let half = (self.fineness as f64 - 1.0) / 2.0;
        Affine::turn_scale_shift(0.0, self.fineness as f64, [half, half])
    }
}

/// The capture on the grid.
pub struct View {
    /// The grid.
    pub grid: Grid,
    /// The capture's colours, 0..1.
    pub image: Colours,
    /// Roughly the person, 0..1.
    pub person: Plane,
    /// What the capture covers.
    pub covered: Mask,
    /// The outline of the face, filled.
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
        let to_grid = placement.to_photo.then(&grid.photo_to_grid());
        let corners: Vec<[f32; 2]> = face
            .oval()
            .into_iter()
            .map(|p| apply(&to_grid, p))
            .collect();
        let row_of = |p: [f32; 2]| apply(&to_grid, p)[1];
        Self {
            grid,
            image: warp_picture(capture, &to_grid, grid.width, grid.height),
            person: person_on(grid, placement),
            covered: covered(capture, &to_grid, grid.width, grid.height, 0.5),
            face: Mask::of_places(
                grid.width,
                grid.height,
                &polygon(&corners, grid.width, grid.height),
            ),
            chin_y: row_of(face.point(place::CHIN)),
            eye_y: row_of(face.eye_middle()),
            plate: plate.map(|plate| warp_picture(plate, &to_grid, grid.width, grid.height)),
        }
    }
}

/// The coarse mask, bicubic on the photo's pixels and bilinear from there: it has no finer detail.
fn person_on(grid: Grid, placement: &Placement) -> Plane {
    let to_photo = placement.mask_to_photo();
    let on_photo = warp_plane(
        &placement.silhouette.mask,
        &to_photo,
        grid.photo_width,
        grid.photo_height,
    );
    let clipped = on_photo.map(|v| v.clamp(0.0, 1.0));
    if grid.fineness == 1 {
        clipped
    } else {
        stretched(&clipped, grid.width, grid.height)
    }
}

fn apply(map: &Affine, [x, y]: [f32; 2]) -> [f32; 2] {
    map.apply([f64::from(x), f64::from(y)]).map(|v| v as f32)
}

/// What of the target lies on the picture, up to `beyond_px` past the centres of its outermost pixels.
pub fn covered(
    picture: &Picture,
    to_target: &Affine,
    width: usize,
    height: usize,
    beyond_px: f64,
) -> Mask {
    let back = to_target.inverse();
    let (right, bottom) = (
        (picture.width() - 1) as f64 + beyond_px,
        (picture.height() - 1) as f64 + beyond_px,
    );
    Mask::from_fn(width, height, |x, y| {
        let [sx, sy] = back.apply([x as f64, y as f64]);
        sx >= -beyond_px && sy >= -beyond_px && sx <= right && sy <= bottom
    })
}
