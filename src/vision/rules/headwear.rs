//! Hats, caps, scarves: the region above the visible forehead against hair.
//!
//! Hair has strands, lies on a narrow band of colours, and ends in a ragged line. A cloth band stays unseen.

use super::cover::skin_upwards;
use super::matte::Matte;
use super::mesh::{EDGES, Mesh, SIDE};
use super::rasters::{Upright, Wall, tone};
use super::reading::Reading;
use crate::vision::raster::{median, quantile, slope_at};

/// Median slope of ln luminance: hair 0.054 to 0.19 a pixel, drawn cloth 0.007 to 0.075. The first where the
/// forehead is shortened or unnaturally high, the second elsewhere.
const TEXTURE: (f32, f32) = (0.047, 0.028);
/// Strands of hair need this distance of the irises in the frame; below it nothing is said of texture.
const IRISES_PX: f32 = 60.0;
/// Where the forehead is in view, a smooth region counts from this size on, in squared face widths. A hat fills
/// 0.49 to 0.67 of it; what is not skin-coloured of a bald head is shine and shade and fills 0.14 to 0.38.
const LEAST_HAT: f32 = 0.42;
/// Distance in chromaticity from the band of black, brown, red, blond and grey hair.
const OFF_HAIR: f32 = 0.2;
/// A brim is a smooth line (90th percentile of the residue to a parabola, in face widths) ...
const BRIM: f32 = 0.012;
/// ... above which no strand is seen: a parted or combed fringe can be as straight, and jumps with every JPEG.
const BRIM_TEXTURE: f32 = 0.075;
/// Less region than this, in squared face widths, is a bald or shaved head.
const LEAST_REGION: f32 = 0.05;

/// The region above the forehead.
struct Top {
    area: f32,
    texture: f32,
    off_hair: f32,
    brim: f32,
    brim_height: f32,
}

/// Texture, colour and brim; the worst term is told.
pub(super) fn headwear(
    mesh: &Mesh,
    face: &Upright,
    matte: &Matte,
    wall: Option<Wall>,
    forehead: f32,
) -> Reading {
    let Some(hairline) = Hairline::of(mesh, face) else {
        return Reading::UNKNOWN;
    };
    let Some(top) = Top::of(mesh, face, matte, wall, &hairline) else {
        return Reading {
            score: 0.0,
            value: 0.0,
            limit: 1.0,
            unit: "",
        };
    };
    let short = forehead < 0.30;
    let shortened = !(0.30..=0.72).contains(&forehead);
    let measurable = mesh.irises_px >= IRISES_PX && (short || top.area >= LEAST_HAT);
    let texture = Reading::at_least(top.texture, if shortened { TEXTURE.0 } else { TEXTURE.1 })
        .in_unit("ln/px")
        .only_if(measurable);
    let is_brim = top.brim < BRIM
        && top.brim_height > 0.03
        && top.brim_height < 0.24
        && forehead < 0.27
        && top.texture < BRIM_TEXTURE;
    Reading::worst([
        texture,
        Reading::at_most(top.off_hair, OFF_HAIR).in_unit("ln"),
        Reading {
            score: 1.05,
            value: top.brim,
            limit: BRIM,
            unit: "ratio",
        }
        .only_if(is_brim),
    ])
}

/// Where the skin of the forehead ends, column by column.
struct Hairline {
    /// Column and row.
    points: Vec<[f32; 2]>,
    /// Its middle row.
    middle: f32,
}

impl Hairline {
    fn of(mesh: &Mesh, face: &Upright) -> Option<Self> {
        let centre = mesh.upright[10][0];
        let (left, right) = (
            (centre - 0.34 * mesh.face) as i32,
            (centre + 0.34 * mesh.face) as i32,
        );
        let start = mesh.brows.clamp(0.0, (SIDE - 1) as f32) as usize;
        let points: Vec<[f32; 2]> = (left..right)
            .step_by(3)
            .filter_map(|x| {
                let column = (x.max(0) as usize).min(SIDE - 1);
                let rows = skin_upwards(start, 7, 6, |y| face.is_skin(y * SIDE + column))?;
                Some([x as f32, mesh.brows - rows as f32])
            })
            .collect();
        if points.len() < 9 {
            return None;
        }
        let mut rows: Vec<f32> = points.iter().map(|p| p[1]).collect();
        let middle = median(&mut rows)?;
        Some(Self { points, middle })
    }

    /// 90th percentile of the distance to the best parabola.
    fn raggedness(&self) -> f32 {
        let n = self.points.len() as f64;
        let centre = self.points.iter().map(|p| f64::from(p[0])).sum::<f64>() / n;
        let at = |x: f32| (f64::from(x) - centre) / 100.0;
        let mut power = [0.0; 5];
        let mut right = [0.0; 3];
        for [x, y] in &self.points {
            let u = at(*x);
            let mut term = 1.0;
            for (i, sum) in power.iter_mut().enumerate() {
                *sum += term;
                if let Some(right) = right.get_mut(i) {
                    *right += term * f64::from(*y);
                }
                term *= u;
            }
        }
        let Some([a, b, c]) = parabola(power, right) else {
            return f32::NAN;
        };
        let mut residues: Vec<f32> = self
            .points
            .iter()
            .map(|[x, y]| (f64::from(*y) - (a + b * at(*x) + c * at(*x).powi(2))).abs() as f32)
            .collect();
        quantile(&mut residues, 0.9).unwrap_or(f32::NAN)
    }
}

/// Solves the three normal equations by Cramer's rule.
fn parabola(p: [f64; 5], r: [f64; 3]) -> Option<[f64; 3]> {
    let det = |m: [[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
            - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let matrix = [[p[0], p[1], p[2]], [p[1], p[2], p[3]], [p[2], p[3], p[4]]];
    let whole = det(matrix);
    (whole.abs() > 1e-9).then(|| {
        std::array::from_fn(|column| {
            let mut changed = matrix;
            for (row, value) in changed.iter_mut().zip(r) {
                row[column] = value;
            }
            det(changed) / whole
        })
    })
}

impl Top {
    /// `None` where nothing stands above the forehead.
    fn of(
        mesh: &Mesh,
        face: &Upright,
        matte: &Matte,
        wall: Option<Wall>,
        hairline: &Hairline,
    ) -> Option<Self> {
        let region = region_above(mesh, face, matte, hairline.middle - 0.04 * mesh.face);
        if (region.len() as f32) < LEAST_REGION * mesh.face.powi(2) {
            return None;
        }
        let middle = |value: &dyn Fn(usize) -> f32| {
            let mut values: Vec<f32> = region.iter().map(|&i| value(i)).collect();
            median(&mut values).unwrap_or(0.0)
        };
        let texture = middle(&|i| {
            let [x, y] = slope_at(&face.smooth, i % SIDE, i / SIDE);
            tone::length(x, y)
        });
        let coloured = chroma_of(face, &region) > 8.0;
        // under a tinted lamp the wall tells the tint
        let tint = wall.map_or([0.0; 2], |w| {
            if w.red.hypot(w.blue) < 0.3 {
                [w.red, w.blue]
            } else {
                [0.0; 2]
            }
        });
        let off = if coloured {
            off_hair(
                middle(&|i| face.red[i]) - tint[0],
                middle(&|i| face.blue[i]) - tint[1],
            )
        } else {
            0.0
        };
        Some(Self {
            area: region.len() as f32 / mesh.face.powi(2),
            texture,
            off_hair: off,
            brim: hairline.raggedness() / mesh.face,
            brim_height: (mesh.brows - hairline.middle) / mesh.chin,
        })
    }
}

/// Pixels of the person above a row, within the face's width, that are not skin.
fn region_above(mesh: &Mesh, face: &Upright, matte: &Matte, bottom: f32) -> Vec<usize> {
    let clamp = |v: f32| v.clamp(0.0, SIDE as f32) as usize;
    let [left, right] = EDGES.map(|i| clamp(mesh.upright[i][0]));
    let back = mesh.to_upright().inverse();
    let mut region = Vec::new();
    for y in 0..clamp(bottom) {
        for x in left..right {
            let i = y * SIDE + x;
            let [u, v] = back.apply([x as f64, y as f64]);
            if !face.is_skin(i) && matte.at(u as f32, v as f32) > 0.5 {
                region.push(i);
            }
        }
    }
    region
}

/// Lab chroma of the middle colour; every fourth pixel is enough.
fn chroma_of(face: &Upright, region: &[usize]) -> f32 {
    let colours: Vec<[f32; 3]> = region
        .iter()
        .step_by(4)
        .map(|&i| tone::lab(tone::linear(face.rgb[i])))
        .collect();
    let middle = |channel: usize| {
        let mut values: Vec<f32> = colours.iter().map(|c| c[channel]).collect();
        median(&mut values).unwrap_or(0.0)
    };
    middle(1).hypot(middle(2))
}

/// How far a chromaticity lies outside the band of hair colours.
fn off_hair(red: f32, blue: f32) -> f32 {
    [red - 1.25, -0.25 - red, blue - 0.32, -1.3 - blue]
        .into_iter()
        .fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brim_is_smooth_and_a_hairline_is_not() {
        let line = |ragged: f32| Hairline {
            points: (0..50)
                .map(|i| {
                    let x = 150.0 + 4.0 * i as f32;
                    let tooth = if i % 2 == 0 { ragged } else { -ragged };
                    [x, 100.0 + (x - 250.0).powi(2) / 500.0 + tooth]
                })
                .collect(),
            middle: 100.0,
        };
        assert!(line(0.0).raggedness() < 0.01);
        assert!((line(6.0).raggedness() - 6.0).abs() < 0.5);
    }

    #[test]
    fn hair_colours_are_hair_and_green_is_not() {
        for [red, blue] in [[0.06, 0.02], [0.5, -0.5], [1.0, -1.1]] {
            assert!(off_hair(red, blue) < OFF_HAIR);
        }
        assert!(off_hair(-0.7, -0.4) > OFF_HAIR && off_hair(0.1, 0.9) > OFF_HAIR);
    }
}
