//! From the grid to the photo: the person made smaller, what cannot be seen to hang on the body taken away, and the
//! new background laid behind.

use super::grid::Grid;
use super::matte::Matte;
use crate::vision::raster::{
    Colours, Mask, Neighbours, Plane, Raster, Sample, dilated, eroded, gauss_blur, label,
};

/// Strands fainter than this (distance to the background; a visible difference is .18 to .23) fade to nothing ...
const FAINT: f32 = 0.12;
const PLAIN: f32 = 0.27;
/// ... beyond this distance of the body.
const NEAR_BODY_PX: f32 = 4.0;
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
    /// Makes the matte as small as the photo. `scale` is photo pixels per capture pixel: where the capture is fine
    /// the kernel is wide, where it is coarse the kernel is a plain mean, so that texture stays as it was.
    pub fn of(matte: Matte, grid: Grid, scale: f64) -> Self {
        let Matte {
            alpha, mut colour, ..
        } = matte;
        for (pixel, a) in colour.values_mut().iter_mut().zip(alpha.values()) {
            *pixel = pixel.map(|v| v * a);
        }
        if grid.fineness == 1 {
            return Self {
                alpha,
                premultiplied: colour,
            };
        }
        Self {
            alpha: halved(&alpha, scale),
            premultiplied: halved(&colour, scale),
        }
    }

    /// Takes away specks: pieces that would show as loose dots on the new background.
    #[must_use]
    pub fn cleaned(mut self, background: [f32; 3]) -> Self {
        let body = eroded(&self.alpha.map(|a| a > 0.6), 2.0);
        let near = gauss_blur(&dilated(&body, NEAR_BODY_PX).to_plane(), 1.5);
        let around = gauss_blur(&largest_of_nine(&self.visibility(background)), 1.0);
        let keep = around.zip(&near, |v, near| {
            let k = ((v - FAINT) / (PLAIN - FAINT)).clamp(0.0, 1.0);
            (k * k * (3.0 - 2.0 * k)).max(near)
        });
        self.scale_by(&keep);
        let visible = self.visibility(background);
        if let Some(hanging) = largest_component(&visible.map(|v| v > HANGS)) {
            let hanging = dilated(&hanging, 1.0);
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
            [0, 1, 2].map(|c: usize| p[c] + (1.0 - a) * background[c])
        })
    }

    /// How far each pixel will lie from the background.
    fn visibility(&self, background: [f32; 3]) -> Plane {
        self.premultiplied.zip(&self.alpha, |p, a| {
            let [r, g, b] = [0, 1, 2].map(|c: usize| p[c] - a * background[c]);
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

/// Half the size by four taps each way, whose outer weight falls with the coarseness of the capture.
pub fn halved<T: Sample>(source: &Raster<T>, scale: f64) -> Raster<T> {
    let outer = 0.125 * ((0.75 - scale) / 0.2).clamp(-0.25, 1.0) as f32;
    let taps = [outer, 0.5 - outer, 0.5 - outer, outer];
    let (w, h, c) = (source.width() / 2, source.height() / 2, T::CHANNELS);
    let mut result = Raster::filled(w, h, T::default());
    let mut sum = vec![0.0; source.width() * c];
    for y in 0..h {
        sum.fill(0.0);
        for (k, tap) in taps.iter().enumerate() {
            let row = (2 * y + k).saturating_sub(1).min(source.height() - 1);
            for (s, v) in sum.iter_mut().zip(T::flat(source.row(row))) {
                *s += tap * v;
            }
        }
        for (x, pixel) in T::flat_mut(result.row_mut(y))
            .chunks_exact_mut(c)
            .enumerate()
        {
            for (k, tap) in taps.iter().enumerate() {
                let column = (2 * x + k).saturating_sub(1).min(source.width() - 1);
                for (p, v) in pixel.iter_mut().zip(&sum[column * c..column * c + c]) {
                    *p += tap * v;
                }
            }
        }
    }
    result
}

fn largest_of_nine(plane: &Plane) -> Plane {
    let (w, h) = (plane.width(), plane.height());
    Plane::from_fn(w, h, |x, y| {
        let columns = x.saturating_sub(1)..(x + 2).min(w);
        let rows = y.saturating_sub(1)..(y + 2).min(h);
        rows.flat_map(|v| &plane.row(v)[columns.clone()])
            .copied()
            .fold(0.0, f32::max)
    })
}

fn largest_component(mask: &Mask) -> Option<Mask> {
    let labels = label(mask, Neighbours::Eight);
    let areas = labels.areas();
    let largest = (1..labels.count).max_by_key(|l| areas[*l])?;
    Some(labels.of.map(|l| l as usize == largest))
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

    #[test]
    fn the_background_is_exact_where_nobody_is() {
        let over = layer(|x, _| if x < 40 { 1.0 } else { 0.0 }).over(BLUE);
        assert_eq!(over.at(79, 5), BLUE);
    }

    #[test]
    fn halving_keeps_a_flat_layer_flat_for_every_scale() {
        let flat = Raster::filled(12, 8, [0.25, 0.5, 0.75]);
        for scale in [0.3, 0.6, 1.4] {
            for [r, g, b] in halved(&flat, scale).values() {
                assert!(
                    (r - 0.25).abs() < 1e-6 && (g - 0.5).abs() < 1e-6 && (b - 0.75).abs() < 1e-6
                );
            }
        }
    }
}
