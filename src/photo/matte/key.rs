//! How each pixel differs from the wall, and by that what is reachable as wall from the picture's edges.

use super::band::{Band, Patch};
use super::depth::{DEEPEST_GAP_PX, Depths};
use super::low::{Low, zone_y};
use super::wall::Wall;
use super::window::Window;
use crate::photo::grid::{LOW_STEP, View};
use crate::vision::raster::{Colours, Mask, Plane, Stretching, luma, median};
use crate::vision::vectored;

/// A difference from the wall that is certainly no noise, where the wall is quieter than a third of it.
pub const NOT_NOISE: f32 = 0.022;
/// Wall is looked for outside what the mask is this sure of.
const BODY_SURE: f32 = 0.97;
/// Hair may stand this far outside the coarse mask.
pub const REACH_PX: f32 = 12.0;
/// So deep inside the face, inside the trusted mask at crown and ears, and inside what stands on the body, all is person.
const FACE_CORE_PX: f32 = 3.0;
const HEAD_CORE_PX: f32 = 40.0;
const BODY_CORE_PX: f32 = 11.0;
/// Softness of the border between what is darker and what is lighter than the wall, in luma.
const CLASS_SOFTNESS: f32 = 0.015;
/// Beyond this many of it a pixel is wholly of one class.
const CLASS_CERTAIN: f32 = 10.0;

/// Robust deviation of the wall itself: the length of its 3 x 3 mean difference, looked at here and there.
pub fn wall_noise(view: &View, wall: &Wall) -> f32 {
    let mut lengths = Vec::new();
    for y in 0..wall.seen.height() {
        for x in (y % 2..wall.seen.width()).step_by(2) {
            if wall.seen.at(x, y) {
                let (u, v) = (x * LOW_STEP + 1, y * LOW_STEP + 1);
                let mean = mean_of_nine(&view.image, u, v);
                lengths.push(length(minus(mean, wall.near(u, v))));
            }
        }
    }
    median(&mut lengths).map_or(0.01, |m| 1.4826 * m)
}

fn mean_of_nine(image: &Colours, x: usize, y: usize) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for pixel in (y - 1..y + 2).flat_map(|v| &image.row(v)[x - 1..x + 2]) {
        for (s, p) in sum.iter_mut().zip(pixel) {
            *s += p / 9.0;
        }
    }
    sum
}

#[inline(always)]
pub(super) fn minus(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

#[inline(always)]
pub(super) fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn length(a: [f32; 3]) -> f32 {
    dot(a, a).sqrt()
}

/// What the difference from the wall says of each pixel of the band.
pub struct Key {
    /// Of the wall's colour, and nothing that speaks against it.
    pub like_wall: Mask,
    /// Face and deep body: person whatever the colours say.
    pub core: Mask,
    /// Share of the class that is darker than the wall, 0..1.
    pub dark: Plane,
    /// For each low block how pure its darker pixels are, and of which colour; then its lighter ones.
    pub purity: [Purity; 2],
    /// Row where the body zone begins.
    pub zone_y: f32,
}

/// Sums over the pixels of one class in each low block, weighted by the fourth power of their difference.
pub struct Purity {
    /// Of colours.
    pub colour: Colours,
    /// Of weights.
    pub weight: Plane,
}

impl Purity {
    /// Only what may be person gives colour.
    const PERSON_LEAST: f32 = 0.15;

    /// Nothing yet.
    pub fn none((w, h): (usize, usize)) -> Self {
        Self {
            colour: Colours::filled(w, h, [0.0; 3]),
            weight: Plane::filled(w, h, 1e-12),
        }
    }

    fn add(&mut self, x: usize, y: usize, pixel: [f32; 3], difference2: f32) {
        let weight = difference2 * difference2 / (LOW_STEP * LOW_STEP) as f32;
        self.weight.row_mut(y)[x] += weight;
        for (sum, v) in self.colour.row_mut(y)[x].iter_mut().zip(pixel) {
            *sum += weight * v;
        }
    }
}

impl Key {
    /// Looks at each pixel of the band. `noise` is the wall's.
    pub fn of(
        (view, low): (&View, &Low),
        wall: &Wall,
        band: &Band,
        depths: &Depths,
        noise: f32,
    ) -> Self {
        let zone_y = zone_y(view);
        let mut key = Self {
            like_wall: band.filled(true, false),
            core: band.filled(false, true),
            dark: band.filled(0.5, 0.5),
            purity: quiet_purity(low, wall, band),
            zone_y,
        };
        let core = core_depth(depths, view.eye_y, zone_y);
        let mut cores = Stretching::new(&core, view.grid.width, view.grid.height);
        let mut walls = wall.on(view.grid);
        let mut window = Window::default();
        let limit = NOT_NOISE.max(3.0 * noise);
        for patch in &band.patches {
            window.fill(patch, &view.image, &mut walls);
            for y in patch.rows.clone() {
                let core = cores.part(y, patch.columns.clone());
                key.read_row(view, wall, &window, patch, (y, limit), core);
            }
        }
        key
    }

    fn read_row(
        &mut self,
        view: &View,
        wall: &Wall,
        window: &Window,
        patch: &Patch,
        (y, limit): (usize, f32),
        core_depth: &[f32],
    ) {
        let columns = patch.columns.clone();
        let (differences, means) = (window.differences(y), window.means(y));
        let like_wall = &mut self.like_wall.row_mut(y)[columns.clone()];
        let core = &mut self.core.row_mut(y)[columns.clone()];
        let dark = &mut self.dark.row_mut(y)[columns.clone()];
        let person = &view.person.row(y / 2)[columns.start / 2..columns.end / 2];
        let doubts = wall.doubt.as_ref().map(|d| &d.row(y)[columns.clone()]);
        for (core, depth) in core.iter_mut().zip(core_depth) {
            *core = *depth > 0.0;
        }
        vectored(
            #[inline(always)]
            || {
                for (i, (like_wall, mean)) in like_wall.iter_mut().zip(means).enumerate() {
                    let limit = limit + doubts.map_or(0.0, |doubts| doubts[i]);
                    *like_wall = dot(*mean, *mean) < limit.powi(2);
                }
            },
        );
        // two pixels of the grid lie under one of the mask
        let pixels = like_wall
            .as_chunks_mut::<2>()
            .0
            .iter_mut()
            .zip(core.as_chunks::<2>().0);
        for ((like_wall, core), person) in pixels.zip(person) {
            for (like_wall, core) in like_wall.iter_mut().zip(core) {
                *like_wall &= !core && *person < BODY_SURE;
            }
        }
        for (dark, mean) in dark.iter_mut().zip(means) {
            *dark = dark_share(luma(*mean));
        }
        self.add_purity(view, differences, patch, y);
    }

    /// Adds what may be person to the purity of its blocks.
    fn add_purity(&mut self, view: &View, differences: &[[f32; 3]], patch: &Patch, y: usize) {
        let (person, image) = (view.person.row(y / 2), view.image.row(y));
        for (x, difference) in patch.columns.clone().zip(differences) {
            if person[x / 2] > Purity::PERSON_LEAST {
                let class = usize::from(luma(*difference) >= 0.0);
                let difference2 = dot(*difference, *difference);
                self.purity[class].add(x / LOW_STEP, y / LOW_STEP, image[x], difference2);
            }
        }
    }
}

fn dark_share(luma: f32) -> f32 {
    let v = luma / CLASS_SOFTNESS;
    if v > CLASS_CERTAIN {
        0.0
    } else if v < -CLASS_CERTAIN {
        1.0
    } else {
        1.0 / (1.0 + v.exp())
    }
}

/// How deep inside the core a low pixel lies; above 0 it is core. The crown and the ears hide the wall; hair below
/// the eyes may be thin; what stands on the body is neck and cloth.
fn core_depth(depths: &Depths, eye_y: f32, zone_y: f32) -> Plane {
    let (w, h) = (depths.face.width(), depths.face.height());
    Plane::from_fn(w, h, |x, y| {
        let trusted = depths.trusted.at(x, y);
        let row = (y * LOW_STEP) as f32;
        let deep = if row < eye_y || (row < zone_y && depths.ears.at(x, y)) {
            HEAD_CORE_PX
        } else if row < zone_y || !depths.rooted.at(x, y) {
            DEEPEST_GAP_PX
        } else {
            BODY_CORE_PX
        };
        (depths.face.at(x, y) - FACE_CORE_PX).max(trusted - deep)
    })
}

/// The purity of quiet blocks of the person, by their mean colour.
fn quiet_purity(low: &Low, wall: &Wall, band: &Band) -> [Purity; 2] {
    let size = (low.image.width(), low.image.height());
    let mut purity = [0, 1].map(|_| Purity::none(size));
    for (x, y) in band.persons() {
        let mean = low.image.at(x, y);
        let difference = minus(mean, wall.low.at(x, y));
        let class = usize::from(luma(difference) >= 0.0);
        let difference2 = dot(difference, difference) * LOW_STEP as f32;
        purity[class].add(x, y, mean, difference2);
    }
    purity
}
