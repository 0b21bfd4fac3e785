//! From the grid to the photo: the person made smaller, what cannot be seen to hang on the body taken away, and the
//! new background laid behind.

use super::grid::Grid;
use super::matte::{Matte, Unmixing};
use crate::vision::raster::{
    Colours, Mask, Neighbours, Plane, Raster, Sample, add_row, dilated, eroded, gauss_blur, label,
    shrunk,
};
use crate::vision::vectored;
use std::ops::Range;

/// Strands fainter than this (distance to the background; a visible difference is .18 to .23) fade to nothing ...
const FAINT: f32 = 0.12;
const PLAIN: f32 = 0.27;
/// ... beyond this distance of the body.
const NEAR_BODY_PX: f32 = 4.0;
/// A piece is no body where it is hardly twice this wide.
const SPECK_PX: f32 = 2.0;
/// A piece hangs on the body where it does at this level; elsewhere what exceeds the lower one is pressed down.
const HANGS: f32 = 0.26;
const LOOSE: f32 = 0.12;
const PRESSED: f32 = 0.09;

/// Person and share of person on the photo's pixels.
pub struct Layer {
    /// Share of the person.
    pub alpha: Plane,
    /// The person's colour times its share.
    pub premultiplied: Colours,
}

impl Layer {
    /// Makes the matte as small as the half grid. `scale` is photo pixels per capture pixel: where the capture is
    /// fine the kernel is wide, where it is coarse the kernel is a plain mean, so that texture stays as it was.
    pub fn of(matte: &Matte, grid: Grid, scale: f64) -> Self {
        let (w, h) = grid.half();
        let mut layer = Self {
            alpha: Plane::filled(w, h, 0.0),
            premultiplied: Colours::filled(w, h, [0.0; 3]),
        };
        let mut rows = Unmixing::new(matte);
        let mut kept = [0; TAPS].map(|_| (0..0, vec![[0.0; 4]; grid.width]));
        let mut next = 0;
        let taps = taps(scale * grid.reduction as f64);
        let mut sum = vec![[0.0_f32; 4]; grid.width];
        for y in 0..h {
            sum.as_flattened_mut().fill(0.0);
            let (mut from, mut to) = (grid.width, 0);
            for (k, tap) in taps.into_iter().enumerate() {
                let row = (2 * y + k).saturating_sub(1).min(grid.height - 1);
                while next <= row {
                    let (person, kept) = &mut kept[next % TAPS];
                    *person = rows.premultiplied(next, kept);
                    next += 1;
                }
                let (person, kept) = &kept[row % TAPS];
                (from, to) = (from.min(person.start), to.max(person.end));
                let kept = kept[person.clone()].as_flattened();
                add_row(sum[person.clone()].as_flattened_mut(), tap, kept);
            }
            // beside the person all is 0 already
            let (from, to) = (
                from.saturating_sub(TAPS / 2) / 2,
                (to / 2 + TAPS / 2).min(w),
            );
            layer.keep_row(y, from.min(to)..to, &sum, &taps);
        }
        layer
    }

    /// Columns of row `y`, from grid rows that are summed downwards.
    fn keep_row(&mut self, y: usize, columns: Range<usize>, sum: &[[f32; 4]], taps: &[f32; TAPS]) {
        let colours = &mut self.premultiplied.row_mut(y)[columns.clone()];
        let alphas = &mut self.alpha.row_mut(y)[columns.clone()];
        vectored(
            #[inline(always)]
            || {
                for ((x, colour), alpha) in columns.zip(colours).zip(alphas) {
                    let [r, g, b, a] = weighted(sum, x, taps);
                    (*colour, *alpha) = ([r, g, b], a);
                }
            },
        );
    }

    /// The whole person under another white balance and exposure.
    #[must_use]
    pub fn toned(mut self, gain: [f32; 3]) -> Self {
        for (colour, alpha) in self
            .premultiplied
            .values_mut()
            .iter_mut()
            .zip(self.alpha.values())
        {
            for (v, gain) in colour.iter_mut().zip(gain) {
                *v = (*v * gain).min(*alpha);
            }
        }
        self
    }

    /// The half grid reduced to the photo.
    #[must_use]
    pub fn reduced(self, grid: Grid) -> Self {
        Self {
            alpha: reduced(self.alpha, grid),
            premultiplied: reduced(self.premultiplied, grid),
        }
    }

    /// Takes away specks: pieces that would show as loose dots on the new background.
    #[must_use]
    pub fn cleaned(mut self, background: [f32; 3]) -> Self {
        let core = eroded(&self.alpha.map(|a| a > 0.6), SPECK_PX);
        // cloth of the background's colour is hardly visible before it, and no speck
        let body = largest_component(&core).map(|body| dilated(&body, SPECK_PX));
        let near = gauss_blur(&dilated(&core, NEAR_BODY_PX).to_plane(), 1.5);
        let around = gauss_blur(&largest_of_nine(&self.visibility(background)), 1.0);
        let keep = around.zip(&near, |v, near| {
            let k = ((v - FAINT) / (PLAIN - FAINT)).clamp(0.0, 1.0);
            (k * k * (3.0 - 2.0 * k)).max(near)
        });
        self.scale_by(&keep);
        let visible = self.visibility(background);
        if let Some(hanging) = largest_component(&visible.map(|v| v > HANGS)) {
            let mut hanging = dilated(&hanging, 1.0);
            if let Some(body) = body {
                hanging.add(&body);
            }
            let keep = visible.zip(&hanging, |v, hangs| {
                if v > LOOSE && !hangs {
                    PRESSED / v
                } else {
                    1.0
                }
            });
            self.scale_by(&keep);
        }
        self
    }

    /// The person before the background.
    pub fn over(&self, background: [f32; 3]) -> Colours {
        self.premultiplied.zip(&self.alpha, |p, a| {
            let ([x, y, z], rest) = (background, 1.0 - a);
            [p[0] + rest * x, p[1] + rest * y, p[2] + rest * z]
        })
    }

    /// How far each pixel will lie from the background.
    fn visibility(&self, background: [f32; 3]) -> Plane {
        self.premultiplied.zip(&self.alpha, |p, a| {
            let [x, y, z] = background;
            let [r, g, b] = [p[0] - a * x, p[1] - a * y, p[2] - a * z];
            (r * r + g * g + b * b).sqrt()
        })
    }

    fn scale_by(&mut self, factor: &Plane) {
        let pixels = self
            .alpha
            .values_mut()
            .iter_mut()
            .zip(self.premultiplied.values_mut());
        for ((alpha, colour), factor) in pixels.zip(factor.values()) {
            *alpha *= factor;
            *colour = colour.map(|v| v * factor);
        }
    }
}

/// Taps each way when the grid is halved.
const TAPS: usize = 4;

/// Their weights: the outer ones fall with the coarseness of the capture.
fn taps(scale: f64) -> [f32; TAPS] {
    let outer = 0.125 * ((0.75 - scale) / 0.2).clamp(-0.25, 1.0) as f32;
    [outer, 0.5 - outer, 0.5 - outer, outer]
}

/// The taps of target column `x` in a row that is already summed downwards.
#[inline(always)]
fn weighted<const N: usize>(row: &[[f32; N]], x: usize, taps: &[f32; TAPS]) -> [f32; N] {
    let mut sum = [0.0; N];
    for (k, tap) in taps.iter().enumerate() {
        let column = (2 * x + k).saturating_sub(1).min(row.len() - 1);
        for (s, v) in sum.iter_mut().zip(&row[column]) {
            *s += tap * v;
        }
    }
    sum
}

/// A view without a matte, as small as the photo, by the same taps.
pub fn halved(source: &Colours, grid: Grid, scale: f64) -> Colours {
    let (w, h) = grid.half();
    let taps = taps(scale * grid.reduction as f64);
    let mut sum = vec![[0.0_f32; 3]; grid.width];
    let mut result = Colours::filled(w, h, [0.0; 3]);
    for y in 0..h {
        sum.fill([0.0; 3]);
        for (k, tap) in taps.iter().enumerate() {
            let row = (2 * y + k).saturating_sub(1).min(source.height() - 1);
            add_row(sum.as_flattened_mut(), *tap, source.row(row).as_flattened());
        }
        for (x, pixel) in result.row_mut(y).iter_mut().enumerate() {
            *pixel = weighted(&sum, x, &taps);
        }
    }
    reduced(result, grid)
}

/// From the half grid to the photo; what the grid has beyond the photo's lower and right edges is left away.
fn reduced<T: Sample>(half: Raster<T>, grid: Grid) -> Raster<T> {
    let (w, h) = (grid.photo_width, grid.photo_height);
    if (half.width(), half.height()) == (w, h) {
        return half;
    }
    let n = grid.reduction;
    let cut = Raster::from_fn(w * n, h * n, |x, y| half.at(x, y));
    shrunk(&cut, w, h)
}

fn largest_of_nine(plane: &Plane) -> Plane {
    let (w, h) = (plane.width(), plane.height());
    let mut result = Plane::filled(w, h, 0.0);
    let mut down = vec![0.0_f32; w];
    for y in 0..h {
        down.copy_from_slice(plane.row(y));
        for v in [y.saturating_sub(1), (y + 1).min(h - 1)] {
            for (d, v) in down.iter_mut().zip(plane.row(v)) {
                *d = d.max(*v);
            }
        }
        let out = result.row_mut(y);
        out.copy_from_slice(&down);
        for (o, v) in out[1..].iter_mut().zip(&down) {
            *o = o.max(*v);
        }
        for (o, v) in out.iter_mut().zip(&down[1..]) {
            *o = o.max(*v);
        }
    }
    result
}

fn largest_component(mask: &Mask) -> Option<Mask> {
    let components = label(mask, Neighbours::Eight);
    let areas = components.areas();
    let largest = (0..components.count).max_by_key(|c| areas[*c])?;
    let wanted: Vec<bool> = (0..components.count).map(|c| c == largest).collect();
    Some(components.select(&wanted))
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the background is exact by construction")]
mod tests {
    use super::*;

    const BLUE: [f32; 3] = [0.392, 0.773, 1.0];

    fn layer(alpha: impl Fn(usize, usize) -> f32) -> Layer {
        let alpha = Plane::from_fn(80, 80, alpha);
        let premultiplied = alpha.map(|a| [0.1 * a, 0.1 * a, 0.1 * a]);
        Layer {
            alpha,
            premultiplied,
        }
    }

    #[test]
    fn a_loose_dot_vanishes_and_the_body_stays() {
        let cleaned = layer(|x, y| match (x, y) {
            (20..60, 30..) => 1.0,
            (70, 10) => 0.6,
            _ => 0.0,
        })
        .cleaned(BLUE);
        assert!(cleaned.visibility(BLUE).at(70, 10) <= PRESSED + 1e-6);
        assert!((cleaned.alpha.at(40, 60) - 1.0).abs() < 1e-6);
    }

    /// A person whose cloth is nearly of the background's colour, and a patch of that colour that hangs on nobody.
    #[test]
    fn cloth_of_nearly_the_backgrounds_colour_stays_and_a_loose_patch_does_not() {
        let head = |x: usize, y: usize| (30..50).contains(&x) && y < 20;
        let loose = |x: usize, y: usize| (60..70).contains(&x) && (4..12).contains(&y);
        let alpha = Plane::from_fn(80, 80, |x, y| {
            let cloth = y >= 20 && (10..70).contains(&x);
            f32::from(u8::from(head(x, y) || cloth || loose(x, y)))
        });
        let shirt = BLUE.map(|v| v - 0.11);
        let premultiplied = Colours::from_fn(80, 80, |x, y| {
            let colour = if head(x, y) { [0.1; 3] } else { shirt };
            colour.map(|v| v * alpha.at(x, y))
        });
        let layer = Layer {
            alpha,
            premultiplied,
        };
        let faint = layer.visibility(BLUE).at(60, 60);
        assert!((LOOSE..HANGS).contains(&faint), "{faint}");
        let cleaned = layer.cleaned(BLUE);
        assert!((cleaned.alpha.at(60, 60) - 1.0).abs() < 1e-6);
        assert!(cleaned.alpha.at(69, 40) > 0.9);
        assert!(cleaned.visibility(BLUE).at(65, 8) <= PRESSED + 1e-6);
    }

    #[test]
    fn the_background_is_exact_where_nobody_is() {
        let over = layer(|x, _| if x < 40 { 1.0 } else { 0.0 }).over(BLUE);
        assert_eq!(over.at(79, 5), BLUE);
    }

    #[test]
    fn halving_keeps_a_flat_view_flat_for_every_scale() {
        let grid = Grid::new(&crate::standard::GRADUATION);
        let flat = Raster::filled(grid.width, grid.height, [0.25, 0.5, 0.75]);
        for scale in [0.3, 0.6, 1.4] {
            for [r, g, b] in halved(&flat, grid, scale).values() {
                assert!(
                    (r - 0.25).abs() < 1e-6 && (g - 0.5).abs() < 1e-6 && (b - 0.75).abs() < 1e-6
                );
            }
        }
    }
}
