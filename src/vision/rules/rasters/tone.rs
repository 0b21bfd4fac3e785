//! From sRGB bytes to linear light, logarithms, chromaticity and Lab, by tables.
//!
//! Chromaticity is (ln R/G, ln B/G) in linear light: free of brightness, so the same for every skin under the
//! same lamp up to a shift.

use std::sync::LazyLock;

/// A linear colour, 0..1.
pub type Linear = [f32; 3];

/// Keeps logarithms finite: about one step of a byte in linear light.
pub const TOE: f32 = 0.004;

const LUMINANCE_STEPS: usize = 1 << 14;
const ROOT_STEPS: usize = 1 << 12;

/// The tables, taken once for many pixels.
pub struct Tables {
    linear: [f32; 256],
    log: [f32; 256],
    log_luminance: Vec<f32>,
    lab_root: Vec<f32>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let linear = std::array::from_fn(|i| {
        let x = i as f32 / 255.0;
        if x <= 0.04045 {
            x / 12.92
        } else {
            ((x + 0.055) / 1.055).powf(2.4)
        }
    });
    let log_luminance = (0..=LUMINANCE_STEPS)
        .map(|i| (i as f32 / LUMINANCE_STEPS as f32 + TOE).ln())
        .collect();
    let lab_root = (0..=ROOT_STEPS + 1)
        .map(|i| {
            let t = i as f32 / ROOT_STEPS as f32 * 1.25;
            if t > 0.008_856 {
                t.cbrt()
            } else {
                7.787 * t + 16.0 / 116.0
            }
        })
        .collect();
    Tables {
        linear,
        log: linear.map(|v: f32| (v + TOE).ln()),
        log_luminance,
        lab_root,
    }
});

/// The tables.
pub fn tables() -> &'static Tables {
    &TABLES
}

impl Tables {
    /// Linear light of a pixel.
    pub fn linear(&self, pixel: [u8; 3]) -> Linear {
        pixel.map(|v| self.linear[v as usize])
    }

    /// ln of a luminance in 0..1, with the toe.
    pub fn log_luminance(&self, y: f32) -> f32 {
        let place = (y * LUMINANCE_STEPS as f32 + 0.5) as usize;
        self.log_luminance[place.min(LUMINANCE_STEPS)]
    }

    /// (ln R/G, ln B/G) of a pixel.
    pub fn chromaticity(&self, pixel: [u8; 3]) -> [f32; 2] {
        let [r, g, b] = pixel.map(|v| self.log[v as usize]);
        [r - g, b - g]
    }

    /// Lab (D65) of linear light.
    pub fn lab(&self, [r, g, b]: Linear) -> [f32; 3] {
        let [x, y, z] = [
            (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
            0.2126 * r + 0.7152 * g + 0.0722 * b,
            (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
        ]
        .map(|t| self.lab_root(t));
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn lab_root(&self, t: f32) -> f32 {
        let place = t.clamp(0.0, 1.249) / 1.25 * ROOT_STEPS as f32;
        let below = place as usize;
        let share = place - below as f32;
        self.lab_root[below] * (1.0 - share) + self.lab_root[below + 1] * share
    }
}

/// Linear light of a pixel.
pub fn linear(pixel: [u8; 3]) -> Linear {
    TABLES.linear(pixel)
}

/// Luminance of linear light.
pub fn luminance([r, g, b]: Linear) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Length of a pair; no overflow can happen here, which `hypot` would take five times as long to avoid.
pub fn length(a: f32, b: f32) -> f32 {
    (a * a + b * b).sqrt()
}

/// (ln R/G, ln B/G) of linear light.
pub fn chromaticity_of([r, g, b]: Linear) -> [f32; 2] {
    let green = (g + TOE).ln();
    [(r + TOE).ln() - green, (b + TOE).ln() - green]
}

/// Lab (D65) of linear light.
pub fn lab(linear: Linear) -> [f32; 3] {
    TABLES.lab(linear)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_white_and_grey_has_no_chroma() {
        let [l, a, b] = lab(linear([255, 255, 255]));
        assert!((l - 100.0).abs() < 0.1 && a.abs() < 0.2 && b.abs() < 0.2);
        assert!(
            TABLES
                .chromaticity([90, 90, 90])
                .iter()
                .all(|v| v.abs() < 1e-6)
        );
        assert!((lab(linear([100, 197, 255]))[0] - 75.8).abs() < 1.0);
    }

    #[test]
    fn tables_agree_with_the_formulas() {
        for y in [0.0, 0.003, 0.05, 0.4, 1.0_f32] {
            assert!((TABLES.log_luminance(y) - (y + TOE).ln()).abs() < 0.01);
        }
        let [red, _] = TABLES.chromaticity([180, 90, 60]);
        assert!((red - chromaticity_of(linear([180, 90, 60]))[0]).abs() < 1e-5);
    }
}
