//! The matte: which share of each pixel is person, and which colour that share has.
//!
//! The wall is the advantage of a booth. The net only says roughly where the person is; the edge, down to single
//! strands, comes from how each pixel's colour lies between the wall's and the person's. No step smooths, moves or
//! invents anything inside the person.

mod alpha;
mod depth;
mod foreground;
mod holes;
mod key;
mod low;
pub mod plate;
mod solid;
mod unmix;
pub mod wall;

use super::grid::View;
use crate::vision::raster::{Colours, Mask, Plane};
use alpha::Keyed;
use depth::Depths;
use key::{Difference, Flood};
use low::Low;
use serde::{Deserialize, Serialize};
use wall::Wall;

/// Channels all at or above this are burnt out.
const BURNT: f32 = 0.985;
/// A foreground nearer to the wall than this carries no edge.
const WEAK_CONTRAST: f32 = 0.06;

/// The matte on the grid.
pub struct Matte {
    /// Share of the person, 0..1.
    pub alpha: Plane,
    /// The person's colour.
    pub colour: Colours,
    /// How far to trust it.
    pub figures: Figures,
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
    /// Share of the frame, above the chin, where the person leaves the capture.
    pub cut_head_share: f32,
    /// The same below the chin, at the sides.
    pub cut_side_share: f32,
}

impl Matte {
    /// Solves the view; its colours are used up.
    pub fn solve(mut view: View) -> Self {
        let low = Low::of(&view);
        let depths = Depths::of(view.grid, &low);
        let wall = Wall::estimate(&view, &low, &depths);
        let difference = Difference::of(&view, &wall);
        let flood = Flood::of(&view, &wall, &difference, &depths);
        let dark = alpha::dark_share(&difference);
        let outline = alpha::flooded_outline(&view, &flood);
        let keyed = Keyed {
            wall: &wall,
            difference: &difference,
            dark: &dark,
            outline: &outline,
            reach: &flood.reach,
        };
        let wide = foreground::wide(&view, &difference);
        let by_wide = keyed.project(&wide);
        let pure = foreground::pure(&view, &difference, &flood, &by_wide, wide);
        let projected = keyed.project(&pure);
        let alpha = keyed.without_noise(&projected);
        let alpha = solid::solidified(&view, &depths, &difference, &flood, alpha);
        let figures = Figures::measure(&view, &wall, &difference, &depths, &projected, &alpha);
        let image = std::mem::replace(&mut view.image, Colours::filled(0, 0, [0.0; 3]));
        let colour = unmix::unmixed(image, &wall, &dark, &projected, &alpha);
        // beyond the capture there is wall, never a person
        let alpha = alpha.zip(&view.covered, |a, seen| if seen { a } else { 0.0 });
        Self {
            alpha,
            colour,
            figures,
        }
    }
}

/// How far the real backdrop is from one smooth colour, for a photo that keeps it.
pub fn wall_unevenness(view: &View) -> f32 {
    let low = Low::of(view);
    Wall::estimate(view, &low, &Depths::of(view.grid, &low)).unevenness
}

impl Figures {
    fn measure(
        view: &View,
        wall: &Wall,
        difference: &Difference,
        depths: &Depths,
        projected: &alpha::Projected,
        alpha: &Plane,
    ) -> Self {
        let seen = |mask: Mask| mask.zip(&view.covered, |m, seen| m && seen);
        let background = seen(depths.beyond(&depths.background, 10.0));
        let inside = seen(depths.beyond(&depths.trusted, 6.0));
        let outline = seen(view.person.map(|p| p > 0.3 && p < 0.7));
        let burnt = wall.colour.map(|[r, g, b]| r.min(g).min(b) > BURNT);
        let weak = projected
            .contrast2
            .map(|n2| n2 < WEAK_CONTRAST * WEAK_CONTRAST);
        let cut = view.person.zip(&view.covered, |p, seen| p > 0.5 && !seen);
        let chin = (view.chin_y.max(0.0) as usize).min(cut.height());
        let (above, below) = cut.values().split_at(chin * cut.width());
        let count = |part: &[bool]| part.iter().filter(|set| **set).count() as f32;
        Self {
            wall_unevenness: wall.unevenness,
            wall_noise: difference.noise,
            wall_burnt_share: share(&burnt, &background),
            alien_share: share(&alpha.map(|a| a > 0.5), &background),
            weak_outline_share: share(&weak, &outline),
            hole_share: share(&alpha.map(|a| a < 0.5), &inside),
            cut_head_share: count(above) / above.len().max(1) as f32,
            cut_side_share: count(below) / below.len().max(1) as f32,
        }
    }
}

/// Share of the second mask that is set in the first; one where there is nothing to look at.
fn share(mask: &Mask, of: &Mask) -> f32 {
    let whole = of.count();
    if whole == 0 {
        return 1.0;
    }
    mask.zip(of, |m, o| m && o).count() as f32 / whole as f32
}
