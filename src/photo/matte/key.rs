//! How each pixel differs from the wall, and by that what is reachable as wall from the picture's edges.

use super::depth::Depths;
use super::low::zone_y;
use super::wall::{Wall, picked};
use crate::photo::grid::View;
use crate::vision::raster::{
    Colours, Mask, Neighbours, Plane, box_blur, eroded, label, luma, median,
};

/// A difference from the wall that is certainly no noise, where the wall is quieter than a third of it.
pub const NOT_NOISE: f32 = 0.022;
/// Wall is looked for outside what the mask is this sure of.
const BODY_SURE: f32 = 0.97;
/// The wall touches the sides in this upper share of the rows.
const SIDE_SHARE: f32 = 0.9;
/// Hair may stand this far outside the coarse mask.
const REACH_PX: f32 = 12.0;

/// The difference from the wall.
pub struct Difference {
    /// Colour minus wall.
    pub colour: Colours,
    /// Luma of it: below 0 the pixel is darker than the wall.
    pub luma: Plane,
    /// Length of its 3 x 3 mean.
    pub smooth: Plane,
    /// The same on the wall itself: robust deviation.
    pub noise: f32,
}

impl Difference {
    /// Of the view from its wall.
    pub fn of(view: &View, wall: &Wall) -> Self {
        let colour = view
            .image
            .zip(&wall.colour, |i, b| [i[0] - b[0], i[1] - b[1], i[2] - b[2]]);
        let smooth = box_blur(&colour, 1).map(|[r, g, b]| (r * r + g * g + b * b).sqrt());
        let noise = median(&mut picked(&smooth, &wall.seen)).map_or(0.01, |m| 1.4826 * m);
        let luma = colour.map(luma);
        Self {
            colour,
            luma,
            smooth,
            noise,
        }
    }
}

/// What is not wall, first by connection.
pub struct Flood {
    /// Not reachable as wall, and connected to the core.
    pub foreground: Mask,
    /// Face and deep body: person whatever the colours say.
    pub core: Mask,
    /// Where anything of the person may be at all.
    pub reach: Mask,
    /// Row where the body zone begins.
    pub zone_y: f32,
}

impl Flood {
    /// Floods the wall from the top and the sides.
    pub fn of(view: &View, wall: &Wall, difference: &Difference, depths: &Depths) -> Self {
        let grid = view.grid;
        let zone_y = zone_y(view);
        let mut core = eroded(&view.face, grid.length(3.0));
        core.add(&depths.beyond(&depths.trusted, 40.0));
        let body = depths.beyond(&depths.trusted, 11.0);
        for y in (zone_y.max(0.0) as usize)..grid.height {
            for (core, body) in core.row_mut(y).iter_mut().zip(body.row(y)) {
                *core |= *body;
            }
        }
        let foreground = connected_to(&core, &unreached(view, wall, difference, &core));
        let mut reach = depths
            .beyond(&depths.outside_possible, REACH_PX)
            .map(|far| !far);
        reach.add(&foreground);
        Self {
            foreground,
            core,
            reach,
            zone_y,
        }
    }
}

/// Everything but the wall that hangs together with the top or a side.
fn unreached(view: &View, wall: &Wall, difference: &Difference, core: &Mask) -> Mask {
    let limit = NOT_NOISE.max(3.0 * difference.noise);
    let mut like_wall = difference.smooth.zip(core, |d, core| d < limit && !core);
    if let Some(doubt) = &wall.doubt {
        let doubted = difference
            .smooth
            .zip(doubt, |d, doubt| d < limit + doubt)
            .zip(core, |like, core| like && !core);
        like_wall.add(&doubted);
    }
    let like_wall = like_wall.zip(&view.person, |like, p| like && p < BODY_SURE);
    let labels = label(&like_wall, Neighbours::Four);
    let (w, h) = (view.grid.width, view.grid.height);
    let side_rows = (h as f32 * SIDE_SHARE) as usize;
    let rim = Mask::from_fn(w, h, |x, y| {
        y == 0 || (y < side_rows && (x == 0 || x == w - 1))
    });
    let reached = labels.touching(&rim);
    labels.of.map(|l| !reached[l as usize])
}

fn connected_to(core: &Mask, mask: &Mask) -> Mask {
    let labels = label(mask, Neighbours::Eight);
    labels.select(&labels.touching(core))
}
