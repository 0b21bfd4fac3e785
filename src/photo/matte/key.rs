//! How each pixel differs from the wall, and by that what is reachable as wall from the picture's edges.

use super::band::{Band, Patch};
use super::depth::Depths;
use super::low::zone_y;
use super::wall::Wall;
use crate::photo::grid::{LOW_STEP, View};
use crate::vision::raster::{
    Colours, Mask, Neighbours, Plane, Raster, Stretching, label, luma, median,
};

/// A difference from the wall that is certainly no noise, where the wall is quieter than a third of it.
pub const NOT_NOISE: f32 = 0.022;
/// Wall is looked for outside what the mask is this sure of.
const BODY_SURE: f32 = 0.97;
/// The wall touches the sides in this upper share of the rows.
const SIDE_SHARE: f32 = 0.9;
/// Hair may stand this far outside the coarse mask.
pub const REACH_PX: f32 = 12.0;
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

pub(super) fn minus(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

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

    fn none((w, h): (usize, usize)) -> Self {
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
    pub fn of(view: &View, wall: &Wall, band: &Band, depths: &Depths, noise: f32) -> Self {
        let zone_y = zone_y(view);
        let mut key = Self {
            like_wall: band.filled(true, false),
            core: band.filled(false, true),
            dark: band.filled(0.5, 0.5),
            purity: quiet_purity(view, wall, band),
            zone_y,
        };
        let core = core_depth(depths, zone_y);
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
        let person = view.person.row(y / 2);
        for (i, x) in columns.enumerate() {
            let (mean, person) = (means[i], person[x / 2]);
            let doubt = wall.doubt.as_ref().map_or(0.0, |d| d.at(x, y));
            core[i] = core_depth[i] > 0.0;
            like_wall[i] =
                !core[i] && person < BODY_SURE && dot(mean, mean) < (limit + doubt).powi(2);
            dark[i] = dark_share(luma(mean));
            if person > Purity::PERSON_LEAST {
                let difference = differences[i];
                let class = usize::from(luma(difference) >= 0.0);
                self.purity[class].add(
                    x / LOW_STEP,
                    y / LOW_STEP,
                    view.image.at(x, y),
                    dot(difference, difference),
                );
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

/// How deep inside the core a low pixel lies; above 0 it is core.
fn core_depth(depths: &Depths, zone_y: f32) -> Plane {
    let (w, h) = (depths.face.width(), depths.face.height());
    Plane::from_fn(w, h, |x, y| {
        let trusted = depths.trusted.at(x, y);
        let deep = if ((y * LOW_STEP) as f32) < zone_y {
            40.0
        } else {
            11.0
        };
        (depths.face.at(x, y) - 3.0).max(trusted - deep)
    })
}

/// The purity of quiet blocks of the person, by their mean colour.
fn quiet_purity(view: &View, wall: &Wall, band: &Band) -> [Purity; 2] {
    let mut purity = [0, 1].map(|_| Purity::none(view.grid.low()));
    for (x, y) in band.persons() {
        let mean = block_mean(&view.image, x, y);
        let difference = minus(mean, wall.low.at(x, y));
        let class = usize::from(luma(difference) >= 0.0);
        let difference2 = dot(difference, difference) * LOW_STEP as f32;
        purity[class].add(x, y, mean, difference2);
    }
    purity
}

fn block_mean(image: &Colours, x: usize, y: usize) -> [f32; 3] {
    let columns = x * LOW_STEP..(x + 1) * LOW_STEP;
    let mut sum = [0.0; 3];
    for v in y * LOW_STEP..(y + 1) * LOW_STEP {
        for pixel in &image.row(v)[columns.clone()] {
            for (s, p) in sum.iter_mut().zip(pixel) {
                *s += p / (LOW_STEP * LOW_STEP) as f32;
            }
        }
    }
    sum
}

/// The differences of one patch with a pixel around it, and their 3 x 3 means.
#[derive(Default)]
struct Window {
    first_row: usize,
    width: usize,
    differences: Vec<[f32; 3]>,
    means: Vec<[f32; 3]>,
}

impl Window {
    fn fill(&mut self, patch: &Patch, image: &Colours, walls: &mut Stretching<'_, [f32; 3]>) {
        let (rows, columns) = (patch.rows.clone(), patch.columns.clone());
        let (from, to) = (
            columns.start.saturating_sub(1),
            (columns.end + 1).min(image.width()),
        );
        let lead = 1 - (columns.start - from);
        self.first_row = rows.start;
        self.width = columns.len() + 2;
        self.differences.clear();
        for k in 0..rows.len() + 2 {
            let y = (rows.start + k).saturating_sub(1).min(image.height() - 1);
            let wall = walls.part(y, from..to);
            let pixels = image.row(y)[from..to].iter().zip(wall);
            let begins = self.differences.len();
            self.differences.resize(begins + lead, [0.0; 3]);
            self.differences.extend(pixels.map(|(i, b)| minus(*i, *b)));
            self.differences.resize(begins + self.width, [0.0; 3]);
            if lead > 0 {
                self.differences[begins] = self.differences[begins + 1];
            }
            if to == columns.end {
                self.differences[begins + self.width - 1] =
                    self.differences[begins + self.width - 2];
            }
        }
        self.average(rows.len());
    }

    fn average(&mut self, rows: usize) {
        let w = self.width;
        let mut sums = vec![0.0_f32; w * 3];
        self.means.clear();
        for k in 0..rows {
            let flat = self.differences.as_flattened();
            let row = |j: usize| &flat[(k + j) * w * 3..(k + j + 1) * w * 3];
            for (((s, a), b), c) in sums.iter_mut().zip(row(0)).zip(row(1)).zip(row(2)) {
                *s = a + b + c;
            }
            let sums = sums.as_chunks::<3>().0;
            self.means.extend(
                sums.windows(3)
                    .map(|t| [0, 1, 2].map(|c: usize| (t[0][c] + t[1][c] + t[2][c]) / 9.0)),
            );
        }
    }

    /// The differences of a row of the patch.
    fn differences(&self, y: usize) -> &[[f32; 3]] {
        let begins = (y - self.first_row + 1) * self.width + 1;
        &self.differences[begins..begins + self.width - 2]
    }

    /// Their means.
    fn means(&self, y: usize) -> &[[f32; 3]] {
        let begins = (y - self.first_row) * (self.width - 2);
        &self.means[begins..begins + self.width - 2]
    }
}

/// What is not reachable as wall from the top or the sides, and hangs together with the core.
pub fn flooded(key: &Key) -> Mask {
    let (w, h) = (key.core.width(), key.core.height());
    let side_rows = (h as f32 * SIDE_SHARE) as usize;
    let wall = label(&key.like_wall, Neighbours::Four);
    let reached = wall.with_run(|run| {
        run.y == 0 || (run.y < side_rows && (run.columns.start == 0 || run.columns.end == w))
    });
    let unreached = wall.select(&reached).map(|reached| !reached);
    let person = label(&unreached, Neighbours::Eight);
    person.select(&person.touching(&key.core))
}

/// The flooded outline, softened like an optical edge: 0..1 in 81 steps.
pub fn softened(foreground: &Mask) -> Raster<u8> {
    let (w, h) = (foreground.width(), foreground.height());
    let bytes = foreground.map(u8::from);
    let weigh = |a: u8, b: u8, c: u8, d: u8, e: u8| a + 2 * b + 3 * c + 2 * d + e;
    let mut down = Raster::filled(w, h, 0_u8);
    for y in 0..h {
        let row = |off: usize| bytes.row((y + off).saturating_sub(2).min(h - 1));
        let rows = row(0)
            .iter()
            .zip(row(1))
            .zip(row(2))
            .zip(row(3))
            .zip(row(4));
        for (o, ((((a, b), c), d), e)) in down.row_mut(y).iter_mut().zip(rows) {
            *o = weigh(*a, *b, *c, *d, *e);
        }
    }
    let mut padded = vec![0; w + 4];
    for y in 0..h {
        let row = down.row_mut(y);
        padded[2..w + 2].copy_from_slice(row);
        let (first, last) = (row[0], row[w - 1]);
        padded[..2].fill(first);
        padded[w + 2..].fill(last);
        for (i, o) in row.iter_mut().enumerate() {
            let t = &padded[i..i + 5];
            *o = weigh(t[0], t[1], t[2], t[3], t[4]);
        }
    }
    down
}

/// The largest value of [`softened`].
pub const WHOLE_OUTLINE: f32 = 81.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softening_keeps_inside_and_outside_and_halves_the_edge() {
        let soft = softened(&Mask::from_fn(20, 12, |x, _| x >= 10));
        assert_eq!((soft.at(3, 5), soft.at(16, 0)), (0, 81));
        assert_eq!(soft.at(9, 5) + soft.at(10, 5), 81);
    }

    #[test]
    fn wall_shut_in_by_the_person_is_not_reached() {
        let like_wall = Mask::from_fn(30, 30, |x, y| {
            !(8..22).contains(&x) || y < 8 || ((12..18).contains(&x) && (12..18).contains(&y))
        });
        let key = Key {
            core: Mask::from_fn(30, 30, |x, y| (x, y) == (10, 25)),
            dark: Plane::filled(30, 30, 0.5),
            purity: [0, 1].map(|_| Purity::none((1, 1))),
            zone_y: 20.0,
            like_wall,
        };
        let person = flooded(&key);
        assert!(person.at(15, 15) && person.at(10, 10) && !person.at(3, 20) && !person.at(15, 3));
    }
}
