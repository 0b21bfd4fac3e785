//! One smooth surface through what is surely wall: six numbers a channel, so that nothing local can bend it.

use super::key::minus;
use super::wall::{FEWEST_PIXELS, NEAR, largest};
use crate::vision::raster::{Colours, Mask, Plane, Raster, eroded, median};

/// About as many pixels a quadric is fitted through.
const SAMPLES: f64 = 3000.0;
/// Rounds of reweighting.
const ROUNDS: usize = 6;

/// A quadratic surface a channel, fitted robustly.
pub struct Quadric {
    /// The surface on the raster it was fitted on.
    pub surface: Colours,
    /// Spread of the pixels about it.
    spread: f32,
}

impl Quadric {
    /// Through the sure background, then once more through all that lies near it.
    pub fn fit_twice(image: &Colours, person: &Plane, covered: &Mask, sure: &Mask) -> Self {
        let first = Self::fit(image, sure);
        let limit = NEAR.max(4.0 * first.spread);
        let near = Mask::from_fn(image.width(), image.height(), |x, y| {
            let (i, b) = (image.at(x, y), first.surface.at(x, y));
            let off = largest([i[0] - b[0], i[1] - b[1], i[2] - b[2]]);
            off < limit && covered.at(x, y) && person.at(x, y) < 0.5
        });
        let near = eroded(&near, 1.0);
        if near.count() > FEWEST_PIXELS {
            Self::fit(image, &near)
        } else {
            first
        }
    }

    fn fit(image: &Colours, on: &Mask) -> Self {
        let (w, h) = (image.width(), image.height());
        // six numbers a channel need no more than some thousand pixels
        let stride = ((on.count() as f64 / SAMPLES).sqrt() as usize).max(1);
        let samples: Vec<([f64; 6], [f32; 3])> = (0..h)
            .step_by(stride)
            .flat_map(|y| (0..w).step_by(stride).map(move |x| (x, y)))
            .filter(|(x, y)| on.at(*x, *y))
            .map(|(x, y)| (terms(x, y, w, h), image.at(x, y)))
            .collect();
        let mut weights = vec![1.0_f64; samples.len()];
        let mut coefficients = [[0.0; 3]; 6];
        let mut spread = 1e-4;
        for _ in 0..ROUNDS {
            coefficients = solved(&samples, &weights);
            let off: Vec<f32> = samples
                .iter()
                .map(|(t, i)| largest(minus(*i, value(&coefficients, t))))
                .collect();
            spread = 1.4826 * median(&mut off.clone()).unwrap_or(0.0) + 1e-4;
            for (weight, off) in weights.iter_mut().zip(&off) {
                *weight = f64::from((1.0 - (off / (4.7 * spread)).powi(2)).max(0.0).powi(2));
            }
        }
        let surface = Raster::from_fn(w, h, |x, y| value(&coefficients, &terms(x, y, w, h)));
        Self { surface, spread }
    }
}

fn terms(x: usize, y: usize, w: usize, h: usize) -> [f64; 6] {
    let (x, y) = (
        x as f64 / w as f64 * 2.0 - 1.0,
        y as f64 / h as f64 * 2.0 - 1.0,
    );
    [1.0, x, y, x * x, x * y, y * y]
}

fn value(coefficients: &[[f64; 3]; 6], terms: &[f64; 6]) -> [f32; 3] {
    std::array::from_fn(|c| {
        coefficients
            .iter()
            .zip(terms)
            .map(|(k, t)| k[c] * t)
            .sum::<f64>() as f32
    })
}

/// Weighted least squares by the normal equations, with a little ridge so that they can always be solved.
fn solved(samples: &[([f64; 6], [f32; 3])], weights: &[f64]) -> [[f64; 3]; 6] {
    let mut rows = [[0.0_f64; 9]; 6];
    for (i, row) in rows.iter_mut().enumerate() {
        row[i] = 1e-3;
    }
    for ((terms, colour), weight) in samples.iter().zip(weights) {
        for (row, term) in rows.iter_mut().zip(terms) {
            let weighted = term * weight;
            for (cell, other) in row.iter_mut().zip(terms) {
                *cell += weighted * other;
            }
            for (cell, channel) in row[6..].iter_mut().zip(colour) {
                *cell += weighted * f64::from(*channel);
            }
        }
    }
    // Gauss-Jordan; the matrix is positive definite, so no pivoting is needed
    for i in 0..6 {
        let pivot = rows[i];
        for (j, row) in rows.iter_mut().enumerate() {
            if j != i {
                let factor = row[i] / pivot[i];
                for (cell, p) in row.iter_mut().zip(pivot) {
                    *cell -= factor * p;
                }
            }
        }
    }
    std::array::from_fn(|i| std::array::from_fn(|c| rows[i][6 + c] / rows[i][i]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::matte::wall::sure_wall;

    fn true_wall(x: usize, y: usize) -> [f32; 3] {
        let (x, y) = (x as f32 / 120.0, y as f32 / 160.0);
        [
            0.8 - 0.1 * x + 0.05 * y * y,
            0.78 - 0.1 * x * y,
            0.75 + 0.02 * x * x,
        ]
    }

    #[test]
    fn a_quadric_finds_the_wall_behind_a_person() {
        let person = Plane::from_fn(120, 160, |x, y| {
            if (40..80).contains(&x) && y > 50 {
                1.0
            } else {
                0.0
            }
        });
        let image = Raster::from_fn(120, 160, |x, y| {
            if person.at(x, y) > 0.5 {
                [0.1; 3]
            } else {
                true_wall(x, y)
            }
        });
        let covered = Mask::filled(120, 160, true);
        let sure = sure_wall(&person, &covered);
        let quadric = Quadric::fit_twice(&image, &person, &covered, &sure);
        let (found, truth) = (quadric.surface.at(60, 100), true_wall(60, 100));
        assert!(largest(minus(found, truth)) < 2e-3, "{found:?} {truth:?}");
    }

    #[test]
    fn outliers_on_the_wall_do_not_bend_it() {
        let person = Plane::filled(120, 160, 0.0);
        let image = Raster::from_fn(120, 160, |x, y| {
            if x < 20 && y < 30 {
                [0.2; 3]
            } else {
                true_wall(x, y)
            }
        });
        let covered = Mask::filled(120, 160, true);
        let quadric = Quadric::fit_twice(&image, &person, &covered, &sure_wall(&person, &covered));
        assert!(largest(minus(quadric.surface.at(5, 5), true_wall(5, 5))) < 5e-3);
    }
}
