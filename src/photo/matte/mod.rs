//! The matte: which share of each pixel is person, and which colour that share has.
//!
//! The wall is the advantage of a booth. The net only says roughly where the person is; the edge, down to single
//! strands, comes from how each pixel's colour lies between the wall's and the person's. No step smooths, moves or
//! invents anything inside the person.
//!
//! ```text
//! block means -> wall -> band (what must be solved) -> key -> flood -> wide colour -> neck and cloth -> pure colour
//! -> alpha -> body
//! ```

mod alpha;
mod band;
mod cloth;
mod crown;
mod depth;
mod flood;
mod foreground;
mod hole;
mod holes;
mod key;
mod low;
pub mod plate;
pub mod quadric;
mod solid;
mod strand;
mod stud;
mod unmix;
pub mod wall;
mod window;

use super::grid::{LOW_STEP, View};
use crate::vision::raster::{Colours, Mask, Plane, median};
use alpha::{Keyed, TwoColours};
use band::Band;
use depth::Depths;
use key::Key;
use low::Low;
use serde::{Deserialize, Serialize};
use solid::Found;
pub use unmix::Unmixing;
use wall::Wall;

/// Channels all at or above this are burnt out.
const BURNT: f32 = 0.985;

/// A wall has one colour where this share of it has the same cast as its median, within this difference of channels.
const MOSTLY: f32 = 0.8;
const ONE_COLOUR: f32 = 0.03;

/// The matte on the grid.
pub struct Matte {
    /// Share of the person, 0..1.
    pub alpha: Plane,
    /// How far to trust it.
    pub figures: Figures,
    image: Colours,
    wall: Wall,
    /// Share of the class that is darker than the wall.
    dark: Plane,
    colours: TwoColours,
    band: Band,
}

/// What tells a good matte from a bad one; limits stand in `refusal`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// 90th percentile of what the wall deviates from one smooth colour.
    pub wall_unevenness: f32,
    /// Robust deviation of the wall's noise.
    pub wall_noise: f32,
    /// Share of the wall that is burnt out.
    pub wall_burnt_share: f32,
    /// Share of the far background that was taken for person.
    pub alien_share: f32,
    /// Share of the outline where the person looks like the wall.
    pub weak_outline_share: f32,
    /// Share of the trusted inside that was taken for wall.
    pub hole_share: f32,
    /// Share of the cloth that the coarse mask is sure of and the matte lost.
    #[serde(default)]
    pub lost_cloth_share: f32,
    /// Share of the frame, above the chin, where the person leaves the capture.
    pub cut_head_share: f32,
    /// The same below the chin, at the sides.
    pub cut_side_share: f32,
}

impl Matte {
    /// Solves the view; its colours are kept for un-mixing.
    pub fn solve(view: View) -> Self {
        let low = Low::of(&view);
        let depths = Depths::of(&low, &view.face);
        let wall = Wall::estimate(&view, &low, &depths);
        let noise = key::wall_noise(&view, &wall);
        let band = Band::of(&low, &wall, &depths, noise);
        let key = Key::of((&view, &low), &wall, &band, &depths, noise);
        let foreground = flood::flooded(&key);
        let outline = flood::softened(&foreground);
        let keyed = Keyed {
            view: &view,
            wall: &wall,
            key: &key,
            foreground: &foreground,
            outline: &outline,
            noise,
        };
        let wide = foreground::wide(&key.purity);
        let (colours, cloth) = foreground::pure(keyed, &low, &band, &depths, &wide);
        let mut solved = alpha::solve(keyed, &colours, &band, &depths);
        let found = Found {
            view: &view,
            wall: &wall,
            band: &band,
            depths: &depths,
            key: &key,
            foreground: &foreground,
            cloth: &cloth,
            colours: &colours,
        };
        solid::solidify(found, &mut solved.alpha);
        let figures = Figures::measure(&view, &wall, &low, &depths, &solved, noise);
        let mut alpha = solved.alpha;
        // beyond the capture there is wall, never a person
        for y in 0..alpha.height() {
            let covered = view.covered.row(y);
            let row = alpha.row_mut(y);
            row[..covered.start].fill(0.0);
            row[covered.end..].fill(0.0);
        }
        Self {
            alpha,
            figures,
            image: view.image,
            wall,
            dark: key.dark,
            colours,
            band,
        }
    }
}

impl Matte {
    /// The wall's median colour, where it was seen; `None` where it has several.
    pub fn wall_colour(&self) -> Option<[f32; 3]> {
        let channel =
            |f: &dyn Fn([f32; 3]) -> f32| wall::picked(&self.wall.low.map(f), &self.wall.seen);
        let middle = [0, 1, 2].map(|c: usize| median(&mut channel(&|colour| colour[c])));
        let [Some(r), Some(g), Some(b)] = middle else {
            return None;
        };
        let cast = |[red, green, blue]: [f32; 3]| [red - green, blue - green];
        let [red, blue] = cast([r, g, b]);
        let off = channel(&|colour| {
            let [u, v] = cast(colour);
            (u - red).abs().max((v - blue).abs())
        });
        let alike = off.iter().filter(|off| **off < ONE_COLOUR).count();
        (alike as f32 >= MOSTLY * off.len() as f32).then_some([r, g, b])
    }
}

/// How far the real backdrop is from one smooth colour, for a photo that keeps it.
pub fn wall_unevenness(view: &View) -> f32 {
    let low = Low::of(view);
    Wall::estimate(view, &low, &Depths::of(&low, &view.face)).unevenness
}

impl Figures {
    fn measure(
        view: &View,
        wall: &Wall,
        low: &Low,
        depths: &Depths,
        solved: &alpha::Solved,
        noise: f32,
    ) -> Self {
        let seen = |mask: Mask| mask.zip(&low.covered, |m, seen| m && seen);
        let background = seen(depths.background.map(|d| d > 10.0));
        let inside = seen(depths.trusted.map(|d| d > 6.0));
        let burnt = wall.low.map(|[r, g, b]| r.min(g).min(b) > BURNT);
        let (cut_head_share, cut_side_share) = cut_shares(view);
        Self {
            wall_unevenness: wall.unevenness,
            wall_noise: noise,
            wall_burnt_share: share(&background, |x, y| burnt.at(x, y)),
            alien_share: pixel_share(&background, |x, y| solved.alpha.at(x, y) > 0.5),
            weak_outline_share: solved.weak_outline_share,
            hole_share: pixel_share(&inside, |x, y| solved.alpha.at(x, y) < 0.5),
            lost_cloth_share: lost_cloth_share(low, depths, &solved.alpha),
            cut_head_share,
            cut_side_share,
        }
    }
}

/// Shares of the frame where the mask says person and the capture has ended, above the chin and below.
fn cut_shares(view: &View) -> (f32, f32) {
    let (w, h) = view.grid.half();
    let chin = (view.chin_y.max(0.0) as usize / 2).min(h);
    let cut = |rows: std::ops::Range<usize>| {
        let area = (rows.len() * w).max(1);
        let cut = rows.flat_map(|y| {
            let covered = view.covered.row(2 * y);
            let row = view.person.row(y).iter().enumerate();
            row.filter(move |(x, p)| **p > 0.5 && !covered.contains(&(2 * x)))
        });
        cut.count() as f32 / area as f32
    };
    (cut(0..chin), cut(chin..h))
}

/// The mask is sure of cloth this deep inside itself.
const SURE_CLOTH_PX: f32 = 5.0;

/// Of the body: the share that lies deep inside the coarse mask and that alpha calls wall. Colours alone cannot see
/// it, where cloth and wall are alike; the mask can.
fn lost_cloth_share(low: &Low, depths: &Depths, alpha: &Plane) -> f32 {
    let (w, h) = (low.covered.width(), low.covered.height());
    let cloth = Mask::from_fn(w, h, |x, y| {
        y as f32 >= low.zone_y && low.covered.at(x, y) && depths.trusted.at(x, y) > SURE_CLOTH_PX
    });
    if cloth.count() == 0 {
        return 0.0;
    }
    pixel_share(&cloth, |x, y| alpha.at(x, y) < 0.5)
}

/// Share of the low blocks of which something holds; one where there is nothing to look at.
fn share(blocks: &Mask, holds: impl Fn(usize, usize) -> bool) -> f32 {
    let (mut all, mut held) = (0_u32, 0_u32);
    for y in 0..blocks.height() {
        for (x, _) in blocks.row(y).iter().enumerate().filter(|(_, set)| **set) {
            all += 1;
            held += u32::from(holds(x, y));
        }
    }
    if all == 0 {
        1.0
    } else {
        held as f32 / all as f32
    }
}

/// The same of a pixel in the middle of each block.
fn pixel_share(blocks: &Mask, holds: impl Fn(usize, usize) -> bool) -> f32 {
    let middle = |v: usize| v * LOW_STEP + LOW_STEP / 2;
    share(blocks, |x, y| holds(middle(x), middle(y)))
}

#[cfg(test)]
mod tests;
